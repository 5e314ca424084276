"""What is said of a thing together with the graph that says it: each source has one, and what is inferred."""

from __future__ import annotations

from collections.abc import AsyncIterator

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)
from starlette.requests import Request

from graph.guard.jobs import Job
from graph.model.vocabulary import PREFIXES
from graph.server.protocol import ask

WRITERS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}
_AT_ONCE = 300
_HELD = "SELECT ?s ?p ?o ?g WHERE { VALUES ?s { %s } GRAPH ?g { ?s ?p ?o } }"


async def written(request: Request, triples: bytes, format_: str, graph: str) -> bytes:
    """Write triples, given as N-Triples, each in every graph that holds it, or all in the one that is named."""
    told = {each.triple for each in parse(triples, RdfFormat.N_TRIPLES)}
    if graph:
        quads = [Quad(each.subject, each.predicate, each.object, NamedNode(graph)) for each in told]
    else:
        quads = [quad async for quad in _held(request, told)]
    return serialize(sorted(quads, key=str), format=WRITERS[format_], prefixes=_used(quads, format_)) or b""


async def _held(request: Request, told: set[Triple]) -> AsyncIterator[Quad]:
    """Look up the graphs of triples by their subjects, of which the dataset has none without a name."""
    subjects = sorted({str(each.subject) for each in told})
    for start in range(0, len(subjects), _AT_ONCE):
        answer = await ask(request, Job(_HELD % " ".join(subjects[start : start + _AT_ONCE])))
        found = parse_query_results(answer.body, QueryResultsFormat.JSON)
        assert isinstance(found, QuerySolutions)  # noqa: S101 - a SELECT
        for row in found:
            if Triple(row["s"], row["p"], row["o"]) in told:
                yield Quad(row["s"], row["p"], row["o"], row["g"])


def _used(quads: list[Quad], format_: str) -> dict[str, str]:
    """Give the prefixes of the vocabularies that are used."""
    if format_ != "trig":
        return {}
    terms = {term.value for quad in quads for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}
    return {name: iri for name, iri in PREFIXES.items() if any(term.startswith(iri) for term in terms)}
