"""What the curated files hold, in frozen records: sources, entities, mentions, claims, decisions and moved IRIs."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.errors import Problem
from graph.model.datatypes import before
from graph.model.passages import Passages

#: The type of a source that has records, not a text.
DATASET = "dcat:Dataset"
#: The statuses under which a claim is also asserted as a fact.
ASSERTED = frozenset({"stated", "ongoing"})

#: Between the programs that proposed one thing.
TOGETHER = " + "

#: Characters of a text: code points from the first up to the second.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Info:
    """The dataset itself, as `dataset.toml` describes it.

    `minimum` holds the counts that a build must reach, `focus` the entity that pictures put in the middle, `locale` the
    country (ar-MA) whose way of writing dates and numbers is followed, by language, `contact` the e-mail address to
    which errors are reported. `address` is where its pages stand on the web, if not at its base, and `card` the file
    beside it with the picture that is shown for a link to them.
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
    contact: str = ""
    locale: Mapping[str, str] = field(default_factory=dict)
    minimum: Mapping[str, int] = field(default_factory=dict)
    address: str = ""
    card: str = ""

    @property
    def place(self) -> str:
        """What the addresses of its pages begin with."""
        return self.address or self.base


@dataclass(frozen=True, slots=True)
class Source:
    """What claims are read from: a text, with its length in code points and SHA-256, or a dataset with records.

    `natures` say what it is (original, republication, press …), `extractor` which tool and version took the text.
    """

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
    natures: tuple[str, ...] = ()
    extractor: str = ""

    @property
    def text(self) -> bool:
        """Whether its claims cite passages, not records."""
        return self.type != DATASET

    @property
    def reference(self) -> bool:
        """Whether it is there to look things up in: what it lists need not concern what the dataset is about."""
        return "reference" in self.natures


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that claims are about; `translated` are the languages whose label is the curators' own.

    `alts` are other names in use, `hidden` spellings that exist only to match.
    """

    id: str
    classes: tuple[str, ...]
    labels: Mapping[str, str]
    alts: Mapping[str, tuple[str, ...]]
    translated: frozenset[str]
    line: int
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """Give all that it is called, in any language, each once."""
        others = (name for names in (*self.alts.values(), *self.hidden.values()) for name in names)
        return tuple(dict.fromkeys((*self.labels.values(), *others)))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names an entity: the characters of `source` from `start` up to `end`."""

    entity: str
    source: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Where a text says a claim: its characters from `start` up to `end`.

    `antecedents` are the passages that name what this one only refers to: by "subject", "object" or "period".
    """

    start: int
    end: int
    line: int
    antecedents: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement by one source.

    `subject` is an entity's id or `source/ID`; `object` is an entity's id, or a literal when `datatype` is given,
    when `foreign` an IRI from elsewhere or a concept of the ontology (`az:Completed`). A text is cited by
    `quotations`, one for each passage that says the same, a dataset by `record`.
    It holds from `since` until `until` (years, months or days; empty: no such bound, else as of its source);
    `lapse` says why it does not stand whatever its status: "over" or "upcoming" at the date that is asked of,
    "withdrawn" by the curators, "outweighed" by a claim that they prefer; empty when it stands. `line` is the first
    that says it.
    """

    subject: str
    property: str
    object: str
    datatype: str
    foreign: bool
    status: str
    source: str
    quotations: tuple[Quotation, ...]
    record: str
    line: int
    since: str = ""
    until: str = ""
    lapse: str = ""
    id: str = ""

    @builtins.property  # the field of that name hides the decorator
    def text(self) -> bool:
        """Whether it cites a passage, not a record."""
        return not self.record

    @builtins.property
    def asserted(self) -> bool:
        """Whether what it says is also a fact of the graph: neither planned nor under discussion, and not lapsed."""
        return self.standing in ASSERTED

    @builtins.property
    def standing(self) -> str:
        """What it counts as: its status, or why it does not stand."""
        return self.lapse or self.status

    def meets(self, other: Claim) -> bool:
        """Tell whether there is a time at which both may hold."""
        return not before(self.until, other.since) and not before(other.until, self.since)

    @builtins.property
    def spans(self) -> tuple[Span, ...]:
        """All passages that it needs: those that say it, and those that name what they refer to; sorted."""
        found = {(each.start, each.end) for each in self.quotations}
        return tuple(sorted(found.union(*(s for each in self.quotations for s in each.antecedents.values()))))


@dataclass(frozen=True, slots=True)
class Inference:
    """A link that no source asserts, the rule that gives it, and what it follows from.

    `subject`, `property` and `object` are written as claims write them; a class is an object from elsewhere, an IRI.
    `status` is the weakest of its premises: what rests on a plan is planned.
    `premises` are claims and inferences, by name: `claim/ID` and `inference/ID`.
    """

    subject: str
    property: str
    object: str
    rule: str
    premises: tuple[str, ...]
    status: str
    id: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a curator decided and why: `kind` says what about `a` and `b`."""

    kind: str
    a: str
    b: str
    source: str
    reason: str
    by: str
    on: str
    line: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An IRI that was published, by its name, and what it is called now; an empty `new` is gone for `reason`."""

    old: str
    new: str
    reason: str
    date: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a tour: what the page shows (its address after "#"), a sentence by language, the claims it rests on."""

    address: str
    claims: tuple[str, ...]
    texts: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Tour:
    """A guided tour of the page."""

    id: str
    titles: Mapping[str, str]
    steps: tuple[Step, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the curated files hold; claims stand in the order of their file.

    `passages` are the length and SHA-256 of the folded words of a source's characters, by source, start and end.
    `coastline` is the land that a map draws under the places; empty when the data has none.
    `warnings` are what may be right, and only a reader can tell; `conflicts` are the claims of different sources that
    say what cannot both hold, by their ids.
    """

    info: Info
    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    claims: tuple[Claim, ...]
    mentions: Collection[Mention] = ()
    passages: Passages = field(default_factory=Passages)
    decisions: tuple[Decision, ...] = ()
    moved: tuple[Moved, ...] = ()
    coastline: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()
    tours: tuple[Tour, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """What cannot be judged as long as some lines have faults.

    Of what those lines name, all their `words`, nothing can be said to be missing; and a count may fall short only
    because they, so many `lines`, are left out.
    """

    words: frozenset[str] = frozenset()
    lines: int = 0
