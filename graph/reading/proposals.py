"""What reading finds: proposals for the tables, each a line of the review file that a curator decides."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO

from graph.model.records import TOGETHER

#: What a proposal may be; they stand in this order in a review file, and are accepted in it.
KINDS = ("source", "entity", "mention", "claim")
#: What may be decided of one; empty as long as nothing is.
DECISIONS = ("accept", "refuse")
#: The columns that come before and after those of the tables.
_FIRST = ("decision", "kind", "id")
_LAST = ("confidence", "proposer", "cue", "against", "candidates", "words")
#: The columns of claims and of entities, then those of sources; names come once for each language.
_CELLS = ("subject", "property", "object", "status", "source", "start", "end", "from", "until")
#: What a claim says.
_CLAIM = ("subject", "property", "object", "status")
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


def agreed(found: Iterable[Proposal], others: Iterable[Proposal]) -> list[Proposal]:
    """Put what two readers propose of one text into one order; what both do is one line, which names both.

    A claim is the same where the passages meet; the line is that of the first reader, the surer for it.
    """
    kept = list(found)
    same: dict[tuple[str, ...], list[int]] = {}
    for at, each in enumerate(kept):
        same.setdefault(_said(each), []).append(at)
    for each in others:
        alike = same.setdefault(_said(each), [])
        line = next((at for at in alike if each.kind == "entity" or _meet(kept[at], each)), len(kept))
        if line == len(kept):
            alike.append(line)
            kept.append(each)
        elif each.proposer not in kept[line].proposer:
            sure = 1 - (1 - kept[line].confidence) * (1 - each.confidence)
            who = TOGETHER.join((kept[line].proposer, each.proposer))
            kept[line] = replace(kept[line], confidence=round(sure, 2), proposer=who)
    return sorted(kept, key=lambda each: (KINDS.index(each.kind), int(each.cells.get("start", 0))))


def _said(each: Proposal) -> tuple[str, ...]:
    """Give what a proposal says, wherever it stands; a mention says where."""
    at = (each.cells["start"], each.cells["end"]) if each.kind == "mention" else ()
    return each.kind, each.id, *(each.cells.get(name, "") for name in _CLAIM), *at


def _meet(one: Proposal, other: Proposal) -> bool:
    return all(int(a.cells["start"]) < int(b.cells["end"]) for a, b in ((one, other), (other, one)))


def refusals(counted: Counter[str]) -> list[str]:
    """Say how many proposals are refused, and why, in one sentence; in none where none is."""
    return ["; ".join(f"{number:,} {reason}" for reason, number in sorted(counted.items()))] if counted else []


def written(proposals: Iterable[Proposal], languages: Sequence[str]) -> str:
    """Give the review file of some proposals, in their order, as CSV with commas and line feeds.

    >>> print(written([Proposal("mention", "tiznit", {"start": "4"}, 0.5, words="Tiznit")], ["fr"]).split("\\n")[1])
    ,mention,tiznit,,,,,,4,,,,,,,,,,,,,,,,,,,,0.5,,,,,Tiznit
    """
    header = columns(languages)
    stream = StringIO()
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(header)
    for each in proposals:
        own = {name: getattr(each, name) for name in (*_FIRST, *_LAST)} | {"confidence": f"{each.confidence:g}"}
        lines.writerow([own.get(name, each.cells.get(name, "")) for name in header])
    return stream.getvalue()
