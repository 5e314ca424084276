"""What `query` and `question` share: where they ask, how the answer is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from graph.errors import QueryError, said
from graph.model.serialisation import GRAPHS, SOLUTIONS
from graph.store.answer import GRAPH, Answer
from graph.store.results import Rows, rows, styled, write
from graph.store.store import Store


def ask(
    query: str,
    form: str | None = None,
    labels: str | None = None,
    source: str | None = None,
    endpoint: str | None = None,
    timeout: float | None = None,
    data: str | None = None,
    out: str | None = None,
    at: str | None = None,
    explain: bool = False,
) -> None:
    """Do what the command `query` does: ask, and print the answer, or how broad each part of the query is."""
    text = text_of(query)
    store = store_at(endpoint, data, out, at)
    if explain:
        from graph.store.explained import explained

        show(explained(text, store, source, timeout), store, form, labels)
    elif not show(store.query(text, source=source, timeout=timeout), store, form, labels):
        from graph.store.unknown import unknown

        for each in unknown(text, store):
            print(each, file=sys.stderr)


def store_at(address: str | None, data: str | None = None, out: str | None = None, at: str | None = None) -> Store:
    """Open the service at `address`, or else the build that is meant or the curated files (`graph.last_build`)."""
    if address is not None:
        from graph.store.remote import Remote

        return Remote(address)
    from graph.last_build import open_store

    return open_store(data=data, out=out, at=at)


def text_of(argument: str) -> str:
    """Read a query: from standard input for `-`, from the file of that name, else the argument itself."""
    try:
        if argument == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        if os.path.isfile(argument):
            with open(argument, encoding="utf-8-sig") as stream:
                return stream.read()
    except UnicodeDecodeError as error:
        raise QueryError(said("{file} is not UTF-8 (byte {place})", file=argument, place=error.start)) from error
    if argument.endswith((".rq", ".sparql")):
        raise QueryError(said("there is no file {file}", file=argument))
    if os.path.isdir(argument):
        raise QueryError(said("{folder} is a folder: name a file that holds a query", folder=argument))
    if argument and not {*" \t\r\n{<"} & {*argument}:
        raise QueryError(said("“{text}” is neither a query nor a file", text=argument))
    return argument


def show(
    answer: Answer,
    store: Store,
    form: str | None,
    language: str | None = None,
    hidden: Sequence[str] = (),
    titles: Mapping[str, str] | None = None,
) -> int:
    """Print an answer; for a reader of `language`, with labels in it and with columns named by `titles`.

    A table leaves out the columns that are `hidden`. Gives the number of rows, where they were counted, else -1.
    """
    form = form or ("turtle" if answer.kind == GRAPH else "table")
    if (form in SOLUTIONS or form in GRAPHS) and not (form == "csv" and language and answer.kind != GRAPH):
        _print(write(answer, form, store.prefixes))
        return -1
    found = rows(answer, styled(store.prefixes), hidden if form == "table" else ())
    known: Mapping[str, str] = {}
    if language:
        from graph.store.labels import iris, labels

        known = labels(store, iris(found.terms), language)
        found.titles = titles or {}
    if form == "table":
        found.style = styled(store.prefixes, known)
        _print(f"{found}\n".encode())
    else:
        _print(_readable(found, store, form, known, language))
    return len(found)


def _readable(found: Rows, store: Store, form: str, known: Mapping[str, str], language: str | None) -> bytes:
    from graph.model import words
    from graph.store.readable import WRITERS, sheet

    if form == "xlsx" and sys.stdout.isatty():
        raise QueryError(said("a workbook is not for a terminal: send it to a file (> answer.xlsx)"))
    if language is None:
        return WRITERS[form](sheet(found, store.prefixes, known))
    heading, right_to_left = words.said(language, "commands")["identifiers"], words.head(language)["direction"] == "rtl"
    return WRITERS[form](sheet(found, store.prefixes, known, heading, right_to_left))


def _print(text: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
