"""Which of many values come more than once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


def repeated(values: Iterable[Hashable]) -> frozenset[int]:
    """Give the hashes of the values that come more than once, of others hardly any: they need not be held to be told.

    >>> hash("b") in repeated("abcb"), hash("a") in repeated("abcb")
    (True, False)
    """
    seen, again = set[int](), set[int]()
    for key in map(hash, values):
        (again if key in seen else seen).add(key)
    return frozenset(again)
