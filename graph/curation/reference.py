"""The places of a region as reference datasets have them: what a new dataset of the region begins with.

Each folder of `data/reference/` is a country: `places.csv`, one place a line, each in another; `reference.toml`, which
claims its columns make; `sources.csv`, which sources say them; `ontology.ttl`, the terms of the country's own.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, parse

from graph import origin
from graph.curation import canonical
from graph.errors import said
from graph.facts import called
from graph.facts.curated import header
from graph.model.inputs import OWN_ONTOLOGY
from graph.model.vocabulary import RDFS
from graph.model.words import languages as spoken
from graph.model.words import order

FOLDER = Path(origin.ROOT) / "data" / "reference"

_Row = dict[str, str]


@dataclass(frozen=True)
class Region:
    """A region and all that a dataset about it begins with: itself, what lies in it, and what it lies in."""

    id: str
    folder: Path
    places: tuple[_Row, ...]

    def titles(self, languages: Sequence[str]) -> dict[str, str]:
        """Give what it is called in some languages."""
        return next(_borrowed("label", place, languages) for place in self.places if place["id"] == self.id)

    def tables(self, languages: Sequence[str]) -> dict[str, bytes]:
        """Give the files of `data/` that hold it, by name."""
        claims = list(self.claims())
        cited = {claim["source"] for claim in claims}
        sources = [_source(row, languages) for row in _rows(self.folder / "sources.csv") if row["id"] in cited]
        entities = [_entity(place, languages) for place in self.places]
        rows = {"sources.csv": sources, "entities.csv": entities, "claims.csv": claims}
        tables = {name: _written(name, each, languages) for name, each in rows.items()}
        return tables | {OWN_ONTOLOGY: _terms(self.folder / OWN_ONTOLOGY, languages).encode()}

    def claims(self) -> Iterator[_Row]:
        """Give the rows of `claims.csv` that the columns of its places make, as `reference.toml` declares."""
        declared = tomllib.loads((self.folder / "reference.toml").read_text(encoding="utf-8"))["claim"]
        for place in self.places:
            for each in declared:
                value, record = place[each["column"]], place[each["record"]]
                if value and record:
                    told = {"subject": place["id"], "property": each["property"], "object": value, "status": "stated"}
                    yield told | {"source": each["source"], "record": record}


def region(word: str) -> Region:
    """Find a region by its id, a name in any spelling, or a code; QueryError says what may have been meant."""
    tables = {path.parent: _rows(path) for path in sorted(FOLDER.glob("*/places.csv"))}
    regions = {row["id"]: folder for folder, rows in tables.items() for row in rows if row["class"] == "Region"}
    names = {row["id"]: _names(row) for rows in tables.values() for row in rows if row["id"] in regions}
    id_ = called.meant(said("no region"), word, names)
    rows = {row["id"]: row for row in tables[regions[id_]]}
    above = {id_, *_above(rows, id_)}
    return Region(
        id_, regions[id_], tuple(row for row in rows.values() if row["id"] in above or id_ in _above(rows, row["id"]))
    )


def _above(rows: Mapping[str, _Row], id_: str) -> list[str]:
    """Give what a place lies in, the nearest first."""
    found: list[str] = []
    while id_ := rows[id_]["within"]:
        found.append(id_)
    return found


def _rows(path: Path) -> list[_Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _names(row: _Row) -> list[str]:
    names = [name for column, cell in row.items() if column.startswith(("label_", "alt_")) for name in cell.split("|")]
    return [name for name in (*names, row["code"], row["iso"]) if name]


def _lends(language: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Give the languages whose name stands where one has none, itself first; of one unknown to us, as for English."""
    return (language, *order(language if language in spoken() else "en", languages))


def _borrowed(kind: str, row: _Row, languages: Sequence[str]) -> dict[str, str]:
    """Give the names of a row in each language."""
    names = {tag: (row.get(f"{kind}_{each}") for each in _lends(tag, languages)) for tag in languages}
    return {tag: next(filter(None, found)) for tag, found in names.items()}


def _entity(place: _Row, languages: Sequence[str]) -> _Row:
    labels = _borrowed("label", place, languages)
    ours = "|".join(tag for tag in languages if not place.get(f"label_{tag}"))
    return place | {f"label_{tag}": name for tag, name in labels.items()} | {"translated": ours}


def _source(row: _Row, languages: Sequence[str]) -> _Row:
    return row | {f"title_{tag}": title for tag, title in _borrowed("title", row, languages).items()}


def _written(name: str, rows: Sequence[_Row], languages: Sequence[str]) -> bytes:
    columns = header(name, languages)
    return canonical.written(name, [columns, *([row.get(column, "") for column in columns] for row in rows)])


def _terms(path: Path, languages: Sequence[str]) -> str:
    """Give the country's own terms, each with a label in every language of the dataset."""
    text = path.read_text(encoding="utf-8")
    labels: dict[str, dict[str, str]] = {}
    for quad in parse(text, RdfFormat.TURTLE):
        if quad.predicate == RDFS.label and isinstance(quad.object, Literal):
            labels.setdefault(str(quad.subject), {})[quad.object.language or ""] = quad.object.value
    lacking = [(term, known, tag) for term, known in labels.items() for tag in languages if tag not in known]
    borrowed = (
        (term, next(known[each] for each in _lends(tag, languages) if each in known), tag)
        for term, known, tag in lacking
    )
    return text + "".join(
        f'\n{term} rdfs:label "{label}"@{tag} .  # to be translated\n' for term, label, tag in borrowed
    )
