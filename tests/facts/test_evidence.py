"""Each claim is defended by its passage alone: held against the user's own copy of the text, exactly as it is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.errors import DataError
from graph.facts import curated, evidence, passages, texts
from graph.facts.evidence import check_text
from graph.facts.uncited import uncited
from graph.model import ontology

MODEL = ontology.load(ONTOLOGY)
COPY = Path("texts/bulletin.txt")


@pytest.fixture
def report(region):
    def checked() -> evidence.Report:
        known = curated.load(Path("data"), MODEL)
        text = texts.load({"bulletin": COPY}, known.sources)["bulletin"]
        return check_text(known.sources["bulletin"], text, known, MODEL.concepts)

    return checked


def cited(report: evidence.Report) -> dict[int, str]:
    return {one.quotation.line: one.words for one in report.evidence}


def test_claims_stand_beside_their_words_past_emoji_line_ends_and_marks(report):
    words = cited(report())
    assert words[2] == "أطلقت جهة وادي الزمرد برنامج «بَرْمِج»"
    assert words[4].endswith("👩\u200d💻 بشراكة مع مؤسسة المنارة")
    assert words[6] == "مركز «Cafe\u0301 Nume\u0301rique» بمدينة المرسى"
    assert words[10] == "ونظمت الجهة في ماي 2031 لقاء «مرسى تيك»"


def test_a_sound_dataset_has_no_problem_and_no_warning(report):
    assert (report().problems, report().warnings) == ((), ())


def test_ends_that_the_passage_names(report):
    named = {one.quotation.line: one.named for one in report().evidence}
    assert named[5] == {"subject", "object"}  # the object by its French name, in an Arabic sentence
    assert named[9] == {"subject"}
    assert named[11] == {"subject", "object"}  # the object inside the name of the subject


def test_an_end_that_the_passage_does_not_name(edit, report):
    edit(
        "data/claims.csv",
        "cafe-numerique,locatedIn,al-marsa,stated,bulletin,130,167",
        "cafe-numerique,locatedIn,al-marsa,stated,bulletin,130,153",
    )
    assert [str(problem) for problem in report().problems] == [
        'data/claims.csv:6: the passage 130-153 does not name the object "al-marsa" (المرسى); widen it, add the '
        "spelling that it uses to entities.csv, or write in column object_at where the text names it"
    ]


def test_an_end_may_be_named_elsewhere(edit, report):
    edit(
        "data/claims.csv",
        "locatedIn,al-marsa,stated,bulletin,130,167,,,",
        "locatedIn,al-marsa,stated,bulletin,130,153,,,161-167",
    )
    assert (report().problems, report().warnings) == ((), ())


def test_both_ends_may_be_named_elsewhere(edit, report):
    edit("data/claims.csv", "bulletin,219,242,,,130-152", "bulletin,219,226,,229-242,130-152|189-195")
    assert report().problems == ()


def test_an_antecedent_that_names_something_else(edit, report):
    edit("data/claims.csv", "bulletin,219,242,,,130-152", "bulletin,219,242,,,130-152|161-167")
    assert [str(problem) for problem in report().problems] == [
        'data/claims.csv:9: object_at 161-167 does not name the object "cafe-numerique" (المقهى الرقمي): '
        "write where the text names it"
    ]


def test_an_antecedent_that_is_not_needed_is_stale(edit, report):
    edit("data/claims.csv", "al-marsa,stated,bulletin,130,167,,,", "al-marsa,stated,bulletin,130,167,,,161-167")
    found = report()
    assert found.problems == ()
    assert [str(warning) for warning in found.warnings] == [
        "data/claims.csv:6: warning: the passage 130-167 names the object: empty column object_at"
    ]


@pytest.mark.parametrize(("at", "told"), [("259-270", []), ("253-258", [10]), ("", [])])
def test_the_year_of_a_period_stands_in_what_is_cited(edit, report, at, told):
    edit("data/claims.csv", "bulletin,247,286,,,,,,", f"bulletin,247,286,,,,{at},2031-05,")
    assert [problem.line for problem in report().problems] == told


def test_a_mention_that_is_no_name(edit, report):
    edit("data/mentions.csv", "marsa-tech,bulletin,277,285", "marsa-tech,bulletin,276,285")
    assert [str(problem) for problem in report().problems] == [
        'data/mentions.csv:15: the characters 276-285 are not a name of "marsa-tech" (مرسى تيك): mend them, or add '
        "the spelling to entities.csv"
    ]


def test_a_known_name_that_no_mention_covers(edit, report):
    edit("data/mentions.csv", "al-marsa,bulletin,161,167\n", "")
    assert [str(warning) for warning in report().warnings] == [
        'data/mentions.csv: warning: 161-167 names "al-marsa" (المرسى), but no mention covers it: add a line'
    ]


def test_a_label_that_the_text_does_not_say_is_marked_as_ours(edit, report):
    edit("data/entities.csv", "مختبرا للتصنيع الرقمي,,,,ar|fr|en", "مختبرا للتصنيع الرقمي,,,,fr|en")
    assert [str(problem) for problem in report().problems] == [
        'data/entities.csv:10: no mention says "مختبر التصنيع الرقمي": write it as the text does, or mark it as ours: '
        "ar in column translated"
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
        f"al-marsa,stated,bulletin,{start},{end},,",
    )
    assert f"data/claims.csv:6: warning: {warning}" in map(str, report().warnings)


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
    edit("data/claims.csv", "bulletin,247,286,,,,,,", "bulletin,247,286,,,,,2031-05,")
    rewrite(edit, "2031", year)
    assert report().problems == ()


def test_another_number_is_not_the_number(edit, report):
    edit("data/claims.csv", "bulletin,247,286,,,,,,", "bulletin,247,286,,,,,2031-05,")
    rewrite(edit, "2031", "2032")
    assert [problem.line for problem in report().problems] == [10]


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
        ("2031", "203", "it has 286 characters, but source bulletin was read from a text of 287; positions such as"),
        ("2031", "2030", "its SHA-256 is not that of the text that source bulletin was read from; positions such as"),
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
    with pytest.raises(DataError, match=rf"^texts/bulletin\.txt:5: not UTF-8: byte 0xED, after {at} others; save it"):
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


def test_where_there_is_no_source_yet_none_is_offered():
    assert texts.fault("bulletin", "أ", {}).startswith('unknown source "bulletin" (this text: length 1, sha256 ')


def test_a_text_is_read_as_it_is(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes("أ\r\nا\u0654\u2028\x85\r\ufeff".encode())
    assert texts.read(path) == "أ\r\nا\u0654\u2028\x85\r\ufeff"


def test_a_changed_copy_tells_which_passages_hold_where_they_moved_and_which_are_gone(region):
    """The words alone are hashed: hamza, vowel signs and blanks may change with the page."""
    text = texts.read(COPY)
    changed = "🚀" + text.replace("\r\n", "\n").replace("بَرْمِج", "برمج").replace("الشباب", "النساء").replace(
        "مرسى تيك", "مرسى تيك"
    )
    found = {one.span: one for one in passages.found_again("bulletin", changed, curated.load(Path("data"), MODEL))}
    assert found[0, 11].places == ((1, 12), (36, 47))  # the name of the valley, alone and in that of the authority
    assert found[48, 63].cited == ("mentions.csv:4",)
    assert [changed[slice(*place)] for place in found[48, 63].places] == ["برنامج «برمج"]
    assert found[118, 181].places == found[175, 181].places == ()
    assert {span for span, one in found.items() if one.places == ()} == {(118, 181), (175, 181)}


def test_words_that_stand_twice_in_a_changed_copy_are_ambiguous(region):
    text = texts.read(COPY)
    found = passages.found_again("bulletin", f"{text} مرسى تيك", curated.load(Path("data"), MODEL))
    ambiguous = [one for one in found if len(one.places) > 1]
    assert [(one.span, one.places) for one in ambiguous] == [
        ((0, 11), ((0, 11), (36, 47))),
        ((277, 285), ((277, 285), (288, 296))),
    ]
