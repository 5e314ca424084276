"""The pages of a site: one of each thing in each language, and the list of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.knowledge.schema_org import SchemaOrg
from graph.model.words import order, spoken
from graph.store.answer import bindings
from graph.store.embedded import Embedded
from graph.store.labels import labels_query
from graph.store.query_text import query_text
from graph.web import html
from graph.web.head import around
from graph.web.paths import HOME, SiteLabels, numbered, things
from graph.web.record import ASKED, Answers, Record, Solution, portions, record, terms
from graph.web.terms import ShownTerm

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

#: How many rows a page has, and how many names the list of things: few enough for a slow line.
ROWS, NAMES = 40, 300
_AT_ONCE = 200


class SitePages:
    """Writes the pages of a dataset into a folder; `titles` are those of its claims, by language and id."""

    def __init__(self, knowledge: Knowledge, folder: Path) -> None:
        self.knowledge, self.folder, self.info = knowledge, folder, knowledge.info
        self.languages = spoken(self.info.title)
        self.paths = things(knowledge)
        self.titles: dict[tuple[str, str], str] = {}
        self._store = Embedded(knowledge.quads())
        self._described = {each: SchemaOrg(knowledge, each) for each in self.languages}
        self._claims = {knowledge.iris.claim(each).value: each for each in knowledge.facts.claims}
        anchors = self._anchors()
        self._labels = {
            each: SiteLabels(order(each, self.info.title), self.info.base, self.paths, anchors)
            for each in self.languages
        }

    def write(self, files: list[str], progress: Callable[[str], object]) -> None:
        """Write all pages; `files` are what else there is to have."""
        done, total = 0, len(self.paths) * len(self.languages)
        for batch in self._batches(self.paths):
            for language, labels in self._labels.items():
                self._name(labels, (term for iri, told in batch.items() for term in terms(iri, told)))
                for iri, told in batch.items():
                    self._thing(language, iri, told)
                done += len(batch)
                progress(f"{done}/{total} pages")
        for language in self.languages:
            self._home(language, files)

    def _thing(self, language: str, iri: str, told: Answers) -> None:
        labels = self._labels[language]
        path = labels.page = self.paths[iri]
        whole = record(iri, told, labels)
        title = " – ".join(each.text for each in _heading(whole))
        if iri in self._claims:
            self.titles[language, self._claims[iri].id] = title
        parts = portions(whole, ROWS)
        pages = [f"{labels.up}{numbered(path, each)}" for each in range(1, len(parts) + 1)]
        for number, part in enumerate(parts, 1):
            data = self._data(language, iri, title) if number == 1 else None
            context = {"record": part, "pages": pages, "number": number}
            self._put("resource.html", language, numbered(path, number), title, data, context)

    def _home(self, language: str, files: list[str]) -> None:
        """Write the list of things of a language, in parts, with what else there is to have."""
        labels, facts = self._labels[language], self.knowledge.facts
        labels.page = HOME
        named = [(*labels.chosen(each.labels), each) for each in facts.entities.values()]
        self._name(labels, map(_uri, (each.iri.value for each in self.knowledge.ontology.classes.values())))
        rows = sorted((self._kind(each.classes, labels), text, tag, each.id) for text, tag, each in named)
        parts = [rows[start : start + NAMES] for start in range(0, len(rows) or 1, NAMES)]
        for number, part in enumerate(parts, 1):
            groups: dict[ShownTerm, list[ShownTerm]] = {}
            for (kind, tag, href), text, language_of, entity in part:
                shown = ShownTerm(text, language_of, labels.href(self.knowledge.iris.entity(entity).value))
                groups.setdefault(ShownTerm(kind, tag, href), []).append(shown)
            context = {
                "first": number == 1,
                "number": number,
                "groups": groups,
                "pages": [numbered(HOME, each) for each in range(1, len(parts) + 1)],
                "description": ShownTerm(*labels.chosen(self.info.description)),
                "sources": [
                    (ShownTerm(*labels.chosen(each.titles), f"source/{each.id}.html"), each.issued)
                    for each in facts.sources.values()
                ],
                "files": files,
                "info": self.info,
            }
            data = self._described[language].dataset() if number == 1 else None
            title = labels.chosen(self.info.title)[0]
            self._put("home.html", language, numbered(HOME, number), title, data, context)

    def _kind(self, classes: Iterable[str], labels: SiteLabels) -> tuple[str, str, str]:
        shown = labels.cell(_uri(self.knowledge.ontology.classes[self.knowledge.ontology.finest(classes)[0]].iri.value))
        return shown.text, shown.language, shown.href

    def _put(
        self, template: str, language: str, path: str, title: str, data: dict[str, Any] | None, context: dict[str, Any]
    ) -> None:
        head = around(self.info, self.languages, language, path, title, data)
        place = self.folder / language / path
        place.parent.mkdir(parents=True, exist_ok=True)
        text = html.render(template, language, self.info.title, **head, **context)
        place.write_text(text, encoding="utf-8", newline="\n")

    def _data(self, language: str, iri: str, title: str) -> dict[str, Any] | None:
        facts, describe = self.knowledge.facts, self._described[language]
        name = iri.removeprefix(self.info.base)
        if iri in self._claims:
            return describe.claim(self._claims[iri], title)
        if name in facts.entities:
            return describe.entity(facts.entities[name])
        source = facts.sources.get(name.removeprefix("source/"))
        return describe.source(source) if source else None

    def _anchors(self) -> dict[str, str]:
        """Say on which page of its source each passage stands, which that page's size decides."""
        sources = {self.knowledge.iris.source(each).value: f"source/{each}" for each in self.knowledge.facts.sources}
        labels = SiteLabels(self.languages, self.info.base, self.paths, {})
        found = {}
        for batch in self._batches(sources):
            for iri, told in batch.items():
                for number, part in enumerate(portions(record(iri, told, labels), ROWS), 1):
                    places = [anchor for fact in part.claims for _, anchor in fact.places if anchor]
                    for anchor in (*places, *(each.anchor for each in part.passages if each.anchor)):
                        found[f"{iri}#{anchor}"] = f"{numbered(sources[iri], number)}#{anchor}"
        return found

    def _batches(self, iris: Iterable[str]) -> Iterator[dict[str, Answers]]:
        """Give the answers to the queries of a record, of some things at once: that is faster by far than of each."""
        waiting = iter(iris)
        while batch := [*islice(waiting, _AT_ONCE)]:
            values = f"WHERE {{ VALUES ?r {{ {' '.join(f'<{iri}>' for iri in batch)} }}"
            found: dict[str, dict[str, list[Solution]]] = {iri: {name: [] for name in ASKED} for iri in batch}
            for name in ASKED:
                text = re.sub(r"\bLIMIT \d+", "", query_text(name)).replace("WHERE {", values, 1)
                for row in self._rows(text):
                    found[row["r"]["value"]][name].append(row)
            yield dict(found)

    def _name(self, labels: SiteLabels, wanted: Iterable[Any]) -> None:
        if iris := labels.unknown(wanted):
            labels.note(self._rows(labels_query(iris)))

    def _rows(self, query: str) -> list[Solution]:
        return bindings(self._store.query(query))


def _heading(whole: Record) -> tuple[ShownTerm, ...]:
    """Give what a thing is called: a claim or an inference by what it says."""
    return (whole.own.subject, whole.own.property, whole.own.object) if whole.own else (whole.title,)


def _uri(iri: str) -> dict[str, str]:
    return {"type": "uri", "value": iri}
