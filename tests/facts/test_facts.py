"""Every fault of the curated files is told with its file and line, all of them in one run."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.errors import DataError
from graph.facts import curated
from graph.model import ontology
from graph.model.inputs import TABLES

MODEL = ontology.load(ONTOLOGY)
FAULTS = {
    f"{path.stem}: {name}": (path.stem, case)
    for path in sorted(Path(__file__).parent.glob("faults/*.toml"))
    for name, case in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
LAT = "al-marsa,wgs:lat,30.50,stated,gazetteer,,,place/2,"


def problems(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        curated.load(folder, MODEL)
    return str(caught.value)


@pytest.mark.parametrize(("stem", "case"), FAULTS.values(), ids=FAULTS)
def test_fault_is_told_with_its_place(edit, stem, case):
    edit(f"data/{stem}.{'toml' if stem == 'dataset' else 'csv'}", case["old"], case["new"])
    assert problems(Path("data")).splitlines() == case["says"]


def test_cell_of_a_million_letters_is_refused(edit):
    edit("data/entities.csv", "programmation", "p" * 1_000_000)
    told = "data/entities.csv:13: not valid CSV: field larger than field limit (131072)"
    assert told in problems(Path("data")).splitlines()


def test_lone_surrogate_is_not_utf_8(edit):
    edit("data/entities.csv", "programmation", "program\ud800mation")
    assert problems(Path("data")) == "data/entities.csv:13: byte 0xED is not UTF-8; save the file as UTF-8"


@pytest.mark.parametrize("file", TABLES)
def test_missing_file_is_named(region, file):
    (region / "data" / file).unlink()
    assert f"data/{file}: no such file" in problems(Path("data")).splitlines()


@pytest.mark.parametrize("file", TABLES)
def test_empty_file_is_named(region, file):
    (region / "data" / file).write_text("", encoding="utf-8")
    assert f"data/{file}: the file is empty" in problems(Path("data")).splitlines()


@pytest.mark.parametrize("file", ["sources.csv", "entities.csv"])
def test_missing_file_breeds_no_other_problem(region, file):
    (region / "data" / file).unlink()
    assert problems(Path("data")) == f"data/{file}: no such file"


@pytest.mark.long
@pytest.mark.parametrize("file", TABLES)
@pytest.mark.parametrize("damage", [b"", b"\0", b'"', b"\n", b" ", b"<", b"\xff", b"source/"], ids=repr)
def test_damage_anywhere_ends_in_messages_or_in_nothing(region, file, damage):
    """Whatever bytes are lost or slip in, reading gives records or problems, and nothing else."""
    path = region / "data" / file
    whole = path.read_bytes()
    for at in range(0, len(whole), 41):
        path.write_bytes(whole[:at] + damage + (whole[at + 3 :] if damage else b""))
        told: list[str] = []
        try:
            curated.load(Path("data"), MODEL)
        except DataError as exc:
            told = str(exc).splitlines()
        assert all(line.startswith("data/") for line in told), told


def test_bytes_of_another_encoding_are_placed(region):
    path = region / "data" / "entities.csv"
    path.write_bytes(path.read_bytes().replace("Vallée d'Émeraude,Emerald Valley,".encode(), b"Vall\xe9e,E V,"))
    assert problems(Path("data")) == "data/entities.csv:2: byte 0xE9 is not UTF-8; save the file as UTF-8"


def test_twenty_problems_of_three_files_are_told_in_one_run(region, edit):
    path = region / "data" / "claims.csv"
    path.write_text(path.read_text("utf-8").replace("stated", "sure"), encoding="utf-8")
    edit("data/entities.csv", "coding,Theme", "coding,Thema")
    edit("data/sources.csv", ",287,", ",,")
    told = problems(Path("data")).splitlines()
    assert len(told) == 18
    assert [line.split(": ")[0] for line in told[:3]] == ["data/claims.csv:2", "data/claims.csv:3", "data/claims.csv:4"]
    assert told[-2:] == [
        'data/entities.csv:13: unknown class "Thema" in column class; did you mean "Theme"?',
        'data/sources.csv:2: length "" must be the number of characters of the text',
    ]


def test_path_outside_the_working_directory_is_shown_as_given(region, monkeypatch):
    (region / "data" / "claims.csv").unlink()
    monkeypatch.chdir(region / "texts")
    assert problems(region / "data") == f"{region}/data/claims.csv: no such file"


def test_byte_order_mark_and_windows_line_ends_change_nothing(region):
    plain = curated.load(Path("data"), MODEL)
    for path in (region / "data").glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert curated.load(Path("data"), MODEL) == plain


def test_line_is_right_after_blank_lines(edit):
    edit("data/claims.csv", LAT, f"\n\n{LAT.replace('30.50', 'north')}")
    assert problems(Path("data")).startswith("data/claims.csv:16: ")


def test_records_hold_what_the_files_say(region):
    told = curated.load(Path("data"), MODEL)
    assert told.sources["bulletin"].text
    assert not told.sources["gazetteer"].text
    assert told.entities["barmij"].alts == {"ar": ("بَرْمِج", "البرنامج")}
    assert told.entities["barmij"].translated == {"fr", "en"}
    planned = next(claim for claim in told.claims if claim.subject == "cafe-incubator")
    (quotation,) = planned.quotations
    assert (planned.status, quotation.start, quotation.end) == ("planned", 219, 242)
    assert quotation.antecedents == {"object": ((130, 152),)}
    assert told.sources["bulletin"].natures == ("original",)
    assert told.entities["barmij"].hidden == {"ar": ("برنامج برمج",)}
    assert {(m.start, m.end) for m in told.mentions if m.entity == "barmij"} == {(48, 63), (118, 126)}
    assert not planned.asserted


def test_offsets_count_code_points_of_a_text_with_emoji_and_line_ends(region):
    """The words stand at their offsets in the file read as it is: each emoji sign is one, CRLF is two."""
    text = (region / "texts" / "bulletin.txt").read_bytes().decode("utf-8")
    launch, *_, meeting, _ = (claim.spans for claim in curated.load(Path("data"), MODEL).claims if claim.text)
    assert text[slice(*launch[0])] == "أطلقت جهة وادي الزمرد برنامج «بَرْمِج»"
    assert text[slice(*meeting[0])] == "ونظمت الجهة في ماي 2031 لقاء «مرسى تيك»"


def test_lines_that_differ_in_the_passage_alone_are_one_claim(edit):
    """To widen or to add a passage keeps the id; another status, period, source or record is another claim."""
    line = "barmij,about,coding,stated,bulletin,48,79,,,,,,"
    before = curated.load(Path("data"), MODEL).claims[1]
    edit("data/claims.csv", line, f"{line.replace('48,79', '48,92')}\n{line.replace('48,79', '118,126')}")
    claim, other = curated.load(Path("data"), MODEL).claims[1:3]
    assert (claim.id, claim.spans) == (before.id, ((48, 92), (118, 126)))
    assert other.property == "inPartnershipWith"


@pytest.mark.parametrize(
    ("until", "over"), [("2031-05", True), ("2031-06", False), ("2031-05-31", True), ("2031", False)]
)
def test_a_claim_is_over_when_its_period_ended_before_the_newest_source(edit, until, over):
    edit("data/claims.csv", "bulletin,247,286,,,,,,", f"bulletin,247,286,,,,,,{until}")
    claim = next(claim for claim in curated.load(Path("data"), MODEL).claims if claim.until)
    assert (claim.standing, claim.asserted) == ("over" if over else "stated", not over)


@pytest.mark.parametrize(
    ("since", "standing"),
    [("2031-07", "upcoming"), ("2031-06", "stated"), ("2031-06-02", "upcoming"), ("2031", "stated")],
)
def test_a_claim_is_upcoming_when_its_period_begins_after_the_newest_source(edit, since, standing):
    edit("data/claims.csv", "bulletin,247,286,,,,,,", f"bulletin,247,286,,,,,{since},")
    claim = next(claim for claim in curated.load(Path("data"), MODEL).claims if claim.since)
    assert (claim.standing, claim.asserted) == (standing, standing == "stated")


def test_a_plan_whose_time_has_passed_remains_a_plan(edit):
    """Nobody says that it was carried out."""
    edit("data/claims.csv", "219,242,,,130-152,,,", "219,242,,,130-152,,,2030")
    claim = next(claim for claim in curated.load(Path("data"), MODEL).claims if claim.until)
    assert (claim.standing, claim.asserted) == ("planned", False)


@pytest.mark.parametrize(
    ("text", "message"),
    {
        "{\n": "data/outline.json:2: not valid JSON: Expecting property name enclosed in double quotes",
        '{"title": "Land", "land": [[[1, 2], [3]]]}': 'data/outline.json: "title" (a text) and "land" (a list of rings,'
        " each a list of [longitude, latitude] in degrees) are expected",
        '{"title": "\\ud800", "land": []}': "data/outline.json: title: the character U+D800 cannot stand in the data;"
        " delete it",
    }.items(),
)
def test_outline_of_another_shape_is_told_with_the_other_problems(region, edit, text, message):
    (region / "data" / "outline.json").write_text(text, encoding="utf-8")
    edit("data/entities.csv", "coding,Theme", "coding,Thema")
    other = 'data/entities.csv:13: unknown class "Thema" in column class; did you mean "Theme"?'
    assert set(problems(Path("data")).splitlines()) == {other, message}
