"""What is known of a language for reading it: `ontology/reading/LANGUAGE.toml`, where each cue is data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.errors import DataError, Problem, shown
from graph.facts import quantities
from graph.facts.spelling import fold
from graph.model.ontology import Ontology
from graph.reading.phrases import Phrases

_FOLDER = "reading"
_ORDERS = {"SCO", "OCS", "CSO", "COS", "SOC", "OSC", "SC", "CS"}
_WORDS = ("common", "joining", "conjunctions", "inside", "stops", "halves", "listing")
_GROUPS = ("triggers", "titles", "kinds", "unnamed", "moods", "bonds", "periods")
_BONDS = ("relative", "attribute", "copula", "article", "share", "part")
_BOUNDS = ("from", "until")
_STATUSES = ("stated", "ongoing", "planned", "discussed")
#: How words around a cue change what it says.
MOODS = ("negated", "discussed", "planned", "ongoing", "stated", "reported")


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that say a property.

    `order` is where the subject (S), the object (O) and the phrase itself (C) stand; no two of them are further apart
    than `reach` characters. `object` is the concept that the phrase itself names, for orders without an O. `subjects`
    and `objects` narrow the classes that the property has by the ontology. `topic` is the end, S or O, that the
    sentence need not have in its place: it is then what the sentence, or the text before it, speaks of most. The object
    of a cue with a `unit` is a number with that unit, or with one that the property of this name tells; with `counts`,
    one that the word after it begins with one of these. What it lists is `open` where things without a name may stand
    among them. Only words `within` tell its status, where what stands before is of something else. What comes `later`
    is a plan as long as the text tells that its subject is not yet there, or tells the same property as a plan.
    `unless` is the property that says more: where the sentence says it of the same subject, the cue says nothing.
    """

    key: str
    property: str
    phrases: tuple[str, ...]
    order: str
    reach: int = 40
    status: str = "stated"
    confidence: float = 0.7
    object: str = ""
    subjects: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    topic: str = ""
    unit: str = ""
    counts: tuple[str, ...] = ()
    open: bool = False
    later: bool = False
    within: bool = False
    unless: str = ""


