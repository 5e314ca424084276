"""What can go wrong, said so that the reader can mend it.

::

    AzettaError
    ├── DataError        the curated files are wrong: every problem, each with file:line
    ├── QueryError       the question is wrong: line, column and the offending line
    │   └── UpdateRefused    an update came where only queries are answered
    ├── QueryTimeout     the answer did not come before the deadline
    ├── EndpointError    a remote store cannot be reached, or answered with an error
    └── OutputError      a file or folder cannot be written or read back
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


class AzettaError(Exception):
    """The root of everything that this package raises on purpose."""


class PartLine(int):
    """A line of one of several files that are one table: its number counts the files before too, its text is its own.

    >>> line = PartLine.of("claims/b.csv", 2)(7)
    >>> line > PartLine.of("claims/a.csv", 1)(9), str(line)
    (True, '7 (claims/b.csv)')
    """

    __slots__ = ()
    file = ""

    @staticmethod
    @cache
    def of(file: str, part: int) -> type[PartLine]:
        """Give what makes lines of the file that is the `part`th of its table, counted from 1, as messages name it."""
        first = part * _LINES

        def numbered(cls: type[PartLine], line: int) -> PartLine:
            return int.__new__(cls, first + line)

        return type("PartLine", (PartLine,), {"__slots__": (), "__new__": numbered, "file": file})

    @property
    def own(self) -> int:
        """Its number in its file."""
        return self % _LINES

    @staticmethod
    def part(line: int) -> int:
        """Tell of which file a line is: 0 where a table has but one."""
        return line // _LINES

    def __str__(self) -> str:
        return f"{self.own} ({self.file})"

    def __reduce__(self) -> tuple[object, ...]:
        return _line, (self.file, self.part(self), self.own)


_LINES = 2**32  # more than a file has


def _line(file: str, part: int, line: int) -> PartLine:
    return PartLine.of(file, part)(line)


class Problem(namedtuple("Problem", ("file", "line", "message", "level"), defaults=["error"])):
    """One thing to mend: where (`data/claims.csv`, line 41), what is wrong and how to mend it.

    What is wrong has the level "error"; what may be right, and only a reader can tell, has the level "warning"; what
    changes nothing of what is said has the level "note".

    Not a dataclass, nor of `typing`, whose import alone would take a tenth of the time of a whole query.
    """

    __slots__ = ()
    file: str
    line: int
    message: str
    level: str

    def __new__(cls, file: str, line: int, message: str, level: str = "error") -> Problem:
        """Tell what is wrong on a line of `file`, or of the one that the line itself names."""
        if isinstance(line, PartLine):
            file, line = line.file, line.own
        return super().__new__(cls, file, line, message, level)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {'' if self.level == 'error' else f'{self.level}: '}{self.message}"


class Said(str):
    """A message in English that remembers its template and values, so that it can be told in another language.

    One whose `others` are not empty came with its own translations, by language.
    """

    template: str
    values: dict[str, str | int]
    others: Mapping[str, str] = {}


def said(template: str, **values: str | int) -> Said:
    """Give the English message of a template; `graph.model.messages` tells it in others.

    A value that is a number is a count, which each language writes in its own way.
    """
    message = Said(
        template.format(**{name: f"{each:,}" if isinstance(each, int) else each for name, each in values.items()})
    )
    message.template, message.values = template, values
    return message


def either(texts: Iterable[str]) -> str:
    """Join what may be, so that each part and the "or" between them can be told in another language."""
    first, *others = texts
    for other in others:
        first = said("{one} or {other}", one=first, other=other)
    return first


def shown(path: Path) -> str:
    """Give `path` as a message names it: relative to the working directory when inside it, else as given."""
    try:
        return path.absolute().relative_to(path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def translated(texts: Mapping[str, str]) -> Said:
    """Give a message that comes with its own translations: the English one of `texts`, or else the first."""
    message = Said(texts.get("en") or next(iter(texts.values())))
    message.template, message.values, message.others = str(message), {}, texts
    return message


_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def one_line(text: str) -> str:
    """Give a text that others wrote as a terminal may have it: on one line, controls as U+FFFD, no direction marks."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ").translate(_DIRECTION_MARKS)
    return "".join("\ufffd" if c < " " or "\x7f" <= c <= "\x9f" or c in "\u2028\u2029" else c for c in text)


def refusal(error: OSError) -> str:
    """Say in one line what the system refused, and of which file."""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


class DataError(AzettaError):
    """The curated data is wrong; `problems` holds all that one run could find, sorted by place, as `warnings` does."""

    def __init__(self, problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> None:
        self.problems, self.warnings = tuple(sorted(set(problems))), tuple(sorted(set(warnings)))
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def at(cls, path: Path, message: str, line: int = 0) -> DataError:
        """Give the error that is one problem: of a line of a file, or of the file as a whole."""
        return cls([Problem(shown(path), line, message)])


class QueryError(AzettaError):
    """The query is wrong; `line` and `column` count from 1, and are 0 where the engine names no place."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        self.line, self.column = line, column
        super().__init__(message)


class UpdateRefused(QueryError):
    """The text is a SPARQL Update, and only queries are answered."""


class QueryTimeout(AzettaError):
    """The query was stopped at its deadline; no partial answer is given."""


class EndpointError(AzettaError):
    """A remote SPARQL service cannot be reached or answered with an error; the message, one line, names its address.

    Whatever the service said in it can neither command the terminal nor pass for a second message.
    """

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class OutputError(AzettaError):
    """A file or folder cannot be written, or what stands there is not ours to replace."""
