"""`add` finds, checks and writes one row: no characters are counted, and nothing is written that is wrong."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from commands.additions import COPY, more

WORDS = "ويضم المركز مختبرا للتصنيع الرقمي"
CLAIM = "cafe-fab-lab,locatedIn,al-marsa,stated,bulletin,184,217,,,161-167,,,"


def test_claim_is_found_traced_back_and_written_in_its_place(run, held):
    result = run(
        "add", "claim", "cafe-fab-lab", "located in", "El Marsa", "--words", "ويضم المركز مختبرا للتصنيع الرقمي", *COPY
    )
    assert (result.exit_code, result.stderr) == (0, "")
    first, words, antecedent = result.stdout.splitlines()
    assert first == f"data/claims.csv: {CLAIM}"
    assert words.startswith("  184-217  …")
    assert f"[{WORDS}]" in words
    assert antecedent.startswith("  object: 161-167  …")
    assert "[المرسى]" in antecedent
    assert more(held) == {"claims.csv": [f"{CLAIM}\n"]}  # both passages are in passages.csv already
    claims = held()["claims.csv"]
    assert claims.index(f"{CLAIM}\n".encode()) == 7  # before what else is said at 184-217
    assert run("check", *COPY).exit_code == 0


@pytest.mark.parametrize("name", ["مُختبرًا للتصنيع الرقمي", "Cafe-numerique FAB LAB", "fab lab du Café Numérique"])
def test_name_is_found_in_any_spelling(run, held, name):
    assert run("add", "claim", name, "يوجد في", "المرسي", "--words", WORDS, *COPY).exit_code == 0
    assert more(held) == {"claims.csv": [f"{CLAIM}\n"]}


def test_undo_takes_an_addition_back(run, held):
    run(
        "add",
        "claim",
        "barmij",
        "deliveredAt",
        "cafe-fab-lab",
        "--words",
        "المركز مختبرا للتصنيع",
        "--object-at",
        "196-217",
        *COPY,
    )
    assert set(more(held)) == {"claims.csv", "passages.csv"}
    assert "taken back: add claim barmij deliveredAt cafe-fab-lab" in run("undo").stdout
    assert held() == held.before


@pytest.mark.parametrize(
    ("said", "words", "told"),
    [
        (
            ("marsa-tech", "bearsNameOf", "emerald-valley"),
            "الزمرد",
            "texts/bulletin.txt: these words stand 2 times in the text: give more of the words around the right ones\n"
            "  5-11  وادي [الزمرد] 🚀 نشرة رقمية  أطلقت جهة وادي …\n"
            "  41-47  … 🚀 نشرة رقمية  أطلقت جهة وادي [الزمرد] برنامج «بَرْمِج» لتعليم البرم…\n",
        ),
        (
            ("barmij", "audience", "jeunes"),
            "لفائدة شباب",
            'texts/bulletin.txt: "لفائدة شباب" is not in the text; the nearest is\n  168-181  …',
        ),
        (
            ("barmij", "about", "marsa-tech"),
            "مختبرا للتصنيع الرقمي",
            'texts/bulletin.txt: these words do not name the object "marsa-tech" (مرسى تيك), '
            "and no mention of it stands before them: give more words, or by --object-at START-END where the text "
            "names it, such as\n  277-285  …",
        ),
        (
            ("barmij", "stage", "completed"),
            "البرنامج",
            'texts/bulletin.txt: these words do not name the object "az:Completed" (منجز), and no mention of it stands '
            "before them: give more words, or by --object-at START-END where the text names it\n",
        ),
        (
            ("Marsa Tec", "about", "coding"),
            "البرمجة",
            'no entity is called "Marsa Tec"; did you mean "marsa-tech" (مرسى تيك) or "al-marsa" (المرسى)?\n',
        ),
        (
            ("barmij", "abuot", "coding"),
            "البرمجة",
            'no property is called "abuot"; did you mean "about" (يتعلق بـ)?\n',
        ),
        (
            ("cafe-numerique", "inPartnershipWith", "manara-foundation"),
            "ويضم المركز",
            "data/claims.csv: the new row: the subject of inPartnershipWith must be of the class Programme; "
            "cafe-numerique is not\ndata/claims.csv: these can lead from one to the other: met (",
        ),
        (
            ("barmij", "about", "coding"),
            "برنامج «بَرْمِج» لتعليم البرمجة",
            "data/claims.csv: the new row: the same claim stands already on line 3; delete one\n",
        ),
    ],
    ids=["twice", "nowhere", "unnamed", "concept", "entity", "property", "shape", "there already"],
)
def test_what_is_wrong_is_told_and_nothing_is_written(run, held, said, words, told):
    result = run("add", "claim", *said, "--words", words, *COPY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(told)
    assert len(result.stderr.splitlines()) == len(told.splitlines())
    assert held() == held.before
    assert run("undo").exit_code == 1  # no step was taken


def test_name_of_two_things_is_asked_about(run, held, edit):
    edit("data/entities.csv", "Marsa Tech,Marsa Tech,,,,,,", "Marsa Tech,Marsa,,,,,,")
    result = run("add", "claim", "marsa", "about", "coding", "--words", "البرمجة", *COPY)
    expected = '"marsa" is the name of "al-marsa" (المرسى) and "marsa-tech" (مرسى تيك): give the id of one\n'
    assert (result.exit_code, result.stderr) == (1, expected)


def test_edited_copy_is_refused(run, held, edit):
    edit("texts/bulletin.txt", "🌱", "")
    result = run("add", "claim", "barmij", "about", "coding", "--words", "البرمجة", *COPY)
    assert result.exit_code == 1
    assert "it has 286 characters, but source bulletin was read from a text of 287" in result.stderr


def test_claim_of_a_dataset_cites_its_record(run, held):
    result = run("add", "claim", "al-marsa", "type of place", "x", "--record", "place/2", "--source", "gazetteer")
    assert result.exit_code == 1
    said = ["noura-haddad", "schema:sameAs", "https://example.org/gazetteer/9"]
    result = run("add", "claim", *said, "--record", "body/1", "--source", "gazetteer")
    assert (result.exit_code, result.stderr) == (0, "")
    row = "noura-haddad,schema:sameAs,https://example.org/gazetteer/9,stated,gazetteer,,,body/1,,,,,\n"
    assert more(held) == {"claims.csv": [row]}


@pytest.mark.parametrize(
    "cited",
    [
        ["--words", "البرمجة"],
        ["--record", "place/2"],
        ["--words", "البرمجة", *COPY, "--record", "place/2", "--source", "gazetteer"],
        [],
    ],
)
def test_claim_cites_words_or_a_record(run, held, cited):
    result = run("add", "claim", "barmij", "about", "coding", *cited)
    assert result.exit_code == 2
    assert "give --words with --text, or else --record with --source" in result.stderr


@pytest.mark.long
def test_entity_comes_in_before_what_is_said_of_it(run, held):
    """It is written with a warning, names that are ours are marked, and the dataset is right at the end."""
    labels = ["--label", "ar=لقاء", "--label", "fr=Rencontre", "--label", "en=Meeting"]
    result = run("add", "entity", "meeting", "thème", *labels, "--translated", "fr", "--translated", "en")
    assert result.exit_code == 0
    assert result.stdout == "data/entities.csv: meeting,Theme,لقاء,Rencontre,Meeting,,,,,,fr|en\n"
    assert result.stderr.startswith('data/entities.csv:14: warning: no claim speaks of "meeting"')
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1
    built = run("build", "--out", "dist")
    assert (built.exit_code, built.stderr) == (0, result.stderr)
    assert "Meeting" in Path("dist/index.html").read_text(encoding="utf-8")

    result = run("add", "mention", "Meeting", "--all", *COPY)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "data/mentions.csv: meeting,bulletin,271,275")
    result = run("add", "claim", "Marsa Tech", "about", "meeting", "--words", "لقاء «مرسى تيك", *COPY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert run("check", *COPY).exit_code == 0
    digest = sha256("لقاء".encode()).hexdigest()
    added = more(held)
    assert added.pop("passages.csv")[0] == f"bulletin,271,275,4,{digest}\n"
    assert added == {
        "entities.csv": ["meeting,Theme,لقاء,Rencontre,Meeting,,,,,,fr|en\n"],
        "mentions.csv": ["meeting,bulletin,271,275\n"],
        "claims.csv": ["marsa-tech,about,meeting,stated,bulletin,271,285,,,,,,\n"],
    }


def test_entity_without_a_name_in_a_language_is_refused(run, held):
    result = run("add", "entity", "meeting", "Theme", "--label", "ar=لقاء", "--label", "fr=Rencontre")
    assert result.exit_code == 1
    assert result.stderr.endswith('it needs a name in each language of the dataset: give --label en="…"\n')
    assert held() == held.before


def test_mention_is_the_name_within_the_words(run, held, edit):
    edit("data/mentions.csv", "cafe-numerique,bulletin,189,195\n", "")
    held.before = held()
    result = run("add", "mention", "Café Numérique", "--words", "ويضم المركز مختبرا", *COPY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert more(held) == {"mentions.csv": ["cafe-numerique,bulletin,189,195\n"]}


def test_mention_of_several_places_is_asked_about_or_takes_all(run, held, edit):
    for row in ("barmij,bulletin,48,63\n", "barmij,bulletin,118,126\n"):
        edit("data/mentions.csv", row, "")
    held.before = held()
    result = run("add", "mention", "barmij", "--words", "برنامج", *COPY)
    assert result.exit_code == 1
    assert run("add", "mention", "barmij", *COPY).exit_code == 2
    assert held() == held.before
    assert run("add", "mention", "barmij", "--all", *COPY).exit_code == 0
    assert more(held) == {"mentions.csv": ["barmij,bulletin,48,63\n", "barmij,bulletin,118,126\n"]}


def test_name_inside_a_longer_one_is_no_mention(run, held):
    result = run("add", "mention", "emerald-valley", "--all", *COPY)  # its other name is in that of the authority
    assert (result.exit_code, held()) == (1, held.before)
    assert "has its line already, or stands inside a longer name" in result.stderr


def test_name_that_stands_only_inside_a_longer_one_is_a_mention(run, held):
    labels = ["--label", "ar=التصنيع الرقمي", "--label", "fr=fabrication", "--label", "en=fabrication"]
    run("add", "entity", "fabrication", "Theme", *labels, "--translated", "fr", "--translated", "en")
    result = run("add", "mention", "fabrication", "--all", *COPY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert more(held)["mentions.csv"] == ["fabrication,bulletin,203,217\n"]


def test_refusal_tells_nothing_of_other_entities_that_wait_for_a_claim(run, held):
    labels = ["--label", "ar=مرفأ", "--label", "fr=Port", "--label", "en=Port"]
    run("add", "entity", "port", "City", *labels)
    what = ["cafe-numerique", "locatedIn", "al-marsa"]
    result = run("add", "claim", *what, "--words", "في مركز «Café Numérique» بمدينة المرسى", *COPY)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1, result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("الشباب", '"الشباب" does not name "barmij" (برمج): give words that do, or add the spelling'),
        ("البرنامج", 'each name of "barmij" there has its line already, or stands inside a longer name'),
    ],
)
def test_words_that_are_no_mention(run, held, words, told):
    result = run("add", "mention", "barmij", "--words", words, *COPY)
    assert result.exit_code == 1
    assert told in result.stderr
    assert held() == held.before
