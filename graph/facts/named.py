"""Reading `mentions.csv` and `passages.csv`: where texts name entities, and by what a copy's passages are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sys import intern

from graph.errors import said
from graph.facts import spans
from graph.facts.known import Known
from graph.facts.rows import CuratedFile, Row, optional
from graph.model.records import Mention, Source

MENTION = ("entity", "source", "start", "end")
PASSAGE = ("source", "start", "end", "length", "sha256")

_Cited = tuple[str, int, int]


def mentions(file: CuratedFile, sources: Mapping[str, Source], of: Known, entities: Known) -> tuple[Mention, ...]:
    """Read where texts name entities, each once, in the order of the file; none when there is no file."""
    found: dict[tuple[str, _Cited], Mention] = {}
    for row in optional(file, MENTION):
        known = row.knows(entities, "entity")
        place = _place(row, sources, of)
        if place is None or not known:
            continue
        mention = Mention(intern(row["entity"]), *place, row.line)
        first = found.setdefault((mention.entity, place), mention)
        if first is not mention:
            row.fault(said("the same mention stands already on line {line}; delete one", line=str(first.line)))
    return tuple(found.values())


def passages(file: CuratedFile, sources: Mapping[str, Source], of: Known) -> dict[_Cited, tuple[int, str]]:
    """Read the length and SHA-256 of the folded words of passages."""
    found: dict[_Cited, tuple[int, str]] = {}
    for row in optional(file, PASSAGE):
        place = _place(row, sources, of)
        measure = row.length("length"), row.sha256("sha256")
        if place in found:
            row.fault(said("the same passage stands above; delete one"))
        elif place and measure[0]:
            found[place] = measure[0], measure[1]
    return found


def check_nesting(file: CuratedFile, found: Iterable[Mention]) -> None:
    """Note the mentions that overlap, or that lie within another though that text names their entity by itself too."""
    inner, outer = [], set()
    open_: list[Mention] = []
    for mention in sorted(found, key=lambda each: (each.source, each.start, -each.end, each.line)):
        open_ = [each for each in open_ if each.source == mention.source and each.end > mention.start]
        for other in open_:
            if other.end < mention.end:
                line = str(other.line)
                message = said("it overlaps with the mention of line {line}: a mention is the longest name", line=line)
                file.add(mention.line, message)
        if open_ and open_[-1].end >= mention.end:
            inner.append((mention, open_[-1]))
        else:
            outer.add((mention.source, mention.entity))
        open_.append(mention)
    for mention, other in inner:
        if (mention.source, mention.entity) in outer:
            message = said(
                'it lies within the mention of line {line}: "{entity}" is named by itself elsewhere in {source}; '
                "delete this one",
                line=str(other.line),
                entity=mention.entity,
                source=mention.source,
            )
            file.add(mention.line, message)


def _place(row: Row, sources: Mapping[str, Source], of: Known) -> _Cited | None:
    source = sources.get(row["source"])
    if source is None:
        row.knows(of, "source")
        return None
    if not source.text:
        row.fault(said('source "{source}" is a dataset: it has no text in which something stands', source=source.id))
        return None
    span = spans.span(row, source)
    return (source.id, *span) if span else None
