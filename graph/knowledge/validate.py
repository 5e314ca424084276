"""Whether a dataset satisfies the shapes and holds at least what `dataset.toml` expects; each problem names its line.

The shapes are judged by the `shacl` package, whose verdicts the tests hold against pySHACL's on every case. It reads
the dataset from a temporary file, so that a large one never stands in memory as text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, parse, serialize

from graph.errors import DataError, Problem, shown
from graph.knowledge.triples import inferred
from graph.model.inputs import OWN_ONTOLOGY, SHAPES, place
from graph.model.own import unlabelled, written
from graph.model.records import Doubt
from graph.model.vocabulary import AZ, PREFIXES, expand
from graph.system.scratch import scratch

if TYPE_CHECKING:
    from shacl import Result, Shapes

    from graph.knowledge.knowledge import Knowledge

_Place = tuple[str, int]
_NO_DOUBT = Doubt()
#: The shapes that ask who names the ends of a claim.
_NAMED = {"<https://w3id.org/azetta/ontology#NamedEndsShape>"}


def validate(knowledge: Knowledge, data: Path, ontology: Path, beside: Path | None = None) -> None:
    """Hold the dataset against `shapes.ttl` of the folder `ontology`, its own, and the expected minimum counts.

    The folder `beside` is where a copy of the dataset stands meanwhile, if not among the system's temporary files.
    Raises DataError with every problem, each at its line of the files of `data`.
    """
    if found := problems(knowledge, data, ontology, beside):
        raise DataError(found)


def problems(
    knowledge: Knowledge, data: Path, ontology: Path, beside: Path | None = None, doubt: Doubt = _NO_DOUBT
) -> list[Problem]:
    """Give every problem that `validate` would raise, but for what only seems to be missing of what is in `doubt`."""
    found = [*_missing(knowledge, data, doubt.lines)]
    found += [each for name, each in unshown(knowledge, data) if name not in doubt.words]
    labels = {each.iri: each.labels for each in knowledge.ontology.classes.values()}
    labels |= {each.iri: each.labels for each in knowledge.ontology.properties.values()}
    found += unlabelled(data / OWN_ONTOLOGY, labels, knowledge.info.languages)
    results = _results(knowledge, [ontology / SHAPES, *filter(Path.is_file, [data / SHAPES])], beside)
    if results:
        lines = _Lines(knowledge, data, ontology)
        unsure = _unsure(knowledge, doubt)
        told = [problem for result in results if not _of(result, unsure) for problem in lines.problems(result)]
        found += [problem for problem in told if problem.line] or told  # a rule is right if its premises are wrong
    return found


def _unsure(knowledge: Knowledge, doubt: Doubt) -> set[str]:
    """Give the claims of which an end is in doubt: a line with a fault may be what names it."""
    claims = knowledge.facts.claims if doubt.words else ()
    return {str(knowledge.iris.claim(each)) for each in claims if {each.subject, each.object} & doubt.words}


def _of(result: Result, unsure: Collection[str]) -> bool:
    return result.source_shape in _NAMED and (result.value in unsure or result.focus_node in unsure)


def _missing(knowledge: Knowledge, data: Path, lost: int) -> Iterator[Problem]:
    """Find the counts that fall short of [minimum], by more than the lines that are left out."""
    facts, ontology = knowledge.facts, knowledge.ontology
    counts = Counter({"entities": len(facts.entities), "claims": len(facts.claims), "sources": len(facts.sources)})
    for entity in facts.entities.values():
        counts.update(map(written, set().union(*map(ontology.ancestors, entity.classes))))
    for what, minimum in facts.info.minimum.items():
        if counts[what] + lost < minimum:
            message = f"{what}: {counts[what]}, fewer than the {minimum} of [minimum]; was something lost?"
            yield Problem(shown(data / "dataset.toml"), 0, message)


def unshown(knowledge: Knowledge, data: Path) -> Iterator[tuple[str, Problem]]:
    """Find the entities that nothing is said of, or that no text names and no record holds; each with its problem."""
    facts = knowledge.facts
    named = {mention.entity for mention in facts.mentions}
    said = {end for claim in facts.claims for end in (claim.subject, claim.object)}
    recorded = {end for claim in facts.claims if claim.record for end in (claim.subject, claim.object)}
    for entity in facts.entities.values():
        if entity.id not in said:
            message = f'no claim speaks of "{entity.id}": add one to claims.csv, or delete the line'
            yield entity.id, Problem(_shown(data, "entities.csv"), entity.line, message)
        elif entity.id not in named | recorded:
            message = f'nothing shows "{entity.id}": say in mentions.csv where a text names it, or cite a record of it'
            yield entity.id, Problem(_shown(data, "entities.csv"), entity.line, message)


def _shown(data: Path, name: str) -> str:
    """Name the file that holds a table."""
    return shown(Path(place(data, name)))


def _triples(knowledge: Knowledge) -> Iterator[Triple]:
    """Give all that the shapes speak of: what is asserted and inferred, and the ontology, which says the classes."""
    ontology = (quad.triple for quad in knowledge.ontology.quads(knowledge.iris.graph("ontology")))
    return chain(knowledge.triples(), inferred(knowledge.inferences, knowledge.iris), ontology)


def _results(knowledge: Knowledge, shapes: Iterable[Path], beside: Path | None) -> list[Result]:
    compiled = [_compiled(path) for path in shapes]
    with scratch(beside) as folder:
        path = folder / "dataset.nt"
        serialize(_triples(knowledge), path, RdfFormat.N_TRIPLES)
        return [result for each in compiled for result in each.validate_file(str(path)).results]


def _compiled(path: Path) -> Shapes:
    from shacl import Shapes

    try:
        text = path.read_text(encoding="utf-8")
        list(parse(text, RdfFormat.TURTLE))  # which says the line
        return Shapes.from_text(text)
    except (OSError, ValueError, SyntaxError) as exc:
        line = getattr(exc, "lineno", None) or 0
        message = f"the shapes cannot be read: {getattr(exc, 'msg', None) or exc}"
        raise DataError([Problem(shown(path), line, message)]) from exc


class _Lines:
    """Where each node of the dataset stands in the curated files."""

    def __init__(self, knowledge: Knowledge, data: Path, ontology: Path) -> None:
        self._model = shown(ontology / "ecosystem.ttl")
        own = [iri for iri in knowledge.ontology.prefixes.values() if iri not in PREFIXES.values()]
        self._bare = [*own, knowledge.iris.base, AZ]  # own terms may stand under the base
        self._places: dict[str, list[_Place]] = defaultdict(list)
        facts, iris, places = knowledge.facts, knowledge.iris, self._places
        for entity in facts.entities.values():
            places[str(iris.entity(entity.id))].append((_shown(data, "entities.csv"), entity.line))
        for source in facts.sources.values():
            places[str(iris.source(source.id))].append((_shown(data, "sources.csv"), source.line))
        file = _shown(data, "claims.csv")
        for claim in facts.claims:
            predicate = str(expand(claim.property))
            keys = [str(iris.claim(claim)), predicate, predicate + str(iris.object(claim))]
            for span in claim.spans:
                keys += [str(iris.passage(claim.source, *span)), str(iris.selector(claim.source, *span))]
            for key in keys:
                places[key].append((file, claim.line))
        for mention in facts.mentions:
            cited = (mention.source, mention.start, mention.end)
            for node in (iris.mention(mention), iris.passage(*cited), iris.selector(*cited)):
                places[str(node)].append((_shown(data, "mentions.csv"), mention.line))
        rules = {rule.name: shown(rule.path) for rule in knowledge.ontology.rules}
        for inference in knowledge.inferences:
            places[str(iris.inference(inference.id))].append((rules[inference.rule], 0))

    def problems(self, result: Result) -> Iterator[Problem]:
        """Say a result of the engine at each line that it concerns."""
        focus, value = result.focus_node, result.value or ""
        message = self._readable(result.message or f"{result.component} is not satisfied")
        places = self._places.get(focus + value) or self._places.get(value if result.path is None else focus)
        if value and result.path and value != focus:
            message += f" (found {self._readable(result.value_plain or value)})"
        node = self._readable(focus.strip("<>"))
        for file, line in places or self._places.get(focus) or [(self._model, 0)]:
            yield Problem(file, line, message if line or not result.path else f"{node}: {message}")

    def _readable(self, text: str) -> str:
        """Write IRIs as the curated files do."""
        for iri in self._bare:
            text = text.replace(iri, "")
        for prefix, iri in PREFIXES.items():
            text = text.replace(iri, f"{prefix}:")
        return text
