"""What was worked out before: results of pure functions on disk, found again by what they were made from.

Whoever opens a memo lets `remembered` use it until it is closed; elsewhere, each result is worked out anew. A result
takes its place whole, with its own digest, so that what a killed process or a full disk left is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

_DIGITS = 64
_Value = TypeVar("_Value")


class Memo:
    """The results in a folder that were made under one `salt`: whatever else they depend on, such as the program."""

    def __init__(self, folder: Path, salt: str) -> None:
        self.folder, self._salt = folder, salt
        self._used, self._whole = set[str](), set[str]()

    def name(self, what: str, *given: object) -> str:
        """Name the result of `what` for some values, whose `repr` says all of them."""
        name = sha256("\n".join([self._salt, what, *map(repr, given)]).encode("utf-8", "surrogatepass")).hexdigest()
        self._used.add(name)
        return name

    def read(self, name: str) -> bytes | None:
        """Give a result, None where there is none that is whole."""
        try:
            found = (self.folder / name).read_bytes()
        except OSError:
            return None
        if name not in self._whole and found[:_DIGITS] != _digest(found[_DIGITS:]):
            return None
        self._whole.add(name)
        return found[_DIGITS:]

    def keep(self, name: str, result: bytes) -> None:
        """Put a result in its place."""
        fresh = self.folder / f"{name}.new"
        fresh.write_bytes(_digest(result) + result)
        fresh.replace(self.folder / name)

    def forget(self) -> None:
        """Delete what no longer was asked for."""
        for each in self.folder.iterdir():
            if each.name not in self._used:
                each.unlink(missing_ok=True)


_open: ContextVar[Memo | None] = ContextVar("memo", default=None)


@contextmanager
def opened(folder: Path, salt: str, *, empty: bool = False) -> Iterator[Memo]:
    """Let `remembered` use `folder`, emptied first if asked to; on leaving without an error, what is old goes."""
    folder.mkdir(exist_ok=True)
    memo = Memo(folder, salt)
    if empty:
        memo.forget()
    token = _open.set(memo)
    try:
        yield memo
    finally:
        _open.reset(token)
    memo.forget()


def remembered(what: str, given: tuple[object, ...], make: Callable[[], _Value]) -> _Value:
    """Give the result of `make`, a pure function of `given` that is called `what`: that of before, where there is one.

    It is a value of JSON, and given as JSON gives it back where it is remembered: lists for tuples, texts for keys.

    >>> remembered("square", (3,), lambda: 9)
    9
    """
    found: _Value | None = recalled(what, given)
    return remember(what, given, make()) if found is None else found


def remembers() -> bool:
    """Whether there is anything that remembers."""
    return _open.get() is not None


def recalled(what: str, given: tuple[object, ...]) -> Any:
    """Give what `remember` was told of before; None where there is nothing."""
    memo = _open.get()
    found = memo.read(memo.name(what, *given)) if memo else None
    return None if found is None else json.loads(found)


def remember(what: str, given: tuple[object, ...], value: _Value) -> _Value:
    """Remember a value, and give it as it will be recalled."""
    memo = _open.get()
    if memo is None:
        return value
    kept = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    memo.keep(memo.name(what, *given), kept)
    found: _Value = json.loads(kept)
    return found


def _digest(result: bytes) -> bytes:
    return sha256(result).hexdigest().encode()