@dataclass(frozen=True)
class Language:
    """How a language says things.

    A claim less sure than `least` is not proposed. `common` are words that any text of it has; `joining` those that may
    stand between things named together, and the `conjunctions` among them; `inside` those that a name goes on after,
    small though they are; `stops` the words, and `ends` the folded forms, that end a name; `halves` those that are but
    half a word of one; `adjectives` the folded forms that may stand between a noun and capitals. The names of nouns
    that are `listing` may list what they are for. `posts` are the offices of which no cue speaks. By class, `triggers`
    are the nouns that begin a name, but for those in `idioms`, `titles` and `kinds` those that only stand before one,
    `unnamed` those that are said of a thing without a name. `moods` are the words by what they make of a cue, and a
    form of `future` tells a plan. `bonds` are the words that tell of what a phrase speaks: "relative" and "attribute"
    bind it to what stands right before them, but for an attribute after a "copula"; an "article" begins anew, and a
    number after a "share", or beside a "part", is none of the whole. `periods` are the words before the dates "from"
    and "until" which it holds; `anaphors` the phrases that refer back, with the classes of what they may stand for;
    `offices` the keys of the cues that speak of people alone.
    """

    tag: str
    least: float
    common: frozenset[str]
    joining: frozenset[str]
    conjunctions: frozenset[str]
    inside: frozenset[str]
    stops: frozenset[str]
    halves: frozenset[str]
    listing: frozenset[str]
    posts: Sequence[str]
    triggers: Mapping[str, list[str]]
    titles: Mapping[str, list[str]]
    kinds: Mapping[str, list[str]]
    unnamed: Mapping[str, list[str]]
    moods: Mapping[str, list[str]]
    bonds: Mapping[str, list[str]]
    periods: Mapping[str, list[str]]
    idioms: Sequence[str]
    forms: Mapping[str, list[str]]
    ends: re.Pattern[str]
    adjectives: re.Pattern[str]
    future: re.Pattern[str]
    anaphors: Sequence[Mapping[str, list[str]]]
    cues: tuple[Cue, ...]
    offices: frozenset[str]

    @cached_property
    def referring(self) -> Phrases:
        """The phrases that refer back, under their numbers."""
        return Phrases({str(at): each["phrases"] for at, each in enumerate(self.anaphors)}, self.forms)

    @cached_property
    def idiomatic(self) -> Phrases:
        """The phrases whose words begin no name."""
        return Phrases({"": self.idioms}, self.forms)

    @cached_property
    def by_key(self) -> dict[str, Cue]:
        """The cues by their keys."""
        return {cue.key: cue for cue in self.cues}

    @cached_property
    def said(self) -> Phrases:
        """The phrases of the cues."""
        return Phrases({cue.key: cue.phrases for cue in self.cues}, self.forms)

    @cached_property
    def nouns(self) -> Phrases:
        """The triggers, by class."""
        return Phrases(self.triggers, self.forms)

    @cached_property
    def office(self) -> Phrases:
        """The phrases of the cues that speak of people alone."""
        return Phrases({"": self.posts, **{key: self.by_key[key].phrases for key in sorted(self.offices)}}, self.forms)

    @cached_property
    def common_nouns(self) -> Phrases:
        """The nouns that are said of things without a name, by class."""
        return Phrases(self.unnamed, self.forms)

    @cached_property
    def titled(self) -> Phrases:
        """The titles before names, by class."""
        return Phrases(self.titles, self.forms)

    @cached_property
    def telling(self) -> Phrases:
        """The nouns that tell the class of the name that follows them."""
        both = {
            name: [*self.triggers.get(name, []), *self.kinds.get(name, [])] for name in {**self.triggers, **self.kinds}
        }
        return Phrases(both, self.forms)

    @cached_property
    def leading(self) -> frozenset[str]:
        """The words that may lead from the name of a thing to that of its region."""
        phrases = (*self.forms.get("de", ()), *self.kinds.get("Region", ()))
        return frozenset(word for each in phrases for word in re.findall(r"\w+'?", fold(each).text))

    @cached_property
    def opening(self) -> frozenset[str]:
        """The first words of nouns and titles before names, without their article."""
        groups = (self.triggers, self.kinds, self.unnamed, self.titles)
        phrases = (phrase for group in groups for each in group.values() for phrase in each)
        return frozenset(bare(fold(phrase).text.split()[0]) for phrase in phrases)

    @cached_property
    def places(self) -> frozenset[str]:
        """The nouns of one word that only stand before names, of places mostly."""
        return frozenset(fold(phrase).text for each in self.kinds.values() for phrase in each if " " not in phrase)

    @cached_property
    def lists(self) -> re.Pattern[str]:
        """What a name lists after its noun: "de l'Eau, de la Forêt et des mines"."""
        of = "|".join(sorted(map(re.escape, self.forms.get("de", ())), key=len, reverse=True)).replace("'", "['’]")
        goes_on = rf"(?:\s+(?:(?:{self.adjectives.pattern})\b|[A-ZÀ-Ý]\w+))*"
        other = rf"(?:,|\s+(?:{'|'.join(sorted(self.conjunctions))}))\s+(?:{of})\s*\w+{goes_on}(?:\s+(?:{of})\s*\w+)?"
        return re.compile(rf"\s+(?:{of})\s*[A-ZÀ-Ý]\w*{goes_on}(?:{other})*")

    @cached_property
    def articles(self) -> frozenset[str]:
        """The articles that are words, or written onto one."""
        return frozenset(fold(word).text for word in self.bonds.get("article", ()))

    @cached_property
    def bounds(self) -> Phrases:
        """The words before the first and the last date of a period: "from" and "until"."""
        return Phrases(self.periods, self.forms)

    @cached_property
    def binding(self) -> Phrases:
        """The words that tell of what a phrase speaks."""
        return Phrases(self.bonds, self.forms)

    @cached_property
    def mood(self) -> Phrases:
        """The words that change what a cue says."""
        return Phrases(self.moods, self.forms)


