"""A dataset of one's own, begun by `init`: what is asked, what is written, and that nothing is half written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from programs import run

from graph.curation import beginning

pytestmark = pytest.mark.processes

BASE = "https://data.example.org/valle/"
WRITTEN = [
    ".dist.made",
    ".gitattributes",
    ".github/workflows/check.yml",
    ".gitignore",
    "README.md",
    "data/claims.csv",
    "data/dataset.toml",
    *(f"data/{name}.csv" for name in ("decisions", "entities", "mentions", "moved", "passages", "sources")),
]
HEADERS = {
    "sources": "id,type,title_ar,title_fr,publisher,issued,url,licence,language,length,sha256,nature,extractor",
    "entities": "id,class,label_ar,label_fr,alt_ar,alt_fr,hidden_ar,hidden_fr,translated",
    "claims": "subject,property,object,status,source,start,end,record,subject_at,object_at,period_at,from,until",
    "mentions": "entity,source,start,end",
    "passages": "source,start,end,length,sha256",
    "decisions": "kind,a,b,source,reason,by,on",
    "moved": "old,new,reason,date",
}


def init(place: Path, *languages: str, folder: str = "valle", more: tuple[str, ...] = ()) -> Path:
    tags = [word for tag in languages for word in ("--language", tag)]
    done = run(place, "init", folder, "--base", BASE, *tags, *more)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return place / folder


def files(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.startswith(("dist/", ".dist.cache/")))


def test_a_dataset_in_two_languages(tmp_path: Path) -> None:
    folder = init(tmp_path, "ar", "fr")
    assert os.listdir(tmp_path) == ["valle"]
    assert files(folder) == WRITTEN
    assert {path.stem: path.read_bytes() for path in folder.glob("data/*.csv")} == {
        name: f"{header}\n".encode() for name, header in HEADERS.items()
    }
    assert (folder / "dist" / "index.html").is_file()
    assert folder.stat().st_mode & 0o777 == tmp_path.joinpath("valle", "data").stat().st_mode & 0o777


def test_what_the_dataset_is_stands_with_a_note_at_each_line(tmp_path: Path) -> None:
    text = (init(tmp_path, "es") / "data" / "dataset.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {
        "name": "valle",
        "base": BASE,
        "version": "0.1.0",
        "languages": ["es"],
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "publisher": "valle",
        "title": {"es": "valle"},
        "description": {"es": "Quién hace qué y dónde: cada dato remite al pasaje o al registro que lo dice."},
        "minimum": {},
    }
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"name|base|version|languages|licence|publisher|# focus|\[", line):
            assert lines[number - 1].startswith("# "), line


def test_what_git_and_its_host_are_told(tmp_path: Path) -> None:
    folder = init(tmp_path, "fr")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    table = "data/claims.csv"
    asked = subprocess.run(
        ["git", "check-attr", "text", "eol", "encoding", "--", table], cwd=folder, capture_output=True, check=True
    )
    assert asked.stdout.decode().splitlines() == [
        f"{table}: text: set",
        f"{table}: eol: lf",
        f"{table}: encoding: UTF-8",
    ]
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    kept = subprocess.run(["git", "ls-files"], cwd=folder, capture_output=True, check=True).stdout.decode().split()
    assert kept == WRITTEN[1:]
    text = (folder / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    assert "forme de GitHub" in text.splitlines()[0]
    (job,) = yaml.safe_load(text)["jobs"].values()
    steps = [step["run"] for step in job["steps"] if "run" in step]
    assert steps == ['pip install "$AZETTA"', "azetta check --format github"]
    assert re.fullmatch(r"azetta==\d+\.\d+\.\d+", yaml.safe_load(text)["env"]["AZETTA"])


@pytest.mark.parametrize(
    ("languages", "heading", "said"),
    [
        (["es"], "## La primera afirmación", "Al Amal"),
        (["fr"], "## La première affirmation", "Al Amal"),
        (["ar", "fr"], "## الإفادة الأولى", "مؤسسة الأمل"),
        (["en", "es", "zgh"], "## The first claim", "Al Amal"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_readme_leads_to_a_first_claim(tmp_path: Path, languages: list[str], heading: str, said: str) -> None:
    """By its own words: the sentence is saved, with the line break of an editor, and each command is typed."""
    folder = init(tmp_path, *languages)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert heading in readme.splitlines()
    (sentence,) = re.findall(r"^> (.+)$", readme, re.MULTILINE)
    assert said in sentence
    (name,) = set(re.findall(r"=\.\./(\S+)", readme))
    (tmp_path / name).write_text(f"{sentence}\n", encoding="utf-8", newline="")
    typed = [shlex.split(line.strip()) for line in readme.splitlines() if line.lstrip().startswith("azetta ")]
    assert [each[1] for each in typed] == [*["add"] * 6, "check", "build"]
    for each in typed[:-2]:
        added = run(folder, *each[1:])
        assert added.returncode == 0, added.stderr
    done = run(folder, *typed[-2][1:])
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "1 sources, 2 entities, 1 claims, 0 inferences: no problem"
    assert "warning" not in done.stderr
    assert run(folder, "build").stdout.startswith("1 sources, 2 entities, 1 claims, 0 inferences\n")


@pytest.mark.parametrize(
    ("languages", "heading"),
    [
        (["zgh", "ar", "fr"], "## الإفادة الأولى"),
        (["zgh", "fr"], "## La première affirmation"),
        (["de", "es"], "## La primera afirmación"),
        (["de"], "## La première affirmation"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_a_language_without_words_of_its_own_gets_those_of_the_next(languages: list[str], heading: str) -> None:
    files = beginning.written("valle", BASE, languages)
    assert heading in files["README.md"].decode().splitlines()
    assert list(tomllib.loads(files["data/dataset.toml"].decode())["description"]) == languages


def test_name_is_that_of_the_folder_unless_it_is_given(tmp_path: Path) -> None:
    assert 'name = "other"' in (init(tmp_path, "fr", more=("--name", "other")) / "data" / "dataset.toml").read_text()
    (tmp_path / "here").mkdir()
    init(tmp_path / "here", "fr", folder=".")
    assert (tmp_path / "here" / "dist" / "here.ttl").is_file()


def test_what_stands_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "valle" / "texts").mkdir(parents=True)
    (tmp_path / "valle" / "texts" / "one.txt").write_text("one")
    assert files(init(tmp_path, "fr")) == [*WRITTEN, "texts/one.txt"]
    assert sorted(path.name for path in (tmp_path / "valle").iterdir() if path.is_dir()) == [
        ".dist.cache",
        ".github",
        "data",
        "dist",
        "texts",
    ]


@pytest.mark.parametrize("taken", ["README.md", ".gitignore", "data/notes.txt", "dist/index.html", ".github/x.yml"])
def test_nothing_is_overwritten(tmp_path: Path, taken: str) -> None:
    path = tmp_path / "valle" / taken
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    done = run(tmp_path, "init", "valle", "--base", BASE, "--language", "fr")
    top = "/".join(["valle", taken.split("/")[0]])
    message = f"{top} is there already, and nothing is overwritten: move it, or name another folder\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", message)
    assert [path for path in (tmp_path / "valle").rglob("*") if path.is_file()] == [path]


def test_a_dataset_that_is_there_is_named(tmp_path: Path) -> None:
    folder = init(tmp_path, "fr")
    done = run(tmp_path, "init", "valle")
    assert done.returncode == 1
    assert done.stderr == "valle/ holds a dataset already: valle; name another folder for a new one\n"
    (folder / "data" / "dataset.toml").write_text("name =")
    assert "one whose dataset.toml cannot be read" in run(tmp_path, "init", "valle").stderr


def test_folder_that_cannot_be(tmp_path: Path) -> None:
    words = ("--base", BASE, "--language", "fr")
    done = run(tmp_path, "init", "no/where", *words)
    assert (done.returncode, done.stderr) == (1, "cannot write no/where/: there is no folder no\n")
    (tmp_path / "file").write_text("")
    assert run(tmp_path, "init", "file", *words).returncode == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Missing, with nobody here to ask: --base (such as https://data.example.org/my-region/), --language ("),
        (["--language", "fr"], "Missing, with nobody here to ask: --base (such as"),
        (["--base", BASE], "Missing, with nobody here to ask: --language (such as ar fr)"),
        (["--name", "Été"], '\'--name\': name "Été" may hold only a-z, 0-9 and "-"'),
        (
            ["--base", "example.org/"],
            '"example.org/" is not a web address that begins with http:// or https://; write it as in ',
        ),
        (["--base", "https://example.org/x"], 'must end with "/"'),
        (["--language", "French"], '"French" is not a language tag; write it as in ar fr'),
        (["--language", "fr", "--language", "fr"], "fr stands twice"),
        (["--language", ""], "it is empty; write it as in ar fr"),
        (["--base", BASE, "--base", BASE], "--base is given twice"),
    ],
)
def test_misuse_names_what_is_missing_or_wrong_and_writes_nothing(tmp_path, words, said) -> None:
    done = run(tmp_path, "init", "valle", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert os.listdir(tmp_path) == []


def test_folder_whose_name_cannot_be_the_dataset_s_wants_another(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "Ma Vallée", "--base", BASE, "--language", "fr")
    assert done.returncode == 2
    assert "Missing, with nobody here to ask: --name (such as my-region)" in done.stderr
