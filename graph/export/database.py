"""The dataset as one SQLite file, as Datasette opens it: tables, views that join names, a full-text index of names.

The same dataset gives the same bytes with the same release of SQLite, whose number stands in each of its files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

from graph.errors import OutputError
from graph.facts.spelling import searched
from graph.knowledge.structure import MEASURES
from graph.model.own import written
from graph.model.vocabulary import AZ

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.model.records import Claim

_SCHEMA = """
CREATE TABLE entities (id TEXT PRIMARY KEY, class TEXT, {label}, iri TEXT,
  degree INTEGER, betweenness REAL, community INTEGER, bridges INTEGER);
CREATE TABLE labels (number INTEGER PRIMARY KEY, entity TEXT REFERENCES entities (id), language TEXT, kind TEXT,
  name TEXT, folded TEXT, translated INTEGER);
CREATE TABLE sources (id TEXT PRIMARY KEY, {title}, type TEXT, publisher TEXT, issued TEXT, url TEXT, licence TEXT,
  language TEXT, length INTEGER, sha256 TEXT, iri TEXT);
CREATE TABLE terms (id TEXT PRIMARY KEY, {label}, iri TEXT);
CREATE TABLE claims (id TEXT PRIMARY KEY, subject TEXT REFERENCES entities (id),
  about_source TEXT REFERENCES sources (id), property TEXT REFERENCES terms (id),
  object TEXT REFERENCES entities (id), value TEXT, datatype TEXT, status TEXT REFERENCES terms (id),
  source TEXT REFERENCES sources (id), record TEXT, valid_from TEXT, valid_until TEXT, asserted INTEGER, iri TEXT);
CREATE TABLE passages (number INTEGER PRIMARY KEY, claim TEXT REFERENCES claims (id),
  source TEXT REFERENCES sources (id), start INTEGER, "end" INTEGER, iri TEXT);
CREATE INDEX labels_entity ON labels (entity);
CREATE INDEX claims_subject ON claims (subject);
CREATE INDEX claims_object ON claims (object);
CREATE INDEX passages_claim ON passages (claim);
CREATE VIRTUAL TABLE labels_fts USING fts5 (name, folded, content="labels", content_rowid="number");
CREATE VIEW named_claims AS SELECT claims.id AS claim, claims.subject, {named}, claims.object, claims.source,
  claims.record, claims.valid_from, claims.valid_until, claims.asserted FROM claims
  LEFT JOIN entities AS s ON s.id = claims.subject LEFT JOIN sources AS about ON about.id = claims.about_source
  LEFT JOIN terms AS p ON p.id = claims.property LEFT JOIN entities AS o ON o.id = claims.object
  LEFT JOIN terms AS t ON t.id = claims.status LEFT JOIN sources ON sources.id = claims.source;
CREATE VIEW named_passages AS SELECT named_claims.*, passages.start, passages."end", passages.iri AS passage
  FROM passages JOIN named_claims USING (claim);
"""
_NAMED = (
    "coalesce(s.{label}, about.{title}) AS {subject}, p.{label} AS {property}, "
    "coalesce(o.{label}, claims.value) AS {object}, t.{label} AS {status}, sources.{title} AS {source}"
)


def write(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the dataset, without what is inferred; OutputError where SQLite was made without its full-text index."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.executescript(_schema(knowledge.info.languages))
        except sqlite3.OperationalError as error:
            raise OutputError(f"this Python's SQLite cannot hold the index of names: {error}") from error
        for table, rows in _tables(knowledge):
            for row in rows:
                database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
        database.execute("INSERT INTO labels_fts (labels_fts) VALUES ('rebuild')")
        database.commit()
        stream.write(database.serialize())


def _schema(languages: Sequence[str]) -> str:
    def columns(*kinds: str) -> dict[str, list[str]]:
        return {kind: [f'"{kind}_{tag}"' for tag in languages] for kind in kinds}

    known = columns("label", "title", "subject", "property", "object", "status", "source")
    named = (_NAMED.format(**dict(zip(known, each, strict=True))) for each in zip(*known.values(), strict=True))
    texts = {kind: ", ".join(f"{name} TEXT" for name in known[kind]) for kind in ("label", "title")}
    return _SCHEMA.format(**texts, named=", ".join(named))


def _tables(knowledge: Knowledge) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    facts, iris, languages = knowledge.facts, knowledge.iris, knowledge.info.languages
    shape = knowledge.shape
    yield (
        "entities",
        (
            [
                each.id,
                "|".join(map(written, each.classes)),
                *map(each.labels.get, languages),
                iris.entity(each.id).value,
                *map(shape.of(each.id).get, MEASURES),
            ]
            for each in facts.entities.values()
        ),
    )
    yield "labels", _labels(knowledge)
    yield (
        "sources",
        (
            [
                *(each.id, *map(each.titles.get, languages), each.type, each.publisher, each.issued, each.url),
                *(each.licence, each.language, each.length, each.sha256, iris.source(each.id).value),
            ]
            for each in facts.sources.values()
        ),
    )
    properties = ((written(each.name), each.labels, each.iri) for each in knowledge.ontology.properties.values())
    statuses = ((name.lower(), labels, AZ.term(name)) for name, labels in knowledge.ontology.statuses.items())
    yield "terms", ([name, *map(labels.get, languages), iri.value] for name, labels, iri in (*properties, *statuses))
    yield "claims", (_claim(knowledge, each) for each in facts.claims)
    yield (
        "passages",
        (
            [None, each.id, each.source, at.start, at.end, iris.passage(each.source, at.start, at.end).value]
            for each in facts.claims
            for at in each.quotations
        ),
    )


def _labels(knowledge: Knowledge) -> Iterator[list[object]]:
    for each in knowledge.facts.entities.values():
        names = [(tag, "label", name) for tag, name in each.labels.items()]
        for kind, others in (("alt", each.alts), ("hidden", each.hidden)):
            names += [(tag, kind, name) for tag, several in others.items() for name in several]
        for tag, kind, name in names:
            ours = kind == "label" and tag in each.translated
            yield [None, each.id, tag, kind, name, searched(name), ours]


def _claim(knowledge: Knowledge, claim: Claim) -> list[object]:
    ours = claim.object in knowledge.facts.entities and not (claim.datatype or claim.foreign)
    about = claim.subject.removeprefix("source/") if claim.subject.startswith("source/") else None
    return [
        *(claim.id, None if about else claim.subject, about, written(claim.property)),
        *(claim.object if ours else None, None if ours else claim.object, claim.datatype or None),
        *(claim.status, claim.source, claim.record or None, claim.since or None, claim.until or None),
        *(claim.asserted, knowledge.iris.claim(claim).value),
    ]