def load(tag: str, folder: Path, ontology: Ontology) -> Language:
    """Read the file of a language in the folder of the ontology; an empty one where there is none.

    Raises DataError with every cue that names what the ontology does not have.
    """
    path = folder / _FOLDER / f"{tag}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise DataError.at(path, f"not TOML in UTF-8: {exc}") from exc
    cues = table.get("cue", [])
    faults = [fault for cue in cues for fault in _faults(cue, ontology)]
    for group in ("triggers", "titles", "kinds", "unnamed"):
        faults += [f'{group}: "{name}" is no class' for name in table.get(group, {}) if name not in ontology.classes]
    referred = (name for each in table.get("anaphor", []) for name in each["classes"])
    faults += [f'anaphor: "{name}" is no class' for name in referred if name not in ontology.classes]
    faults += [f'periods: "{name}" is not from or until' for name in table.get("periods", {}) if name not in _BOUNDS]
    faults += [f'moods: "{name}" is none of {", ".join(MOODS)}' for name in table.get("moods", {}) if name not in MOODS]
    faults += [
        f'bonds: "{name}" is none of {", ".join(_BONDS)}' for name in table.get("bonds", {}) if name not in _BONDS
    ]
    if faults:
        raise DataError([Problem(shown(path), 0, fault) for fault in faults])
    words: dict[str, Any] = {name: frozenset(fold(word).text for word in table.get(name, ())) for name in _WORDS}
    words["stops"] |= frozenset(fold(word).text for each in table.get("moods", {}).values() for word in each)
    groups: dict[str, Any] = {name: table.get(name, {}) for name in (*_GROUPS, "forms")}
    groups |= {"anaphors": table.get("anaphor", []), "idioms": table.get("idioms", []), "posts": table.get("posts", [])}
    forms: dict[str, Any] = {name: re.compile(table.get(name, "(?!)")) for name in ("ends", "adjectives", "future")}
    offices = frozenset(each["key"] for each in cues if ontology.properties[each["property"]].domain == ("Person",))
    return Language(
        tag, table.get("least", 0.0), **words, **groups, **forms, cues=tuple(map(_cue, cues)), offices=offices
    )


def bare(word: str) -> str:
    """Give a folded word without its article."""
    return word.removeprefix("ال")


def _cue(table: Mapping[str, Any]) -> Cue:
    cells: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    cells["counts"] = tuple(fold(word).text for word in cells.get("counts", ()))
    return Cue(**cells)


def _faults(cue: Mapping[str, Any], ontology: Ontology) -> list[str]:
    key = f'cue "{cue.get("key", "")}"'
    faults = [f'{key}: unknown field "{name}"' for name in cue if name not in Cue.__dataclass_fields__]
    faults += [f"{key}: no {name}" for name in ("key", "property", "phrases", "order") if not cue.get(name)]
    if cue.get("property") not in ontology.properties:
        faults.append(f'{key}: "{cue.get("property")}" is no property')
    if cue.get("order") not in _ORDERS or ("O" in cue["order"]) == bool(cue.get("object")):
        faults.append(
            f'{key}: order "{cue.get("order")}" is none of {", ".join(sorted(_ORDERS))}, or object is not apt'
        )
    if cue.get("status", "stated") not in _STATUSES:
        faults.append(f'{key}: status "{cue["status"]}" is none of {", ".join(_STATUSES)}')
    if cue.get("topic", "S") not in ("S", "O") or cue.get("topic", "") not in cue.get("order", ""):
        faults.append(f'{key}: topic "{cue["topic"]}" is no end of its order')
    if cue.get("unless", cue.get("property")) not in ontology.properties:
        faults.append(f'{key}: unless "{cue.get("unless")}" is no property')
    if cue.get("unit") and cue["unit"] not in {*ontology.properties, *quantities.units()}:
        faults.append(f'{key}: unit "{cue["unit"]}" is neither a property nor what a number counts')
    if cue.get("object") and cue["object"] not in ontology.concepts:
        faults.append(f'{key}: "{cue["object"]}" is no concept')
    classes = (name for field in ("subjects", "objects") for name in cue.get(field, ()))
    return faults + [f'{key}: "{name}" is no class' for name in classes if name not in ontology.classes]
