"""The documented questions with their answers, asked once when the page is built, for any value of their parameters.

A question is asked with every parameter left open: as each is a column of the answer, the page answers for a value by
keeping the rows that have it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, RdfFormat
from pyoxigraph import Store as Engine

from graph.errors import QueryError, QueryTimeout, said
from graph.model import words
from graph.model.vocabulary import contract, expand
from graph.page.proofs import AnswerRow, Proofs, Proven

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.page.compact import Numbering
    from graph.store.question import Question

MOST_THINGS = 2_000
#: Within which a dataset's own question is answered, or holds up its build no longer.
_SECONDS = 60.0

#: The variables of a query that stand for what an answer rests on.
_PROOF = re.compile(r"(\?\w+) (?:a az:Inference\b|\S+ \?evidence\w* [.;])")
_CLAIM = re.compile(r"(\?claim)\b")
_PROJECTION = re.compile(r"^(SELECT (?:DISTINCT )?)((?:\?\w+\s+)+)(?=WHERE)", re.MULTILINE)


def answers(knowledge: Knowledge, proofs: Proofs, terms: Numbering, answered: bool = True) -> list[dict[str, Any]]:
    """Ask every question that needs at most one value; give what answers each if it is not to be `answered` here.

    Above `MOST_THINGS`, none is. Rows are written as `Proofs.written` does, with the count of all. Where there is no
    answer, `needs` names what would give one. What needs several values has the address in the page that answers it,
    if it declares one.
    """
    from graph.store.embedded import Embedded
    from graph.store.needs import of_graphs

    if proofs.things > MOST_THINGS or not answered:
        return _unanswered(knowledge)
    asked, model = _asked(knowledge), knowledge.ontology
    own = {each.name for each in knowledge.questions}
    here = {name for name, each in asked.items() if not each.address and _required(each) < 2}
    graphs = any(of_graphs(asked[name].text) for name in here)
    store = Embedded(knowledge.quads()) if graphs else Embedded(_union(knowledge), union=False)
    labels = {each.iri.value: dict(each.labels) for each in model.classes.values()}
    labels |= {each.iri.value: dict(each.labels) for each in model.properties.values()}
    found = []
    for name, each in asked.items():
        described = _described(each, knowledge)
        if each.address:
            found.append(described | {"address": each.address})
        elif name in here:
            columns, rows = (_own if name in own else _proven)(each, store)
            kept = {"columns": columns, "count": len(rows), **proofs.written(columns, rows, terms)}
            found.append(described | kept | _beside(each, columns, [row for row, _ in rows], store, labels))
    return found


def _asked(knowledge: Knowledge) -> dict[str, Question]:
    """Give the dataset's own questions, and the general ones, sorted by name."""
    from graph.store import question

    known = {each.name: question.parse(each.name, each.text) for each in knowledge.questions}
    return dict(sorted((known | {name: question.load(name) for name in question.names()}).items()))


def _required(asked: Question) -> int:
    return sum(each.required for each in asked.parameters.values())


def _union(knowledge: Knowledge) -> Engine:
    """Give the union of the graphs, as whoever asks of no graph sees it; by its first quad, whose it is can be told."""
    engine = Engine()
    for piece in knowledge.pieces():
        engine.bulk_load(piece, RdfFormat.N_TRIPLES)
    engine.add(next(knowledge.quads()))
    return engine


