"""What the page of a thing shows, made of the answers to a few queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any
from urllib.parse import quote

from graph.model.records import ASSERTED
from graph.model.vocabulary import AZ, DCTERMS, PROV, RDF, RDFS, SKOS
from graph.web.figures import shown
from graph.web.terms import JsonTerm, ShownLabels, ShownTerm

Solution = dict[str, dict[str, str]]
Answers = Mapping[str, list[Solution]]
#: The queries (`graph.store.query_text`) whose answers for a thing make its record.
ASKED = ("statements", "claims", "inferences", "passages", "mentions", "details", "types")

_TITLES = (RDFS.label.value, DCTERMS.term("title").value)
_NAMES = (*_TITLES, SKOS.altLabel.value)
_TOP = AZ.Entity.value
_FACTS = {AZ.term(status.capitalize()).value for status in ASSERTED}
_TOLD_ABOVE = (*_NAMES, RDF.type.value, AZ.translatedLabel.value)
_TOLD_BY_FACT = tuple(
    each.value
    for each in (
        *(RDF.subject, RDF.predicate, RDF.object, AZ.status, AZ.standing, AZ.record, AZ.rule),
        *(AZ.term("from"), AZ.until, AZ.antecedent),
        *(AZ.subjectAntecedent, AZ.objectAntecedent, AZ.periodAntecedent),
        *(AZ.conflictsWith, AZ.independentSources, AZ.firstTold, AZ.lastTold),
        *(PROV.hadPrimarySource, PROV.wasQuotedFrom, PROV.wasDerivedFrom),
    )
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a page: a triple, and what it rests on; `address` is where the source itself is ("" if unknown).

    `name` is the IRI of the claim or the inference, `iri` shows it.
    `fact` tells whether it is held for one, by what it counts as: what is planned, discussed or lapsed is not.
    `places` are the passages that say it, each with its fragment on the page of its source, on the first line that
    cites it ("" elsewhere), or the record; `length` is that of the source in characters, 0 if it is not known.
    `details` are its period and where the ends are named that these do not.
    """

    subject: ShownTerm
    property: ShownTerm
    object: ShownTerm
    status: ShownTerm | None
    name: str
    iri: ShownTerm
    source: ShownTerm | None
    fact: bool = True
    places: tuple[tuple[ShownTerm, str], ...] = ()
    premises: tuple[ShownTerm, ...] = ()
    address: str = ""
    length: int = 0
    details: tuple[tuple[ShownTerm, tuple[ShownTerm, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing; `marks` are the words that say what it is besides a label."""

    cell: ShownTerm
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a source: the things that it mentions, and the claims that it is an antecedent of.

    `anchor` is its fragment on the page, "" when a claim that quotes it has it already.
    """

    cell: ShownTerm
    mentioned: tuple[ShownTerm, ...]
    claims: tuple[ShownTerm, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Record:
    """A thing: its title, its names by kind, its classes, the claims and inferences about it, and all else said.

    `own` is the claim or the inference that the thing is; `select` names it to the network ("" if it is not there).
    `mentions` are the sources that name the thing, each with the passages that do.
    """

    iri: str
    title: ShownTerm
    own: Fact | None
    select: str
    names: tuple[Name, ...]
    types: tuple[ShownTerm, ...]
    claims: tuple[Fact, ...]
    inferences: tuple[Fact, ...]
    others: tuple[tuple[ShownTerm, tuple[ShownTerm, ...]], ...]
    passages: tuple[Passage, ...] = ()
    mentions: tuple[tuple[ShownTerm, tuple[ShownTerm, ...]], ...] = ()


def terms(iri: str, answers: Answers) -> Iterator[JsonTerm]:
    """Give the terms that the record of `iri` will show."""
    yield {"type": "uri", "value": iri}
    yield from (term for rows in answers.values() for row in rows for term in row.values())


def record(iri: str, answers: Answers, labels: ShownLabels) -> Record:
    """Make the record of `iri` of the answers to the queries ASKED."""
    told, claims, inferred = answers["statements"], answers["claims"], answers["inferences"]
    types = _most_specific_first(answers["types"])
    facts = list(_claims(claims, answers["details"], iri, labels)), list(_inferences(inferred, labels))
    own = next((each for each in chain(*facts) if each.name == iri), None)
    above = (*_TOLD_ABOVE, *_TOLD_BY_FACT) if own else _TOLD_ABOVE
    known = {_triple(row) for row in (*claims, *inferred)}
    rest = [row for row in told if row["property"]["value"] not in above and (iri, *_pair(row)) not in known]
    return Record(
        iri,
        labels.cell({"type": "uri", "value": iri}),
        own,
        quote(iri.removeprefix(labels.base), safe="") if _TOP in types else "",
        tuple(_names(told, labels)),
        tuple(labels.cell({"type": "uri", "value": each}) for each in types if each != _TOP),
        tuple(facts[0]),
        tuple(facts[1]),
        tuple(
            (labels.cell(group[0]["property"]), tuple(shown(row["object"], labels) for row in group))
            for group in _by("property", rest)
        ),
        tuple(_passages(answers["passages"], {anchor for fact in facts[0] for _, anchor in fact.places}, labels)),
        tuple(_mentions(answers["mentions"], labels)),
    )


def portions(whole: Record, most: int) -> list[Record]:
    """Cut a record into some with at most so many rows each; what is not in rows is in the first."""
    names = ("claims", "passages", "inferences")
    total = sum(len(getattr(whole, name)) for name in names)
    found = []
    for start in range(0, total or 1, most):
        cut: dict[str, Any] = {}
        before = 0
        for name in names:
            rows = getattr(whole, name)
            cut[name] = rows[max(0, start - before) : max(0, start + most - before)]
            before += len(rows)
        if start:
            cut |= {"names": (), "others": (), "mentions": ()}
        found.append(replace(whole, **cut))
    return found


def _names(told: list[Solution], labels: ShownLabels) -> Iterator[Name]:
    """Give the names, those in the reader's language first."""
    translated = {row["object"]["value"] for row in told if row["property"]["value"] == AZ.translatedLabel.value}
    order = {language: number for number, language in enumerate(labels.languages)}
    named = [row for row in told if row["property"]["value"] in _NAMES]
    for row in sorted(
        named, key=lambda row: (_NAMES.index(_pair(row)[0]), order.get(row["object"].get("xml:lang", ""), 9))
    ):
        label = row["property"]["value"] in _TITLES
        marks = () if label else ("alternative",)
        yield Name(
            labels.cell(row["object"]), (*marks, "ownTranslation") if label and _pair(row)[1] in translated else marks
        )


def _most_specific_first(rows: list[Solution]) -> list[str]:
    """Give the classes among rows of a class and one above it: a class has more above it than those it is under."""
    types = dict.fromkeys(row["type"]["value"] for row in rows)
    depths = Counter(row["type"]["value"] for row in rows if "above" in row)
    return sorted(types, key=lambda each: -depths[each])


def _pair(row: Solution) -> tuple[str, str]:
    return row["property"]["value"], row["object"]["value"]


def _triple(row: Solution) -> tuple[str, str, str]:
    return (row["subject"]["value"], *_pair(row))


def _by(name: str, rows: list[Solution]) -> Iterator[list[Solution]]:
    """Group rows that follow one another by what one of their columns holds."""
    for _, group in groupby(rows, key=lambda row: row[name]["value"]):
        yield list(group)


def _claims(rows: list[Solution], details: list[Solution], iri: str, labels: ShownLabels) -> Iterator[Fact]:
    """Give each claim once, where its first row stands, with all its passages."""
    known = {""}
    told = {group[0]["claim"]["value"]: group for group in _by("claim", details)}
    units = {row["sum"]["value"]: row["value"]["value"] for row in details if "sum" in row}
    claims: dict[str, list[Solution]] = {}
    for row in rows:
        claims.setdefault(row["claim"]["value"], []).append(row)
    for claim, group in claims.items():
        places = []
        for row in group:
            cited = "start" in row and row["source"]["value"] == iri
            anchor = f"char={row['start']['value']},{row['end']['value']}" if cited else ""
            places.append((_cited(row, labels), "" if anchor in known else anchor))
            known.add(anchor)
        beside = _details([each for each in told.get(claim, []) if "sum" not in each], group[0], units, labels)
        yield replace(_claim(group[0], tuple(places), units, labels), details=tuple(beside))


def _claim(
    row: Solution, places: tuple[tuple[ShownTerm, str], ...], units: Mapping[str, str], labels: ShownLabels
) -> Fact:
    named = labels.cell(row["source"])
    return Fact(
        labels.cell(row["subject"]),
        labels.cell(row["property"]),
        shown(row["object"], labels, units.get(row["claim"]["value"], row["property"]["value"])),
        labels.cell(row["status"]),
        row["claim"]["value"],
        labels.cell(row["claim"]),
        ShownTerm(named.text, named.language, places[0][0].href or labels.href(row["source"]["value"])),
        row["status"]["value"] in _FACTS,
        places,
        address=labels.href(row["address"]["value"]) if "address" in row else "",
        length=int(row["length"]["value"]) if "length" in row else 0,
    )


def _cited(row: Solution, labels: ShownLabels) -> ShownTerm:
    """Show the passage that a row of a claim cites, or else the record."""
    if "start" not in row:
        return ShownTerm(row.get("record", {}).get("value", ""))
    passage = f"{row['source']['value']}#char={row['start']['value']},{row['end']['value']}"
    return _place(row | {"passage": {"type": "uri", "value": passage}}, labels)


def _details(
    rows: list[Solution], claim: Solution, units: Mapping[str, str], labels: ShownLabels
) -> Iterator[tuple[ShownTerm, tuple[ShownTerm, ...]]]:
    def value(row: Solution) -> ShownTerm:
        if "start" in row:
            return _place(row | {"passage": row["value"]}, labels)
        return _other(row, claim, units, labels) if "against" in row else shown(row["value"], labels)

    for group in _by("detail", rows):
        yield labels.cell(group[0]["detail"]), tuple(map(value, group))


def _other(row: Solution, claim: Solution, units: Mapping[str, str], labels: ShownLabels) -> ShownTerm:
    """Call a claim that a claim conflicts with by what it says otherwise, whom or what, and by its source."""
    other, source = row["value"]["value"], labels.cell(row["against"])
    unit = units.get(other, claim["property"]["value"])
    says = shown(row["what"], labels, unit) if row["who"] == claim["subject"] else labels.cell(row["who"])
    language = source.language if says.language in ("", source.language) else ""
    return ShownTerm(f"{says.text} – {source.text}", language, labels.href(other))


def _inferences(rows: list[Solution], labels: ShownLabels) -> Iterator[Fact]:
    for group in _by("inference", rows):
        first = group[0]
        yield Fact(
            labels.cell(first["subject"]),
            labels.cell(first["property"]),
            labels.cell(first["object"]),
            labels.cell(first["status"]) if "status" in first else None,
            first["inference"]["value"],
            labels.cell(first["inference"]),
            labels.cell(first["rule"]),
            "status" not in first or first["status"]["value"] in _FACTS,
            premises=tuple(labels.cell(row["premise"]) for row in group),
        )


def _passages(rows: list[Solution], known: set[str], labels: ShownLabels) -> Iterator[Passage]:
    for group in _by("passage", rows):
        anchor = f"char={group[0]['start']['value']},{group[0]['end']['value']}"
        yield Passage(
            _place(group[0], labels),
            tuple(labels.cell(row["mentioned"]) for row in group if "mentioned" in row),
            tuple(labels.cell(row["claim"]) for row in group if "claim" in row),
            "" if anchor in known else anchor,
        )


def _mentions(rows: list[Solution], labels: ShownLabels) -> Iterator[tuple[ShownTerm, tuple[ShownTerm, ...]]]:
    """Give each source with the passages of it that name the thing."""
    for group in _by("source", rows):
        yield labels.cell(group[0]["source"]), tuple(_place(row, labels) for row in group)


def _place(row: Solution, labels: ShownLabels) -> ShownTerm:
    return ShownTerm(f"{row['start']['value']}–{row['end']['value']}", "", labels.href(row["passage"]["value"]))
