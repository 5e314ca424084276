"""What the reconciliation service suggests as somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.facts.spelling import searched
from graph.server.things import asked, labels_of, matcher_of, name_of, properties_of, short

_MOST = 50


async def entity(request: Request) -> Response:
    """Suggest things by what has been typed of a name."""
    matcher, labels = await matcher_of(request), labels_of(request)
    found = matcher.begin(asked(request, "prefix"))
    await labels.load(
        {"type": "uri", "value": iri} for match in found for iri in (match.named.iri, *match.named.finest)
    )
    return _suggested(
        {
            "id": match.named.iri.removeprefix(labels.base),
            "name": name_of(labels, match.named.iri),
            "description": match.called,
            "notable": [{"id": short(kind), "name": name_of(labels, kind)} for kind in match.named.finest],
        }
        for match in found
    )


async def kind(request: Request) -> Response:
    """Suggest classes of which the dataset has things."""
    matcher = await matcher_of(request)
    return await _terms(request, matcher.kinds)


async def link(request: Request) -> Response:
    """Suggest properties that the dataset uses."""
    return await _terms(request, await properties_of(request))


async def _terms(request: Request, iris: Iterable[str]) -> Response:
    labels, prefix = labels_of(request), searched(asked(request, "prefix"))
    named = sorted(iris)
    await labels.load({"type": "uri", "value": iri} for iri in named)
    found = [(short(iri), name_of(labels, iri)) for iri in named]
    return _suggested({"id": id_, "name": name} for id_, name in found if prefix in searched(f"{id_} {name}"))


def _suggested(found: Iterable[dict[str, Any]]) -> Response:
    return JSONResponse({"result": list(found)[:_MOST]})
