"""Reading `claims.csv`: one claim a line, checked against the ontology, entities and sources that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern

from graph.facts.rows import CuratedFile, Known, Row, iri_fault, rows, visible
from graph.model.datatypes import RULES, example, fits
from graph.model.iris import Iris
from graph.model.ontology import Ontology, Property
from graph.model.records import Claim, Source

COLUMNS = ("subject", "property", "object", "status", "source", "start", "end", "record", "implied")
_ENDS = frozenset({"subject", "object"})
_OFFSET = re.compile("[0-9]{1,12}")


@dataclass
class Reader:
    """What the cells of a claim may name."""

    ontology: Ontology
    iris: Iris
    sources: Mapping[str, Source]
    known_sources: Known
    known_entities: Known

    def __post_init__(self) -> None:
        """Prepare what does not change from line to line."""
        self._properties = Known("property", self.ontology.properties)
        self._statuses = Known("status", [status.lower() for status in self.ontology.statuses], few=True)

    def read(self, file: CuratedFile) -> Iterator[Claim]:
        """Give the claims that have no fault; the faults of the others, and repeated claims, go to `file`."""
        lines: dict[str, int] = {}
        for row in rows(file, COLUMNS):
            before = len(file.problems)
            claim = self._claim(row)
            if claim is None or len(file.problems) > before:
                continue
            claim = replace(claim, id=self.iris.claim_id(claim))
            if claim.id in lines:
                row.fault(f"the same claim stands already on line {lines[claim.id]}; delete one")
            lines.setdefault(claim.id, row.line)
            yield claim

    def _claim(self, row: Row) -> Claim | None:
        known = all([self._subject(row), self._check(row, self._statuses, "status")])
        implied = frozenset(row.parts("implied"))
        if implied - _ENDS:
            row.fault('implied may name only subject, object or "subject|object"')
        kind = self._object(row)
        self._check(row, self.known_sources, "source")
        source = self.sources.get(row["source"])
        place = _place(row, source) if source else None
        if not known or kind is None or source is None or place is None:
            return None
        return Claim(
            subject=intern(row["subject"]),
            property=intern(row["property"]),
            object=intern(row["object"]),
            datatype=kind[0],
            foreign=kind[1],
            status=intern(row["status"]),
            source=source.id,
            start=place[0],
            end=place[1],
            record=row["record"],
            implied=implied,
            line=row.line,
        )

    def _check(self, row: Row, known: Known, column: str) -> bool:
        word = row[column]
        fault = known.fault(word, f"column {column}") if word else f"{column} is missing"
        if fault:
            row.fault(fault)
        return word in known.ids

    def _subject(self, row: Row) -> bool:
        kind, slash, source = row["subject"].partition("/")
        if not slash or kind != "source":
            return self._check(row, self.known_entities, "subject")
        if fault := self.known_sources.fault(source, "column subject"):
            row.fault(fault)
        return source in self.known_sources.ids

    def _object(self, row: Row) -> tuple[str, bool] | None:
        """Tell what the object is, by the property's range: its datatype, and whether it is an IRI from elsewhere."""
        if not self._check(row, self._properties, "property"):
            return None
        prop = self.ontology.properties[row["property"]]
        if prop.datatypes:
            return _literal(row, prop)
        if not prop.foreign:
            return ("", False) if self._check(row, self.known_entities, "object") else None
        if fault := iri_fault(row["object"]):
            row.fault(f"{fault} in column object")
        return "", True


def _literal(row: Row, prop: Property) -> tuple[str, bool] | None:
    usable = [datatype for datatype in prop.datatypes if datatype in RULES]
    if not usable:
        row.fault(f"no claim can hold the values of {prop.name} ({', '.join(prop.datatypes)})")
        return None
    for datatype in usable:
        if fits(row["object"], datatype):
            return datatype, False
    wanted = " or ".join(f"{datatype} such as {example(datatype)}" for datatype in usable)
    row.fault(f'"{visible(row["object"])}" in column object is not an {wanted}')
    return None


def _place(row: Row, source: Source) -> tuple[int, int] | None:
    """Tell where in `source` the claim is said: its offsets, or (0, 0) where a record is cited."""
    if not source.text:
        if row["start"] or row["end"]:
            row.fault(f'source "{source.id}" is a dataset: cite a record, and leave start and end empty')
        if not row["record"]:
            row.fault(f'source "{source.id}" is a dataset: the key of its record is missing')
        return 0, 0
    if row["record"]:
        row.fault(f'source "{source.id}" is a text: cite start and end, and leave record empty')
    for column in ("start", "end"):
        if not _OFFSET.fullmatch(row[column]):
            row.fault(f'{column} "{visible(row[column])}" is not an offset: a whole number, 0 or more')
            return None
    start, end = int(row["start"]), int(row["end"])
    if start >= end:
        row.fault(f"the passage {start} to {end} is empty: end must be greater than start")
    if source.length and end > source.length:
        row.fault(f'end {end} is past the end of source "{source.id}", which has {source.length} characters')
    return start, end
