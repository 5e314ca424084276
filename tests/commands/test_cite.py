"""`cite` prints where words stand, ready for claims.csv; `check --text` holds all claims against the text."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from re import sub

import pytest
from click.testing import CliRunner

from graph.cli import main

COPY = "texts/bulletin.txt"


@pytest.fixture
def run(region):
    def invoke(*arguments: str):
        return CliRunner().invoke(main, [*arguments, "--data", "data"])

    return invoke


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["المرسى"], "bulletin,161,167  …"),
        (["cafe", "numerique"], "bulletin,136,152  "),
        (["برمج"], "bulletin,56,63  …أطلقت جهة وادي الزمرد برنامج «[بَرْمِج]» لتعليم البرمجة "),
        (["٢٠٣١"], "bulletin,266,270  "),
        (["نشرة رقمية\r\nأطلقت"], "bulletin,14,31  وادي الزمرد 🚀 [نشرة رقمية  أطلقت] جهة"),
        (["نشرة رقمية أطلقت"], "bulletin,14,31  "),
        (["👩‍💻"], "bulletin,80,83  "),
        (["مركز"], "bulletin,130,134  "),
    ],
)
def test_words_are_found_whatever_their_spelling(run, words, shown):
    result = run("cite", f"bulletin={COPY}", *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(shown)


def test_every_place_is_listed(run):
    lines = run("cite", f"bulletin={COPY}", "الزمرد").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["bulletin,5,11", "bulletin,41,47"]


def test_the_very_words_come_before_other_spellings(run, edit):
    rewrite = {"برنامج «بَرْمِج»": "المدرسة «بَرْمِج»", "لقاء": "المدرسه"}
    for old, new in rewrite.items():
        edit(COPY, old, new)
    text = Path(COPY).read_bytes()
    edit("data/sources.csv", "287", str(len(text.decode())))
    edit(
        "data/sources.csv", "45a3af24c852c5572c2b07aaddbb5b128ab5b08f1a5d4e181b9d76cb5ce4b711", sha256(text).hexdigest()
    )
    assert run("cite", f"bulletin={COPY}", "المدرسة").stdout.startswith("bulletin,48,55  ")
    assert len(run("cite", f"bulletin={COPY}", "المدرسة").stdout.splitlines()) == 1
    assert len(run("cite", f"bulletin={COPY}", "المدرسةُ").stdout.splitlines()) == 2


def test_the_span_is_what_claims_csv_wants(run, edit):
    line = run("cite", f"bulletin={COPY}", "مركز «Café Numérique» بمدينة المرسى").stdout
    source, start, end = line.split()[0].split(",")
    rows = Path("data/claims.csv").read_text(encoding="utf-8")
    assert f"cafe-numerique,locatedIn,al-marsa,stated,{source},{start},{end},," in rows


def test_words_that_are_not_there_get_the_nearest_ones(run):
    result = run("cite", f"bulletin={COPY}", "مؤسسة المنار")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f'{COPY}: "مؤسسة المنار" is not in the text; the nearest is bulletin,94,107  …')
    assert "[مؤسسة المنارة]" in result.stderr


def test_words_that_nothing_resembles(run):
    result = run("cite", f"bulletin={COPY}", "xyzzy")
    assert (result.exit_code, result.stderr) == (1, f'{COPY}: "xyzzy" is not in the text\n')


def test_claims_need_not_be_in_order_to_cite_another(run):
    Path("data/claims.csv").write_text("half a line", encoding="utf-8")
    assert run("cite", f"bulletin={COPY}", "المرسى").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["bulletin", "المرسى"], 2, '"bulletin" is not SOURCE=FILE'),
        ([f"={COPY}", "المرسى"], 2, "is not SOURCE=FILE"),
        (["bulletin=missing.txt", "المرسى"], 2, "'missing.txt' does not exist"),
        ([f"bulletin={COPY}"], 2, "give WORDS to look for, or else --write"),
        ([f"bulletin={COPY}", " "], 1, '" " is not in the text'),
        ([f"buletin={COPY}", "المرسى"], 1, 'unknown source "buletin"; did you mean "bulletin"?'),
        ([f"gazetteer={COPY}", "المرسى"], 1, 'source "gazetteer" is a dataset'),
    ],
)
def test_mistakes(run, arguments, code, says):
    result = run("cite", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert says in result.stderr


def test_check_shows_each_claim_beside_its_words(run):
    result = run("check", "--text", f"bulletin={COPY}")
    assert (result.exit_code, result.stderr.count("note: "), result.stderr.count("\n")) == (0, 2, 2)
    lines = result.stdout.splitlines()
    assert lines[0] == "bulletin: 10 claims; a text of 287 characters, the very one read"
    at = lines.index("9: 219-242  cafe-incubator partOf cafe-numerique  [planned]  (object: 130-152)")
    assert lines[at + 1 : at + 3] == ["    وستفتح به حاضنة مقاولات", "    … مركز «Café Numérique"]
    assert lines[-3:-1] == ["No claim cites:", "    0-24  وادي الزمرد 🚀 نشرة رقمية"]


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        (
            "fr",
            "bulletin ; affirmations : 10 ; texte de 287 caractères, celui-là même qui a été lu",
            "Ce qu’aucune affirmation ne cite :",
        ),
        ("ar", "bulletin؛ الإفادات: 10؛ نص عدد حروفه 287، وهو النص الذي قُرئ بعينه", "ما لا تستشهد به أي إفادة:"),
    ],
)
def test_check_shows_it_in_the_language_of_the_reader(run, language, first, last):
    lines = sub(
        "[\u2068\u2069]", "", run("check", "--lang", language, "--text", f"bulletin={COPY}").stdout
    ).splitlines()
    assert (lines[0], lines[-3]) == (first, last)


def test_check_tells_of_a_changed_copy_in_the_language_of_the_reader(run, edit):
    edit(COPY, "الشباب", "الفتيات")
    lines = run("check", "--lang", "fr", "--text", f"bulletin={COPY}").stdout.splitlines()
    assert lines[lines.index("passages disparus : 2") + 1] == "    118-181  ses mots n’y sont plus  (claims.csv:7)"


def test_check_fails_on_a_claim_that_its_words_do_not_bear(run, edit):
    edit("data/claims.csv", "bulletin,219,242,,", "bulletin,219,226,,")
    result = run("check", "--text", f"bulletin={COPY}")
    assert result.exit_code == 1
    assert 'data/claims.csv:9: the passage 219-226 does not name the subject "cafe-incubator"' in result.stderr


def test_check_warns_and_goes_on(run, edit):
    edit("data/claims.csv", "bulletin,130,167,,,", "bulletin,130,167,,,161-167")
    result = run("check", "--text", f"bulletin={COPY}")
    assert result.exit_code == 0
    assert result.stderr.startswith("data/claims.csv:6: warning: the passage 130-167 names the object")
    assert result.stdout.endswith(": no problem, 1 warning\n")


def test_check_refuses_an_edited_text(run, edit):
    edit(COPY, "2031", "2032")
    result = run("check", "--text", f"bulletin={COPY}")
    assert result.exit_code == 1
    assert result.stdout.startswith("passages that hold where they were: 21\n")
    assert result.stderr.startswith(f"{COPY}: its SHA-256 is not that of the text")


def test_what_each_passage_is_known_by_is_written_from_the_very_text(region, run, edit):
    before = (region / "data" / "passages.csv").read_text("utf-8").splitlines()
    edit("data/claims.csv", "al-marsa,stated,bulletin,277,285", "al-marsa,stated,bulletin,272,286")
    result = run("cite", f"bulletin={COPY}", "--write")
    assert result.stdout == "24 passages of bulletin in data/passages.csv\n"
    rows = (region / "data" / "passages.csv").read_text("utf-8").splitlines()
    assert set(before) < set(rows)
    assert len(rows) == 25


def test_passages_of_a_folder_are_written_into_the_table_that_takes_its_place(region, run):
    table, folder = region / "data" / "passages.csv", region / "data" / "passages"
    before = table.read_text("utf-8")
    head, *rows = before.splitlines(keepends=True)
    folder.mkdir()
    for number, some in enumerate((rows[:9], rows[9:])):
        (folder / f"{number}.csv").write_text(head + "".join(some), "utf-8")
    table.unlink()
    assert run("check").exit_code == 0
    assert run("cite", f"bulletin={COPY}", "--write").exit_code == 0
    assert table.read_text("utf-8") == before
    assert not [*folder.iterdir()]


def test_a_changed_copy_is_told_from_the_text_and_its_passages_are_found(run, edit):
    edit(COPY, "الشباب", "الفتيات")
    result = run("check", "--text", f"bulletin={COPY}")
    assert result.exit_code == 1
    assert "texts/bulletin.txt: it has 288 characters, but source bulletin was read from" in result.stderr
    lines = result.stdout.splitlines()
    assert "    277-285  now 278-286  (claims.csv:11, mentions.csv:15)" in lines
    assert lines[lines.index("passages that are gone: 2") :] == [
        "passages that are gone: 2",
        "    118-181  its words are not there  (claims.csv:7)",
        "    175-181  its words are not there  (mentions.csv:10)",
    ]
