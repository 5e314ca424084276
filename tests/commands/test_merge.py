"""`merge`, `rename` and `withdraw` change what names mean: all follows, nothing dangles, old addresses answer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from commands.additions import TABLES

BASE = "https://example.org/emerald-valley/"
WHY = ["--reason", "one thing under two names", "--on", "2031-07-01"]


def rows(name: str) -> list[dict[str, str]]:
    with Path("data", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(name: str, **cells: str) -> dict[str, str]:
    (found,) = [each for each in rows(name) if cells.items() <= each.items()]
    return found


def ids(run) -> dict[tuple[str, str, str], str]:
    """The ids of the claims, by what they say, as a reader of an export finds them."""
    exported = run("export", "-", "--format", "claims.csv").stdout.removeprefix("\ufeff").splitlines()
    return {(each["subject"], each["property"], each["object"]): each["claim"] for each in csv.DictReader(exported)}


@pytest.fixture
def academy(region, edit):
    """A second name of the foundation, as an entity of its own, with a claim and a decision of its own."""
    labels = "أكاديمية المنارة,Académie Manara,Manara Academy,ⵎⴰⵏⴰⵔⴰ"
    line = f"manara-academy,School,{labels},مؤسسة المنارة,,Manara,المنارة,fr\n"
    edit("data/entities.csv", "cafe-numerique,TrainingCentre", f"{line}cafe-numerique,TrainingCentre")
    edit(
        "data/claims.csv",
        "al-marsa,wgs:lat",
        "manara-academy,locatedIn,al-marsa,stated,gazetteer,,,body/2,,,,,\nal-marsa,wgs:lat",
    )
    edit(
        "data/mentions.csv",
        "manara-foundation,bulletin,94,107",
        "manara-academy,bulletin,94,107\nmanara-foundation,bulletin,94,107",
    )
    return region


def test_merge_lets_names_classes_claims_and_mentions_follow(run, academy):
    before = ids(run)
    done = run("merge", "Académie Manara", "manara-foundation", *WHY)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "data/entities.csv: 14 lines written, 15 taken out",  # it has a column more
        "data/claims.csv: 1 lines written, 1 taken out",
        "data/mentions.csv: 0 lines written, 1 taken out",
        "data/moved.csv: 2 lines written, 0 taken out",
    ]
    one = row("entities", id="manara-foundation")
    assert one["class"] == "Organization|School"
    assert (one["label_ar"], one["label_fr"], one["label_en"]) == (
        "مؤسسة المنارة",
        "Fondation Manara",
        "Manara Foundation",
    )
    assert one["label_zgh"] == "ⵎⴰⵏⴰⵔⴰ"  # it had none in that language
    assert (one["alt_ar"], one["alt_fr"], one["alt_en"]) == ("أكاديمية المنارة", "", "Manara|Manara Academy")
    assert (one["hidden_ar"], one["hidden_fr"]) == ("المنارة", "Académie Manara")  # that label was our own translation
    assert [each for each in rows("entities") if each["id"] == "manara-academy"] == []
    assert row("mentions", start="94")["entity"] == "manara-foundation"
    after = ids(run)
    gone = before["manara-academy", "locatedIn", "al-marsa"]
    now = after["manara-foundation", "locatedIn", "al-marsa"]
    assert [(each["old"], each["new"], each["reason"], each["date"]) for each in rows("moved")][-2:] == [
        ("manara-academy", "manara-foundation", WHY[1], "2031-07-01"),
        (f"claim/{gone}", f"claim/{now}", WHY[1], "2031-07-01"),
    ]
    assert run("check").exit_code == 0


@pytest.mark.long
def test_the_old_address_says_what_it_is_now(run, academy):
    run("merge", "manara-academy", "manara-foundation", *WHY)
    assert run("build", "--out", "dist").exit_code == 0
    store = Store()
    store.bulk_load(path="dist/emerald-valley.nq")
    old, new = NamedNode(f"{BASE}manara-academy"), NamedNode(f"{BASE}manara-foundation")
    for predicate in ("http://purl.org/dc/terms/isReplacedBy", "http://www.w3.org/2002/07/owl#sameAs"):
        assert [quad.object for quad in store.quads_for_pattern(old, NamedNode(predicate), None)] == [new]


def test_decisions_follow_and_undo_takes_it_all_back(run, academy):
    claim = ids(run)["manara-academy", "locatedIn", "al-marsa"]
    decided = (
        "kind,a,b,source,reason,by,on\n"
        f"withdraw,{claim},,,it moved,Curator,2031-06-30\n"
        "same,Manara,manara-academy,,so it is called,Curator,2031-06-30\n"
    )
    Path("data/decisions.csv").write_text(decided, encoding="utf-8")
    names = [*TABLES, "decisions.csv", "moved.csv"]
    before = {name: Path("data", name).read_bytes() for name in names}
    assert run("merge", "manara-academy", "manara-foundation", *WHY).exit_code == 0
    now = ids(run)["manara-foundation", "locatedIn", "al-marsa"]
    assert [(each["kind"], each["a"], each["b"]) for each in rows("decisions")] == [
        ("withdraw", now, ""),
        ("same", "Manara", "manara-foundation"),
    ]
    assert "taken back: merge manara-academy manara-foundation" in run("undo").stdout
    assert {name: Path("data", name).read_bytes() for name in names} == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("merge", "barmij", "Barmij"), '"barmij" is one already\n'),
        (("merge", "barmij", "zz"), 'no entity is called "zz" (`rename` gives an entity another id)\n'),
        (
            ("merge", "cafe-fab-lab", "cafe-numerique"),
            "data/claims.csv:8: cafe-fab-lab partOf cafe-numerique: "
            "it would relate a thing to itself; take it out first\n",
        ),
        (
            ("merge", "emerald-valley", "barmij"),
            '"emerald-valley" is Region and "barmij" is Programme: one thing cannot be both\n',
        ),
        (("rename", "barmij", "coding"), '"coding" is there already: to make the two one, `merge barmij coding`\n'),
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(run, held, arguments, told):
    done = run(*arguments, *WHY)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", told)
    assert held() == held.before


def test_two_things_that_a_decision_keeps_apart_stay_two(run, academy, held):
    decided = "kind,a,b,source,reason,by,on\ndistinct,manara-foundation,manara-academy,,two bodies,Curator,2031-06-30\n"
    Path("data/decisions.csv").write_text(decided, encoding="utf-8")
    done = run("merge", "manara-academy", "manara-foundation", *WHY)
    told = 'data/decisions.csv:2: it says that "manara-academy" and "manara-foundation" are two things: two bodies\n'
    assert (done.exit_code, done.stderr) == (1, told)
    assert held() == held.before


def test_what_would_contradict_itself_is_refused_with_the_row_as_it_would_be(run, edit, held):
    edit("data/entities.csv", "\nnoura-haddad", "\nport,City,الميناء,Port,Port,,,,,,\nnoura-haddad")
    edit("data/claims.csv", "al-marsa,wgs:lat", "port,population,5,stated,gazetteer,,,place/9,,,,,\nal-marsa,wgs:lat")
    before = held()
    done = run("merge", "port", "al-marsa", *WHY)
    assert done.exit_code == 1
    assert "data/claims.csv: al-marsa,population,5,stated,gazetteer,,,place/9,,,,,: " in done.stderr
    assert held() == before


@pytest.mark.parametrize("new", ["Marsa fair", "سوق", "fair#1", ""])
def test_what_is_no_id_is_no_new_one(run, region, new):
    before = (region / "data" / "entities.csv").read_bytes()
    done = run("rename", "marsa-tech", new, "--reason", "x")
    assert (done.exit_code, done.stderr) == (1, f'id "{new}" may hold only a-z, 0-9 and "-"\n')
    assert (region / "data" / "entities.csv").read_bytes() == before


@pytest.mark.long
def test_a_renamed_entity_has_not_gone(run, region):
    before = ids(run)
    run("build", "--out", "was")
    done = run("rename", "marsa-tech", "marsa-fair", "--reason", "its new id", "--on", "2031-07-01")
    assert (done.exit_code, done.stderr) == (0, "")
    after, moved = ids(run), {each["old"]: each["new"] for each in rows("moved")}
    assert moved == {
        "old-fair": "marsa-tech",  # and that leads on
        "gone-fair": "",
        "marsa-tech": "marsa-fair",
        **{
            f"claim/{before[was]}": f"claim/{after[now]}"
            for was, now in {
                ("marsa-tech", "bearsNameOf", "al-marsa"): ("marsa-fair", "bearsNameOf", "al-marsa"),
                ("emerald-valley-authority", "organises", "marsa-tech"): (
                    "emerald-valley-authority",
                    "organises",
                    "marsa-fair",
                ),
            }.items()
        },
    }
    assert row("mentions", start="277")["entity"] == "marsa-fair"
    assert run("check", "--text", "bulletin=texts/bulletin.txt").exit_code == 0
    run("build", "--out", "now")
    told = "Entities · renamed: 1\n  Marsa Tech (marsa-fair)\n    id: marsa-tech → marsa-fair\n    its new id\n"
    assert run("diff", "was", "now", "--lang", "en").stdout == told


def test_an_entity_takes_a_name_back_that_it_had(run, region, held):
    """Its addresses, and its claims', lead nowhere else then; those that it had meanwhile lead to it."""
    before = held()
    for names in (("al-marsa", "marsa"), ("marsa", "al-marsa")):
        done = run("rename", *names, *WHY)
        assert (done.exit_code, done.stderr) == (0, "")
    kept = ("entities.csv", "mentions.csv", "claims.csv")
    assert {name: sorted(held()[name]) for name in kept} == {name: sorted(before[name]) for name in kept}
    assert row("moved", old="marsa")["new"] == "al-marsa"
    assert "al-marsa" not in {each["old"] for each in rows("moved")}


