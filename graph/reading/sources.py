"""A source that is read: its text, held against what the data says of it, or its own row where it is new."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import DataError, OutputError, said, shown
from graph.facts.characters import iri_fault
from graph.facts.known import Known
from graph.facts.rows import ID
from graph.model.datatypes import date_type
from graph.model.ontology import Ontology
from graph.model.records import Facts
from graph.reading import copies, language
from graph.reading.proposals import Proposal


class Reading:
    """The copy of one source, ready to be read; DataError where it is not the source's text, or is none."""

    def __init__(
        self, source: str, path: Path, facts: Facts, about: Mapping[str, str], folder: Path, model: Ontology
    ) -> None:
        self.article = copies.read(path)
        self._source, self._about = source, about
        self._known = facts.sources.get(source)
        if fault := self._fault():
            raise DataError.at(path, fault)
        tag = self._known.language if self._known else about["language"]
        self.language = language.load(tag, folder, model)
        if copies.foreign(self.article.text, self.language):
            hardly = said(
                'the text is hardly in the language "{tag}": it lacks the words that any text of it has', tag=tag
            )
            raise DataError.at(path, hardly)

    def _fault(self) -> str:
        if not self._known:
            wrong = said('"{id}" is no id: write it in a-z, 0-9 and -', id=self._source)
            return "" if ID.fullmatch(self._source) else wrong
        if not self._known.text:
            return said('source "{source}" is a dataset: its claims cite records, not a text', source=self._source)
        return copies.changed(self.article, self._known)

    def doubts(self) -> Iterator[str]:
        """Say what makes the text hard to read."""
        return copies.doubts(self.article.text, self.language)

    def proposed(self) -> Iterator[Proposal]:
        """Propose the row of a source that is new."""
        if not self._known:
            text = self.article.text
            cells = {**self._about, "length": str(len(text)), "sha256": self.article.sha256}
            yield Proposal("source", self._source, {**cells, "extractor": self.article.extractor})


def misdescribed(about: Mapping[str, str], model: Ontology) -> Iterator[str]:
    """Say what cannot be said of a new source: else `accept` alone would, once all is decided."""
    if about["issued"] and not date_type(about["issued"]):
        date = about["issued"]
        yield said('issued "{date}" is not a date such as 2024-04-22 or 2024-04-22T23:32:00+01:00', date=date)
    if about["url"] and (fault := iri_fault(about["url"])):
        yield fault
    natures = Known(
        said("nature"), [name.removeprefix("az:").lower() for name in model.concepts_of(["Nature"])], few=True
    )
    yield from filter(None, (natures.fault(each, "--nature") for each in about["nature"].split("|")))


def write(path: Path, text: str) -> None:
    """Write a text into a file, all of it or none; OutputError where it cannot be written."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(text.encode())
        os.replace(fresh, path)
    except OSError as error:
        why = {"file": shown(path), "reason": error.strerror or str(error)}
        raise OutputError(said("cannot write {file}: {reason}", **why)) from error
