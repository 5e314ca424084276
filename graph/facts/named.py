"""Reading `mentions.csv` and `passages.csv`: where texts name entities, and by what a copy's passages are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sys import intern

from graph.errors import said
from graph.facts import spans
from graph.facts.known import Known
from graph.facts.rows import CuratedFile, Row, optional
from graph.model.mentions import Mentions, by_source
from graph.model.passages import PassageKey, Passages
from graph.model.records import Mention, Source

MENTION = ("entity", "source", "start", "end")
PASSAGE = ("source", "start", "end", "length", "sha256")


def mentions(file: CuratedFile, sources: Mapping[str, Source], of: Known, entities: Known) -> Mentions:
    """Read where texts name entities, in the order of the file; none when there is no file."""
    found = Mentions()
    for row in optional(file, MENTION):
        known = row.knows(entities, "entity")
        place = _place(row, sources, of)
        if place and known:
            found.append(Mention(intern(row["entity"]), *place, row.line))
    return found


def passages(file: CuratedFile, sources: Mapping[str, Source], of: Known) -> Passages:
    """Read the length and SHA-256 of the folded words of passages."""
    found = Passages()
    for row in optional(file, PASSAGE):
        place = _place(row, sources, of)
        measure = row.length("length"), row.sha256("sha256")
        if place and measure[0] and measure[1] and not found.add(place, (measure[0], measure[1])):
            row.fault(said("the same passage stands above; delete one"))
    return found


def check_nesting(file: CuratedFile, found: Iterable[Mention]) -> None:
    """Note the mentions that stand twice, that overlap, or that lie within another though named by themselves too."""
    for each in by_source(found).values():
        _check_nesting(file, each)


def _check_nesting(file: CuratedFile, found: Iterable[Mention]) -> None:
    inner, outer = [], set()
    open_: list[Mention] = []
    for mention in sorted(found, key=lambda each: (each.start, -each.end, each.line)):
        open_ = [each for each in open_ if each.end > mention.start]
        if twin := next((each for each in open_ if _place_of(each) == _place_of(mention)), None):
            line = str(twin.line)
            file.add(mention.line, said("the same mention stands already on line {line}; delete one", line=line))
            continue
        for other in open_:
            if other.end < mention.end:
                line = str(other.line)
                message = said("it overlaps with the mention of line {line}: a mention is the longest name", line=line)
                file.add(mention.line, message)
        if open_ and open_[-1].end >= mention.end:
            inner.append((mention, open_[-1]))
        else:
            outer.add(mention.entity)
        open_.append(mention)
    for mention, other in inner:
        if mention.entity in outer:
            message = said(
                'it lies within the mention of line {line}: "{entity}" is named by itself elsewhere in {source}; '
                "delete this one",
                line=str(other.line),
                entity=mention.entity,
                source=mention.source,
            )
            file.add(mention.line, message)


def _place_of(mention: Mention) -> tuple[str, int, int]:
    return mention.entity, mention.start, mention.end


def _place(row: Row, sources: Mapping[str, Source], of: Known) -> PassageKey | None:
    source = sources.get(row["source"])
    if source is None:
        row.knows(of, "source")
        return None
    if not source.text:
        row.fault(said('source "{source}" is a dataset: it has no text in which something stands', source=source.id))
        return None
    span = spans.span(row, source)
    return (source.id, *span) if span else None