def test_a_claim_that_is_none_is_not_taken_for_an_entity(run, region, held):
    before = held()
    done = run("withdraw", "claim/0123456789abcdef", *WHY)
    assert (done.exit_code, held()) == (1, before)
    assert done.stderr.startswith('unknown claim "claim/0123456789abcdef" in ID')


@pytest.mark.long
def test_a_person_is_taken_out_of_every_table_and_the_address_says_why(run, region):
    claim = ids(run)["noura-haddad", "presidentOf", "emerald-valley-council"]
    Path("data/decisions.csv").write_text(
        "kind,a,b,source,reason,by,on\nrefuse,0123456789abcdef,,,not said of Noura Haddad,Curator,2031-06-30\n",
        encoding="utf-8",
    )
    done = run("withdraw", "نورة الحداد", "--reason", "at her wish", "--on", "2031-07-01")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [  # where she is still named, in whatever spelling
        'data/decisions.csv:2: warning: column reason still names it: "not said of Noura Haddad"',
        'data/moved.csv:5: warning: column old still names it: "noura-haddad"',
    ]
    assert [(each["old"], each["new"], each["reason"]) for each in rows("moved")][-2:] == [
        (f"claim/{claim}", "", "at her wish"),
        ("noura-haddad", "", "at her wish"),
    ]
    assert run("build", "--out", "dist").exit_code == 0
    for file in Path("dist").iterdir():
        content = file.read_text(encoding="utf-8")
        assert "Noura" not in content, file.name
        assert "نورة" not in content, file.name


def test_a_claim_is_taken_out_with_the_digests_that_it_alone_cites(run, region, held):
    claim = ids(run)["barmij", "audience", "young-people"]
    done = run("withdraw", f"claim/{claim}", "--reason", "the bulletin took it back", "--on", "2031-07-01")
    assert done.exit_code == 0
    assert "young-people" in done.stderr  # a warning: nothing is said of it any more
    gone = {name: [line for line in held.before[name] if line not in now] for name, now in held().items()}
    assert {name: [line.decode().split(",")[:3] for line in lines] for name, lines in gone.items() if lines} == {
        "claims.csv": [["barmij", "audience", "young-people"]],
        "passages.csv": [["bulletin", "118", "181"]],
    }
    assert rows("moved")[-1] == {
        "old": f"claim/{claim}", "new": "", "reason": "the bulletin took it back", "date": "2031-07-01",
    }  # fmt: skip


def test_a_day_is_a_day_and_a_reason_is_given(run, region):
    assert run("rename", "barmij", "barmij-two").exit_code == 2
    done = run("rename", "barmij", "barmij-two", "--reason", "x", "--on", "yesterday")
    assert done.exit_code == 2
    assert '"yesterday" is not a day such as 2024-04-22' in done.stderr
