"""`read` writes what a text seems to say to a review file, each with its words, and leaves the data as it is."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from checkout import ROOT
from click.testing import CliRunner

from graph.cli import main
from graph.reading.proposals import KINDS

NEW = ["--language", "fr", "--url", "https://example.org/a", "--issued", "2031-07-02", "--title", "fr=Une visite"]
ARTICLE = """\
Une visite à El Marsa

Noura Haddad, présidente du Conseil de la Vallée d'Émeraude, a lancé le programme « Barmij » en partenariat avec
la Fondation Manara. L'École des Palmiers ouvrira bientôt ses portes dans la ville d'El Marsa. 🌴
"""


@pytest.fixture
def run(region):
    def invoke(*arguments: str):
        return CliRunner().invoke(main, ["read", *arguments, "--data", "data"])

    Path("article.txt").write_text(ARTICLE, encoding="utf-8", newline="")
    return invoke


def lines(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def tables() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path("data").iterdir())}


def test_new_source_is_proposed_with_what_it_says(run):
    before = tables()
    result = run("visit=article.txt", *NEW)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("visit: 1 source, 1 entity, ")
    source, *others = lines("visit.review.csv")
    assert source["kind"], source["id"] == ("source", "visit")
    assert source["length"] == str(len(ARTICLE))
    assert source["sha256"] == sha256(ARTICLE.encode()).hexdigest()
    assert source["title_fr"], source["issued"] == ("Une visite", "2031-07-02")
    assert {each["source"] for each in others} == {"visit"}
    assert [each["label_fr"] for each in others if each["kind"] == "entity"] == ["École des Palmiers"]
    said = {(each["subject"], each["property"], each["object"]) for each in others if each["kind"] == "claim"}
    assert ("noura-haddad", "presidentOf", "emerald-valley-council") in said
    assert ("barmij", "inPartnershipWith", "manara-foundation") in said
    assert tables() == before


def test_every_proposal_stands_where_it_says(run):
    run("visit=article.txt", *NEW)
    found = lines("visit.review.csv")
    for each in found[1:]:
        assert ARTICLE[int(each["start"]) : int(each["end"])] == each["words"] != ""
        assert 0 < float(each["confidence"]) <= 1
        assert each["proposer"].startswith("azetta ")
        assert each["cue"]
        assert each["decision"] == ""
    assert [each["kind"] for each in found] == sorted((each["kind"] for each in found), key=KINDS.index)


def test_several_texts_give_one_review_in_which_a_new_thing_stands_once(run):
    Path("again.txt").write_text(ARTICLE + "Fin.", encoding="utf-8", newline="")
    result = run("a=article.txt", "b=again.txt", "--language", "fr", "--out", "r.csv")
    assert result.exit_code == 0, result.output
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == ["a", "b"]
    found = lines("r.csv")
    assert [(each["kind"], each["id"]) for each in found][:2] == [("source", "a"), ("source", "b")]
    assert len([each for each in found if each["kind"] == "entity"]) == 1
    assert {each["source"] for each in found if each["kind"] == "claim"} == {"a", "b"}


def test_known_source_gives_what_is_not_in_the_data_yet(run):
    claims = Path("data/claims.csv")
    removed = "barmij,inPartnershipWith,manara-foundation,stated,bulletin,48,107,,,,,,\n"
    claims.write_text(claims.read_text(encoding="utf-8").replace(removed, ""), encoding="utf-8")
    result = run("bulletin=texts/bulletin.txt", "--out", "review.csv")
    assert result.exit_code == 0, result.output
    found = lines("review.csv")
    assert not [each for each in found if each["kind"] == "source"]
    told = {(each["subject"], each["property"], each["object"]) for each in found if each["kind"] == "claim"}
    assert ("barmij", "inPartnershipWith", "manara-foundation") in told
    assert ("emerald-valley-authority", "launches", "barmij") not in told


def test_text_that_changed_is_refused_with_both_digests(run):
    text = Path("texts/bulletin.txt").read_bytes().decode()
    Path("changed.txt").write_bytes(f"{text}!".encode())
    result = run("bulletin=changed.txt")
    assert result.exit_code == 1
    for each in (text, text + "!"):
        assert sha256(each.encode()).hexdigest() in result.stderr
    assert not Path("bulletin.review.csv").exists()


ENGLISH = "The council of the valley has opened a school where young people learn how to write programs. " * 5


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no text"),
        (b" \n\n42\n", "no text"),
        ("مدينة المرسى".encode("windows-1256"), "not UTF-8"),
        ("La vallée".encode("utf-16"), "not UTF-8"),
        (b"%PDF-1.7 ...", "pdftotext"),
        (b"PK\x03\x04rest", "archive"),
        (b"abc\0def", "U+0000"),
        (b"<!DOCTYPE html><html><body></body></html>", "no article was found"),
        ("La vallée d'Émeraude. ".encode() * 1_000_000, "bytes; an article has some thousands"),
        (ENGLISH.encode(), 'hardly in the language "fr"'),
    ],
)
def test_file_that_is_no_article_is_refused(run, content, message):
    Path("bad.txt").write_bytes(content)
    result = run("visit=bad.txt", *NEW)
    assert result.exit_code == 1
    assert result.stderr.startswith("bad.txt")
    assert message in result.stderr
    assert not Path("visit.review.csv").exists()


def test_text_on_one_line_is_read_and_said(run):
    Path("one.txt").write_text("Noura Haddad est là et la ville de Marsa est belle. " * 200, encoding="utf-8")
    result = run("visit=one.txt", *NEW)
    assert result.exit_code == 0
    assert "all 10,400 characters are on one line" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["visit=article.txt"], "say with --language"),
        (["bulletin=texts/bulletin.txt", "--language", "ar"], "these sources are known"),
        (["a=article.txt", "b=article.txt", *NEW], "are of one new source"),
        (["a=article.txt", "a=article.txt", *NEW], "given twice"),
        (["a=article.txt", "--language", "fr", "--title", "xx=Titre"], "the dataset is in ar, fr, en"),
        (["a=article.txt", "--language", "fr", "--title", "Titre"], "is not LANGUAGE=TEXT"),
        (["article.txt"], "is not SOURCE=FILE"),
        (["a=article.txt", "--language", "fr", "--issued", "2031-13"], '"2031-13" is not a date such as 2024-04-22'),
        (["a=article.txt", "--language", "fr", "--url", "example.org"], "not a web address that begins with http://"),
        (["a=article.txt", "--language", "fr", "--nature", "presse"], 'unknown nature "presse" in --nature; did you'),
    ],
)
def test_misuse_is_told(run, arguments, message):
    result = run(*arguments)
    assert (result.exit_code, message in result.stderr) == (2, True), result.output


def test_page_of_html_is_read_and_its_text_kept_beside_the_review(run, tmp_path):
    body = "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines() if line)
    page = f"<!DOCTYPE html><html lang=fr><head><title>Visite</title></head><body><nav>Menu</nav><article>{body * 3}"
    Path("page.html").write_text(page + "</article></body></html>", encoding="utf-8")
    out = tmp_path / "elsewhere"
    out.mkdir()
    result = run("visit=page.html", *NEW, "--out", str(out / "r.csv"))
    assert result.exit_code == 0, result.output
    text = (out / "visit.review.txt").read_bytes().decode()
    source, *others = lines(str(out / "r.csv"))
    assert source["extractor"].startswith("trafilatura ")
    assert (source["length"], source["sha256"]) == (str(len(text)), sha256(text.encode()).hexdigest())
    assert "Menu" not in text
    assert all(text[int(each["start"]) : int(each["end"])] == each["words"] for each in others)


@pytest.mark.processes
def test_same_input_gives_the_same_bytes(run):
    files = []
    for seed, zone in (("1", "UTC"), ("7", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        call = [sys.executable, str(ROOT / "build.py"), "read", "visit=article.txt", *NEW, "--data", "data"]
        subprocess.run(call, check=True, env=environment, capture_output=True, timeout=120)
        files.append(Path("visit.review.csv").read_bytes())
    assert files[0] == files[1]
