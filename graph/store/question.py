"""The documented questions: one SPARQL file each, in `questions/` or brought by the dataset, with a header.

That is in the convention of grlc: its lines begin with `#+` and hold YAML (https://grlc.io): `title` and
`description` in each language, and `parameters`, each with a `type` (a class whose entities it names, or an `xsd:`
datatype), a `default` (`any` leaves it open; without one a value must be given) and, for a closed list, its `values`;
and `address` where a view of the page answers it: what its address says, each parameter's name in braces.
A parameter is a variable of the query, bound to a term when asked and never pasted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache

from pyoxigraph import Literal, NamedNode

from graph.errors import QueryError, QueryTimeout, either, said
from graph.facts.spelling import searched
from graph.model import header
from graph.model.iris import QUESTION
from graph.model.suggestion import suggestion
from graph.model.vocabulary import Term, expand
from graph.store.answer import Answer, table
from graph.store.meant import entity
from graph.store.store import Store, graph_of

FOLDER = os.path.join(os.path.dirname(__file__), "questions")
ANY = "any"
_SELECT = re.compile(r"(?i)\bSELECT\s+(?:DISTINCT\s+)?(?P<columns>[^{]*?)(?=\s*(?:\bFROM\b[^{]*?)?(?:\bWHERE\s*)?\{)")
_SETTLED = re.compile(r"(?i)\b(?:GROUP\s+BY|LIMIT|OFFSET)\b")
_CLAIM = re.compile(r"\?claim\d?\b")

#: The questions that a dataset brings: each with the text of its file.
OWN = "SELECT ?question ?text WHERE { ?question a sh:SPARQLSelectExecutable ; sh:select ?text }"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be asked about: the class of the entities it names (or a datatype), its default and its closed list."""

    name: str
    type: str
    default: str | None = None
    values: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Question:
    """One documented question: what it asks in each language, its parameters and its SPARQL text.

    `titles` ask of all; `one`, where it is said otherwise, of what is chosen by a parameter.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    text: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    address: str = ""
    one: Mapping[str, str] = field(default_factory=dict)

    def ask(self, store: Store, values: Mapping[str, str | None], timeout: float | None = None) -> Answer:
        """Put the question to a store; QueryError if a value is missing, unknown, or names nothing there.

        A QueryTimeout tells which parameters were left open, for a value narrows what is asked.
        """
        bound = self.bind(store, values)
        try:
            return store.query(self.text, substitutions=bound, timeout=timeout)
        except QueryTimeout as error:
            raise QueryTimeout(self.late(error.args[0], self.parameters.keys() - bound.keys())) from error

    def late(self, message: str, left: Collection[str]) -> str:
        """Tell what was late with the parameters that it `left` open, in their order; a message as it is without."""
        names = [name for name in self.parameters if name in left]
        if not names:
            return message
        return said("{late}: a value for {names} narrows “{name}”", late=message, names=either(names), name=self.name)

    def citing(self) -> Question:
        """Give the question that also gives the claims it looks at, its variables ?claim or ?claim1, ?claim2.

        One that counts stays as it is, for no row of it rests on a claim of its own; so does one of all its variables,
        and one of so many rows, for it would have others.
        """
        start = _SELECT.search(self.text)
        if start is None or {*"(*"} & {*start["columns"]} or _SETTLED.search(self.text, self.text.rindex("}")):
            return self
        found = sorted({*_CLAIM.findall(self.text)})
        wanted = found[:1] if found[:1] == ["?claim"] else found
        added = "".join(f"{name} " for name in wanted if name not in start["columns"].split())
        end = start.end()
        return replace(self, text=f"{self.text[:end]} {added}{self.text[end:]}")

    def bind(self, store: Store, values: Mapping[str, str | None]) -> dict[str, Term]:
        """Turn the given values, and the defaults of the others and of None, into terms."""
        for name in values:
            if name not in self.parameters:
                told = {"question": self.name, "name": name, "hint": _near(name, self.parameters)}
                raise QueryError(said("“{question}” has no parameter “{name}”{hint}", **told))
        bound = {}
        for name, parameter in self.parameters.items():
            value = values.get(name)
            value = parameter.default if value is None else value
            if value is None:
                needed = {"question": self.name, "name": name, "kind": parameter.type}
                raise QueryError(said("“{question}” needs a value for “{name}” ({kind})", **needed))
            if not isinstance(value, str):
                raise QueryError(f"“{name}” is a text that names something ({parameter.type}), not {value!r}")
            if value != ANY:
                bound[name] = _term(parameter, value, store)
        return bound


def names() -> list[str]:
    """Name the general questions, sorted."""
    return sorted(name.removesuffix(".rq") for name in os.listdir(FOLDER) if name.endswith(".rq"))


def own(rows: Iterable[tuple[str, str]], base: str) -> dict[str, Question]:
    """Read the questions that a dataset brings, from the answer to `OWN`: by name, without those that are no such."""
    found = {}
    for iri, text in sorted(rows):
        name = iri.removeprefix(base + QUESTION)
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # others publish queries too, in other forms
            found[name] = parse(name, text)
    return found


def asked_of(store: Store) -> dict[str, Question]:
    """Give the general questions, and the own ones of the dataset in `store`, by name."""
    rows = table(store.query(OWN), question=NamedNode, text=Literal)
    brought = own(((iri.value, text.value) for iri, text in rows), store.base)
    return brought | {name: load(name) for name in names()}


def find(name: str, store: Store) -> Question:
    """Give a general question, or one of the dataset in `store`; QueryError, with the nearest names, if none is."""
    if name in names():
        return load(name)
    known = asked_of(store)
    if name not in known:
        raise _unknown(name, sorted(known))
    return known[name]


@cache
def load(name: str) -> Question:
    """Read a general question; QueryError, with the nearest names, if there is none called so."""
    known = names()
    if name not in known:
        raise _unknown(name, known)
    with open(os.path.join(FOLDER, f"{name}.rq"), encoding="utf-8") as stream:
        return parse(name, stream.read())


def parse(name: str, text: str) -> Question:
    """Read a question from the text of its file."""
    about, body = header.read(text)
    parameters = {
        key: Parameter(key, spec["type"], _text(spec.get("default")), tuple(map(str, spec.get("values", ()))))
        for key, spec in about.get("parameters", {}).items()
    }
    address, one = str(about.get("address", "")), about.get("one", {})
    return Question(name, about["title"], about["description"], body, parameters, address, one)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _unknown(name: str, known: Iterable[str]) -> QueryError:
    hint, names = _near(name, known), ", ".join(known)
    return QueryError(said("no question is called “{name}”{hint} Known: {names}", name=name, hint=hint, names=names))


def _near(word: str, known: Iterable[str]) -> str:
    return suggestion(word, known, 3, 0.5, curly=True) or "."


def _term(parameter: Parameter, value: str, store: Store) -> Term:
    if parameter.values:
        found = {searched(name): name for name in parameter.values}.get(searched(value))
        if found is None:
            told = {"name": parameter.name, "names": ", ".join(parameter.values), "value": value}
            raise QueryError(said("“{name}” is one of {names}, not “{value}”", **told))
        return expand(found)
    if parameter.type.startswith("xsd:"):
        return Literal(value, datatype=expand(parameter.type))
    if parameter.type == "prov:Entity":
        return NamedNode(graph_of(value, store))
    return entity(value, store, parameter.type, parameter.name)
