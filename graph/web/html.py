"""Templates filled in: what every page that needs no script has, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from graph.model.labels import LabelResolver
from graph.model.markup import embed
from graph.model.words import head, lent, names, order, said

_ROOM = "graph.web"
_LENT = Markup('<bdi lang="{}" dir="{}">{}</bdi>')


def render(template: str, language: str, titles: Mapping[str, str], room: str = _ROOM, **context: Any) -> str:
    """Give a page in `language` of a dataset with these titles, by language; `room` has the template, or this one.

    Whoever renders says in `context` where things lead: `style`, `network` (the page with the script), `nav` (words by
    key, with their addresses), `switch` (the languages: tag, name, address); `links` and `metas` are for the head.
    """
    context = {"links": (), "metas": (), "data": None, "fallback": "", "pages": (), "alternates": ()} | context
    return (
        _environment(room)
        .get_template(template)
        .render(
            words=words(language, titles),
            comma=said(language, "page")["comma"],
            languages=names(),
            language=language,
            direction=head(language)["direction"],
            dataset=LabelResolver(order(language, titles)).chosen(titles)[0] if titles else context["fallback"],
            **context,
        )
    )


def words(language: str, own: Iterable[str]) -> dict[str, str]:
    """Give the words of a page; one that another language lends says which."""
    lenders = lent(language, "server", own)
    return {
        key: _LENT.format(lenders[key], head(lenders[key])["direction"], text) if key in lenders else text
        for key, text in said(language, "server", own).items()
    }


@cache
def style() -> bytes:
    """Give the style sheet of all these pages."""
    return (files(_ROOM) / "style.css").read_bytes()


@cache
def _environment(room: str) -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(each) for each in dict.fromkeys((room, _ROOM))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["embed"] = embed
    return environment
