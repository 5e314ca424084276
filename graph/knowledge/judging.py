"""What the shapes find of a dataset: a small one judged as a whole, a larger one portion by portion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from graph.knowledge.portions import Portion, Portions, judged, statements
from graph.knowledge.triples import inferred
from graph.knowledge.verdict import Finding, Reach, findings
from graph.model.vocabulary import expand
from graph.system.memo import recalled, remember, remembers
from graph.system.scratch import scratch

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

#: What judges all portions: `graph.scale.engines` has some, `map` does it here.
Judge = Callable[[Callable[[Portion], list[Finding]], Portions], Iterable[list[Finding]]]
#: Who judges, or which shapes are to be asked of the portion at which place.
_Task = Callable[[], Sequence[Finding]] | tuple[str, int]
#: How many claims are judged as a whole: to judge them in portions would take longer.
SMALL = 2_000


def results(knowledge: Knowledge, shapes: Sequence[Reach], beside: Path | None, judge: Judge) -> Iterable[Finding]:
    """Give what the shapes find: of the portions what can be asked of these, and of the whole what cannot.

    The folder `beside` is where copies of the dataset stand meanwhile, if not among the system's temporary files.
    """
    found: list[Finding] = []
    with scratch(beside) as folder:
        if len(knowledge.facts.claims) <= SMALL:
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
    for shapes in filter(None, places):
        yield from (judged(shapes, folder, portion) for portion in portions.together(places[shapes]))


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
