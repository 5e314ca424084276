"""Whether a dataset satisfies the shapes and holds at least what `dataset.toml` expects; each problem names its line.

A small dataset is judged as a whole, a larger one portion by portion wherever its shapes allow that: the problems are
the same, and no more stands in memory than the largest portions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, RdfFormat, Triple, parse, serialize

from graph.errors import DataError, Problem, said, shown, translated
from graph.knowledge.portions import Portion, Portions, judged, statements
from graph.knowledge.triples import inferred
from graph.knowledge.verdict import Finding, Reach, findings, reach
from graph.model.inputs import OWN_ONTOLOGY, SHAPES, place
from graph.model.ontology import Ontology
from graph.model.own import unlabelled, written
from graph.model.records import Doubt, Entity, Info
from graph.model.vocabulary import AZ, PREFIXES, expand
from graph.system.memo import recalled, remember, remembers
from graph.system.scratch import scratch

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_Place = tuple[str, int]
#: What judges all portions: `graph.scale.engines` has some, `map` does it here.
Judge = Callable[[Callable[[Portion], list[Finding]], Portions], Iterable[list[Finding]]]
#: Who judges, or which shapes are to be asked of the portion at which place.
_Task = Callable[[], Sequence[Finding]] | tuple[str, int]
_Languages = Mapping[str, re.Pattern[str]]
_NO_DOUBT = Doubt()
#: The shapes that ask who names the ends of a claim.
_NAMED = {"<https://w3id.org/azetta/ontology#NamedEndsShape>"}
_MESSAGE = "http://www.w3.org/ns/shacl#message"
#: How many claims are judged as a whole: to judge them in portions would take longer.
_SMALL = 2_000
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
    if results := _results(knowledge, [*map(reach, shapes)], beside, judge):
        lines = Lines(knowledge, data, ontology, map(languages, shapes))
        unsure = _unsure(knowledge, doubt)
        told = [problem for result in results if not _of(result, unsure) for problem in lines.problems(result)]
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


def _results(knowledge: Knowledge, shapes: Sequence[Reach], beside: Path | None, judge: Judge) -> Iterable[Finding]:
    """Give what the shapes find: of the portions what can be asked of these, and of the whole what cannot."""
    found: list[Finding] = []
    with scratch(beside) as folder:
        if len(knowledge.facts.claims) <= _SMALL:
            return _of_small(knowledge, shapes, folder)
        portions = Portions(knowledge)
        for in_parts in filter(None, (each.in_parts for each in shapes)):
            found += chain.from_iterable(judge(partial(judged, in_parts, folder), portions))
        for each in shapes:
            found += _found(each.of_facts, _facts(knowledge, each), folder)
            found += _found(each.of_whole, _triples(knowledge), folder)
    return dict.fromkeys(found)


def _of_small(knowledge: Knowledge, shapes: Sequence[Reach], folder: Path) -> Iterable[Finding]:
    """Judge a small dataset as a whole; in portions, where most are known to be right and the others are found so."""
    portions = Portions(knowledge, fine=True) if remembers() else None
    tasks = dict(_tasks(knowledge, shapes, portions, folder)) if portions else {}
    known = recalled("right", ()) or ()
    waiting = [tasks[name] for name in tasks.keys() - known]
    if portions and 2 * len(waiting) < len(tasks) and not any(_waiting(waiting, portions, folder)):
        found = []
    else:
        found = [each for one in shapes for each in _found(one.every, _triples(knowledge), folder)]
    if not found:
        remember("right", (), sorted(tasks))
    return dict.fromkeys(found)


def _tasks(
    knowledge: Knowledge, shapes: Sequence[Reach], portions: Portions, folder: Path
) -> Iterator[tuple[str, _Task]]:
    """Give what is to be found right for all to be, under the digest of all that each depends on."""
    whole, digest = [each.given for each in portions], knowledge.ontology.digest
    for number, each in enumerate(shapes):
        yield from ((_digest(digest, number, given), (each.in_parts, place)) for place, given in enumerate(whole))
        facts = list(_facts(knowledge, each))
        yield _digest(digest, number, list(map(str, facts))), partial(_found, each.of_facts, facts, folder)
        yield _digest(digest, number, whole), partial(_found, each.of_whole, _triples(knowledge), folder)


def _waiting(tasks: Sequence[_Task], portions: Portions, folder: Path) -> Iterator[Sequence[Finding]]:
    """Judge what is not known to be right; portions together, as to judge nothing takes as long as 150 claims."""
    places = defaultdict[str, set[int]](set)
    for each in tasks:
        if isinstance(each, tuple):
            places[each[0]].add(each[1])
        else:
            yield each()
    for shapes, wanted in places.items():
        yield from (judged(shapes, folder, portion) for portion in portions.together(wanted))


def _digest(*given: object) -> str:
    return sha256(repr(given).encode()).hexdigest()


def _found(shapes: str, triples: Iterable[Triple], folder: Path) -> list[Finding]:
    if not shapes:
        return []
    path = folder / "dataset.nt"
    serialize(triples, path, RdfFormat.N_TRIPLES)
    return findings(shapes, path)


def _triples(knowledge: Knowledge) -> Iterator[Triple]:
    """Give all that the shapes speak of: what is asserted and inferred, and the ontology, which says the classes."""
    ontology = (quad.triple for quad in knowledge.ontology.quads(knowledge.iris.graph("ontology")))
    return chain(knowledge.triples(), inferred(knowledge.inferences, knowledge.iris), ontology)


def _facts(knowledge: Knowledge, shapes: Reach) -> Iterator[Triple]:
    """Give the facts of some properties, of whatever source."""
    names = {each.property for each in statements(knowledge)}
    names = {name for name in names if expand(name) in shapes.facts}
    told = (each for each in knowledge.facts.claims if each.property in names and each.asserted)
    followed = [each for each in knowledge.inferences if each.property in names]
    return chain(map(knowledge.asserted.fact, told), inferred(followed, knowledge.iris))


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
