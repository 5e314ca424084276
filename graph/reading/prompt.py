"""What a model is asked: the words of `prompt.toml`, with the ontology's terms, and the schema that answers follow."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Any

from graph.model.ontology import Ontology
from graph.model.own import written
from graph.model.records import Span
from graph.reading.sentences import sentences

#: The class of what claims may be about.
_THING = "Entity"
#: The datatypes of values that a text writes as numbers and dates.
_VALUES = frozenset({"xsd:integer", "xsd:decimal", "xsd:date", "xsd:gYearMonth", "xsd:gYear"})
_PART = 4_000  # so many characters are asked about at once


class Prompt:
    """What is asked with an ontology: `version` is that of the words, `schema` what the answer looks like.

    `classes` and `properties` are the terms that an answer may use, by the names that the tables give them.
    """

    def __init__(self, ontology: Ontology) -> None:
        words = tomllib.loads(resources.files("graph.reading").joinpath("prompt.toml").read_text(encoding="utf-8"))
        self.version: str = words["version"]
        self.classes = {name: id_ for name, id_ in ontology.class_names.items() if _THING in ontology.ancestors(id_)}
        self.properties = {written(name): name for name in _properties(ontology)}
        self.statuses = sorted(each.lower() for each in ontology.statuses)
        self.system: str = words["system"].format(
            statuses=", ".join(self.statuses),
            classes="\n".join(
                f"{name}: {_english(ontology.classes[id_].labels)}" for name, id_ in self.classes.items()
            ),
            properties="\n".join(_property(name, id_, ontology) for name, id_ in self.properties.items()),
        )
        self.schema = self._schema()

    def _schema(self) -> dict[str, Any]:
        text = {"type": "string"}
        new = {"id": text, "class": _one_of(self.classes), "words": text}
        claim = {
            "subject": text,
            "property": _one_of(self.properties),
            "object": text,
            "status": _one_of(self.statuses),
            "words": text,
        }
        return _object(
            {"new": {"type": "array", "items": _object(new)}, "claims": {"type": "array", "items": _object(claim)}}
        )


def asked(text: str, language: str, things: Iterable[Mapping[str, object]]) -> str:
    """Give what a model is told of a part of a text; as JSON, so that no words of the text can end it."""
    return json.dumps({"language": language, "things": [*things], "text": text}, ensure_ascii=False)


def parts(text: str) -> Iterator[Span]:
    """Give the characters of each part of a text that is asked about at once: whole sentences, unless one is longer.

    >>> [end - start for start, end in parts("Il parle. " * 500)]
    [3999, 999]
    """
    first = last = 0
    for start, end in _short(sentences(text)):
        if last > first and end - first > _PART:
            yield first, last
            first = start
        elif last == first:
            first = start
        last = end
    if last > first:
        yield first, last


def _short(spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        yield from ((at, min(at + _PART, end)) for at in range(start, end, _PART))


def _properties(ontology: Ontology) -> Iterator[str]:
    """Give the properties of things whose values can be found in a text: things, concepts, numbers and dates.

    Of two that are each other's inverse, the one that is drawn.
    """
    for name, each in ontology.properties.items():
        told = any(_THING in ontology.ancestors(kind) for kind in each.domain if kind in ontology.classes)
        if told and not each.foreign and (each.edge or not each.inverse) and _VALUES.issuperset(each.datatypes):
            yield name


def _property(name: str, id_: str, ontology: Ontology) -> str:
    each = ontology.properties[id_]
    ends = (" or ".join(map(written, kinds)) for kinds in (each.domain, each.range))
    concepts = ", ".join(ontology.concepts_of(each.range))
    told = _english(each.comments) or _english(each.labels)
    return f"{name} ({' → '.join(ends)}): {told}{f' One of {concepts}.' if concepts else ''}"


def _english(texts: Mapping[str, str]) -> str:
    return texts.get("en") or next(iter(texts.values()), "")


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": [*names]}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
