"""What the tests of `add` share: the tables before, and the lines that came to them."""

from __future__ import annotations

COPY = ["--text", "bulletin=texts/bulletin.txt"]
TABLES = ("sources.csv", "entities.csv", "mentions.csv", "claims.csv", "passages.csv")


def more(held) -> dict[str, list[str]]:
    """The lines that came to the tables, whose others stand as they stood."""
    added = {}
    for name, now in held().items():
        old = held.before[name]
        fresh = [line for line in now if line not in old]
        assert [line for line in now if line in old] == old, name
        if fresh:
            added[name] = [line.decode() for line in fresh]
    return added
