"""What the curated files hold, one frozen record per line: sources, entities and claims."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: The type of a source that has records, not a text.
DATASET = "dcat:Dataset"
#: The statuses under which a claim is also asserted as a fact.
ASSERTED = frozenset({"stated", "ongoing"})


@dataclass(frozen=True, slots=True)
class Info:
    """The dataset itself, as `dataset.toml` describes it.

    `minimum` holds the counts that a build must reach, `focus` the entity that pictures put in the middle.
    """

    name: str
    base: str
    version: str
    languages: tuple[str, ...]
    licence: str
    publisher: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    attribution: str = ""
    focus: str = ""
    minimum: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """What claims are read from: a text, with its length in code points and SHA-256, or a dataset with records."""

    id: str
    type: str
    titles: Mapping[str, str]
    publisher: str
    issued: str
    url: str
    licence: str
    language: str
    length: int | None
    sha256: str
    line: int

    @property
    def text(self) -> bool:
        """Whether its claims cite passages, not records."""
        return self.type != DATASET


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that claims are about; `translated` are the languages whose label is the curators' own."""

    id: str
    classes: tuple[str, ...]
    labels: Mapping[str, str]
    alts: Mapping[str, tuple[str, ...]]
    translated: frozenset[str]
    line: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement by one source.

    `subject` is an entity's id or `source/ID`; `object` is an entity's id, or a literal when `datatype` is given,
    or an IRI from elsewhere when `foreign`. A text is cited by `start` and `end` (code points, end exclusive),
    a dataset by `record`. `implied` names the ends that the passage does not name in words.
    """

    subject: str
    property: str
    object: str
    datatype: str
    foreign: bool
    status: str
    source: str
    start: int
    end: int
    record: str
    implied: frozenset[str]
    line: int
    id: str = ""

    @builtins.property  # the field of that name hides the decorator
    def text(self) -> bool:
        """Whether it cites a passage, not a record."""
        return not self.record

    @builtins.property
    def asserted(self) -> bool:
        """Whether what it says is also a fact of the graph: neither planned nor under discussion."""
        return self.status in ASSERTED


@dataclass(frozen=True, slots=True)
class Inference:
    """A link that no source asserts, the rule that gives it, and what it follows from.

    `subject`, `property` and `object` are written as claims write them; a class is an object from elsewhere, an IRI.
    `premises` are claims and inferences, by name: `claim/ID` and `inference/ID`.
    """

    subject: str
    property: str
    object: str
    rule: str
    premises: tuple[str, ...]
    id: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the curated files hold; claims stand in the order of their file.

    `coastline` is the land that a map draws under the places; empty when the data has none.
    """

    info: Info
    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    claims: tuple[Claim, ...]
    coastline: Mapping[str, Any] = field(default_factory=dict)
