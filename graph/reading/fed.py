"""What other tools say of texts, as proposals: only what stands at a passage of a very text, of what the model has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.errors import one_line, said
from graph.facts.rows import ID
from graph.facts.spelling import Folded, find, fold
from graph.model.datatypes import period_fault
from graph.model.ontology import Ontology
from graph.model.own import written
from graph.model.records import Facts, Span
from graph.model.spreadsheet import harmless
from graph.model.vocabulary import AZ, DCTERMS, FOAF, OA, PROV, RDF, RDFS, contract
from graph.reading.annotations import Described
from graph.reading.proposals import Proposal, place
from graph.reading.refusals import Refusals
from graph.reading.standing import Standing

_SURE, _CUE = 0.5, "annotation"
_LONGEST = 800  # so many characters of a quotation are looked for in any spelling; more, as they are written
_LONGEST_NAME = 120
_FRAGMENT = re.compile(r"(.+)#char=([0-9]{1,12}),([0-9]{1,12})")
_OFFSET = re.compile("[0-9]{1,12}")
_ENDS = {"subject_at": AZ.subjectAntecedent, "object_at": AZ.objectAntecedent, "period_at": AZ.periodAntecedent}
_PERIOD = {"from": AZ.term("from"), "until": AZ.until}

_Place = tuple[str, Span]


class _Refused(Exception):
    """Why something is refused."""


_SOURCE = said("of a source whose text is not given")
_PASSAGE = said("at no passage of the text")
_SEVERAL = said("with words that stand at several places")
_TERM = said("with a thing, property, status or value that is not known")
_ID = said("of a new thing whose address is not one of the dataset's, or without a name and a class")


class Fed:
    """The `proposals` of a file, about sources whose `texts` are given, and how many are `refused`, by reason."""

    def __init__(
        self, said: Described, facts: Facts, ontology: Ontology, texts: Mapping[str, str], proposer: str
    ) -> None:
        self._said, self._facts, self._ontology, self._texts, self._name = said, facts, ontology, texts, proposer
        self._standing = Standing(facts, ontology)
        self._properties = {each.iri: name for name, each in ontology.properties.items()}
        self._urls = {each.url: id_ for id_, each in facts.sources.items() if each.url}
        self._here = {(each.entity, each.source, (each.start, each.end)) for each in facts.mentions}
        self._folded: dict[str, Folded] = {}
        self.refused: Counter[str] = Counter()
        self._new: dict[str, Proposal] = {}
        self._about: dict[Any, list[Any]] = {each: [] for each in said.nodes(AZ.Claim)}
        mentions = [each for note in said.nodes(OA.Annotation) for each in self._try(self._mentions, note)]
        stated = [each for claim in self._about for each in self._try(self._claims, claim)]
        left = Refusals(facts)
        self.proposals = [each for each in (*self._new.values(), *mentions, *stated) if each not in left]

    def _try(self, make: Callable[[Any], Iterator[Proposal]], node: Any) -> list[Proposal]:
        try:
            return list(make(node))
        except _Refused as reason:
            self.refused[reason.args[0]] += 1
            return []

    def _mentions(self, note: Any) -> Iterator[Proposal]:
        """Propose what an annotation identifies, at each of its targets; one of a claim gives passages of it."""
        for body in self._said.all(note, OA.hasBody):
            if body in self._about:
                self._about[body].append(note)
                continue
            for target in self._said.all(note, OA.hasTarget):
                source, span = self._place(target)
                id_ = self._thing(body, (source, span), self._who(note))
                if not ID.fullmatch(id_):  # a source is told of, and named by nothing
                    raise _Refused(_TERM)
                if (id_, source, span) not in self._here:
                    yield self._proposal("mention", id_, {}, (source, span), self._who(note))

    def _claims(self, claim: Any) -> Iterator[Proposal]:
        """Propose a claim, at each of its passages."""
        targets = [*self._said.all(claim, PROV.wasQuotedFrom)]
        notes = self._about[claim]
        targets += [target for note in notes for target in self._said.all(note, OA.hasTarget)]
        ends = [next(iter(self._said.all(claim, each)), None) for each in (RDF.subject, RDF.predicate, RDF.object)]
        status = next((contract(each).lower() for each in self._said.all(claim, AZ.status)), "")
        property_ = self._properties.get(ends[1], "") if isinstance(ends[1], NamedNode) else ""
        if not property_ or status.capitalize() not in self._ontology.statuses or not isinstance(ends[0], NamedNode):
            raise _Refused(_TERM)
        if not targets:
            raise _Refused(_PASSAGE)
        who = self._who(notes[0] if notes else claim)
        for target in dict.fromkeys(targets):
            at = self._place(target)
            subject, object_ = self._thing(ends[0], at, who), self._object(ends[2], property_, at, who)
            cells = {"subject": subject, "property": written(property_), "object": object_, "status": status}
            cells |= {bound: self._date(claim, each) for bound, each in _PERIOD.items()}
            cells |= {end: self._antecedents(claim, each, at) for end, each in _ENDS.items()}
            against = self._standing.against(subject, property_, object_, status)
            yield self._proposal("claim", "", {k: v for k, v in cells.items() if v}, at, who, against)

    def _antecedents(self, claim: Any, predicate: NamedNode, at: _Place) -> str:
        places = [self._place(each) for each in self._said.all(claim, predicate)]
        if any(source != at[0] for source, _ in places):
            raise _Refused(_PASSAGE)
        return "|".join(f"{start}-{end}" for _, (start, end) in places)

    def _date(self, claim: Any, predicate: NamedNode) -> str:
        text = self._said.text(claim, predicate)
        if text and period_fault(text):
            raise _Refused(_TERM)
        return text

    def _object(self, node: Any, property_: str, at: _Place, who: str) -> str:
        if isinstance(node, Literal):
            if not (self._ontology.properties[property_].datatype_of(node.value) and _plain(node.value)):
                raise _Refused(_TERM)
            return node.value
        concept = f"az:{contract(node)}" if isinstance(node, NamedNode) else ""
        return concept if concept in self._ontology.concepts else self._thing(node, at, who)

    def _thing(self, node: Any, at: _Place, who: str) -> str:
        """Give the id of a thing; propose it where it is new and the file says what it is and how it is called."""
        base = self._facts.info.base
        id_ = node.value.removeprefix(base) if isinstance(node, NamedNode) and node.value.startswith(base) else ""
        if id_ in self._facts.entities or id_ in self._new or id_.removeprefix("source/") in self._facts.sources:
            return id_
        names = self._ontology.class_names
        kinds = [contract(each) for each in self._said.all(node, RDF.type) if contract(each) in names.values()]
        labels = {
            f"label_{each.language}": each.value
            for each in self._said.all(node, RDFS.label)
            if isinstance(each, Literal) and each.language in self._facts.info.languages and _plain(each.value)
        }
        if not (ID.fullmatch(id_) and kinds and labels):
            raise _Refused(_ID)
        cells = {"class": "|".join(map(written, self._ontology.finest(kinds))), **labels}
        self._new[id_] = self._proposal("entity", id_, cells, at, who)
        return id_

    def _place(self, node: Any) -> _Place:
        """Find the passage of a text that a node is: by its IRI, its offsets, or the words that it quotes."""
        if isinstance(node, NamedNode) and (told := _FRAGMENT.fullmatch(node.value)):
            return self._checked(self._source(NamedNode(told[1])), (int(told[2]), int(told[3])))
        source = self._source(next(iter(self._said.all(node, OA.hasSource)), None))
        selectors = self._said.all(node, OA.hasSelector)
        quoting = next((each for each in selectors if self._said.text(each, OA.exact)), None)
        for each in selectors:
            start, end = self._said.text(each, OA.start), self._said.text(each, OA.end)
            if _OFFSET.fullmatch(start) and _OFFSET.fullmatch(end):
                span = int(start), int(end)
                if quoting is None or self._texts[source][slice(*span)] == self._said.text(quoting, OA.exact):
                    return self._checked(source, span)
        if quoting is None:
            raise _Refused(_PASSAGE)
        return source, self._quoted(source, quoting)

    def _quoted(self, source: str, quoting: Any) -> Span:
        """Find the words of a quotation, between those that it says stand before and after them."""
        text = self._texts[source]
        folded = self._folded.get(source) or self._folded.setdefault(source, fold(text))
        exact, before, after = (
            self._said.text(quoting, each).strip() for each in (OA.exact, OA.term("prefix"), OA.suffix)
        )
        found = [
            (start, end)
            for start, end in (find(folded, exact) if len(exact) <= _LONGEST else _just_so(text, exact))
            if text[:start].rstrip().endswith(before) and text[end:].lstrip().startswith(after)
        ]
        if len(found) != 1:
            raise _Refused(_SEVERAL if found else _PASSAGE)
        return found[0]

    def _source(self, node: Any) -> str:
        iri: str = getattr(node, "value", "")
        source = self._urls.get(iri, iri.removeprefix(f"{self._facts.info.base}source/"))
        if source not in self._texts:
            raise _Refused(_SOURCE)
        return source

    def _checked(self, source: str, span: Span) -> _Place:
        if not span[0] < span[1] <= len(self._texts[source]):
            raise _Refused(_PASSAGE)
        return source, span

    def _who(self, node: Any) -> str:
        """Name who says something, as the file does; else the file."""
        creators = self._said.all(node, DCTERMS.creator)
        names = [each.value if isinstance(each, Literal) else self._said.text(each, FOAF.name) for each in creators]
        return harmless(one_line(next(filter(None, names), self._name))[:_LONGEST_NAME])

    def _proposal(
        self, kind: str, id_: str, cells: Mapping[str, str], at: _Place, who: str, against: str = ""
    ) -> Proposal:
        source, span = at
        words = self._texts[source][slice(*span)]
        return Proposal(kind, id_, {**cells, **place(source, *span)}, _SURE, who, _CUE, against, words=words)


def _plain(text: str) -> bool:
    """Tell whether a spreadsheet, in which a curator may open the review file, shows a text as it is, on one line."""
    return harmless(text) == text and one_line(text) == text and len(text) <= _LONGEST


def _just_so(text: str, words: str) -> set[Span]:
    """Find words as they are written: the first time and the last, which are one where they stand once."""
    return {(start, start + len(words)) for start in (text.find(words), text.rfind(words)) if start >= 0}
