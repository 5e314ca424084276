"""What reading finds: proposals for the tables, each a line of the review file that a curator decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.facts import table

#: What a proposal may be; they stand in this order in a review file, and are accepted in it.
KINDS = ("source", "entity", "mention", "claim")
#: What may be decided of one; empty as long as nothing is.
DECISIONS = ("accept", "refuse")
#: The columns that come before and after those of the tables.
_FIRST = ("decision", "kind", "id")
_LAST = ("confidence", "proposer", "cue", "against", "candidates", "words")
#: The columns of claims and of entities, then those of sources; names come once for each language.
_CELLS = ("subject", "property", "object", "status", "source", "start", "end", "from", "until")
_ENDS = ("subject_at", "object_at", "period_at", "class")
_SOURCE = ("type", "publisher", "issued", "url", "licence", "language", "length", "sha256", "nature", "extractor")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of a review file.

    `cells` are named as the columns of the tables are; the `id` is that of the source, of the new entity, of the
    entity that a mention names, and empty for a claim. `words` are exactly the characters of the source at the span;
    `confidence` is from 0 to 1; `cue` says what made it propose: the key of a cue or of a trigger; `proposer` says who
    (a reader and its version). `against` names the known claim that it repeats or contradicts; `candidates` are other
    entities that the words may name, with "|" between them.
    """

    kind: str
    id: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 1.0
    proposer: str = ""
    cue: str = ""
    against: str = ""
    candidates: str = ""
    words: str = ""
    decision: str = ""


def place(source: str, start: int, end: int) -> dict[str, str]:
    """Give the cells that say where the words of a proposal stand."""
    return {"source": source, "start": str(start), "end": str(end)}


def columns(languages: Sequence[str]) -> list[str]:
    """Give the header of a review file of a dataset in some languages."""
    names = [f"{kind}_{language}" for kind in ("label", "title") for language in languages]
    return [*_FIRST, *_CELLS, *_ENDS, *names, *_SOURCE, *_LAST]


def together(found: Iterable[Iterable[Proposal]]) -> list[Proposal]:
    """Put the proposals of several texts into one order; a thing that is new in several is proposed once."""
    every = [each for own in found for each in own]
    first = {each.id: each for each in reversed(every) if each.kind == "entity"}
    kept = [each for each in every if each.kind != "entity" or each is first[each.id]]
    return sorted(kept, key=lambda each: KINDS.index(each.kind))


def cells(proposals: Iterable[Proposal], languages: Sequence[str]) -> Iterator[list[str]]:
    """Give the cells of some proposals in the columns of the review file, one list for each."""
    header = columns(languages)
    for each in proposals:
        own = {name: getattr(each, name) for name in (*_FIRST, *_LAST)} | {"confidence": f"{each.confidence:g}"}
        yield [own.get(name, each.cells.get(name, "")) for name in header]


def written(proposals: Iterable[Proposal], languages: Sequence[str]) -> str:
    """Give the review file of some proposals, in their order, as CSV with commas and line feeds.

    >>> print(written([Proposal("mention", "tiznit", {"start": "4"}, 0.5, words="Tiznit")], ["fr"]).split("\\n")[1])
    ,mention,tiznit,,,,,,4,,,,,,,,,,,,,,,,,,,,0.5,,,,,Tiznit
    """
    return table.written([columns(languages), *cells(proposals, languages)])
