"""The accepted lines of a review as rows of the tables, and who decided: all at once, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.curation import step, trial
from graph.curation.insertion import Cells
from graph.curation.trial import Added, Place
from graph.curation.version import claim_id
from graph.errors import DataError, Problem, said, shown
from graph.facts import citation, curated, texts
from graph.model import ontology as models
from graph.model.inputs import DECISIONS, MENTIONS
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.records import Facts
from graph.reading import grounding, refusals
from graph.reading.review import Line, Review

_TABLES = {"source": "sources.csv", "entity": "entities.csv", "mention": MENTIONS, "claim": "claims.csv"}


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decides, on which day, and why what is refused is."""

    by: str
    on: str
    reason: str


def accept(
    data: Path,
    ontology: Path,
    review: Review,
    copies: Mapping[str, Path],
    decided: Decided,
    waiting: Callable[[], object] = lambda: None,
) -> Added:
    """Write the accepted lines of a review into the tables of `data`, and the hashes of the refused ones.

    `copies` are the very texts of the sources, by id. What stands there already is not written again. Raises DataError
    with every problem, each with its line of the review; nothing is written then.
    """
    step.recover(data, waiting)
    model = models.load(ontology, data)
    facts = curated.load(data, model)
    held = {source: texts.read(path) for source, path in copies.items()}
    problems = [*review.problems, *grounding.faults(review, facts, model, held)]
    problems += (Problem(shown(copies[name]), 0, message) for name, message in grounding.changed(review, facts, held))
    problems += (Problem(shown(review.path), line, told) for line, told in _ungrounded(review, facts, held))
    if problems:
        raise DataError(problems)
    rows: dict[str, list[Cells]] = {}
    origin: dict[str, list[Place]] = {}
    for table, number, cells in _rows(review, facts, model, held, decided):
        if cells not in rows.setdefault(table, []):
            rows[table].append(cells)
            origin.setdefault(table, []).append((shown(review.path), number))
    if not rows:
        return Added((), (), ())
    cited = {line.proposal.cells.get("source", line.proposal.id) for line in review.decided("accept")}
    needed = {source: text for source, text in held.items() if source in cited}
    return trial.add(data, ontology, rows, needed, f"accept {review.path.name}", waiting, origin)


def _ungrounded(review: Review, facts: Facts, held: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Find accepted lines that cannot be held against a text, or that are other than what stands in the tables."""
    for line in review.decided("accept"):
        kind, id_, cells = line.proposal.kind, line.proposal.id, line.proposal.cells
        source = cells.get("source", id_)
        if source not in held:
            yield line.number, said("give the text that was read: --text {source}=FILE", source=source)
        there = facts.entities.get(id_) if kind == "entity" else None
        if there and any(there.labels.get(name[6:]) != text for name, text in _labels(cells).items()):
            message = said(
                '"{id}" stands in entities.csv already, under another name: give this one another id', id=id_
            )
            yield line.number, message
        known = facts.sources.get(id_) if kind == "source" else None
        if known and known.sha256 != cells["sha256"]:
            message = said(
                '"{id}" stands in sources.csv already, read from a text with SHA-256 {there}, here {here}',
                id=id_,
                there=known.sha256,
                here=cells["sha256"],
            )
            yield line.number, message


def _rows(
    review: Review, facts: Facts, ontology: Ontology, held: Mapping[str, str], decided: Decided
) -> Iterator[tuple[str, int, Cells]]:
    """Give the rows that a review brings, each with its table and the line of the review."""
    standing, iris = _Standing(facts, ontology), Iris(facts.info.base)
    for line in review.decided("accept"):
        if not standing.holds(line):
            yield _TABLES[line.proposal.kind], line.number, _row(line, held)
    who = {"by": decided.by, "on": decided.on}
    fresh = {line.proposal.id for line in review.decided("accept", "source")}
    known, accepted = refusals.Refusals(facts), {each.a for each in facts.decisions if each.kind == "accept"}
    for line in review.decided("refuse"):
        hashed, source = refusals.digest(line.proposal), line.proposal.cells.get("source", "")
        if line.proposal not in known:
            place = source if source in facts.sources or source in fresh else ""
            yield (
                DECISIONS,
                line.number,
                {"kind": "refuse", "a": hashed, "source": place, "reason": decided.reason} | who,
            )
    for line in review.decided("accept", "claim"):
        name = claim_id(line.proposal.cells, ontology, iris)
        if name and name not in accepted and not standing.holds(line):
            accepted.add(name)
            row = {"kind": "accept", "a": name, "b": line.proposal.proposer, "source": line.proposal.cells["source"]}
            reason = f"cue {line.proposal.cue}" if line.proposal.cue else "accepted in review"
            yield DECISIONS, line.number, {**row, "reason": reason} | who


def _row(line: Line, held: Mapping[str, str]) -> Cells:
    kind, id_, cells = line.proposal.kind, line.proposal.id, line.proposal.cells
    if kind == "source":
        return {"id": id_, **cells}
    if kind == "mention":
        return {"entity": id_, **cells}
    if kind == "claim":
        return cells
    labels = _labels(cells)
    ours = [name[6:] for name, text in labels.items() if not citation.cite(held[cells["source"]], text)]
    return {"id": id_, "class": cells["class"], **labels, "translated": "|".join(ours)}


def _labels(cells: Cells) -> dict[str, str]:
    return {name: text for name, text in cells.items() if name.startswith("label_")}


class _Standing:
    """What the tables hold already, at which place."""

    def __init__(self, facts: Facts, ontology: Ontology) -> None:
        self._facts, self._ontology, self._iris = facts, ontology, Iris(facts.info.base)
        self._mentions = {(each.entity, each.source, each.start, each.end) for each in facts.mentions}
        self._said = {(claim.id, each.start, each.end) for claim in facts.claims for each in claim.quotations}

    def holds(self, line: Line) -> bool:
        """Tell whether they hold what a line says, at that place."""
        kind, id_, cells = line.proposal.kind, line.proposal.id, line.proposal.cells
        if kind in ("source", "entity"):
            return id_ in (self._facts.sources if kind == "source" else self._facts.entities)
        start, end = int(cells["start"]), int(cells["end"])
        if kind == "mention":
            return (id_, cells["source"], start, end) in self._mentions
        return (claim_id(cells, self._ontology, self._iris), start, end) in self._said
