"""The curated data: `dataset.toml` and the tables → frozen records, or every problem that they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from graph.errors import DataError, Problem, said
from graph.facts import claims, coastline, conflicts, history, info, named, naming, offices, tours
from graph.facts.characters import visible
from graph.facts.known import Known
from graph.facts.remains import right
from graph.facts.rows import CuratedFile, Row, one, rows
from graph.model.datatypes import TAG, date_type
from graph.model.inputs import DECISIONS, MENTIONS, MOVED, OPTIONAL, PASSAGES, TABLES
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.records import DATASET, Claim, Doubt, Entity, Facts, Info, Source
from graph.model.vocabulary import PREFIXES

__all__ = ["Claim", "Entity", "Facts", "Info", "Source", "load"]

#: The columns of names, each once for each language.
_NAMES = {"sources.csv": ("title",), "entities.csv": ("label", "alt", "hidden")}
_SOURCE = ("id", "type", "publisher", "issued", "url", "licence", "language", "length", "sha256", "nature", "extractor")
#: The columns that each table must have; those of names in the languages come to them.
COLUMNS = {
    "sources.csv": _SOURCE,
    "entities.csv": ("id", "class", "translated"),
    "claims.csv": claims.COLUMNS,
    MENTIONS: named.MENTION,
    PASSAGES: named.PASSAGE,
    DECISIONS: history.DECISION,
    MOVED: history.MOVED,
}
#: What a line of decisions may decide.
DECIDED = history.KINDS
_TITLE = re.compile(f"title_{TAG.pattern}")
_NAME = re.compile(f"({'|'.join(_NAMES['entities.csv'])})_{TAG.pattern}")

#: What columns of names a table may have besides.
NAMED = {"sources.csv": _TITLE, "entities.csv": _NAME}

_Record = TypeVar("_Record", Source, Entity)
_Value = TypeVar("_Value")
_NOWHERE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Curated:
    """What a folder holds, `facts` without what its `problems` concern; None where a file could not be read at all."""

    facts: Facts | None
    doubt: Doubt
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def load(data: Path, ontology: Ontology, at: str = "") -> Facts:
    """Read the folder `data`, as of the day, month or year `at`: of its newest source where none is given.

    Raises DataError with all the problems of all its files, when there are any.
    """
    reading = read(data, ontology, at)
    if reading.problems or reading.facts is None:
        raise DataError(reading.problems, reading.warnings)
    return reading.facts


def read(data: Path, ontology: Ontology, at: str = "", *, whole: bool = True) -> Curated:
    """Read the folder `data` as `load` does; what has faults is left out, and nothing is raised.

    Of one that is not the `whole` of its tables, nothing is said that other lines could make right.
    """
    files = [CuratedFile(data / name) for name in (*TABLES, *OPTIONAL)]
    toml, sources_csv, entities_csv, claims_csv, mentions_csv, passages_csv, decisions_csv, moved_csv, *others = files
    about = info.read(toml, ontology.class_names)
    sources, known_sources = _sources(sources_csv, about, ontology)
    entities, known_entities = _entities(entities_csv, about, ontology)
    iris, date = Iris(about.base if about else "https://example.org/"), at or claims.dated(sources.values())
    reader = claims.Reader(ontology, iris, sources, known_sources, known_entities, date)
    found = reader.read(claims_csv)
    texts = sources, known_sources
    mentions = named.mentions(mentions_csv, *texts, known_entities)
    passages = named.passages(passages_csv, *texts)
    ids = Known(said("claim"), {claim.id for claim in found}, not claims_csv.problems)
    whose = [replace(each, complete=whole and each.complete) for each in (known_sources, known_entities, ids)]
    decided = history.decisions(decisions_csv, *whose)
    settled, moved = history.settled(found, decided), history.moved(moved_csv)
    settled = offices.succeeded(settled, sources, ontology, date)
    against = conflicts.check(claims_csv, settled, sources, ontology)
    if whole and about and about.focus and (fault := known_entities.fault(about.focus, "focus")):
        toml.add(0, fault)
    if whole and not any(file.problems for file in files):  # a line with a fault elsewhere is still in the data
        claimed = (f"claim/{claim.id}" for claim in found)
        history.check_moved(moved_csv, moved, chain(entities, (f"source/{name}" for name in sources), claimed))
        naming.check_namesakes(entities_csv, entities, found, decided)
    coast = coastline.read(others[0])
    shown = tours.read(
        others[1], tours.Nameable(about, ontology, known_entities, known_sources, ids, found) if about else None
    )
    named.check_nesting(mentions_csv, mentions)
    warnings = tuple(sorted({warning for file in files for warning in file.warnings}))
    problems = tuple(sorted({problem for file in files for problem in file.problems}))
    if about is None or not all(file.usable for file in files):
        return Curated(None, Doubt(), problems, warnings)
    by_id = dict(sorted(sources.items())), dict(sorted(entities.items()))
    facts = Facts(about, *by_id, settled, mentions, passages, decided, moved, coast, warnings, against, shown)
    return Curated(*right(facts, dict(zip((*TABLES, *OPTIONAL), files, strict=True))), problems, warnings)


def header(table: str, languages: Iterable[str]) -> list[str]:
    """Give the header of a table of a dataset in some languages: names follow the first two columns."""
    tags = list(languages)
    first, second, *others = COLUMNS[table]
    return [first, second, *(f"{kind}_{tag}" for kind in _NAMES.get(table, ()) for tag in tags), *others]


def _sources(file: CuratedFile, about: Info | None, ontology: Ontology) -> tuple[dict[str, Source], Known]:
    natures = Known(
        said("nature"), [name.removeprefix("az:").lower() for name in ontology.concepts_of(["Nature"])], few=True
    )
    languages = about.languages if about else ()
    table = rows(file, [*_SOURCE, *(f"title_{language}" for language in languages)], _TITLE)
    found, rejected = _unique(table, partial(_source, natures=natures, languages=languages))
    known = Known(said("source"), found, file.usable, rejected=rejected)
    known.names = lambda: {name: source.titles.values() for name, source in found.items()}
    return found, known


def _entities(file: CuratedFile, about: Info | None, ontology: Ontology) -> tuple[dict[str, Entity], Known]:
    called = {name: ontology.classes[id_].labels.values() for name, id_ in ontology.class_names.items()}
    classes = Known(said("class"), ontology.class_names, names=lambda: called)
    labels = [f"label_{language}" for language in (about.languages if about else ())]
    table = rows(file, [*COLUMNS["entities.csv"], *labels], _NAME)
    found, rejected = _unique(table, partial(_entity, classes=classes, names=ontology.class_names))
    known = Known(said("entity"), found, file.usable, rejected=rejected)
    known.names = lambda: {name: entity.names() for name, entity in found.items()}
    return found, known


def about(data: Path, ontology: Ontology) -> Info:
    """Read `dataset.toml` of `data` alone, whatever the tables hold; DataError with its problems."""
    file = CuratedFile(data / TABLES[0])
    found = info.read(file, ontology.class_names)
    if found is None or file.problems:
        raise DataError(file.problems)
    return found


def sources(data: Path) -> dict[str, Source]:
    """Read `sources.csv` of `data` alone, whatever state the other files are in; DataError with its problems."""
    file = CuratedFile(data / "sources.csv")
    found, _ = _unique(rows(file, _SOURCE, _TITLE), partial(_source, natures=None))
    if file.problems:
        raise DataError(file.problems)
    return found


def _unique(table: Iterable[Row], make: Callable[[Row], _Record]) -> tuple[dict[str, _Record], list[str]]:
    """Make a record of each row; also give the ids that are none.

    A row with faults still counts as known, and so does what a rejected id was meant to be: no fault breeds others.
    """
    found: dict[str, _Record] = {}
    rejected: list[str] = []
    for row in table:
        key = row.id("id")
        if key in found:
            row.fault(said('the id "{key}" stands already on line {line}', key=key, line=str(found[key].line)))
            continue
        record = make(row)
        if key:
            found[record.id] = record
        elif row["id"]:
            rejected.append(row["id"].lower())
    return found, rejected


def _entity(row: Row, classes: Known, names: Mapping[str, str]) -> Entity:
    kinds = row.parts("class")
    if not kinds:
        row.fault(said("{column} is missing", column="class"))
    for kind in kinds:
        row.knows(classes, "class", kind)
    for column in filter(_NAME.fullmatch, (name for name, cell in row.cells.items() if cell)):
        naming.check_names(row, column)
    labels = _in_languages(row, "label_", row.__getitem__)
    translated = one(frozenset(row.parts("translated")))
    for language in sorted(translated - labels.keys()):
        row.fault(said('translated names "{tag}", but label_{tag} is empty', tag=visible(language)))
    return Entity(
        id=intern(row["id"]),
        classes=one(tuple(names.get(kind, kind) for kind in kinds)),
        labels=labels,
        alts=_in_languages(row, "alt_", row.parts),
        translated=translated,
        line=row.line,
        hidden=_in_languages(row, "hidden_", row.parts),
    )


def _in_languages(row: Row, kind: str, read: Callable[[str], _Value]) -> Mapping[str, _Value]:
    """Give what stands in the columns of one kind, by language."""
    columns = (name for name, cell in row.cells.items() if cell and name.startswith(kind))
    return {intern(name[len(kind) :]): read(name) for name in columns} or _NOWHERE


def _source(row: Row, natures: Known | None, languages: Sequence[str] = ()) -> Source:
    prefix, _, local = row["type"].partition(":")
    if prefix not in PREFIXES or not local.isalnum():
        named = {"type": visible(row["type"]), "dataset": DATASET}
        row.fault(said('type "{type}" is not a class such as schema:NewsArticle or {dataset}', **named))
    for column in ("publisher", *filter(_TITLE.fullmatch, row.cells)):
        naming.check_names(row, column)
    titles = {name[6:]: row[name] for name in row.cells if name.startswith("title_") and row[name]}
    for language in (each for each in languages if each not in titles):
        row.fault(said("title_{tag} is empty: say in each language of the dataset what the source is", tag=language))
    if not titles and not languages:
        row.fault(said("a source needs a title in one language at least"))
    if row["issued"] and not date_type(row["issued"]):
        date = row["issued"]
        row.fault(said('issued "{date}" is not a date such as 2024-04-22 or 2024-04-22T23:32:00+01:00', date=date))
    text = row["type"] != DATASET
    if (row["language"] or text) and not TAG.fullmatch(row["language"]):
        row.fault(said('language "{tag}" is not a language tag such as ar or fr', tag=visible(row["language"])))
    kinds = row.parts("nature")
    if natures:
        for kind in kinds:
            row.knows(natures, "nature", kind)
    return Source(
        id=row["id"],
        type=row["type"],
        titles=titles,
        publisher=row["publisher"],
        issued=row["issued"],
        url=row.iri("url", required=False),
        licence=row.iri("licence", required=False),
        language=row["language"],
        length=_length(row, text=text),
        sha256=row["sha256"],
        line=row.line,
        natures=kinds,
        extractor=row["extractor"],
    )


def _length(row: Row, *, text: bool) -> int | None:
    if not text:
        if row["length"] or row["sha256"]:
            row.fault(said("length and sha256 are for texts: leave them empty for a {dataset}", dataset=DATASET))
        return None
    row.sha256("sha256")
    return row.length("length")
