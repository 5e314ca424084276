"""The things of a dataset by their names, and what is asserted of them, as the reconciliation service needs them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request

from graph.guard.jobs import Job
from graph.model.vocabulary import AZ, contract, expand
from graph.model.words import order, spoken
from graph.server import negotiation
from graph.server.protocol import ask, parameters
from graph.server.snapshot import Snapshot, rows_of
from graph.server.terms import PageLabels
from graph.store.matching import ABOVE, NAMES, Matcher, gathered
from graph.store.query_text import query_text

TOP = AZ.Entity.value
_PAGE = 50_000
_AT_ONCE = 100


async def matcher_of(request: Request) -> Matcher:
    """Give the names of the build, which are read once."""
    snapshot: Snapshot = request.state.snapshot
    if snapshot.matcher is None:
        rows: list[tuple[str, str, str]] = []
        while len(rows) % _PAGE == 0:
            page = rows_of(await ask(request, Job(NAMES % (_PAGE, len(rows)))))
            rows += [(row["entity"]["value"], row["kind"]["value"], row["name"]["value"]) for row in page]
            if not page:
                break
        above = rows_of(await ask(request, Job(ABOVE)))
        pairs = ((row["kind"]["value"], row["above"]["value"]) for row in above)
        snapshot.matcher = Matcher(gathered(rows, pairs))
    return snapshot.matcher


async def facts_of(request: Request, iris: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Give what is asserted of things, by IRI, each with its source; without one, what a rule infers."""
    found: dict[str, list[dict[str, Any]]] = {}
    wanted = sorted(iris)
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + _AT_ONCE])
        for row in rows_of(await ask(request, Job(query_text("properties") % values))):
            found.setdefault(row["thing"]["value"], []).append(row)
    return found


def labels_of(request: Request) -> PageLabels:
    """Give what names IRIs in the language of the client."""
    kept = request.path_params.get("language", "")
    return PageLabels(request, order(language_of(request), request.state.snapshot.titles), kept)


def language_of(request: Request) -> str:
    """Give the language that the path names, else the one of the client; HTTPException 404 if it is not spoken."""
    known, named = spoken(request.state.snapshot.titles), request.path_params.get("language")
    if named not in (None, *known):
        raise HTTPException(404, f"the languages of this service are {', '.join(known)}")
    return negotiation.language(request.headers.get("accept-language"), known, named)


def name_of(labels: PageLabels, iri: str) -> str:
    """Give what an IRI is called."""
    return labels.cell({"type": "uri", "value": iri}).text


def term_of(name: Any) -> str:
    """Give the IRI of a class or property; HTTPException 400 where it is none."""
    try:
        return expand.__wrapped__(str(name["id"] if isinstance(name, dict) else name)).value  # strangers' are not kept
    except (KeyError, ValueError) as exc:
        raise HTTPException(400, "a type is none that the service suggests") from exc


def short(iri: str) -> str:
    """Give the name of a class or property as the tables write it."""
    return contract(NamedNode(iri))


async def properties_of(request: Request, kind: str = TOP) -> list[str]:
    """Give the properties that claims on things of a class use."""
    rows = rows_of(await ask(request, Job(query_text("used"), bindings={"kind": kind})))
    return [row["property"]["value"] for row in rows]


def asked(request: Request, name: str) -> str:
    """Give a parameter of the address, empty where it has none."""
    return dict(parameters(request.scope["query_string"])).get(name, "")
