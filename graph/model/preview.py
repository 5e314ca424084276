"""What other sites show for a link to a page of a dataset: Open Graph (https://ogp.me), and X's addition to it."""

from __future__ import annotations

from graph.model.labels import LabelResolver
from graph.model.records import Info
from graph.model.words import order


def metas(info: Info, language: str, address: str, title: str) -> list[tuple[str, str, str]]:
    """Give what is shown for a link to the page `title` at an address: the attribute, name and text of each."""
    resolver = LabelResolver(order(language, info.title))
    locale = info.locale.get(language, language).replace("-", "_")
    found = [
        ("name", "description", resolver.chosen(info.description)[0]),
        ("property", "og:title", title),
        ("property", "og:description", resolver.chosen(info.description)[0]),
        ("property", "og:type", "website"),
        ("property", "og:site_name", resolver.chosen(info.title)[0]),
        ("property", "og:locale", locale),
        ("property", "og:url", address),
        ("name", "twitter:card", "summary_large_image" if info.card else "summary"),
    ]
    return [*found, ("property", "og:image", info.place + info.card)] if info.card else found
