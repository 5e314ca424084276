"""Tables that grow by what the dataset says: the properties of things as columns, each with the sources that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.model.vocabulary import expand
from graph.model.words import columns
from graph.server.terms import PageLabels
from graph.server.things import TOP, asked, facts_of, labels_of, matcher_of, name_of, properties_of, short, term_of

#: What the name of a column ends with that holds the sources of another.
_SOURCE = "/source"
_MOST, _COLUMNS = 1000, 100


async def extended(request: Request, extension: Mapping[str, Any]) -> Response:
    """Give the values of some properties for some things, by id."""
    ids, wanted = extension.get("ids"), extension.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list) or not all(isinstance(each, dict) for each in wanted):
        raise HTTPException(400, "“extend” needs a list of ids and a list of properties")
    if len(ids) > _MOST:
        raise HTTPException(400, f"{len(ids)} things at once; the limit is {_MOST}")
    if len(wanted) > _COLUMNS:
        raise HTTPException(400, f"{len(wanted)} properties at once; the limit is {_COLUMNS}")
    matcher, base = await matcher_of(request), request.state.snapshot.base
    known = {id_: base + str(id_) for id_ in map(str, ids) if base + str(id_) in matcher.things}
    told, labels = await facts_of(request, known.values()), labels_of(request)
    said = {iri: _by_property(rows) for iri, rows in told.items()}
    pids = [str(each.get("id", "")) for each in wanted]
    facts = [row for told in said.values() for rows in told.values() for row in rows]
    terms = [row[name] for row in facts for name in ("value", "source")]
    headings = [{"type": "uri", "value": iri} for iri in filter(None, map(_property, pids))]
    await labels.load(term for term in (*terms, *headings) if term["type"] == "uri")
    rows = {str(id_): {pid: _values(said.get(known.get(str(id_), ""), {}), pid, labels) for pid in pids} for id_ in ids}
    return JSONResponse({"meta": [{"id": pid, "name": _heading(pid, labels)} for pid in pids], "rows": rows})


def _by_property(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Give what sources say of a thing, by the name of the property."""
    told = defaultdict[str, list[dict[str, Any]]](list)
    for row in rows:
        if "source" in row:
            told[short(row["property"]["value"])].append(row)
    return told


def _values(told: Mapping[str, list[dict[str, Any]]], pid: str, labels: PageLabels) -> list[dict[str, Any]]:
    """Give the values of a property, each once, or the sources that say them."""
    end = "source" if pid.endswith(_SOURCE) else "value"
    seen: list[dict[str, Any]] = []
    for row in told.get(pid.removesuffix(_SOURCE), ()):
        value = _value(row[end], labels)
        if value not in seen:
            seen.append(value)
    return seen


def _value(term: Mapping[str, str], labels: PageLabels) -> dict[str, Any]:
    text, kind = term["value"], term.get("datatype", "").rpartition("#")[2]
    if term["type"] == "uri":
        local = text.removeprefix(labels.base)
        return {"str": text} if ":" in local else {"id": local, "name": name_of(labels, text)}
    numbers: dict[str, Callable[[str], object]] = {"integer": int, "decimal": float}
    if kind in numbers:
        return {"int" if kind == "integer" else "float": numbers[kind](text)}
    return {"date" if kind in ("date", "dateTime") else "str": text}


async def properties(request: Request) -> Response:
    """Propose the properties that things of a class have, each followed by the sources that say it."""
    kind = asked(request, "type")
    used, labels = await properties_of(request, term_of(kind) if kind else TOP), labels_of(request)
    await labels.load({"type": "uri", "value": iri} for iri in used)
    named = [pid for iri in used for pid in (short(iri), short(iri) + _SOURCE)]
    found = [{"id": pid, "name": _heading(pid, labels)} for pid in named]
    return JSONResponse({"type": kind, "properties": found, "limit": len(found)})


def _heading(pid: str, labels: PageLabels) -> str:
    iri = _property(pid)
    if not iri:
        return pid
    text = name_of(labels, iri)
    return f"{text} ({columns(labels.languages[0])['source']})" if pid.endswith(_SOURCE) else text


def _property(pid: str) -> str:
    """Give the IRI of the property that a column is of, "" if it is none that could be."""
    try:
        return expand.__wrapped__(pid.removesuffix(_SOURCE)).value  # strangers' are not kept
    except (KeyError, ValueError):
        return ""
