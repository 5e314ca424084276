"""Reading `claims.csv`: one claim a line, checked against the ontology, entities and sources that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from graph.errors import either, said
from graph.facts import corruption, repeats, spans
from graph.facts.characters import iri_fault, visible
from graph.facts.known import Known
from graph.facts.rows import CuratedFile, Row, one, rows
from graph.model.datatypes import RULES, before, described, fits, period_fault
from graph.model.iris import Iris
from graph.model.ontology import Ontology, Property
from graph.model.records import ASSERTED, Claim, Quotation, Source, Span

ENDS = ("subject", "object", "period")
COLUMNS = (
    *("subject", "property", "object", "status", "source", "start", "end", "record"),
    *(f"{end}_at" for end in ENDS),
    *("from", "until"),
)
_NO_ANTECEDENTS: Mapping[str, tuple[Span, ...]] = {}


@dataclass
class Reader:
    """What the cells of a claim may name; `date` is that of which is asked: a claim may be over then, or upcoming."""

    ontology: Ontology
    iris: Iris
    sources: Mapping[str, Source]
    known_sources: Known
    known_entities: Known
    date: str

    def __post_init__(self) -> None:
        """Prepare what does not change from line to line."""
        known = self.ontology.property_names
        called = {name: self.ontology.properties[id_].labels.values() for name, id_ in known.items()}
        self._properties = Known(said("property"), known, names=lambda: called)
        self._statuses = Known(said("status"), [status.lower() for status in self.ontology.statuses], few=True)
        self._concepts: dict[str, Known] = {}

    def read(self, file: CuratedFile) -> tuple[Claim, ...]:
        """Give the claims that have no fault, lines that say the same joined; the faults go to `file`."""
        found: dict[str, Claim] = {}
        again: dict[str, list[Claim]] = {}
        codes: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        for row in rows(file, COLUMNS):
            before_row = len(file.problems)
            for column in ("record", "object") if row["record"] and self._has_code(row) else ("record",):
                if row[column][:1].isdigit():
                    codes[row["source"]][row[column]].append((row.line, column))
            claim = self._claim(row)
            if claim is None or row.rejected or len(file.problems) > before_row:
                continue
            first = found.setdefault(claim.id, claim)
            if first is not claim:
                again.setdefault(claim.id, [first]).append(claim)
        for source, places in codes.items():
            _check_codes(file, source, places)
        return repeats.joined(file, found, again)

    def _has_code(self, row: Row) -> bool:
        prop = self._property(row)
        return prop is not None and prop.datatypes == ("xsd:string",)

    def _property(self, row: Row) -> Property | None:
        return self.ontology.properties.get(self.ontology.property_names.get(row["property"], ""))

    def _claim(self, row: Row) -> Claim | None:
        known = all([self._subject(row), row.knows(self._statuses, "status")])
        kind = self._object(row)
        _check_period(row)
        row.knows(self.known_sources, "source")
        source = self.sources.get(row["source"])
        quotations = _quotations(row, source) if source else None
        if not known or kind is None or source is None or quotations is None:
            return None
        said: dict[str, Any] = {
            "subject": intern(row["subject"]),
            "property": self.ontology.property_names[row["property"]],
            "object": row["object"] if kind[0] else intern(row["object"]),
            "datatype": kind[0],
            "foreign": kind[1],
            "status": intern(row["status"]),
            "source": source.id,
            "quotations": quotations,
            "record": one(row["record"]),
            "line": row.line,
            "since": one(row["from"]),
            "until": one(row["until"]),
            "lapse": self._lapse(row),
        }
        return Claim(**said, id=self.iris.claim_id(Claim(**said)))

    def _lapse(self, row: Row) -> str:
        """Say why what a source gives as a fact is none on the date; a plan remains one, whether its time has come."""
        if row["status"] not in ASSERTED:
            return ""
        if row["until"] and before(row["until"], self.date):
            return "over"
        return "upcoming" if row["from"] and before(self.date, row["from"]) else ""

    def _subject(self, row: Row) -> bool:
        kind, slash, source = row["subject"].partition("/")
        if not slash or kind != "source":
            return row.knows(self.known_entities, "subject")
        return row.knows(self.known_sources, "subject", source)

    def _object(self, row: Row) -> tuple[str, bool] | None:
        """Tell what the object is, by the property's range: its datatype, and whether it is an IRI from elsewhere."""
        if not row.knows(self._properties, "property"):
            return None
        prop = self.ontology.properties[self.ontology.property_names[row["property"]]]
        if prop.datatypes:
            return _literal(row, prop)
        if concepts := self._concepts_of(prop):
            return ("", True) if row.knows(concepts, "object") else None
        if not prop.foreign:
            return ("", False) if row.knows(self.known_entities, "object") and _other(row) else None
        if fault := iri_fault(row["object"]):
            row.fault(said("{fault} in column {column}", fault=fault, column="object"))
        return None if fault else ("", True)

    def _concepts_of(self, prop: Property) -> Known | None:
        """Give the concepts that are the property's values; None when it has others."""
        if prop.name not in self._concepts:
            names = self.ontology.concepts_of(prop.range)
            kinds = either(said("{scheme}", scheme=name.lower()) for name in prop.range)
            self._concepts[prop.name] = Known(kinds, names, few=True)
        return self._concepts[prop.name] if self._concepts[prop.name].ids else None


