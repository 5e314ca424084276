"""What was worked out before: results of pure functions on disk, found again by what they were made from.

Whoever opens a memo lets `remembered` use it until it is closed; elsewhere, each result is worked out anew. A result
takes its place whole, with its own digest, so that what a killed process or a full disk left is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

_DIGITS = 64
_ASKED = "asked"  # in a folder: the names that the last build without an error asked for
_Value = TypeVar("_Value")


class Vanished(Exception):
    """A result was deleted after it had been found there, or put there."""


class Memo:
    """The results in a folder that were made under one `salt`: whatever else they depend on, such as the program.

    What cannot be written there is held as long as this is.
    """

    def __init__(self, folder: Path, salt: str) -> None:
        self.folder, self._salt = folder, salt
        self._used, self._whole = set[str](), set[str]()
        self._held: dict[str, bytes] = {}

    def name(self, what: str, *given: object) -> str:
        """Name the result of `what` for some values, whose `repr` says all of them."""
        name = sha256("\n".join([self._salt, what, *map(repr, given)]).encode("utf-8", "surrogatepass")).hexdigest()
        self._used.add(name)
        return name

    def read(self, name: str) -> bytes | None:
        """Give a result, None where there is none that is whole; Vanished where there was one before."""
        if name in self._held:
            return self._held[name]
        try:
            found = (self.folder / name).read_bytes()
        except OSError as exc:
            if name in self._whole:
                raise Vanished from exc
            return None
        if name not in self._whole and found[:_DIGITS] != _digest(found[_DIGITS:]):
            return None
        self._whole.add(name)
        return found[_DIGITS:]

    def keep(self, name: str, result: bytes) -> None:
        """Put a result in its place."""
        fresh = self.folder / f"{name}.new"
        try:
            self.folder.mkdir(exist_ok=True)
            fresh.write_bytes(_digest(result) + result)
            fresh.replace(self.folder / name)
            self._whole.add(name)
        except OSError:  # a full disk, or a folder that is another user's
            self._held[name] = result
            with suppress(OSError):
                fresh.unlink()

    def forget(self, *, failed: bool = False) -> None:
        """Delete what was not asked for; where a build `failed`, not what the last that did not had asked for."""
        asked = self.folder / _ASKED
        with suppress(OSError):
            used = self._used.union(asked.read_text(errors="replace").split() if failed and asked.exists() else ())
            for each in self.folder.iterdir():
                if each.name not in used and each != asked:
                    each.unlink()
            if not failed:
                asked.write_text("\n".join(sorted(used)))


_open: ContextVar[Memo | None] = ContextVar("memo", default=None)


@contextmanager
def opened(folder: Path, salt: str, *, empty: bool = False) -> Iterator[Memo]:
    """Let `remembered` use `folder`, emptied first if asked to; on leaving, what is old goes.

    After an error, what the last one without used stays beside what this one did.
    """
    memo = Memo(folder, salt)
    if empty:
        memo.forget()
    token = _open.set(memo)
    try:
        yield memo
    except Exception:
        memo.forget(failed=True)
        raise
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
