"""Nothing ungrounded gets in, whatever a review file says: each of these lines is refused, and no table changes."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.reading.proposals import Proposal
from reading.reviews import CLAIM, COPY, ENTITY, MENTION, NEW, SAID, TEXT, WHO, place, proposed, save


def cells(base: Proposal, **other: str) -> Proposal:
    return replace(base, cells={**base.cells, **other})


def moved(base: Proposal, start: int, end: int, **other: str) -> Proposal:
    """The same elsewhere, with the words that stand there: the line agrees with itself and says what no text does."""
    return replace(base, cells={**base.cells, **place(start, end), **other}, words=TEXT[start:end])


def words(base: Proposal, said: str) -> Proposal:
    return replace(base, words=said)


def new(*, entity: Proposal = ENTITY, mention: Proposal = MENTION, said: Proposal = SAID) -> tuple[Proposal, ...]:
    return entity, mention, said


def mention(id_: str, start: int, end: int) -> Proposal:
    return proposed("mention", id_, start, end)


SOURCE = Proposal(
    "source",
    "ghost",
    {
        "type": "schema:NewsArticle",
        "issued": "2031-06-01",
        "url": "https://example.org/ghost",
        "language": "ar",
        "length": str(len(TEXT)),
        "sha256": "0" * 64,
        "title_ar": "نص متخيل",
        "title_fr": "Un texte inventé",
        "title_en": "An invented text",
    },
    decision="accept",
)
ATTACKS = {
    # The span is not that of the words.
    "span one to the left": [cells(CLAIM, start="183", end="216")],
    "span one to the right": [cells(CLAIM, start="185", end="218")],
    "span wider than the words": [cells(CLAIM, start="184", end="242")],
    "span narrower than the words": [cells(CLAIM, start="189", end="217")],
    "span of the whole text": [cells(CLAIM, start="0", end=str(len(TEXT)))],
    "span of another sentence": [cells(CLAIM, start="26", end="64")],
    "span past the end": [cells(CLAIM, start="184", end="100000")],
    "span beyond the text": [cells(CLAIM, start="9000", end="9033")],
    "span of a huge number": [cells(CLAIM, end="9" * 40)],
    "negative start": [cells(CLAIM, start="-5")],
    "negative end": [cells(CLAIM, end="-1")],
    "empty span": [cells(CLAIM, start="184", end="184")],
    "span backwards": [cells(CLAIM, start="217", end="184")],
    "start in other digits": [cells(CLAIM, start="١٨٤")],
    "start with a plus": [cells(CLAIM, start="+184")],
    "start as a decimal": [cells(CLAIM, start="184.0")],
    "start with a zero before": [cells(CLAIM, start="0184")],
    "start of a power": [cells(CLAIM, start="1.84E+02")],
    "start without an end": [cells(CLAIM, end="")],
    "mention one to the left": [*new(mention=cells(MENTION, start="13"))],
    "entity elsewhere": [*new(entity=cells(ENTITY, start="0", end="11"))],
    # The words are not those of the text.
    "words rewritten": [words(CLAIM, "ويضم المركز مدرسة للتصنيع الرقمي")],
    "words without an accent": [words(CLAIM, CLAIM.words.replace("مختبرا", "مختبر"))],
    "words with a space more": [words(CLAIM, CLAIM.words + " ")],
    "words none": [words(CLAIM, "")],
    "words in English": [words(CLAIM, "The centre has a fab lab")],
    "words with a direction mark": [words(CLAIM, "\u202e" + CLAIM.words)],
    "words with a mark that is not seen": [words(CLAIM, CLAIM.words.replace(" ", " \u200b", 1))],
    "words of the label": [*new(mention=words(MENTION, "Bulletin"))],
    # The words stand there and name something else.
    "subject not named": [moved(CLAIM, 247, 286)],
    "subject another": [cells(CLAIM, subject="cafe-incubator")],
    "subject known to no text": [cells(CLAIM, subject="noura-haddad")],
    "object another": [cells(CLAIM, object="emerald-valley")],
    "object without antecedent": [cells(CLAIM, object_at="")],
    "antecedent of another": [cells(CLAIM, object_at="48-63")],
    "antecedent past the end": [cells(CLAIM, object_at="161-99999")],
    "antecedent backwards": [cells(CLAIM, object_at="167-161")],
    "antecedent no span": [cells(CLAIM, object_at="above")],
    "ends exchanged": [cells(CLAIM, subject="al-marsa", object="cafe-fab-lab")],
    "subject in relation to itself": [cells(CLAIM, object="cafe-fab-lab", object_at="")],
    "number that the text does not give": [
        moved(CLAIM, 110, 167, subject="al-marsa", property="population", object="41251", object_at="")
    ],
    "mention of another": [mention("al-marsa", 48, 63)],
    "mention of what is not named": [mention("noura-haddad", 14, 24)],
    "mention of a part of a word": [mention("al-marsa", 163, 167)],
    "mention of a whole sentence": [mention("al-marsa", 110, 181)],
    "entity that no mention shows": [ENTITY, SAID],
    "entity that no claim speaks of": [ENTITY, MENTION],
    "entity named otherwise than its mention": [*new(entity=cells(ENTITY, label_ar="مجلة رقمية"))],
    "year that no cited words give": [cells(CLAIM, **{"from": "1999"})],
    "period that is none": [cells(CLAIM, **{"from": "03/05/2031"})],
    # What is named is unknown, or is somewhere else.
    "entity unknown": [mention("al-marsaa", 161, 167)],
    "entity not accepted": [replace(ENTITY, decision=""), MENTION, SAID],
    "entity refused": [replace(ENTITY, decision="refuse"), MENTION, SAID],
    "class unknown": [*new(entity=cells(ENTITY, **{"class": "Palace"}))],
    "property unknown": [cells(CLAIM, property="owns")],
    "property that its ends do not fit": [cells(CLAIM, property="presidentOf")],
    "status unknown": [cells(CLAIM, status="certain")],
    "two statuses at one passage": [
        cells(CLAIM, property="partOf", object="cafe-numerique", object_at="189-195", status="planned")
    ],
    "offsets of a dataset": [cells(CLAIM, source="gazetteer")],
    "source unknown": [cells(CLAIM, source="ghost")],
    "source with another text": [SOURCE, cells(CLAIM, source="ghost")],
    "source of another length": [cells(SOURCE, length="9999", sha256=sha256(TEXT.encode()).hexdigest()), CLAIM],
    "source that takes the place of another": [replace(SOURCE, id="bulletin"), CLAIM],
    "id of an entity that is there": [*new(entity=replace(ENTITY, id="barmij"))],
    # The cells are not what they seem.
    "formula in a name": [*new(entity=cells(ENTITY, label_fr="=HYPERLINK(A1)"))],
    "formula in an id": [*new(entity=replace(ENTITY, id="=1+1"))],
    "direction mark in a name": [*new(entity=cells(ENTITY, label_fr="Bulletin\u202e"))],
    "direction mark in an id": [mention("al\u202e-marsa", 161, 167)],
    "control in a name": [*new(entity=cells(ENTITY, label_fr="Bull\x07etin"))],
    "line end in a cell": [cells(CLAIM, status="stated\nstated")],
    "path for an id": [*new(entity=replace(ENTITY, id="../barmij"))],
    "kind unknown": [replace(CLAIM, kind="fact")],
    "kind none": [replace(CLAIM, kind="")],
    "decision misspelt": [replace(CLAIM, decision="acept")],
    "accepted and refused": [CLAIM, replace(CLAIM, decision="refuse")],
    "claim with an id": [replace(CLAIM, id="barmij")],
    "mention that speaks": [replace(MENTION, id="al-marsa", cells={**MENTION.cells, "property": "locatedIn"})],
}


@pytest.mark.parametrize("name", ATTACKS)
def test_ungrounded_line_is_refused_with_its_place(region, name):
    before = {path.name: path.read_bytes() for path in Path("data").iterdir()}
    file = save(*ATTACKS[name])
    copies = (
        [*COPY, "--text", "ghost=texts/bulletin.txt"]
        if name in {"source with another text", "source of another length"}
        else COPY
    )
    result = CliRunner().invoke(main, ["accept", file, *copies, *WHO, "--data", "data"])
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith(("review.csv:", "texts/bulletin.txt: ", "data/")), result.stderr
    assert {path.name: path.read_bytes() for path in Path("data").iterdir()} == before


def test_what_the_attacks_are_made_of_is_accepted(region):
    file = save(CLAIM, *NEW)
    assert CliRunner().invoke(main, ["accept", file, *COPY, *WHO, "--data", "data"]).exit_code == 0
    assert len(ATTACKS) >= 60
