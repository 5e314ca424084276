"""Where the command line begins: a plain `query` is answered at once, all else goes through click.

Importing click takes as long as all the rest of a query. Only a query in which every word is understood is taken here;
a mistake, a request for help or a rarer option is left to `graph.commands.query`: there is one place that explains.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_OPTIONS = {
    "--format": "form",
    "-f": "form",
    "--labels": "labels",
    "-l": "labels",
    "--source": "source",
    "-s": "source",
    "--endpoint": "endpoint",
    "-e": "endpoint",
    "--data": "data",
    "--out": "out",
}


def main() -> None:
    """Run the command line."""
    try:
        from graph.system import interrupt

        interrupt.catch()
    except KeyboardInterrupt:  # sooner than it could be caught there
        os.write(2, b"Interrupted\n")
        os._exit(130)
    given = _plain(sys.argv[2:]) if sys.argv[1:2] == ["query"] else None
    if given is None:
        from graph.cli import main as commands

        try:
            commands()
        finally:
            interrupt.ignore()
    else:
        _query(given)


def _plain(words: Sequence[str]) -> dict[str, str] | None:
    """Read the words of a query, or give None where click is to read them."""
    given: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name = _OPTIONS.get(word, "query")
        value = next(rest, "") if word in _OPTIONS else word
        if name in given or not value or (value.startswith("-") and value != "-"):
            return None
        given[name] = value
    several = "endpoint" in given and ("data" in given or "out" in given)
    return given if "query" in given and not several and _known(given) else None


def _known(given: dict[str, str]) -> bool:
    from graph.model.words import languages
    from graph.store.results import FORMATS

    folders = not any(os.path.isfile(given.get(name, "")) for name in ("data", "out"))
    forms = given.get("form", FORMATS[0]) in FORMATS
    return folders and forms and ("labels" not in given or given["labels"] in languages())


def _query(given: dict[str, str]) -> None:
    """Ask, and end the process without taking down the engine, which would take longer than the query."""
    from graph.asking import ask
    from graph.errors import AzettaError, refusal

    message = ""
    try:
        ask(**given)  # type: ignore[arg-type]  # a timeout is never given here
    except AzettaError as error:
        from graph.model.messages import fault, spoken

        message = fault(error, spoken(given.get("labels")))
    except BrokenPipeError:  # stdout is closed (EPIPE)
        pass
    except OSError as error:
        message = refusal(error)
    if message:
        sys.stderr.buffer.write(f"{message}\n".encode("utf-8", "backslashreplace"))
    sys.stderr.flush()
    os._exit(bool(message))
