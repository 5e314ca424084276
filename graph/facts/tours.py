"""Reading `tours.toml`: guided tours of the page, each step an address of it and a sentence that rests on claims."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from graph.errors import said
from graph.facts.characters import character_fault, visible
from graph.facts.info import check_keys, parsed
from graph.facts.known import Known
from graph.facts.rows import ID, CuratedFile, decoded
from graph.model.ontology import Ontology
from graph.model.records import Claim, Info, Step, Tour
from graph.model.suggestion import suggestion

#: The views of the page, by the names that its addresses have for them.
VIEWS = ("network", "map", "table", "timeline", "spots", "questions", "texts")
#: The layers that it offers, by theirs.
LAYERS = ("who", "where", "what", "runs")
_TOUR, _STEP = ("id", "title", "step"), ("at", "claims")
_HEAD = re.compile(r"^\s*\[\[\s*tour(\s*\.\s*step)?\s*\]\]", re.MULTILINE)
_SHAPES = {
    "depth": "[123]",
    "path": "[0-9]{1,3}",
    "table": "things|links",
    "rows": ".*",
    "fade": "",
    "at": r"[0-9]{1,12}-[0-9]{1,12}",
    "question": ID.pattern,
}


@dataclass(frozen=True, slots=True)
class Nameable:
    """What the addresses and the sentences of tours may name."""

    info: Info
    ontology: Ontology
    entities: Known
    sources: Known
    ids: Known
    claims: Collection[Claim]

    @property
    def words(self) -> dict[str, Known]:
        """What each part of an address may name, several with commas."""
        standings = [each.removeprefix("az:").lower() for each in self.ontology.concepts_of(["Standing"])]
        statuses = [*(name.lower() for name in self.ontology.statuses), *standings, "inferred"]
        places = dict.fromkeys(("from", "to", "marked", "sector", "place"), self.entities)
        return places | {
            "kind": Known(said("class"), [*self.ontology.class_names, "other"]),
            "status": Known(said("status"), statuses, few=True),
            "source": self.sources,
            "text": self.sources,
            "view": Known(said("view"), VIEWS, few=True),
            "layer": Known(said("layer"), LAYERS, few=True),
        }


def read(file: CuratedFile, named: Nameable | None) -> tuple[Tour, ...]:
    """Give the tours of `file`, its problems noted by line; none where there is no such file, or no dataset."""
    text = decoded(file) if file.path.is_file() else None
    if text is None or named is None:
        return ()
    table = parsed(file, text) or {}
    check_keys(file, 0, table, ("tour",))
    lines = _lines(text)
    tours = [_tour(file, each, next(lines["tour"], 0), lines["step"], named) for each in _tables(table.get("tour"))]
    ids = [tour.id for tour in tours if tour]
    for tour in filter(None, tours):
        if ids.count(tour.id) > 1:
            file.add(tour.line, said('there is more than one tour "{id}"', id=tour.id))
    return tuple(tour for tour in tours if tour)


def unasked(tours: Iterable[Tour], questions: Collection[str]) -> Iterator[tuple[int, str]]:
    """Give, by line, the steps that show a question which is none of `questions`."""
    known = Known(said("question"), questions)
    for step in (step for tour in tours for step in tour.steps):
        asked = dict(parse_qsl(step.address)).get("question", "")
        if asked and (fault := known.fault(asked, "at: question")):
            yield step.line, fault


def _lines(text: str) -> dict[str, Iterator[int]]:
    """Give the lines on which tours and steps begin, where they are written as tables."""
    heads = [("step" if head[1] else "tour", text.count("\n", 0, head.end()) + 1) for head in _HEAD.finditer(text)]
    return {kind: iter([line for each, line in heads if each == kind]) for kind in ("tour", "step")}


def _tables(found: object) -> list[dict[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _tour(file: CuratedFile, table: dict[str, Any], line: int, lines: Iterator[int], named: Nameable) -> Tour | None:
    check_keys(file, line, table, _TOUR)
    given = table.get("title")
    title = given if isinstance(given, dict) else {}
    _check_texts(file, line, "title", title, named.info)
    steps = [_step(file, each, next(lines, 0), named) for each in _tables(table.get("step"))]
    if not steps:
        file.add(line, said("a tour has steps: [[tour.step]] is expected below it"))
    if not isinstance(table.get("id"), str) or not ID.fullmatch(table["id"]):
        file.add(line, said('{column} "{text}" may hold only a-z, 0-9 and "-"', column="id", text=table.get("id", "")))
        return None
    return Tour(table["id"], title, tuple(steps), line)


def _step(file: CuratedFile, table: dict[str, Any], line: int, named: Nameable) -> Step:
    check_keys(file, line, table, (*_STEP, *named.info.languages))
    texts = {each: table[each] for each in named.info.languages if isinstance(table.get(each), str)}
    _check_texts(file, line, "tour.step", texts, named.info)
    claims = table.get("claims")
    if not isinstance(claims, list) or not claims or not all(isinstance(each, str) for each in claims):
        file.add(line, said('a step names the claims that its sentence rests on: claims = ["…"] is expected'))
        claims = []
    for fault in filter(None, (named.ids.fault(each, "claims") for each in claims)):
        file.add(line, fault)
    address = table.get("at")
    if not isinstance(address, str):
        file.add(line, said("{key} is missing: a text is expected", key="at"))
    for fault in filter(None, _address_faults(address, named)) if isinstance(address, str) else ():
        file.add(line, fault)
    return Step(str(address), tuple(claims), texts, line)


def _check_texts(file: CuratedFile, line: int, key: str, texts: Mapping[str, Any], info: Info) -> None:
    for tag in info.languages:
        if not isinstance(texts.get(tag), str) or not texts[tag].strip():
            file.add(line, said("[{key}] has no text for the language {tag}", key=key, tag=tag))
    if fault := character_fault("".join(map(str, texts.values()))):
        file.add(line, said("{key}: {fault}", key=key, fault=fault))


def _address_faults(address: str, named: Nameable) -> Iterator[str]:
    """Say what of a step's address the page would not understand: what stands after "#" there, but for the language."""
    words = named.words
    for key, value in parse_qsl(address, keep_blank_values=True):
        if key == "select":
            yield _selection_fault(value, named)
        elif key in words:
            yield from (words[key].fault(each, f"at: {key}") for each in value.split(","))
        elif key not in _SHAPES:
            hint = suggestion(key, [*words, *_SHAPES, "select"])
            yield said('"{key}" is no part of an address of the page{hint}', key=visible(key), hint=hint)
        elif not re.fullmatch(_SHAPES[key], value):
            yield said('"{key}" cannot be "{value}" in an address of the page', key=key, value=visible(value))


def _selection_fault(value: str, named: Nameable) -> str:
    """Say why the page can select no such thing or link: a link is `subject~property~object` of a claim."""
    if "~" not in value:
        return named.entities.fault(value, "at: select")
    links = {f"{claim.subject}~{claim.property}~{claim.object}" for claim in named.claims}
    if value in links:
        return ""
    return said('no claim says the link "{link}"{hint}', link=visible(value), hint=suggestion(value, links))
