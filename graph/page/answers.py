"""The documented questions with their answers, asked once when the page is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from graph.model import words
from graph.model.vocabulary import shorten

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

MOST_ROWS = 60
MOST_CLAIMS = 20_000


def answers(knowledge: Knowledge, number: Mapping[str, int]) -> list[dict[str, Any]]:
    """Ask every question that needs no value; of a dataset above `MOST_CLAIMS` none, since it would fill the memory.

    A cell is a thing's number, an IRI (a CURIE where a prefix is known), a text, or nothing. Of an answer the first
    `MOST_ROWS` rows are kept, with the count of all rows and the things in any of them; where the question takes a
    value, also a command that asks it of one; where there is no answer, what would give one.
    """
    from graph.store import question
    from graph.store.embedded import Embedded

    if len(knowledge.facts.claims) > MOST_CLAIMS:
        return []
    store = Embedded(knowledge.quads())
    iris = {knowledge.iris.entity(node).value: index for node, index in number.items()}
    asked = [each for _, each in sorted(question.asked_of(store).items())]
    ids = list(number)
    open_ones = [each for each in asked if not any(one.required for one in each.parameters.values())]
    model = knowledge.ontology
    labels = {each.iri.value: dict(each.labels) for each in model.classes.values()}
    labels |= {each.iri.value: dict(each.labels) for each in model.properties.values()}
    return [_needing(_answered(each, store, iris, ids), store, labels) for each in open_ones]


def _needing(answered: dict[str, Any], store: Any, labels: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    """Add to a question without an answer the names of what would give one."""
    from graph.store.needs import needs

    if answered["count"]:
        return answered
    return answered | {"needs": [labels[iri] for iri in needs(answered["sparql"], store) if iri in labels]}


def _answered(asked: Any, store: Any, iris: Mapping[str, int], ids: list[str]) -> dict[str, Any]:
    answer = asked.ask(store, {})
    columns = list(answer.columns)
    rows = [[_cell(term, iris) for term in row] for row in answer.rows]
    return {
        "name": asked.name,
        "label": dict(asked.titles),
        "about": dict(asked.descriptions),
        "sparql": asked.text,
        "columns": columns,
        "rows": rows[:MOST_ROWS],
        "count": len(rows),
        "things": sorted({cell for row in rows for cell in row if isinstance(cell, int)}),
        "command": _command(asked, columns, rows, ids),
    }


def _command(asked: Any, columns: list[str], rows: list[list[int | str | None]], ids: list[str]) -> str:
    """Give the command that asks this of one thing, the first that answers; empty where nothing can be chosen."""
    for name, parameter in asked.parameters.items():
        found = [row[columns.index(name)] for row in rows] if name in columns else []
        choice = next((ids[cell] for cell in found if isinstance(cell, int)), next(iter(parameter.values), ""))
        if choice:
            return f"azetta question {asked.name} --{name} {choice}"
    return ""


def _cell(term: Any, iris: Mapping[str, int]) -> int | str | None:
    if isinstance(term, NamedNode):
        thing = iris.get(term.value)
        return shorten(term.value) if thing is None else thing
    return term and str(term.value)


def column_names(asked: list[dict[str, Any]], languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give what the columns of these answers are called, by variable and language."""
    used = {column for each in asked for column in each["columns"]}
    known = dict.fromkeys(tag for language in languages for tag in (language, *words.then(language)))
    named = {language: words.own_columns(language) for language in known}
    return {name: {each: heads[name] for each, heads in named.items() if name in heads} for name in sorted(used)}
