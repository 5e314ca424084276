"""A text read by a model, part by part; what it does not answer is left out and said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.errors import EndpointError, one_line, said
from graph.model.ontology import Ontology
from graph.model.records import Facts
from graph.reading.chat import Chat, Unusable
from graph.reading.gazetteer import Gazetteer
from graph.reading.language import Language
from graph.reading.prompt import Prompt, asked, parts
from graph.reading.proposals import Proposal
from graph.reading.quoted import Quoted
from graph.reading.refusals import Refusals

_FAILURES = 2  # after so many parts in a row without an answer, no more is asked


class ModelReader:
    """Reads texts with a model; `name` is the model's, `notes` say what went wrong with the last text."""

    def __init__(self, chat: Chat, facts: Facts, ontology: Ontology) -> None:
        self._chat, self._facts, self._ontology = chat, facts, ontology
        self._prompt = Prompt(ontology)
        self._things = Gazetteer({id_: each.names() for id_, each in facts.entities.items()})
        self.name = one_line(chat.model)
        self._proposer = f"{self.name} (prompt {self._prompt.version})"
        self._refused = Refusals(facts)
        self.notes: list[str] = []

    def read(
        self,
        source: str,
        text: str,
        language: Language,
        found: Sequence[Proposal],
        progress: Callable[[int, int], object] = lambda *_: None,
    ) -> list[Proposal]:
        """Propose what the model finds in a text of a source, of which another reader `found` something already.

        `progress` hears of each part and how many there are. EndpointError where no part has an answer.
        """
        spans = list(parts(text))
        about = source, text, language.tag
        quoted = Quoted(about, self._facts, self._things, self._ontology, found, self._prompt, self._proposer)
        self.notes, answered, missed = [], 0, 0
        for at, (start, end) in enumerate(spans, 1):
            progress(at, len(spans))
            told = asked(text[start:end], language.tag, quoted.things((start, end)))
            try:
                quoted.take(self._chat.ask(self._prompt.system, told, self._prompt.schema), (start, end))
                answered, missed = answered + 1, 0
            except Unusable as error:
                missed += 1
                last = at == len(spans) or missed == _FAILURES
                if last and not answered:
                    raise EndpointError(error.args[0]) from error
                until = spans[-1][1] if last else end
                where = {"start": start, "until": until, "reason": error.args[0]}
                self.notes.append(said("the model read nothing of the characters {start}-{until}: {reason}", **where))
                if last:
                    break
        self.notes += [
            said("refused of what the model proposes: {number} {reason}", number=number, reason=reason)
            for reason, number in sorted(quoted.refused.items())
        ]
        return [each for each in quoted.proposals if each not in self._refused]
