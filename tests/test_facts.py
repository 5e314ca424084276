"""Every fault of the curated files is told with its file and line, all of them in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import facts, ontology
from graph.errors import DataError
from graph.paths import ONTOLOGY

MODEL = ontology.load(ONTOLOGY)
CLAIM = "emerald-valley-authority,launches,barmij,stated,bulletin,26,64,,"
LAT = "al-marsa,wgs:lat,30.50,stated,gazetteer,,,place/2,"
SHA = "45a3af24c852c5572c2b07aaddbb5b128ab5b08f1a5d4e181b9d76cb5ce4b711"

# file, what stands there, what stands there instead, the message
FAULTS = {
    "unknown subject": (
        "claims.csv", CLAIM, CLAIM.replace("y-authority", "y-authorty"),
        'data/claims.csv:2: unknown entity "emerald-valley-authorty" in column subject; did you mean "emerald-valley-authority"?',
    ),
    "unknown object": (
        "claims.csv", CLAIM, CLAIM.replace("barmij", "barmidj"),
        'data/claims.csv:2: unknown entity "barmidj" in column object; did you mean "barmij"?',
    ),
    "unknown source": (
        "claims.csv", CLAIM, CLAIM.replace("bulletin", "bulletn"),
        'data/claims.csv:2: unknown source "bulletn" in column source; did you mean "bulletin"?',
    ),
    "unknown source as subject": (
        "claims.csv", CLAIM, CLAIM.replace("emerald-valley-authority", "source/bulletn"),
        'data/claims.csv:2: unknown source "bulletn" in column subject; did you mean "bulletin"?',
    ),
    "unknown property": (
        "claims.csv", CLAIM, CLAIM.replace("launches", "lanches"),
        'data/claims.csv:2: unknown property "lanches" in column property; did you mean "launches"?',
    ),
    "unknown status": (
        "claims.csv", CLAIM, CLAIM.replace("stated", "certain"),
        'data/claims.csv:2: unknown status "certain" in column status',
    ),
    "no subject": (
        "claims.csv", CLAIM, CLAIM.replace("emerald-valley-authority", ""),
        "data/claims.csv:2: subject is missing",
    ),
    "unknown end": (
        "claims.csv", CLAIM, CLAIM + "subjet",
        'data/claims.csv:2: implied may name only subject, object or "subject|object"',
    ),
    "the same claim twice": (
        "claims.csv", LAT, f"{LAT}\n{CLAIM}",
        "data/claims.csv:15: the same claim stands already on line 2; delete one",
    ),
    "a class of no kind": (
        "entities.csv", "Incubator", "Incubateur",
        'data/entities.csv:11: unknown class "Incubateur" in column class; did you mean "Incubator"?',
    ),
    "an id twice": (
        "entities.csv", "coding,Theme", "barmij,Theme",
        'data/claims.csv:3: unknown entity "coding" in column object\n'
        'data/entities.csv:13: the id "barmij" stands already on line 7',
    ),
    "an id in capitals": (
        "entities.csv", "coding,Theme", "Coding,Theme",
        'data/claims.csv:3: unknown entity "coding" in column object\n'
        'data/entities.csv:13: id "Coding" may hold only a-z, 0-9 and "-"',
    ),
    "a bidi control in an id": (
        "entities.csv", "marsa-tech,Event", "marsa-\u202etech,Event",
        'data/claims.csv:10: unknown entity "marsa-tech" in column object\n'
        'data/claims.csv:11: unknown entity "marsa-tech" in column subject\n'
        'data/entities.csv:12: id "marsa-U+202Etech" may hold only a-z, 0-9 and "-"',
    ),
    "a translation of nothing": (
        "entities.csv", "Barmij,Barmij,,بَرْمِج|البرنامج,,,fr|en", "Barmij,Barmij,,بَرْمِج|البرنامج,,,fr|de",
        'data/entities.csv:7: translated names "de", but label_de is empty',
    ),
    "an empty name": (
        "entities.csv", "بَرْمِج|البرنامج", "بَرْمِج||البرنامج",
        'data/entities.csv:7: an empty part between "|" in column alt_ar',
    ),
    "a space at the end": (
        "entities.csv", ",programmation,", ",programmation ,",
        "data/entities.csv:13: a space or a line end around the text of column label_fr",
    ),
    "a line end in a name": (
        "entities.csv", "programmation", '"program\nmation"',
        "data/entities.csv:13: a line end inside column label_fr",
    ),
    "a NUL": (
        "entities.csv", "programmation", "program\0mation",
        "data/entities.csv:13: the character U+0000 cannot stand in the data; delete it",
    ),
    "a vertical tab": (
        "claims.csv", "place/2,\nal-marsa,population", "place\v/2,\nal-marsa,population",
        "data/claims.csv:12: the character U+000B cannot stand in the data; delete it",
    ),
    "a lone surrogate": (
        "entities.csv", "programmation", "program\ud800mation",
        "data/entities.csv:13: byte 0xED is not UTF-8; save the file as UTF-8",
    ),
    "a bad language tag": (
        "entities.csv", "label_zgh", "label_tamazight!",
        'data/entities.csv:1: unknown column "label_tamazight!"',
    ),
    "a bad language of a source": (
        "sources.csv", ",ar,287,", ",arabe!,287,",
        'data/sources.csv:2: language "arabe!" is not a language tag such as ar or fr',
    ),
    "an IRI with a space": (
        "sources.csv", "https://example.org/bulletin", "https://example.org/a bulletin",
        'data/sources.csv:2: "https://example.org/a bulletin" is not a valid IRI: Invalid IRI code point \' \' in column url',
    ),
    "an IRI in angle brackets": (
        "claims.csv", "https://example.org/gazetteer/2", "<https://example.org/gazetteer/2>",
        'data/claims.csv:16: "<https://example.org/gazetteer/2>" is not an IRI that begins with http:// or https://'
        " in column object",
    ),
    "an IRI that closes a bracket": (
        "claims.csv", "https://example.org/gazetteer/2", "https://example.org/>",
        "data/claims.csv:16: \"https://example.org/>\" is not a valid IRI: Invalid IRI code point '>' in column object",
    ),
    "an IRI with a bidi control": (
        "claims.csv", "https://example.org/gazetteer/2", "https://example.org/\u202e2",
        'data/claims.csv:16: the IRI "https://example.org/U+202E2" holds an invisible character in column object',
    ),
    "an IRI that runs a script": (
        "sources.csv", "https://example.org/gazetteer", "javascript:alert(1)",
        'data/sources.csv:3: "javascript:alert(1)" is not an IRI that begins with http:// or https:// in column url',
    ),
    "not a number": (
        "claims.csv", LAT, LAT.replace("30.50", "NaN"),
        'data/claims.csv:14: "NaN" in column object is not an xsd:decimal such as 30.42018',
    ),
    "a number out of bounds": (
        "claims.csv", LAT, LAT.replace("30.50", "1e999"),
        'data/claims.csv:14: "1e999" in column object is not an xsd:decimal such as 30.42018',
    ),
    "a number in Arabic digits": (
        "claims.csv", "41250", "٤١٢٥٠",
        'data/claims.csv:13: "٤١٢٥٠" in column object is not an xsd:integer such as 18',
    ),
    "a month that is none": (
        "claims.csv", "2031-05", "2031-13",
        'data/claims.csv:11: "2031-13" in column object is not an xsd:gYearMonth such as 2024-04',
    ),
    "a day that is none": (
        "sources.csv", "2031-06-01", "2031-02-30",
        'data/sources.csv:2: issued "2031-02-30" is not a date such as 2024-04-22 or 2024-04-22T23:32:00+01:00',
    ),
    "a negative offset": (
        "claims.csv", "bulletin,26,64", "bulletin,-26,64",
        'data/claims.csv:2: start "-26" is not an offset: a whole number, 0 or more',
    ),
    "no offset": (
        "claims.csv", "bulletin,26,64", "bulletin,26,",
        'data/claims.csv:2: end "" is not an offset: a whole number, 0 or more',
    ),
    "a reversed passage": (
        "claims.csv", "bulletin,26,64", "bulletin,64,26",
        "data/claims.csv:2: the passage 64 to 26 is empty: end must be greater than start",
    ),
    "an empty passage": (
        "claims.csv", "bulletin,26,64", "bulletin,26,26",
        "data/claims.csv:2: the passage 26 to 26 is empty: end must be greater than start",
    ),
    "past the end": (
        "claims.csv", "bulletin,26,64", "bulletin,26,288",
        'data/claims.csv:2: end 288 is past the end of source "bulletin", which has 287 characters',
    ),
    "a record of a text": (
        "claims.csv", CLAIM, CLAIM.replace("64,,", "64,place/2,"),
        'data/claims.csv:2: source "bulletin" is a text: cite start and end, and leave record empty',
    ),
    "a passage of a dataset": (
        "claims.csv", LAT, LAT.replace("gazetteer,,", "gazetteer,1,2"),
        'data/claims.csv:14: source "gazetteer" is a dataset: cite a record, and leave start and end empty',
    ),
    "no record": (
        "claims.csv", LAT, LAT.replace("place/2", ""),
        'data/claims.csv:14: source "gazetteer" is a dataset: the key of its record is missing',
    ),
    "a length for a dataset": (
        "sources.csv", "publicdomain/zero/1.0/,,,", "publicdomain/zero/1.0/,,5,",
        "data/sources.csv:3: length and sha256 are for texts: leave them empty for a dcat:Dataset",
    ),
    "a short hash": (
        "sources.csv", SHA, SHA[:-1],
        "data/sources.csv:2: sha256 of a text must be 64 hexadecimal digits in lower case",
    ),
    "a text without length": (
        "sources.csv", ",287,", ",,",
        'data/sources.csv:2: length "" must be the number of characters of the text',
    ),
    "a kind of no vocabulary": (
        "sources.csv", "schema:NewsArticle", "news",
        'data/sources.csv:2: type "news" is not a class such as schema:NewsArticle or dcat:Dataset',
    ),
    "a missing column": (
        "sources.csv", ",publisher,", ",publsher,",
        'data/sources.csv:1: missing column "publisher"\n'
        'data/sources.csv:1: unknown column "publsher"; did you mean "publisher"?',
    ),
    "a column twice": (
        "entities.csv", "alt_fr,alt_en", "alt_fr,alt_fr",
        'data/entities.csv:1: repeated column "alt_fr"',
    ),
    "too few cells": (
        "claims.csv", CLAIM, CLAIM[:-1],
        "data/claims.csv:2: 8 cells where the header has 9 columns",
    ),
    "an open quotation mark": (
        "claims.csv", LAT, f'"{LAT}',
        "data/claims.csv:14: a quotation mark opened here is never closed",
    ),
    "a text where a list is due": (
        "dataset.toml", 'languages = ["ar", "fr", "en"]', 'languages = "ar"',
        'data/dataset.toml: languages is missing: a list of different tags is expected, such as ["ar", "fr"]',
    ),
    "an unknown count": (
        "dataset.toml", "Centre = 3", "Center = 3",
        'data/dataset.toml: unknown count "Center" in [minimum]; did you mean "Centre"?',
    ),
    "an unknown key": (
        "dataset.toml", 'publisher = "Azetta\'s tests"', 'publisher = "Azetta\'s tests"\ncolour = "red"',
        'data/dataset.toml: unknown key "colour"',
    ),
    "a base with a space": (
        "dataset.toml", "https://example.org/emerald-valley/", "https://example.org/emerald valley/",
        'data/dataset.toml: base: "https://example.org/emerald valley/" is not a valid IRI: Invalid IRI code point \' \'',
    ),
    "a base that no name can follow": (
        "dataset.toml", "https://example.org/emerald-valley/", "https://example.org/emerald-valley",
        'data/dataset.toml: base "https://example.org/emerald-valley" must end with "/"',
    ),
    "no title in a language": (
        "dataset.toml", 'fr = "Vallée', 'de = "Vallée',
        "data/dataset.toml: [title] has no text for the language fr",
    ),
    "not TOML": (
        "dataset.toml", 'version = "1.0.0"', "version = 1.0.0",
        "data/dataset.toml:4: not valid TOML: Expected newline or end of document after a statement (at line 4, column 14)",
    ),
}  # fmt: skip


def problems(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        facts.load(folder, MODEL)
    return str(caught.value)


@pytest.mark.parametrize(("file", "old", "new", "message"), FAULTS.values(), ids=FAULTS)
def test_fault_is_told_with_its_place(edit, file, old, new, message):
    edit(f"data/{file}", old, new)
    assert problems(Path("data")) == message


@pytest.mark.parametrize("file", facts.FILES)
def test_missing_file_is_named(region, file):
    (region / "data" / file).unlink()
    assert f"data/{file}: no such file" in problems(Path("data")).splitlines()


@pytest.mark.parametrize("file", facts.FILES)
def test_empty_file_is_named(region, file):
    (region / "data" / file).write_text("", encoding="utf-8")
    assert f"data/{file}: the file is empty" in problems(Path("data")).splitlines()


@pytest.mark.parametrize("file", ["sources.csv", "entities.csv"])
def test_missing_file_breeds_no_other_problem(region, file):
    (region / "data" / file).unlink()
    assert problems(Path("data")) == f"data/{file}: no such file"


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
    plain = facts.load(Path("data"), MODEL)
    for path in (region / "data").glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert facts.load(Path("data"), MODEL) == plain


def test_line_is_right_after_blank_lines(edit):
    edit("data/claims.csv", LAT, f"\n\n{LAT.replace('30.50', 'north')}")
    assert problems(Path("data")).startswith("data/claims.csv:16: ")


def test_records_hold_what_the_files_say(region):
    told = facts.load(Path("data"), MODEL)
    assert told.sources["bulletin"].text
    assert not told.sources["gazetteer"].text
    assert told.entities["barmij"].alts == {"ar": ("بَرْمِج", "البرنامج")}
    assert told.entities["barmij"].translated == {"fr", "en"}
    planned = next(claim for claim in told.claims if claim.subject == "cafe-incubator")
    assert (planned.status, planned.start, planned.end, planned.implied) == ("planned", 219, 242, {"object"})
    assert not planned.asserted


def test_offsets_count_code_points_of_a_text_with_emoji_and_line_ends(region):
    """The words stand at their offsets in the file read as it is: each emoji sign is one, CRLF is two."""
    text = (region / "texts" / "bulletin.txt").read_bytes().decode("utf-8")
    launch, *_, month = (claim for claim in facts.load(Path("data"), MODEL).claims if claim.text)
    assert text[launch.start : launch.end] == "أطلقت جهة وادي الزمرد برنامج «بَرْمِج»"
    assert text[month.start : month.end] == "في ماي 2031 لقاء «مرسى تيك»"
