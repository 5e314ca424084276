"""What the tests of reviews share: proposals on the invented region, each right by itself, and the file of some."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checkout import ROOT

from graph.reading.proposals import Proposal, written

TEXT = (ROOT / "tests" / "regions" / "emerald-valley" / "texts" / "bulletin.txt").read_bytes().decode()
COPY = ["--text", "bulletin=texts/bulletin.txt"]
WHO = ["--by", "Nadia", "--on", "2031-06-02"]


def place(start: int, end: int, source: str = "bulletin") -> dict[str, str]:
    return {"source": source, "start": str(start), "end": str(end)}


def proposed(kind: str, id_: str, start: int, end: int, decision: str = "accept", **cells: str) -> Proposal:
    """A proposal whose words are those of the bulletin at its span."""
    words = TEXT[start:end]
    return Proposal(kind, id_, {**cells, **place(start, end)}, 0.8, "reader 1", "cue-1", words=words, decision=decision)


#: The text says that the fab lab is part of the centre; that it stands in the town, the words before say.
CLAIM = proposed(
    "claim",
    "",
    184,
    217,
    subject="cafe-fab-lab",
    property="locatedIn",
    object="al-marsa",
    status="stated",
    object_at="161-167",
)
ROW = "cafe-fab-lab,locatedIn,al-marsa,stated,bulletin,184,217,,,161-167,,,\n"
#: "لقاء" names a thing of its own as little as "نشرة رقمية" does, but a curator may decide otherwise.
ENTITY = proposed(
    "entity",
    "digital-bulletin",
    14,
    24,
    **{"class": "Programme", "label_ar": "نشرة رقمية"},
    label_fr="Bulletin",
    label_en="Bulletin",
)
MENTION = proposed("mention", "digital-bulletin", 14, 24)
SAID = proposed(
    "claim",
    "",
    0,
    24,
    subject="digital-bulletin",
    property="deliveredAt",
    object="cafe-numerique",
    status="stated",
    object_at="130-152",
)
NEW = (ENTITY, MENTION, SAID)


def decided(proposal: Proposal, decision: str, **cells: str) -> Proposal:
    return replace(proposal, decision=decision, cells={**proposal.cells, **cells})


def save(*proposals: Proposal, name: str = "review.csv") -> str:
    Path(name).write_text(written(proposals, ["ar", "fr", "en"]), encoding="utf-8")
    return name
