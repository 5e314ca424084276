"""A version of a dataset, to be compared with another: its tables as they stand, whatever a build would say of them.

An old version follows the model of its day: its rows are read as they are, and a column that it lacks is empty.
"""

from __future__ import annotations

import builtins
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.curation import canonical
from graph.errors import DataError, Problem, said
from graph.model.inputs import DECISIONS, MOVED, TABLES
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.records import Claim

Fields = Mapping[str, str]
"""What a row says, by column, without what is empty."""

ENDS = ("subject_at", "object_at", "period_at")
_SEVERAL = re.compile("class|translated|nature|(alt|hidden)_.*")
_LAPSES = {"withdraw": ("a", "withdrawn"), "prefer": ("b", "outweighed")}


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim of a version; `fields` are its status, period, passages and antecedents, and its lapse if it has one."""

    subject: str
    property: str
    object: str
    source: str
    record: str
    fields: Fields
    id: str = ""

    @builtins.property  # the field of that name hides the decorator
    def content(self) -> tuple[str, ...]:
        """What two versions of it share, whatever passages say it."""
        own = (self.fields.get(name, "") for name in ("status", "from", "until"))
        return self.subject, self.property, self.object, self.source, self.record, *own


@dataclass(frozen=True, slots=True)
class Version:
    """What a dataset held: its sources and entities by id, its claims, and what became of published names.

    `titles` are its own by language, its first language first. `moved` gives for an old name the new
    one (empty if it is gone) and the reason, `terms` the labels of properties.
    """

    titles: Mapping[str, str]
    sources: Mapping[str, Fields]
    entities: Mapping[str, Fields]
    claims: Sequence[Saying]
    moved: Mapping[str, tuple[str, str]]
    terms: Mapping[str, Mapping[str, str]]


def of_tables(data: Path, name: str, ontology: Ontology) -> Version:
    """Read the tables of the folder `data`, called `name` in messages; DataError where they cannot be read."""
    about = _about(data / TABLES[0], f"{name}/{TABLES[0]}")
    iris = Iris(str(about.get("base", "")))
    rows = {file: [*canonical.rows(data, file, name).values()] for file in (*TABLES[1:], DECISIONS, MOVED)}
    tags, titles = about.get("languages"), about.get("title")
    return Version(
        titles={str(tag): str(titles.get(tag, "")) for tag in tags} if tags and isinstance(titles, dict) else {},
        sources={row["id"]: described(row) for row in rows["sources.csv"] if row.get("id")},
        entities={
            row["id"]: described(row | {"class": finest(_parts(row.get("class", "")), ontology)})
            for row in rows["entities.csv"]
            if row.get("id")
        },
        claims=list(_lapsed(joined(_claims(rows["claims.csv"], ontology, iris)), rows[DECISIONS])),
        moved={row["old"]: (row.get("new", ""), row.get("reason", "")) for row in rows[MOVED] if row.get("old")},
        terms={written: ontology.properties[each].labels for written, each in ontology.property_names.items()},
    )


def _about(path: Path, shown: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise DataError([Problem(shown, 0, said("no such file: no dataset is there"))]) from exc
    except ValueError as exc:
        raise DataError([Problem(shown, 0, said("it cannot be read: {reason}", reason=str(exc)))]) from exc


def described(cells: Fields) -> Fields:
    """Give what is said of a source or an entity; of several values in a cell, in one order."""
    return {
        column: "|".join(sorted(_parts(cell))) if _SEVERAL.fullmatch(column) else cell
        for column, cell in sorted(cells.items())
        if cell and column != "id"
    }


def finest(names: Iterable[str], ontology: Ontology) -> str:
    """Leave out the classes above another: a build has them too."""
    given, known = list(names), ontology.class_names
    kept = {known[name] for name in given if name in known}
    fine = ontology.finest(kept)
    return "|".join(name for name in given if name not in known or known[name] in fine)


def joined(claims: Iterable[Saying]) -> Iterator[Saying]:
    """Join the rows that say the same at several passages."""
    found: dict[tuple[str, ...], list[Saying]] = {}
    for each in claims:
        found.setdefault(each.content, []).append(each)
    for same in found.values():
        spans = {
            column: "|".join(sorted({part for each in same for part in _parts(each.fields.get(column, ""))}, key=_at))
            for column in ("passages", *ENDS)
        }
        fields = {**same[0].fields, **spans}
        yield replace(same[0], fields={column: cell for column, cell in fields.items() if cell})


def _claims(rows: Iterable[Mapping[str, str]], ontology: Ontology, iris: Iris) -> Iterator[Saying]:
    for row in rows:
        ends = {column: row.get(column, "") for column in ("subject", "property", "object", "source", "record")}
        fields = {column: row.get(column, "") for column in ("status", "from", "until", *ENDS)}
        fields["passages"] = f"{row['start']}-{row['end']}" if row.get("start") else ""
        yield Saying(**ends, fields=fields, id=claim_id(row, ontology, iris))


def claim_id(row: Mapping[str, str], ontology: Ontology, iris: Iris) -> str:
    """Give the id that a build gives the claim of a row; empty where the model has no such property, or value of it."""
    prop = ontology.properties.get(ontology.property_names.get(row.get("property", ""), ""))
    value = row.get("object", "")
    if prop is None or not value:
        return ""
    datatype = prop.datatype_of(value)
    if prop.datatypes and not datatype:
        return ""
    claim = Claim(
        property=prop.name,
        object=value,
        datatype=datatype,
        foreign=False,
        quotations=(),
        line=0,
        subject=row.get("subject", ""),
        status=row.get("status", ""),
        source=row.get("source", ""),
        record=row.get("record", ""),
        since=row.get("from", ""),
        until=row.get("until", ""),
    )
    return iris.claim_id(claim)


def _lapsed(claims: Iterable[Saying], decisions: Iterable[Mapping[str, str]]) -> Iterator[Saying]:
    """Say of claims that curators withdrew them, or preferred others."""
    lapses = {}
    for row in decisions:
        if row.get("kind") in _LAPSES:
            column, lapse = _LAPSES[row["kind"]]
            lapses[row[column].removeprefix("claim/")] = lapse
    for each in claims:
        yield replace(each, fields={**each.fields, "standing": lapses[each.id]}) if each.id in lapses else each


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _at(span: str) -> tuple[int, str]:
    start = span.partition("-")[0]
    return int(start) if start.isdecimal() else -1, span
