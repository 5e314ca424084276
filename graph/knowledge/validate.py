"""Whether a dataset satisfies the shapes and holds at least what `dataset.toml` expects; each problem names its line.

A small dataset is judged as a whole, a larger one portion by portion wherever its shapes allow that: the problems are
the same, and no more stands in memory than the largest portions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, RdfFormat, parse

from graph.errors import DataError, Problem, said, shown, translated
from graph.knowledge.judging import Judge, results
from graph.knowledge.verdict import Finding, reach
from graph.model.inputs import OWN_ONTOLOGY, SHAPES, place
from graph.model.ontology import Ontology
from graph.model.own import unlabelled, written
from graph.model.records import Doubt, Entity, Info
from graph.model.vocabulary import AZ, PREFIXES, expand

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_Place = tuple[str, int]
_Languages = Mapping[str, re.Pattern[str]]
_NO_DOUBT = Doubt()
#: The shapes that ask who names the ends of a claim.
_NAMED = {"<https://w3id.org/azetta/ontology#NamedEndsShape>"}
_MESSAGE = "http://www.w3.org/ns/shacl#message"
_FILLED = re.compile(r"\{[?$]\w+\}")  # by the engine, in the message of a SPARQL constraint


def validate(
    knowledge: Knowledge, data: Path, ontology: Path, beside: Path | None = None, judge: Judge = map
) -> Sequence[Problem]:
    """Hold the dataset against `shapes.ttl` of the folder `ontology`, its own, and the expected minimum counts.

    The folder `beside` is where copies of the dataset stand meanwhile, if not among the system's temporary files;
    `judge` is who judges the portions of a larger one.
    Gives the warnings. Raises DataError with every problem, each at its line of the files of `data`.
    """
    found = problems(knowledge, data, ontology, beside, judge=judge)
    if any(each.level == "error" for each in found):
        raise DataError(found)
    return found


def problems(
    knowledge: Knowledge,
    data: Path,
    ontology: Path,
    beside: Path | None = None,
    doubt: Doubt = _NO_DOUBT,
    judge: Judge = map,
) -> list[Problem]:
    """Give all that `validate` finds, but for what only seems to be missing of what is in `doubt`."""
    found = [*_missing(knowledge, data, doubt.lines)]
    found += [each for name, each in unshown(knowledge, data) if name not in doubt.words]
    found += of_model(knowledge.ontology, data, knowledge.info.languages)
    shapes = [ontology / SHAPES, *filter(Path.is_file, [data / SHAPES])]
    if findings := results(knowledge, [*map(reach, shapes)], beside, judge):
        lines = Lines(knowledge, data, ontology, map(languages, shapes))
        unsure = _unsure(knowledge, doubt)
        told = [problem for result in findings if not _of(result, unsure) for problem in lines.problems(result)]
        found += [problem for problem in told if problem.line] or told  # a rule is right if its premises are wrong
    return found


def of_model(ontology: Ontology, data: Path, languages: Sequence[str]) -> Iterable[Problem]:
    """Find what a dataset's own ontology does not name in its languages."""
    labels = {each.iri: each.labels for each in ontology.classes.values()}
    labels |= {each.iri: each.labels for each in ontology.properties.values()}
    return unlabelled(data / OWN_ONTOLOGY, labels, languages)


def _unsure(knowledge: Knowledge, doubt: Doubt) -> set[str]:
    """Give the claims of which an end is in doubt: a line with a fault may be what names it."""
    claims = knowledge.facts.claims if doubt.words else ()
    return {str(knowledge.iris.claim(each)) for each in claims if {each.subject, each.object} & doubt.words}


def _of(result: Finding, unsure: Collection[str]) -> bool:
    return result.source_shape in _NAMED and (result.value in unsure or result.focus_node in unsure)


def _missing(knowledge: Knowledge, data: Path, lost: int) -> Iterator[Problem]:
    """Find the counts that fall short of [minimum], by more than the lines that are left out."""
    facts, ontology = knowledge.facts, knowledge.ontology
    counts = Counter({"entities": len(facts.entities), "claims": len(facts.claims), "sources": len(facts.sources)})
    for entity in facts.entities.values():
        counts.update(map(written, set().union(*map(ontology.ancestors, entity.classes))))
    yield from fewer(facts.info, counts, data, lost)


