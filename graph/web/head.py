"""What a page of a site says of itself and where it leads besides its things: its address, languages, feed, picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.model.preview import metas
from graph.model.records import Info
from graph.model.words import head
from graph.web import ontology

#: The files of a site that other modules name.
PAGE, STYLE, FEED, HOME = "index.html", "style.css", "feed.xml", "index.html"


def around(
    info: Info, languages: Sequence[str], language: str, path: str, title: str, data: dict[str, Any] | None
) -> dict[str, Any]:
    """Give what `html.render` asks of the page at `path` in the folder of a language; `data` is its JSON-LD."""
    up = "../" * path.count("/")
    root = f"{up}../"
    address = f"{info.place}{language}/{path}"
    links = [{"rel": "canonical", "href": address}]
    links += alternates(info, languages, path)
    links += [{"rel": "alternate", "type": "application/atom+xml", "href": f"{up}{FEED}"}]
    return {
        "links": links,
        "metas": metas(info, language, address, title),
        "data": data,
        "style": f"{root}{STYLE}",
        "network": f"{root}{PAGE}",
        "nav": [
            ("home", f"{root}{PAGE}#lang={language}"),
            ("things", f"{up}{HOME}"),
            ("ontology", f"{root}{ontology.NAME}#{language}"),
            ("downloads", f"{up}{HOME}#downloads"),
        ],
        "switch": [(tag, head(tag)["name"], f"{root}{tag}/{path}") for tag in languages],
    }


def alternates(info: Info, languages: Sequence[str], path: str) -> list[dict[str, str]]:
    """Give the same page in each language, and the one for who reads none of them: of the first, the network's page."""
    address = {tag: f"{info.place}{tag}/{path}" for tag in languages}
    address["x-default"] = info.place if path == HOME else address[languages[0]]
    return [{"rel": "alternate", "hreflang": tag, "href": place} for tag, place in address.items()]
