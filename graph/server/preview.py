"""What a program shows of a thing beside a name in a table: a card in a frame of its own, and the way to the page."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from graph.server.addresses import here
from graph.server.host_check import POLICY
from graph.server.terms import PageLabels
from graph.server.things import asked, facts_of, labels_of, language_of, matcher_of
from graph.web.html import render
from graph.web.terms import ShownTerm

_FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""Whoever reconciles frames the card, which shows what is public and does nothing at a click but open a page."""


async def card(request: Request) -> Response:
    """Give the card of a thing: its name, its classes, and what is asserted of it, things first, with the sources."""
    iri, labels, language = await _iri(request), labels_of(request), language_of(request)
    thing = (await matcher_of(request)).things.get(iri)
    facts = [row for row in (await facts_of(request, [iri])).get(iri, []) if "source" in row]
    kinds = [{"type": "uri", "value": kind} for kind in (thing.finest if thing else ())]
    itself = {"type": "uri", "value": iri}
    await labels.load([itself, *kinds, *(row[name] for row in facts for name in ("property", "value", "source"))])
    facts.sort(key=lambda row: not row["value"]["value"].startswith(labels.base))
    text = render(
        "preview.html",
        language,
        request.state.snapshot.titles,
        room="graph.server",
        style=f"{request.scope.get('root_path', '')}/style.css",
        title=labels.cell(itself),
        kinds=[labels.cell(kind) for kind in kinds],
        facts=[_line(list(rows), labels) for _, rows in groupby(facts, key=_told)],
    )
    headers = {"Content-Language": language, "Content-Security-Policy": _FRAMED, "Vary": "Accept-Language"}
    return HTMLResponse(text, headers=headers)


async def page(request: Request) -> Response:
    """Lead to the page of a thing."""
    language = request.path_params.get("language")
    kept = f"?lang={language_of(request)}" if language else ""
    return RedirectResponse(f"{here(request, await _iri(request))}.html{kept}", 302)


async def _iri(request: Request) -> str:
    """Give the IRI of the thing or the source that is asked for; HTTPException 404 if it is none."""
    iri: str = request.state.snapshot.base + asked(request, "id")
    if iri not in (await matcher_of(request)).things and iri not in request.state.snapshot.graphs:
        raise HTTPException(404, "there is no thing of this id")
    return iri


def _told(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row["property"]["value"], row["value"]["value"]


def _line(rows: list[Mapping[str, Any]], labels: PageLabels) -> tuple[ShownTerm, ShownTerm, list[ShownTerm]]:
    """Give a property, a value and the sources that say so."""
    sources = {row["source"]["value"]: row["source"] for row in rows}
    return labels.cell(rows[0]["property"]), labels.cell(rows[0]["value"]), [*map(labels.cell, sources.values())]
