"""What is asked of a worker and what comes back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from graph.errors import Said, said


class Kind(IntEnum):
    """What an answer is: solutions, a truth value, a graph, or a refusal (bad query, no such format, no row fits)."""

    SOLUTIONS = 0
    BOOLEAN = 1
    GRAPH = 2
    BAD = 3
    UNACCEPTABLE = 4
    TOO_LARGE = 5

    @property
    def refuses(self) -> bool:
        """Whether it is a refusal."""
        return self >= Kind.BAD


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its kind, after how many rows it was cut at a bound (0: it is whole), its bytes.

    A refusal's are a message. `empty` marks a graph without triples, `more` a piece of an answer that others follow.
    """

    kind: Kind
    cut: int = 0
    body: bytes = b""
    empty: bool = False
    more: bool = False

    @property
    def message(self) -> str:
        """Give what a refusal says, which can be told in other languages."""
        message: str = _unpacked(json.loads(self.body))
        return message

    def holding(self, body: bytes) -> Reply:
        """Give the same with these bytes."""
        return Reply(self.kind, self.cut, body, self.empty, self.more)


def refusal(kind: Kind, message: str) -> Reply:
    """Make the answer that says why there is none."""
    return Reply(kind, body=json.dumps(_packed(message)).encode("ascii"))


def _packed(message: str | int) -> Any:
    if isinstance(message, Said):
        return {"template": message.template, "values": {key: _packed(each) for key, each in message.values.items()}}
    return message.encode("utf-8", "replace").decode() if isinstance(message, str) else message


def _unpacked(told: Any) -> Any:
    if not isinstance(told, dict):
        return told
    return said(told["template"], **{key: _unpacked(each) for key, each in told["values"].items()})


@dataclass(frozen=True, slots=True)
class Job:
    """A query with its dataset and the formats its asker takes: names of `RESULTS` and of `GRAPHS`, None for none.

    `default` and `named` are graph IRIs and replace what the query says of its dataset when either is given.
    `bindings` gives IRIs to variables of the query. With `explain` it is not asked: its parts are told.
    """

    query: str
    results: str | None = "json"
    graph: str | None = "turtle"
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    bindings: dict[str, str] = field(default_factory=dict)
    explain: bool = False

    def encode(self) -> bytes:
        """Give the bytes that `decode` reads."""
        given = (self.query, self.results, self.graph, self.default, self.named, self.bindings, self.explain)
        return json.dumps(given).encode("ascii")

    @classmethod
    def decode(cls, data: bytes) -> Job:
        """Read a job back."""
        return cls(*json.loads(data))
