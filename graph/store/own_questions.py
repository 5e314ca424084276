"""The questions in a dataset's own folder, read and tried before a build takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

from pyoxigraph import QuerySolutions
from pyoxigraph import Store as Engine

from graph.errors import DataError, Problem, QueryError, shown
from graph.model import header, inputs
from graph.model.own import OwnQuestion, check_files
from graph.model.vocabulary import PREFIXES, expand
from graph.store import question
from graph.store.query_errors import check

_ANY_BASE = {"": "https://example.org/"}


def read(data: Path) -> tuple[OwnQuestion, ...]:
    """Read `questions/*.rq` of the folder `data`; DataError with each that is called as a general one, or is none."""
    paths = [Path(path) for path in inputs.questions(data)]
    check_files(paths, question.names(), "question")
    found, problems = [], list[Problem]()
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
            faults = list(_faults(text))
        except ValueError as exc:
            text, faults = "", [(0, "not UTF-8" if isinstance(exc, UnicodeDecodeError) else str(exc))]
        problems += [Problem(shown(path), line, message) for line, message in faults]
        if not faults:
            about = header.read(text)[0]
            found.append(OwnQuestion(path.stem, about["title"], about["description"], text))
    if problems:
        raise DataError(problems)
    return tuple(found)


def _faults(text: str) -> Iterator[tuple[int, str]]:
    about = header.read(text)[0]
    titles, told, parameters = about.get("title"), about.get("description"), about.get("parameters", {})
    if not (_texts(titles) and _texts(told) and titles.keys() <= told.keys()):
        yield 1, "the header lacks title and description, each by language: #+ title:, then #+   en: … and so on"
    if not isinstance(parameters, dict):
        yield 1, "parameters are by name: #+ parameters:, then #+   place: {type: az:Place, default: any}"
        parameters = {}
    for name, spec in parameters.items():
        if fault := _parameter(str(name), spec, text):
            yield 1, fault
    yield from _query(text)


def _texts(value: Any) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and bool(value) and all(isinstance(each, str) for each in value.values())


def _parameter(name: str, spec: Any, text: str) -> str:
    try:
        expand(spec["type"])
    except (KeyError, TypeError):
        return f'parameter "{name}" has no type that is known: az:Place, say, or the whole IRI of an own class'
    return "" if re.search(rf"\?{re.escape(name)}\b", text) else f'parameter "{name}" is no variable of the query'


def _query(text: str) -> Iterator[tuple[int, str]]:
    """Say what is wrong with the query, and on which line; it is put to an empty store."""
    try:
        check(text, PREFIXES | _ANY_BASE)
        answer = Engine().query(text, prefixes=PREFIXES | _ANY_BASE)
    except QueryError as exc:
        yield 0, exc.args[0]
    except (SyntaxError, ValueError) as exc:
        place = re.search(r"\bat (\d+):\d+", str(exc))
        yield int(place[1]) if place else 0, f"not valid SPARQL: {exc}"
    else:
        if not isinstance(answer, QuerySolutions):
            yield 0, "a question is a SELECT"
