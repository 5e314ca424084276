"""What a model answers about a text, held against it: only that is proposed whose words stand there and name its ends.

The answer is believed in nothing. It quotes, and where the words stand is found here; what names the ends of a claim is
found here too, so that no proposal is less grounded than `accept` wants it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.errors import said
from graph.facts.names import Names, date_parts
from graph.facts.spelling import fold, searched
from graph.model.ontology import Ontology
from graph.model.own import written
from graph.model.records import Facts, Span
from graph.reading.chat import Unusable
from graph.reading.gazetteer import Gazetteer
from graph.reading.new_names import label, new_id
from graph.reading.prompt import Prompt
from graph.reading.proposals import Proposal, place
from graph.reading.standing import Standing

_SURE, _CUE = 0.5, "model"
_THINGS = 200  # so many things are told of at once
_MOST = 200  # so many proposals has no part of a text
_NAME, _PASSAGE = 120, 800  # so many characters has no name, and no passage
_AROUND = " \t\r\n\"'«»“”…"  # what a model may write around a quotation


class _Refused(Exception):
    """Why a proposal is refused."""


_FORM = said("in another form than was asked for")
_MANY = said("over the {most} that a part of a text may have", most=_MOST)
_TERM = said("with a thing, class, property, status or value that is not known")
_MISFIT = said("relating what the property does not")
_WORDS = said("quoting words that do not stand in the text")
_WITHIN = said("naming what stands within another name")
_ENDS = said("about what the text does not name")


class Quoted:
    """The `proposals` that answers about a text are good for, and how many others are `refused`, by reason.

    The text is that of a source, in a language; `things` are the names of the data, `found` is what another reader
    proposes of it.
    """

    def __init__(
        self,
        text: tuple[str, str, str],
        facts: Facts,
        things: Gazetteer,
        ontology: Ontology,
        found: Sequence[Proposal],
        prompt: Prompt,
        proposer: str,
    ) -> None:
        self.proposals: list[Proposal] = []
        self.refused: Counter[str] = Counter()
        self._source, self._text, self._language = text
        self._facts, self._ontology, self._prompt, self._proposer = facts, ontology, prompt, proposer
        self._names, self._told = Names(self._text, facts, ontology.concepts), Standing(facts, ontology)
        self._classes = {id_: each.classes for id_, each in facts.entities.items()}
        self._things, self._called = things, dict[str, str]()
        self._fresh: dict[str, frozenset[Span]] = {}
        self._here = dict.fromkeys(id_ for each in things.find(fold(self._text)) for id_ in each.named)
        for each in found:
            if each.kind == "entity":
                self._know(each.id, each.cells["class"].split("|"), each.words)
        spans = {(int(each.cells["start"]), int(each.cells["end"])) for each in found if each.kind == "mention"}
        self._taken = spans | {(each.start, each.end) for each in facts.mentions if each.source == self._source}

    def _know(self, id_: str, classes: Iterable[str], words: str) -> None:
        self._classes[id_] = tuple(self._ontology.class_names[name] for name in classes)
        self._fresh[id_] = self._names.found(words)
        self._called[searched(words)] = id_
        self._here[id_] = None

    def _known(self, words: str) -> str:
        """Give the thing that has some words for a name, here or in the data; empty where none has."""
        folded = fold(words)
        named = (each.named[0] for each in self._things.find(folded) if (each.start, each.end) == (0, len(words)))
        return next(named, "") or self._called.get(searched(words), "")

    def _where(self, term: str) -> frozenset[Span]:
        """Give where a thing or a concept is named."""
        return self._fresh[term] if term in self._fresh else self._names.spans(term)

    def things(self, part: Span) -> list[dict[str, str | list[str]]]:
        """Describe the things that the text names, those first that a part of it does."""
        inside = {id_ for id_ in self._here if any(part[0] <= start < part[1] for start, _ in self._where(id_))}
        return [
            {
                "id": id_,
                "class": "|".join(map(written, self._classes[id_])),
                "names": sorted({self._text[slice(*span)] for span in self._where(id_)}),
            }
            for id_ in sorted(self._here, key=lambda id_: id_ not in inside)[:_THINGS]
        ]

    def take(self, answer: Any, part: Span) -> None:
        """Propose what an answer about a part of the text is good for; Unusable where it is not of its form at all."""
        if not (isinstance(answer, dict) and all(isinstance(answer.get(key), list) for key in ("new", "claims"))):
            raise Unusable(said("the model did not answer with what is new and with claims"))
        own: dict[str, str] = {}  # the ids that the answer gives to what is new
        steps = [(make, each) for key, make in (("new", self._new), ("claims", self._claim)) for each in answer[key]]
        self.refused.update([_MANY] * len(steps[_MOST:]))
        for make, item in steps[:_MOST]:
            try:
                make(item, part, own)
            except _Refused as reason:
                self.refused[reason.args[0]] += 1

    def _new(self, item: Any, part: Span, own: dict[str, str]) -> None:
        """Propose a thing that is new, and where it is named."""
        name, kind, words = _texts(item, "id", "class", "words")
        if kind not in self._prompt.classes or name in own or name in self._classes:
            raise _Refused(_TERM)
        spans = self._quoted(words, part, _NAME)
        words = self._text[slice(*spans[0])]
        known = self._known(words)
        own[name] = known or new_id(kind, words)
        if known in self._facts.entities:
            return
        free = [each for each in spans if not any(_cuts(each, other) for other in self._taken)]
        if not free:
            del own[name]
            raise _Refused(_WITHIN)
        cells = {"class": kind, f"label_{self._language}": label(self._text, *spans[0])}
        self._propose("entity", free[0], cells, own[name])
        for span in free:
            self._propose("mention", span, {}, own[name])
        if not known:
            self._know(own[name], [kind], words)

    def _claim(self, item: Any, part: Span, own: Mapping[str, str]) -> None:
        """Propose a claim, with where the text names an end that its passage only refers to."""
        subject, name, object_, status, words = _texts(item, "subject", "property", "object", "status", "words")
        subject, property_ = own.get(subject, subject), self._prompt.properties.get(name, "")
        if not property_ or status not in self._prompt.statuses or subject not in self._classes:
            raise _Refused(_TERM)
        prop = self._ontology.properties[property_]
        value = bool(prop.datatypes)
        object_ = object_ if value else own.get(object_, object_)
        self._check(subject, property_, object_)
        spans = self._quoted(words, part, _PASSAGE)
        span = next((each for each in spans if self._named(subject, each) and self._named(object_, each)), spans[0])
        cells = {"subject": subject, "property": name, "object": object_, "status": status}
        count = prop.datatypes == ("xsd:integer",)
        if value and not all(self._names.literal_within(each, span, count=count) for each in date_parts(object_)):
            raise _Refused(_ENDS)
        for end, term in (("subject", subject), *(() if value else (("object", object_),))):
            if not self._named(term, span):
                first, last = self._antecedent(term, span)
                cells[f"{end}_at"] = f"{first}-{last}"
        self._propose("claim", span, cells, against=self._told.against(subject, property_, object_, status))

    def _check(self, subject: str, property_: str, object_: str) -> None:
        """Refuse what the ontology does not have the property for."""
        prop = self._ontology.properties[property_]
        concepts = self._ontology.concepts_of(prop.range)
        if not (prop.datatype_of(object_) if prop.datatypes else object_ in (concepts or self._classes)):
            raise _Refused(_TERM)
        fit = concepts or prop.datatypes or self._is(object_, prop.range)
        if subject == object_ or not fit or not self._is(subject, prop.domain):
            raise _Refused(_MISFIT)

    def _is(self, id_: str, classes: Iterable[str]) -> bool:
        return any(not self._ontology.ancestors(each).isdisjoint(classes) for each in self._classes[id_])

    def _quoted(self, words: str, part: Span, longest: int) -> list[Span]:
        """Find where a part of the text has some words, in whatever spelling."""
        words = words.strip(_AROUND)
        found = self._names.found(words) if len(words) <= longest else ()
        spans = sorted(each for each in found if part[0] <= each[0] and each[1] <= part[1])
        if not spans:
            raise _Refused(_WORDS)
        return spans

    def _named(self, term: str, span: Span) -> bool:
        return any(span[0] <= start and end <= span[1] for start, end in self._where(term))

    def _antecedent(self, term: str, span: Span) -> Span:
        """Give where the text names a thing outside a passage: last before it, or else first after it."""
        places = sorted(self._where(term))
        before = [each for each in places if each[1] <= span[0]]
        if not places:
            raise _Refused(_ENDS)
        return before[-1] if before else places[0]

    def _propose(self, kind: str, span: Span, cells: Mapping[str, str], id_: str = "", against: str = "") -> None:
        words, cells = self._text[slice(*span)], {**cells, **place(self._source, *span)}
        self.proposals.append(Proposal(kind, id_, cells, _SURE, self._proposer, _CUE, against, words=words))


def _texts(item: Any, *names: str) -> list[str]:
    values = [item.get(name) if isinstance(item, dict) else None for name in names]
    texts = [each for each in values if isinstance(each, str)]
    if len(texts) < len(names):
        raise _Refused(_FORM)
    return texts


def _cuts(span: Span, other: Span) -> bool:
    """Tell whether a name lies within another, or crosses it."""
    return (
        span != other
        and span[0] < other[1]
        and other[0] < span[1]
        and not (span[0] <= other[0] and other[1] <= span[1])
    )
