"""How a dataset is cited, and what it owes to its sources: the same in every file that says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from graph.model.records import Facts


def issued(facts: Facts) -> str:
    """Give the date of the data: the newest of a source, a decision or a change of names; "" when none is dated."""
    sources = (source.issued[:10] for source in facts.sources.values())
    return max(chain(sources, (each.on for each in facts.decisions), (each.date for each in facts.moved)), default="")


def cited(facts: Facts, language: str = "") -> str:
    """Give the reference to a dataset as a sentence, in a language that it has a title in, or its first."""
    info = facts.info
    title = info.title.get(language) or next(iter(info.title.values()), info.name)
    said = [title, info.publisher, issued(facts), f"v{info.version}"]
    return " ".join([*(f"{part.rstrip('.')}." for part in said if part), info.base])


def owed(facts: Facts) -> Iterator[str]:
    """Give a line for the dataset and one for each source: what it is called, where it is, under which licence."""
    yield f"{cited(facts)} <{facts.info.licence}>"
    for source in facts.sources.values():
        title = next(iter(source.titles.values()), source.id)
        publisher, licence = source.publisher and f"{source.publisher}.", source.licence and f"<{source.licence}>"
        yield " ".join(filter(None, (f"{source.id}: {title}.", publisher, source.url, licence)))