def _check_codes(file: CuratedFile, source: str, places: Mapping[str, list[tuple[int, str]]]) -> None:
    """Note the records and codes of a source whose leading zero a spreadsheet took away."""
    for code in corruption.without_zero(places):
        for line, column in places[code]:
            lost = said(
                '"{code}" in column {column} lost its leading zero: other codes of {source} have theirs',
                code=code,
                column=column,
                source=source,
            )
            file.add(line, lost)


def _other(row: Row) -> bool:
    """Tell whether the object is another thing than the subject."""
    if row["object"] == row["subject"]:
        name = row["subject"]
        row.fault(said('"{name}" is put in relation to itself: mend column subject or object', name=name))
    return row["object"] != row["subject"]


def _check_period(row: Row) -> None:
    for column in ("from", "until"):
        if row[column] and (fault := period_fault(row[column])):
            row.fault(said("{fault} in column {column}", fault=fault, column=column))
            return
    if row["from"] and row["until"] and before(row["until"], row["from"]):
        bounds = {"end": row["until"], "start": row["from"]}
        row.fault(said("the period ends ({end}) before it begins ({start}): mend column from or until", **bounds))
    if row["period_at"] and not (row["from"] or row["until"]):
        row.fault(said("period_at is for a claim that has a period: fill column from or until"))


def _literal(row: Row, prop: Property) -> tuple[str, bool] | None:
    usable = [datatype for datatype in prop.datatypes if datatype in RULES]
    if not usable:
        kinds = ", ".join(prop.datatypes)
        row.fault(said("no claim can hold the values of {property} ({kinds})", property=prop.name, kinds=kinds))
        return None
    for datatype in usable:
        if fits(row["object"], datatype):
            return datatype, False
    wanted = either(map(described, usable))
    row.fault(said('"{text}" in column object is not {wanted}', text=visible(row["object"]), wanted=wanted))
    return None


def _quotations(row: Row, source: Source) -> tuple[Quotation, ...] | None:
    """Tell where in `source` the claim is said: none where a record is cited; None when it is not said where."""
    if not source.text:
        if row["start"] or row["end"] or any(row[f"{end}_at"] for end in ENDS):
            columns = ", ".join(["start", "end", *(f"{end}_at" for end in ENDS)])
            message = said(
                'source "{source}" is a dataset: cite a record, and leave {columns} empty',
                source=source.id,
                columns=columns,
            )
            row.fault(message)
        if not row["record"]:
            row.fault(said('source "{source}" is a dataset: the key of its record is missing', source=source.id))
        return ()
    if row["record"]:
        row.fault(said('source "{source}" is a text: cite start and end, and leave record empty', source=source.id))
    span = spans.span(row, source)
    named = {end: found for end in ENDS if row[f"{end}_at"] and (found := spans.spans(row, f"{end}_at", source))}
    return (Quotation(*span, row.line, named or _NO_ANTECEDENTS),) if span else None


def dated(sources: Iterable[Source]) -> str:
    """Give the date of a dataset: the newest that one of its sources has; empty when none has one."""
    return max((source.issued[:10] for source in sources), default="")
