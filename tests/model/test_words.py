"""The interface's words: whole in every language, each of use, each once; one more file is one more language."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from graph.model import words

GRAPH = Path(words.FOLDER).parents[1]
FILES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in Path(words.FOLDER).glob("*.toml")}
TABLES = ("shared", "page", "query", "overview", "review", "server", "commands", "columns")
PLACES = {
    "page": [*(GRAPH / "page" / "js").glob("*.js"), GRAPH / "page" / "template.html", GRAPH / "page" / "kinds.toml"],
    "query": [*(GRAPH / "page" / "js" / "sparql").glob("*.js")],
    "overview": [*(GRAPH / "page" / "js" / "overview").glob("*.js")],
    "review": [*(GRAPH / "page" / "review").glob("*.js"), GRAPH / "page" / "review.html"],
    "server": [
        path
        for room in (GRAPH / "server", GRAPH / "web")
        for path in (*room.glob("*.py"), *(room / "templates").iterdir())
    ],
    "commands": [*(GRAPH / "commands").glob("*.py"), *(GRAPH / "curation").glob("*.py"), GRAPH / "asking.py"],
}
#: What Amazigh leaves to the next language: no sentence is written that nobody here can answer for.
UNSAID = {
    "zgh": {
        "shared": "needs notAsserted wayIn squareMetres all decisions",
        "page": "skipView who where what runs fade countedOnce unread onlyListed alsoThere firstSource"
        " firstClaims thenBuild unfiltered drawnOfAll mostLinked counted implied corroborated"
        " otherwise cite reportError whatIsWrong sendReport reportOn compareWith inBoth overview mapNote noMap"
        " smallMarks holders spotsNote towns nOfM townsNamed noSpots askOne answeredElsewhere copyCsv getCsv embedHelp"
        " quoted address tooOld texts copyHelp yourCopy showCopy orFile notText checking exactCopy otherCopy"
        " lostWords departs removeCopy citedWords namedWords uncitedWords paragraph proves namesEnds"
        " namesHere noTexts tours welcome takeTour notNow stepN previous next leaveTour printTour lanes"
        " undated outcome silence",
        "query": " ".join(key for key in FILES["ar"]["query"] if key != "ask"),
        "overview": " ".join(FILES["ar"]["overview"]),
        "review": " ".join(FILES["ar"]["review"]),
        "server": "place inferred cut explain explained original ontology classes properties concepts rules shapes"
        " diagram alignments changes above inverse single sole example downloads pages updates newSource decision moved"
        " gone MAD EUR USD",
        "commands": "added removed renamed merged changed noDifference passages value",
        "columns": "agent audience claim code entity initiative latitude launch listed longitude main named object ours"
        " part plan pointRecord pointSource pole province record against first last months stage subject texts via"
        " via2",
    }
}
#: How many words of a language a native reader has yet to confirm.
WAITING = {"zgh": 98}
IN_A_COPY = """
from dataclasses import replace
from pathlib import Path
from graph import pipeline
from graph.knowledge.triples import Asserted
from graph.model import words
from graph.page import html
assert words.languages() == ("ar", "fr", "en", "es", "zgh"), words.languages()
knowledge = pipeline.load(Path("data"), Path("ontology"))
titles = {**knowledge.info.title, "es": "Valle"}
info = replace(knowledge.info, languages=("es", "fr"), title=titles)
asserted = Asserted(replace(knowledge.facts, info=info), knowledge.ontology)
page = html.render(replace(knowledge, asserted=asserted))
assert '<html lang="es" dir="ltr">' in page
assert 'data-lang="es" data-short="ES" aria-pressed="false">Español</button>' in page
assert '"network":"Ver la red"' in page and '"network":"Network"' not in page
"""


def texts(language):
    return {(table, key): text for table in TABLES for key, text in FILES[language][table].items()}


def unsaid(language):
    return {(place, key) for place, keys in UNSAID.get(language, {}).items() for key in keys.split()}


@pytest.mark.parametrize("language", FILES)
def test_a_language_says_all_that_another_says_with_the_same_values_in_it(language):
    assert set(FILES[language]) - {"then"} == set(FILES["ar"])
    assert set(texts("ar")) - set(texts(language)) == unsaid(language)
    assert set(texts(language)) <= set(texts("ar"))
    assert [key for key, text in texts(language).items() if not text.strip()] == []
    for key, text in texts(language).items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", texts("ar")[key])), key


def test_what_a_language_lacks_another_says_and_is_named():
    assert [language for language in FILES if "then" in FILES[language]] == [*UNSAID]
    assert words.said("zgh", "page")["quoted"] == FILES["ar"]["page"]["quoted"]
    assert words.said("zgh", "page", ["zgh", "fr"])["quoted"] == FILES["fr"]["page"]["quoted"]
    assert words.lent("zgh", "page", ["zgh", "fr"])["quoted"] == "fr"
    assert [*words.lent("zgh", "page")] == [*UNSAID["zgh"]["shared"].split(), *UNSAID["zgh"]["page"].split()]
    assert words.columns("zgh")["stage"] == FILES["ar"]["columns"]["stage"]


@pytest.mark.parametrize("language", UNSAID)
def test_what_an_attribute_or_a_title_says_is_never_lent(language):
    """It cannot be told there in which language it is, nor in which direction it is read."""
    source = "".join(file.read_text(encoding="utf-8") for file in PLACES["page"])
    names = "title|placeholder|label|tip"
    page = set(re.findall(rf'(?:{names})"?[:=] ?(?:t\()?"(\w+)"|(?:{names}) = t\("(\w+)"', source))
    page = {key for keys in page for key in keys if key} | {"layer", "kind", "sector", "place", "status", "source"}
    titles = {key for key in FILES["ar"]["server"] if key.startswith("error")} | {"sparql"}
    assert {"search", "canvas", "neighbours", "evidenceOf", "filterRows"} <= page
    assert page & set(words.lent(language, "page")) == set()
    assert titles & set(words.lent(language, "server")) == set()


def test_what_is_written_in_a_language_is_written_in_its_letters():
    other = re.compile(r"[^\W\d_a-z\u2d30-\u2d7f]", re.IGNORECASE)
    known = {"SPARQL", "Turtle", "JavaScript", "id", *"nmkabqx"}
    for key, text in texts("zgh").items():
        assert not other.search(text), key
        assert set(re.findall(r"[A-Za-z]+", text)) <= known, key


def test_words_that_wait_for_a_native_reader_say_so():
    """One way to mark them, beside the word."""
    for language in FILES:
        lines = (Path(words.FOLDER) / f"{language}.toml").read_text(encoding="utf-8").splitlines()
        marks = [line for line in lines if "to be reviewed" in line and not line.startswith("#")]
        assert all(re.fullmatch(r'\w+ = ".*"  # to be reviewed', line) for line in marks)
        assert len(marks) == WAITING.get(language, 0), language


#: For these concepts another word was chosen: النوع, العنصر, الذكر, الاقتراح, مجموعة البيانات, السطر; enregistrement.
LEFT = {"ar": r"صنف|كيان|إشارة|إشارات|مقترح|قاعدة بيانات|قاعدة البيانات|الصف[وف ]", "fr": r"\bnotices?\b"}


@pytest.mark.parametrize("language", LEFT)
def test_a_concept_has_one_word(language):
    """In what the interface, the messages and the shapes say."""
    shapes = (GRAPH.parent / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    messages = tomllib.loads((Path(words.FOLDER) / "messages" / f"{language}.toml").read_text(encoding="utf-8"))
    said = [*texts(language).values(), *messages.values(), *re.findall(rf'"([^"]*)"@{language}\b', shapes)]
    assert len(said) > 600
    assert [text for text in said if re.search(LEFT[language], text)] == []


def test_a_word_stands_once():
    said = {}
    for key in texts("ar"):
        if key[0] != "columns":
            said.setdefault(tuple(texts(language).get(key) for language in FILES), []).append(key)
    assert [keys for keys in said.values() if len(keys) > 1] == []


def named(place, key):
    """Say whether the sources of a place name a word: by itself, or by the beginning of its name."""
    source = "".join(file.read_text(encoding="utf-8") for file in PLACES[place])
    return bool(re.search(rf'"{key}"|words\.{key}\b', source)) or (f'"{key[:6]}%d"' in source and key[6:].isdigit())


def test_nobody_carries_a_word_that_it_never_says():
    unsaid = {place: [key for key in FILES["ar"][place] if not named(place, key)] for place in PLACES}
    assert unsaid == {place: [] for place in PLACES}
    assert [key for key in FILES["ar"]["shared"] if sum(named(place, key) for place in PLACES) < 2] == []
    asked = "".join(file.read_text(encoding="utf-8") for file in (GRAPH / "store").rglob("*.rq"))
    assert set(FILES["ar"]["columns"]) <= set(re.findall(r"\?(\w+)", asked))


@pytest.mark.parametrize(
    ("place", "asks"),
    [("page", r'(?:\bt\(|copyButton\(|data-(?:t|label|tip)=)"(\w+)"'), ("server", r"\bwords\.(\w+)")],
)
def test_every_word_that_is_asked_for_is_there(place, asks):
    source = "".join(file.read_text(encoding="utf-8") for file in PLACES[place])
    asked = set(re.findall(asks, source))
    assert len(asked) > 20
    assert asked <= set(words.said("ar", place))


def test_french_keeps_its_signs_with_their_words():
    for table in ("shared", "page", "review", "server"):
        for text in FILES["fr"][table].values():
            assert not re.search(r"[^\u00a0][:?!;»]|«[^\u00a0]", re.sub(r"https?:", "", text)), text
            assert "'" not in text


def test_questions_rules_and_terms_keep_the_signs_of_their_languages():
    titled = [*(GRAPH / "store" / "questions").glob("*.rq"), *(GRAPH.parent / "ontology" / "rules").glob("*.rq")]
    told = [re.findall(r"#\+   (fr|en): (.*)", file.read_text(encoding="utf-8")) for file in titled]
    ontology = (GRAPH.parent / "ontology" / "ecosystem.ttl").read_text(encoding="utf-8")
    terms = re.findall(r"(?:label|Label|comment) (.*)", re.sub(r"(?:alt|hidden)Label", "", ontology))
    assert [
        text for texts in told for language, text in texts if language == "fr" and re.search(r" [?;:!»]", text)
    ] == []
    assert [text for texts in told for _, text in texts if re.search(r"\w'\w", text)] == []
    assert [text for text in terms if re.search(r"\w'\w", text)] == []


@pytest.mark.processes
def test_another_language_is_another_file(region):
    """Of the page and the command line, in a copy of the package."""
    copy = region / "graph"
    shutil.copytree(GRAPH, copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(GRAPH.parent / "ontology", region / "ontology")
    english = (copy / "model" / "words" / "en.toml").read_text(encoding="utf-8")
    spanish = english.replace('"English"', '"Español"').replace('"EN"', '"ES"').replace("rank = 3", "rank = 4")
    spanish = spanish.replace('network = "Network"', 'network = "Ver la red"').replace('what = "what"', 'what = "qué"')
    (copy / "model" / "words" / "es.toml").write_text(spanish, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(region)}
    subprocess.run([sys.executable, "-c", IN_A_COPY], env=environment, check=True)
    started = "from graph.start import main; main()"
    command = [sys.executable, "-c", started, "question", "commitments", "--lang", "es"]
    asked = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert "qué" in asked.stdout.split("\n")[0]
