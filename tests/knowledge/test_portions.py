"""A dataset judged in portions has the problems that it has as a whole, whatever is wrong with it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from checkout import ONTOLOGY

from graph import pipeline
from graph.knowledge import judging, portions, tally
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.triples import Asserted, Blocks
from graph.knowledge.verdict import Finding, reach
from graph.model.vocabulary import OA, PROV, RDF

SHAPES = [reach(ONTOLOGY / "shapes.ttl")]
#: What each kind of record may be corrupted by: the name of a field, and what it may become.
WRONG: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "claims": {
        "status": ("planned", "stated", "rumoured"),
        "quotations": ((),),
        "record": ("", "place/1"),
        "lapse": ("over", "upcoming", "withdrawn", "outweighed", ""),
        "since": ("2031",),
        "object": ("", "nothing", "source/none"),
    },
    "mentions": {"start": (0, 9_999_999), "end": (0,)},
    "entities": {
        "labels": ({}, {"fr": " Agadir"}, {"fr": ""}, {"ar": "أ", "fr": "A", "en": "A"}),
        "alts": ({"fr": ("",)}, {"fr": ("A", "A ")}),
        "translated": (frozenset(),),
    },
    "sources": {
        "titles": ({}, {"fr": "Titre"}),
        "issued": ("2031", ""),
        "url": ("",),
        "licence": ("",),
        "length": (None, 0, -1, 1),
        "sha256": ("", "A" * 64),
    },
    "inferences": {
        "premises": ((), ("claim/none",)),
        "rule": ("nonsense",),
        "status": ("planned", "stated"),
        "subject": ("nobody",),
        "object": ("nothing",),
    },
    "decisions": {"by": ("",), "reason": ("",)},
}
#: Fields that may become what another record has there.
SWAPPED = {"claims": ("subject", "property", "object"), "mentions": ("entity",), "entities": ("classes", "labels")}
SWAPPED |= {"inferences": ("subject", "property", "object", "premises"), "sources": ("length",)}


#: Terms that no line of the tables gives.
BAD = ('"-5"^^<http://www.w3.org/2001/XMLSchema#integer>', '"x"', "_:nobody", '""', "<https://example.org/x>")
#: What other sources and the inferences count on, so that no less of it may be said, and more only of what is nowhere.
KEPT = {str(RDF.type), str(RDF.subject), str(RDF.predicate), str(RDF.object), str(OA.hasBody), str(PROV.wasQuotedFrom)}


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "_CLAIMS", 50)
    monkeypatch.setattr(portions, "_INFERENCES", 150)


def corrupted(knowledge: Knowledge, chance: random.Random, number: int) -> Knowledge:
    """Give a dataset in which so many records are not as the tables could have them."""
    facts = knowledge.facts
    records: dict[str, list[Any]] = {
        "claims": list(facts.claims),
        "mentions": list(facts.mentions),
        "entities": list(facts.entities.values()),
        "sources": list(facts.sources.values()),
        "inferences": list(knowledge.inferences),
        "decisions": list(facts.decisions),
    }
    for _ in range(number):
        kind = chance.choice(["claims", "claims", *records])
        place = chance.randrange(len(records[kind]))
        one, other = records[kind][place], chance.choice(records[kind])
        how = chance.random()
        if how < 0.1 and kind in ("mentions", "decisions"):
            del records[kind][place]
        elif how < 0.2 and kind == "claims":
            records[kind].append(replace(one, source=other.source, id=f"{len(records[kind]):016x}"))
        elif how < 0.5 and kind in SWAPPED:
            name = chance.choice(SWAPPED[kind])
            fields = ("object", "datatype", "foreign") if kind == "claims" and name == "object" else (name,)
            records[kind][place] = replace(one, **{each: getattr(other, each) for each in fields})
        else:
            name = chance.choice([*WRONG[kind]])
            records[kind][place] = replace(one, **{name: chance.choice(WRONG[kind][name])})
    facts = replace(
        facts,
        claims=tuple(sorted(records["claims"], key=attrgetter("source"))),
        mentions=tuple(records["mentions"]),
        entities={each.id: replace(each, translated=each.translated & {*each.labels}) for each in records["entities"]},
        sources={each.id: each for each in records["sources"]},
        decisions=tuple(records["decisions"]),
    )
    return replace(knowledge, asserted=Asserted(facts, knowledge.ontology), inferences=tuple(records["inferences"]))


def written(knowledge: Knowledge, chance: random.Random, number: int) -> Knowledge:
    """Give a dataset of which so many triples of claims, mentions and passages are not as a record can have them."""
    asserted = knowledge.asserted
    blocks = {source: [[*map(str, each)] for each in asserted.blocks(source)] for source in asserted.by_source}
    for _ in range(number):
        _, *others = blocks[chance.choice([*blocks])]
        lines = chance.choice(others)
        if lines:
            place = chance.randrange(len(lines))
            subject, predicate, _ = lines[place].split(" ", 2)
            terms = [] if predicate in KEPT else [line.split(" ", 2)[2] for block in others for line in block]
            term = chance.choice([*BAD, *terms])
            if predicate in KEPT or chance.random() < 0.4:
                lines.append(f"{subject} {predicate} {term}")
            elif chance.random() < 0.5:
                lines[place] = f"{subject} {predicate} {term}"
            else:
                del lines[place]
    for source, corrupted_ones in blocks.items():
        texts = ["".join(f"{line} .\n" for line in block).encode() for block in corrupted_ones]
        parts = dict(zip(Blocks._fields, texts, strict=True))
        parts |= {tally.PART.format(name): tally.empty().written() for name in Blocks._fields}
        asserted.written = {**asserted.written, source: lambda name, parts=parts: [parts[name]]}
    return knowledge


def found(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, small: int) -> set[Finding]:
    monkeypatch.setattr(judging, "SMALL", small)
    return set(judging.results(knowledge, SHAPES, None, map))


def kinds(knowledge: Knowledge, seeds: Iterable[int], monkeypatch: pytest.MonkeyPatch) -> set[tuple[str | None, str]]:
    """Give what kinds of problems datasets have that are corrupted by chance: the same in portions and as a whole."""
    seen = set()
    for seed in seeds:
        chance = random.Random(seed)
        one = written(corrupted(knowledge, chance, 60), chance, 60)
        problems = found(one, monkeypatch, 0)
        assert problems == found(one, monkeypatch, 10_000)
        seen |= {(each.source_shape, each.component) for each in problems}
    return seen


@pytest.mark.long
def test_what_is_corrupted_has_the_same_problems(souss: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(souss, monkeypatch, 0) == set()
    assert len(kinds(souss, range(2), monkeypatch)) > 50


@pytest.mark.slow
def test_whatever_is_corrupted_has_the_same_problems(souss: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(kinds(souss, range(2, 9), monkeypatch)) > 60


@pytest.mark.parametrize("stated", [True, False])
def test_what_a_source_plans_may_stand_by_the_word_of_another(
    region: Path, edit: Callable[[str, str, str], None], monkeypatch: pytest.MonkeyPatch, stated: bool
) -> None:
    """A source's description says the date that one claim only plans; that another states it, is carried along."""
    monkeypatch.setattr(portions, "_CLAIMS", 1)
    edit("data/sources.csv", "2031-06-01", "2031-06-01T08:00:00+01:00")
    says = "source/bulletin,dcterms:issued,2031-06-01T08:00:00+01:00"
    with (region / "data" / "claims.csv").open("a", encoding="utf-8") as claims:
        claims.write(f"{says},planned,bulletin,26,64,,,,,,\n")
        claims.write(f"{says},stated,gazetteer,,,body/1,,,,,\n" if stated else "")
    knowledge = pipeline.load(region / "data", ONTOLOGY)
    problems = found(knowledge, monkeypatch, 0)
    assert problems == found(knowledge, monkeypatch, 10_000)
    assert len(problems) == (not stated)


def test_what_no_claim_says_is_found_in_whichever_portion(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line says the length of one source: in the portion of the other, no claim says those of its passages."""
    monkeypatch.setattr(portions, "_CLAIMS", 1)
    with (region / "data" / "claims.csv").open("a", encoding="utf-8") as claims:
        claims.write("source/gazetteer,length,287,stated,gazetteer,,,body/1,,,,,\n")
    knowledge = pipeline.load(region / "data", ONTOLOGY)
    problems = found(knowledge, monkeypatch, 0)
    assert problems == found(knowledge, monkeypatch, 10_000)
    assert "8" in {each.value_plain for each in problems}  # of «مرسى تيك», which the bulletin alone says
