"""The Reconciliation Service API 0.2, by which OpenRefine and its kin find the things that names in a table mean.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph.errors import one_line
from graph.facts.spelling import searched
from graph.model.labels import LabelResolver
from graph.model.vocabulary import AZ
from graph.model.words import order
from graph.server import preview, suggesting
from graph.server.extension import extended, properties
from graph.server.protocol import parameters, posted
from graph.server.terms import PageLabels
from graph.server.things import facts_of, labels_of, language_of, matcher_of, name_of, short, term_of
from graph.store.matching import Match, Matcher

PATH = "/reconcile"
_BATCH = 100
_LIMIT = 50
_KEY = 60  # so many characters of a key are told back
_NAME_SHARE = 70


def routes() -> list[Route]:
    """Give the routes of the service, and of one in each language: a program tells no language of its user."""
    return [
        route
        for path in (PATH, f"{PATH}/{{language}}")
        for route in (
            Route(f"{path}/suggest/entity", suggesting.entity),
            Route(f"{path}/suggest/type", suggesting.kind),
            Route(f"{path}/suggest/property", suggesting.link),
            Route(f"{path}/properties", properties),
            Route(f"{path}/preview", preview.card),
            Route(f"{path}/view", preview.page),
            Route(path, service, methods=["GET", "POST"]),
        )
    ]


async def service(request: Request) -> Response:
    """Say what the service is, or answer a batch of queries, or give properties of things."""
    pairs = dict(parameters(request.scope["query_string"]))
    if request.method == "POST":
        pairs |= dict(await posted(request))
    if "queries" in pairs:
        return await _reconciled(request, _object(pairs["queries"], "queries"))
    if "extend" in pairs:
        return await extended(request, _object(pairs["extend"], "extend"))
    return JSONResponse(_manifest(request))


def _manifest(request: Request) -> dict[str, Any]:
    snapshot, language, kept = request.state.snapshot, language_of(request), request.path_params.get("language")
    path = f"{PATH}/{kept}" if kept else PATH
    here = str(request.base_url).rstrip("/")
    suggest = {
        kind: {"service_url": here, "service_path": f"{path}/suggest/{kind}"} for kind in ("entity", "type", "property")
    }
    title = LabelResolver(order(language, snapshot.titles)).chosen(snapshot.titles)
    return {
        "versions": ["0.1", "0.2"],
        "name": title[0] if snapshot.titles else snapshot.name,
        "identifierSpace": snapshot.base,
        "schemaSpace": str(AZ),
        "defaultTypes": [{"id": "Entity", "name": "Entity"}],
        "batchSize": _BATCH,
        "view": {"url": f"{here}{path}/view?id={{{{id}}}}"},
        "preview": {"url": f"{here}{path}/preview?id={{{{id}}}}", "width": 480, "height": 320},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": here, "service_path": f"{path}/properties"},
            "property_settings": [],
        },
    }


async def _reconciled(request: Request, queries: Mapping[str, Any]) -> Response:
    if len(queries) > _BATCH:
        raise HTTPException(400, f"{len(queries)} queries in one batch; the limit is {_BATCH}")
    matcher = await matcher_of(request)
    found = {}
    for key, query in queries.items():
        found[key] = _found(matcher, query, one_line(key[:_KEY]))
        await asyncio.sleep(0)  # others are answered in between
    labels = labels_of(request)
    compared = {key: matches for key, matches in found.items() if queries[key].get("properties")}
    told = await facts_of(request, _iris(compared))
    values = {iri: _values(facts, labels) for iri, facts in told.items()}
    kinds = {kind for matches in found.values() for match in matches for kind in match.named.kinds}
    await labels.load({"type": "uri", "value": iri} for iri in {*kinds, *_iris(found)})
    return JSONResponse(
        {key: {"result": _candidates(queries[key], matches, values, labels)} for key, matches in found.items()}
    )


def _iris(found: Mapping[str, list[Match]]) -> set[str]:
    return {match.named.iri for matches in found.values() for match in matches}


def _found(matcher: Matcher, query: Any, key: str) -> list[Match]:
    """Give what may be meant by one query; HTTPException 400 if it is of another form than the protocol's."""
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        raise HTTPException(400, f"{key} has no text “query”")
    limit = query.get("limit", 5)
    if not isinstance(limit, int) or not limit > 0:
        raise HTTPException(400, f"the limit of {key} is no number above 0")
    kinds, wanted = _listed(query.get("type")), query.get("properties") or []
    if not isinstance(wanted, list) or len(kinds) > _BATCH or len(wanted) > _BATCH:
        raise HTTPException(400, f"the types or the properties of {key} are no list, or one of more than {_BATCH}")
    if not all(isinstance(each, str | dict) for each in kinds):
        raise HTTPException(400, f"the type of {key} is no text")
    return matcher.find(query["query"], map(term_of, kinds), min(limit, _LIMIT))


def _candidates(
    query: Mapping[str, Any], matches: list[Match], values: Mapping[str, dict[str, set[str]]], labels: PageLabels
) -> list[dict[str, Any]]:
    """Give the candidates with their scores: the name's own, and less where a property that is asked for differs."""
    asked = [
        (str(each["pid"]), _folded(each.get("v")))
        for each in query.get("properties") or []
        if isinstance(each, dict) and "pid" in each
    ]
    alone = sum(match.same for match in matches) == 1
    found = []
    for match in matches:
        there = values.get(match.named.iri, {})
        held = [(pid, bool(wanted & there.get(pid, set()))) for pid, wanted in asked]
        share = sum(yes for _, yes in held) / len(held) if held else 1.0
        found.append(
            {
                "id": match.named.iri.removeprefix(labels.base),
                "name": name_of(labels, match.named.iri),
                "type": [{"id": short(kind), "name": name_of(labels, kind)} for kind in match.named.finest],
                "score": round(match.score * (_NAME_SHARE + (100 - _NAME_SHARE) * share) / 100, 1),
                "match": match.same and alone and share == 1,
                "features": [
                    {"id": "name", "name": match.called, "value": match.score},
                    *({"id": pid, "name": pid, "value": yes} for pid, yes in held),
                ],
            }
        )
    return sorted(found, key=lambda each: (-each["score"], each["id"]))


def _listed(value: Any) -> list[Any]:
    """Give what may stand alone or in a list as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _folded(value: Any) -> set[str]:
    """Give the values that are asked for, each by id, by a name in any spelling, or as it is written."""
    return {searched(str(each.get("id", "") if isinstance(each, dict) else each)) for each in _listed(value)}


def _values(facts: list[dict[str, Any]], labels: PageLabels) -> dict[str, set[str]]:
    """Give the values of a thing, folded, by property: ids, names and what is written."""
    there = defaultdict[str, set[str]](set)
    for row in facts:
        texts = row["value"]["value"].removeprefix(labels.base), row.get("name", row["value"])["value"]
        there[short(row["property"]["value"])] |= set(map(searched, texts))
    return there


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate is no text, and nothing could be answered
    except (ValueError, RecursionError) as exc:
        raise HTTPException(400, f"“{name}” is not JSON") from exc
    if not isinstance(found, dict):
        raise HTTPException(400, f"“{name}” is no object of JSON")
    return found
