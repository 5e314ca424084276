"""Each claim is defended by its passage alone: held against the user's own copy of the text, exactly as it is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.errors import DataError
from graph.facts import curated, evidence, texts
from graph.facts.evidence import check_text, uncited
from graph.model import ontology

MODEL = ontology.load(ONTOLOGY)
COPY = Path("texts/bulletin.txt")


@pytest.fixture
def report(region):
    def checked() -> evidence.Report:
        known = curated.load(Path("data"), MODEL)
        text = texts.load({"bulletin": COPY}, known.sources)["bulletin"]
        return check_text(known.sources["bulletin"], text, known, "data/claims.csv")

    return checked


def cited(report: evidence.Report) -> dict[int, str]:
    return {one.claim.line: one.words for one in report.evidence}


def test_claims_stand_beside_their_words_past_emoji_line_ends_and_marks(report):
    words = cited(report())
    assert words[2] == "أطلقت جهة وادي الزمرد برنامج «بَرْمِج»"
    assert words[4].endswith("👩\u200d💻 بشراكة مع مؤسسة المنارة")
    assert words[6] == "مركز «Cafe\u0301 Nume\u0301rique» بمدينة المرسى"
    assert words[11] == "في ماي 2031 لقاء «مرسى تيك»"


def test_a_sound_dataset_has_no_problem_and_no_warning(report):
    assert (report().problems, report().warnings) == ((), ())


def test_ends_that_the_passage_names(report):
    named = {one.claim.line: one.named for one in report().evidence}
    assert named[5] == {"subject", "object"}  # the object by its French name, in an Arabic sentence
    assert named[9] == {"subject"}
    assert named[11] == {"subject", "object"}  # a month, by the year that the text gives in digits


def test_an_end_that_the_passage_does_not_name(edit, report):
    edit(
        "data/claims.csv",
        "cafe-numerique,locatedIn,al-marsa,stated,bulletin,130,167",
        "cafe-numerique,locatedIn,al-marsa,stated,bulletin,130,153",
    )
    assert [str(problem) for problem in report().problems] == [
        'data/claims.csv:6: the passage 130-153 does not name the object "al-marsa" (المرسى); widen it, add the '
        'spelling that it uses to entities.csv, or write "object" in column implied if it is a reference'
    ]


def test_an_end_declared_implied_need_not_be_named(edit, report):
    edit(
        "data/claims.csv",
        "locatedIn,al-marsa,stated,bulletin,130,167,,",
        "locatedIn,al-marsa,stated,bulletin,130,153,,object",
    )
    assert (report().problems, report().warnings) == ((), ())


def test_both_ends_may_be_declared_implied(edit, report):
    edit("data/claims.csv", "bulletin,219,242,,object", "bulletin,219,226,,subject|object")
    assert report().problems == ()


def test_a_declaration_that_no_longer_holds_is_stale(edit, report):
    edit("data/claims.csv", "bulletin,130,167,,", "bulletin,130,167,,object")
    found = report()
    assert found.problems == ()
    assert [str(warning) for warning in found.warnings] == [
        'data/claims.csv:6: the passage 130-167 names the object: delete "object" from column implied'
    ]


@pytest.mark.parametrize(
    ("start", "end", "warning"),
    [
        ("130", "166", "end 166 cuts a word in two"),
        ("131", "167", "start 131 cuts a word in two"),
        ("130", "140", "end 140 cuts a letter from its mark"),
    ],
)
def test_offsets_that_cut_a_word_or_a_letter(edit, report, start, end, warning):
    edit(
        "data/claims.csv",
        "al-marsa,stated,bulletin,130,167,,",
        f"al-marsa,stated,bulletin,{start},{end},,subject|object",
    )
    assert f"data/claims.csv:6: {warning}" in map(str, report().warnings)


def rewrite(edit, old: str, new: str) -> None:
    """Change the text, and say so in sources.csv."""
    before = COPY.read_bytes()
    edit(str(COPY), old, new)
    after = COPY.read_bytes()
    for measure in (lambda data: str(len(data.decode())), lambda data: sha256(data).hexdigest()):
        if measure(before) != measure(after):
            edit("data/sources.csv", measure(before), measure(after))


@pytest.mark.parametrize("year", ["٢٠٣١", "۲۰۳۱"])
def test_digits_of_another_script_are_the_same_number(edit, report, year):
    rewrite(edit, "2031", year)
    assert report().problems == ()


def test_another_number_is_not_the_number(edit, report):
    rewrite(edit, "2031", "2032")
    assert [problem.line for problem in report().problems] == [11]


def test_what_no_claim_cites_is_told_without_connecting_words(report):
    found = report()
    assert [found.text[start:end] for start, end in found.uncited] == ["وادي الزمرد 🚀 نشرة رقمية"]


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("ar", "كما أنَّ [واحد]، فضلا عن [اثنين] وهذا جديد.", ["وهذا جديد"]),
        ("fr", "En outre, [un] ainsi que [deux], par ailleurs neuf.", ["par ailleurs neuf"]),
        ("en-GB", "Moreover, [one] as well as [two] — and news.", ["and news"]),
        ("zgh", "And [one].", ["And"]),
        ("en", "[one] andiron [two]", ["andiron"]),
        ("en", "… “ ” 🚀 \r\n", []),
    ],
)
def test_connecting_words_say_nothing(language, text, left):
    spans = [(at, text.index("]", at)) for at, character in enumerate(text) if character == "["]
    assert [text[start:end] for start, end in uncited(text, spans, language)] == left


def test_overlapping_passages_leave_nothing_between_them():
    assert list(uncited("one two three", [(0, 13), (4, 7)], "en")) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("2031", "203", "it has 286 characters, but source bulletin was read from a text of 287; offsets hold"),
        ("2031", "2030", "its SHA-256 is not that of the text that source bulletin was read from; offsets hold"),
        ("🚀", "", "it has 286 characters"),
    ],
)
def test_an_edited_text_is_refused(edit, report, old, new, fault):
    edit(str(COPY), old, new)
    with pytest.raises(DataError, match=rf"^texts/bulletin\.txt: {fault}"):
        report()


@pytest.mark.parametrize("change", [lambda t: t.replace("\r\n", "\n"), lambda t: "\ufeff" + t])
def test_a_reformatted_text_is_refused(report, change):
    COPY.write_bytes(change(COPY.read_bytes().decode()).encode())
    with pytest.raises(DataError, match=r"characters, but source bulletin was read from a text of 287"):
        report()


def test_a_text_that_is_not_utf_8_is_refused_at_its_byte(edit, report):
    edit(str(COPY), "ماي", "\udce9")
    at = COPY.read_bytes().index(b"\xed")
    with pytest.raises(DataError, match=rf"^texts/bulletin\.txt:5: not UTF-8: byte 0xED at offset {at}$"):
        report()


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("bulettin", r'unknown source "bulettin"; did you mean "bulletin"\? \(this text: length 287, sha256 45a3af24'),
        ("gazetteer", 'source "gazetteer" is a dataset: its claims cite records, not a text'),
    ],
)
def test_a_source_without_that_text_is_refused(region, source, fault):
    with pytest.raises(DataError, match=fault):
        texts.load({source: COPY}, curated.sources(Path("data")))


def test_a_text_is_read_as_it_is(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes("أ\r\nا\u0654\u2028\x85\r\ufeff".encode())
    assert texts.read(path) == "أ\r\nا\u0654\u2028\x85\r\ufeff"
