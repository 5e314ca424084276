"""A review file held against the data and the very texts: words at their spans, ids that are known or come with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from graph.errors import Problem, said, shown
from graph.facts.known import Known
from graph.model.ontology import Ontology
from graph.model.records import Facts
from graph.reading.proposals import Proposal
from graph.reading.review import Line, Review

_WHAT = {"source": said("source"), "entity": said("entity"), "property": said("property"), "status": said("status")}


def faults(review: Review, facts: Facts, ontology: Ontology, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Find what is wrong with the lines of a review: unknown terms, and words that do not stand at their span.

    `texts` are the very texts of sources, as far as they are given. A line that is refused may name anything.
    """
    known = _Terms(review, facts, ontology)
    for line in review.lines:
        unknown = known.faults(line) if line.proposal.decision != "refuse" else ()
        for message in (*unknown, *_moved(line.proposal, texts)):
            yield Problem(shown(review.path), line.number, message)


def changed(review: Review, facts: Facts, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Find the texts that are not those that were read, each source with both hashes.

    The text that a source was read from is what its row says: in the data, else in the review.
    """
    digests = {each.id: each.sha256 for each in facts.sources.values() if each.text}
    for line in review.lines:
        if line.proposal.kind == "source":
            digests.setdefault(line.proposal.id, line.proposal.cells["sha256"])
    for source, text in texts.items():
        found = sha256(text.encode()).hexdigest()
        if fault := Known(said("source"), digests, review.whole, few=True).fault(source, "--text"):
            yield source, fault
        elif found != digests.get(source, found):
            yield (
                source,
                said(
                    "its SHA-256 is {found}, but {source} was read from a text with {expected}; positions hold in that "
                    "very text only: read it again",
                    found=found,
                    source=source,
                    expected=digests[source],
                ),
            )


class _Terms:
    """What the lines of a review may name: what the data has, and what other lines bring."""

    def __init__(self, review: Review, facts: Facts, ontology: Ontology) -> None:
        self._ontology = ontology
        self._there = {"source": facts.sources, "entity": facts.entities}
        self._new: dict[str, dict[str, Line]] = {"source": {}, "entity": {}}
        for line in review.lines:
            if line.proposal.kind in self._new:
                self._new[line.proposal.kind].setdefault(line.proposal.id, line)
        named = {kind: {*ids, *self._new[kind]} for kind, ids in self._there.items()}
        named |= {"property": set(ontology.property_names), "status": {each.lower() for each in ontology.statuses}}
        self._known = {
            kind: Known(_WHAT[kind], sorted(ids), kind not in self._new or review.whole, few=kind == "status")
            for kind, ids in named.items()
        }

    def faults(self, line: Line) -> Iterator[str]:
        """Say which terms of a line are unknown, or come with a line that is not accepted as it is."""
        for kind, column, term in self._named(line.proposal):
            there, fresh = self._there.get(kind), self._new.get(kind, {}).get(term)
            if there is None or (term not in there and fresh is None):
                if fault := self._known[kind].fault(term, said("column {column}", column=column)):
                    yield fault
            elif term not in there and fresh and line.proposal.decision and not fresh.proposal.decision:
                yield said('"{term}" is new: accept line {line} too', term=term, line=str(fresh.number))
            elif term not in there and fresh and fresh.proposal.decision == "refuse":
                line_ = str(fresh.number)
                yield said('"{term}" is new, and refused on line {line}: refuse this line too', term=term, line=line_)

    def _named(self, proposal: Proposal) -> Iterator[tuple[str, str, str]]:
        """Give what a proposal names: the kind of each term, its column, the term."""
        cells = proposal.cells
        if proposal.kind != "source":
            yield "source", "source", cells["source"]
        if proposal.kind == "mention":
            yield "entity", "id", proposal.id
        if proposal.kind == "claim":
            yield from ((column, column, cells[column]) for column in ("property", "status"))
            kind, slash, source = cells["subject"].partition("/")
            about_source = slash and kind == "source"
            yield ("source", "subject", source) if about_source else ("entity", "subject", cells["subject"])
            prop = self._ontology.properties.get(self._ontology.property_names.get(cells["property"], ""))
            if prop and not (prop.datatypes or prop.foreign or self._ontology.concepts_of(prop.range)):
                yield "entity", "object", cells["object"]


def _moved(proposal: Proposal, texts: Mapping[str, str]) -> Iterator[str]:
    """Say that the words of a proposal do not stand at its span, and where they do; of a source, that it is longer."""
    text = texts.get(proposal.id if proposal.kind == "source" else proposal.cells["source"])
    if text is None:
        return
    if proposal.kind == "source":
        if proposal.cells["length"] != str(len(text)):
            yield said("the text has {length} characters: write that in column length", length=len(text))
        return
    start, end = int(proposal.cells["start"]), int(proposal.cells["end"])
    if end > len(text):
        yield said(
            "end {end} is past the end of the text, which has {length} characters", end=str(end), length=len(text)
        )
    elif text[start:end] != proposal.words:
        at = text.find(proposal.words)
        passage, other = f"{start}-{end}", f"{at}-{at + len(proposal.words)}"
        if at < 0:
            yield said("the words of this line do not stand at {passage} nor elsewhere in the text", passage=passage)
        else:
            yield said(
                "the words of this line do not stand at {passage}; they stand at {other}", passage=passage, other=other
            )
