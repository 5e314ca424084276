"""What the page of a thing shows, gathered by a few queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from starlette.requests import Request

from graph.guard.jobs import Job
from graph.server.naming import ONTOLOGY, nothing, query_text
from graph.server.protocol import ask
from graph.server.snapshot import rows_of
from graph.server.terms import Cell, Shown, Term
from graph.vocabulary import AZ, DCTERMS, RDF, RDFS, SKOS

Row = dict[str, dict[str, str]]

_TITLES = (RDFS.label.value, DCTERMS.term("title").value)
_NAMES = (*_TITLES, SKOS.altLabel.value)
_TOLD_ABOVE = (*_NAMES, RDF.type.value, AZ.translatedLabel.value)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a page: a triple, and what it rests on."""

    subject: Cell
    property: Cell
    object: Cell
    status: Cell | None
    iri: Cell
    source: Cell | None
    place: str
    premises: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A thing: its title, its names by kind, its classes, the claims and inferences about it, and all else said."""

    iri: str
    title: Cell
    names: tuple[tuple[Cell, Cell], ...]
    types: tuple[Cell, ...]
    claims: tuple[Fact, ...]
    inferences: tuple[Fact, ...]
    others: tuple[tuple[Cell, tuple[Cell, ...]], ...]
    terms: tuple[tuple[str, Cell, Cell | None], ...] = ()


async def record(request: Request, iri: str, shown: Shown) -> Record:
    """Gather what is said of `iri`; HTTPException 404 if nothing is."""

    async def rows(name: str) -> list[Row]:
        return rows_of(await ask(request, Job(query_text(name), bindings={"r": iri})))

    told, claims, inferred = await rows("statements"), await rows("claims"), await rows("inferences")
    if not told and not claims:
        raise nothing(iri)
    me: Term = {"type": "uri", "value": iri}
    terms = rows_of(await ask(request, Job(query_text("terms")))) if iri == ONTOLOGY else []
    await shown.load([me, *(term for row in (*told, *claims, *inferred, *terms) for term in row.values())])
    known = {_triple(row) for row in (*claims, *inferred)}
    rest = [row for row in told if row["property"]["value"] not in _TOLD_ABOVE and (iri, *_pair(row)) not in known]
    return Record(
        iri,
        shown.cell(me),
        tuple(
            (shown.cell(row["property"]), shown.cell(row["object"]))
            for row in told
            if row["property"]["value"] in _NAMES
        ),
        tuple(shown.cell(row["object"]) for row in told if row["property"]["value"] == RDF.type.value),
        tuple(_claim(row, shown) for row in claims),
        tuple(_inferences(inferred, shown)),
        tuple(
            (shown.cell(group[0]["property"]), tuple(shown.cell(row["object"]) for row in group))
            for group in _grouped(rest)
        ),
        tuple(_terms(terms, shown)),
    )


def _pair(row: Row) -> tuple[str, str]:
    return row["property"]["value"], row["object"]["value"]


def _triple(row: Row) -> tuple[str, str, str]:
    return (row["subject"]["value"], *_pair(row))


def _grouped(rows: list[Row]) -> Iterator[list[Row]]:
    for _, group in groupby(rows, key=lambda row: row["property"]["value"]):
        yield list(group)


def _claim(row: Row, shown: Shown) -> Fact:
    source = row["source"]
    if "start" in row:
        start, end = row["start"]["value"], row["end"]["value"]
        place, source = f"{start}–{end}", source | {"value": f"{source['value']}#char={start},{end}"}
    else:
        place = row.get("record", {}).get("value", "")
    named = shown.cell(row["source"])
    return Fact(
        shown.cell(row["subject"]),
        shown.cell(row["property"]),
        shown.cell(row["object"]),
        shown.cell(row["status"]),
        shown.cell(row["claim"]),
        Cell(named.text, named.language, shown.href(source["value"])),
        place,
    )


def _inferences(rows: list[Row], shown: Shown) -> Iterator[Fact]:
    for _, group in groupby(rows, key=lambda row: (row["inference"]["value"], row["rule"]["value"])):
        first, *others = group
        yield Fact(
            shown.cell(first["subject"]),
            shown.cell(first["property"]),
            shown.cell(first["object"]),
            None,
            shown.cell(first["inference"]),
            shown.cell(first["rule"]),
            "",
            tuple(shown.cell(row["premise"]) for row in (first, *others)),
        )


def _terms(rows: list[Row], shown: Shown) -> Iterator[tuple[str, Cell, Cell | None]]:
    """Give each term of the ontology with its anchor and its kind."""
    for row in rows:
        cell = shown.cell(row["term"])
        yield row["term"]["value"].removeprefix(AZ), cell, shown.cell(row["kind"])