def fewer(info: Info, counts: Mapping[str, int], data: Path, lost: int = 0) -> Iterator[Problem]:
    """Find what a dataset has fewer of than it is to have."""
    for what, minimum in info.minimum.items():
        number = counts.get(what, 0)
        if number + lost < minimum:
            told: dict[str, str | int] = {"what": what, "number": number, "minimum": minimum}
            message = said("{what}: {number}, fewer than the {minimum} of [minimum]; was something lost?", **told)
            yield Problem(shown(data / "dataset.toml"), 0, message)


class Unshown(Problem):
    """A line that another line will make right: one of an entity of which nothing is said, or that nothing shows."""

    __slots__ = ()


def unshown(knowledge: Knowledge, data: Path) -> Iterator[tuple[str, Unshown]]:
    """Find the entities that nothing is said of, or that no text names and no record holds; each with its problem.

    That nothing is said yet is a warning: one row after the other is how an entity comes in.
    """
    facts = knowledge.facts
    ends = {end for claim in facts.claims for end in (claim.subject, claim.object)}
    seen = {mention.entity for mention in facts.mentions}
    seen |= {end for claim in facts.claims if claim.record for end in (claim.subject, claim.object)}
    yield from bare(facts.entities.values(), facts.entities.keys() - ends, facts.entities.keys() - seen, data)


def bare(
    entities: Iterable[Entity], unspoken: Collection[str], unseen: Collection[str], data: Path
) -> Iterator[tuple[str, Unshown]]:
    """Tell of entities that nothing is said of, and of those that no text names and no record holds."""
    for entity in entities:
        if entity.id in unspoken:
            message = said('no claim speaks of "{entity}": add one to claims.csv, or delete the line', entity=entity.id)
            yield entity.id, Unshown(_shown(data, "entities.csv"), entity.line, message, "warning")
        elif entity.id in unseen:
            message = said(
                'nothing shows "{entity}": say in mentions.csv where a text names it, or cite a record of it',
                entity=entity.id,
            )
            yield entity.id, Unshown(_shown(data, "entities.csv"), entity.line, message)


def _shown(data: Path, name: str) -> str:
    """Name the file that holds a table."""
    return shown(Path(place(data, name)))


def languages(shapes: Path) -> _Languages:
    """Give by what a message of the engine, which names no language, is known to be in one; from a file of shapes."""
    templates = defaultdict[str, list[str]](list)
    for quad in parse(path=str(shapes), format=RdfFormat.TURTLE):
        told = quad.object
        if quad.predicate.value == _MESSAGE and isinstance(told, Literal) and told.language:
            template = ".*".join(map(re.escape, _FILLED.split(told.value)))
            templates[told.language.partition("-")[0]].append(template)
    return {language: re.compile("|".join(each), re.DOTALL) for language, each in templates.items()}


class Lines:
    """Where each node of the dataset stands in the curated files, and what is said of it there."""

    def __init__(self, knowledge: Knowledge, data: Path, ontology: Path, templates: Iterable[_Languages]) -> None:
        self._languages = [pattern for each in templates for pattern in each.items()]
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

    def problems(self, result: Finding) -> Iterator[Problem]:
        """Say a result of the engine at each line that it concerns."""
        focus, value = result.focus_node, result.value or ""
        message = self._message(result)
        places = self._places.get(focus + value) or self._places.get(value if result.path is None else focus)
        if value and result.path and value != focus:
            found = self._readable(result.value_plain or value)
            message = said("{message} (found {value})", message=message, value=found)
        node = self._readable(focus.strip("<>"))
        for file, line in places or self._places.get(focus) or [(self._model, 0)]:
            of_none = result.path and not line
            yield Problem(file, line, said("{node}: {message}", node=node, message=message) if of_none else message)

    def _message(self, result: Finding) -> str:
        """Give the message of a result, in each language that its shape says it in."""
        if not result.messages:
            return said("{constraint} is not satisfied", constraint=result.component)
        texts = {self._language(text): self._readable(text) for text in result.messages}
        return translated(texts)

    def _language(self, text: str) -> str:
        """Give the language of a message of the shapes; nothing for one that names none."""
        return next((language for language, known in self._languages if known.fullmatch(text)), "")

    def _readable(self, text: str) -> str:
        """Write IRIs as the curated files do."""
        for iri in self._bare:
            text = text.replace(iri, "")
        for prefix, iri in PREFIXES.items():
            text = text.replace(iri, f"{prefix}:")
        return text