def _unanswered(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Describe every question, and what command answers it: answers would be most of a page's time and size."""
    found = []
    for name, asked in _asked(knowledge).items():
        needed = "".join(f" --{key} …" for key, each in asked.parameters.items() if each.required)
        beside = {"address": asked.address} if asked.address else {"command": f"azetta question {name}{needed}"}
        found.append(_described(asked, knowledge) | beside)
    return found


def _described(asked: Any, knowledge: Knowledge) -> dict[str, Any]:
    return {
        "name": asked.name,
        "label": dict(asked.titles),
        "one": dict(asked.one),
        "about": dict(asked.descriptions),
        "sparql": asked.text,
        "parameters": [_parameter(each, knowledge) for each in asked.parameters.values()],
    }


def _parameter(parameter: Any, knowledge: Knowledge) -> dict[str, Any]:
    """Say what may be chosen: the values of a list, the things of some classes, a source, or else any text."""
    fields: dict[str, Any] = {"name": parameter.name}
    if parameter.values:
        return fields | {"values": list(parameter.values)}
    if parameter.type.startswith("xsd:"):
        return fields
    if parameter.type == "prov:Entity":
        return fields | {"sources": True}
    wanted, model = contract(expand(parameter.type)), knowledge.ontology
    used = sorted({name for entity in knowledge.facts.entities.values() for name in entity.classes})
    return fields | {"of": [each for each in used if wanted in model.ancestors(each) | {each}]}


def _own(asked: Question, store: Any) -> tuple[list[str], list[Proven]]:
    """Answer a question of the dataset's own: where the variables that it gets give it other rows, as it stands."""
    try:
        columns, rows = _rows(store.query(asked.text, timeout=_SECONDS), _proof(asked.text))
        with suppress(QueryError):
            longer = _proven(asked, store, _SECONDS)
            if longer[0] == columns and Counter(row for row, _ in longer[1]) == Counter(row for row, _ in rows):
                return longer
    except QueryTimeout as exc:
        late = said(
            "{file}: no answer within {seconds} seconds, for any value of its parameters, as the page holds it: "
            "narrow it",
            file=f"questions/{asked.name}.rq",
            seconds=f"{_SECONDS:g}",
        )
        raise QueryError(late) from exc
    except QueryError as exc:
        raise QueryError(f"questions/{asked.name}.rq: {exc}") from exc
    return columns, rows


def _proof(text: str) -> list[str]:
    return list(dict.fromkeys((_PROOF if _PROOF.search(text) else _CLAIM).findall(text)))


def _proven(asked: Question, store: Any, timeout: float | None = None) -> tuple[list[str], list[Proven]]:
    """Answer a question: its columns, and its rows with what each rests on, for which `SELECT` gets variables more.

    Of rows that are alike but for these, one is left where it asks for what is `DISTINCT`.
    """
    text, proof = asked.text, _proof(asked.text)
    head = _PROJECTION.search(text)
    added = [each for each in proof if head and each not in head[2].split()]
    if head:
        text = f"{text[: head.end(1)]}{' '.join((*added, head[2]))}{text[head.end() :]}"
    columns, rows = _rows(store.query(text, timeout=timeout), proof, len(added))
    if head and "DISTINCT" in head[1]:
        rows = list({row: (row, proof) for row, proof in reversed(rows)}.values())[::-1]
    return columns, rows


def _rows(answer: Any, proof: Sequence[str], added: int = 0) -> tuple[list[str], list[Proven]]:
    names = [f"?{name}" for name in answer.columns]
    by = [names.index(each) for each in proof if each in names]
    rows: list[Proven] = [(tuple(row[added:]), [row[index] for index in by]) for row in map(list, answer.rows)]
    return list(answer.columns)[added:], rows


def _beside(
    asked: Any, columns: list[str], rows: Sequence[AnswerRow], store: Any, labels: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """Give what would give an answer, by name, where there is none; else the command that asks of one thing."""
    from graph.store.needs import needs

    if not rows:
        return {"needs": [labels[iri] for iri in needs(asked.text, store) if iri in labels]}
    for name, parameter in asked.parameters.items():
        found = [row[columns.index(name)] for row in rows] if name in columns else []
        things = [each.value.removeprefix(store.base) for each in found if isinstance(each, NamedNode)]
        choice = next((each for each in things if ":" not in each), next(iter(parameter.values), ""))
        if choice:
            return {"command": f"azetta question {asked.name} --{name} {choice}"}
    return {}


def column_names(asked: list[dict[str, Any]], languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give what the columns and the parameters of these questions are called, by variable and language."""
    used = {column for each in asked for column in each.get("columns", ())}
    used |= {parameter["name"] for each in asked for parameter in each["parameters"]}
    known = dict.fromkeys(tag for language in languages for tag in (language, *words.then(language)))
    named = {language: words.own_columns(language) for language in known}
    return {name: {each: heads[name] for each, heads in named.items() if name in heads} for name in sorted(used)}
