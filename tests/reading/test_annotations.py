"""Annotations and claims of other tools become proposals that `accept` takes; ours are what other tools read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from checkout import ROOT
from click.testing import CliRunner
from rdflib import Graph, Namespace

from graph.cli import main
from reading.reviews import COPY, ROW, TEXT, WHO

BASE = "https://example.org/emerald-valley/"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OA = Namespace("http://www.w3.org/ns/oa#")
PREFIXES = f"""\
@prefix az: <https://w3id.org/azetta/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <{BASE}> .
"""
#: As a build writes it: the words at 184 to 217 name the fab lab, those at 161 to 167 the town.
CLAIM = """\
<claim/x> a az:Claim ; rdf:subject <cafe-fab-lab> ; rdf:predicate az:locatedIn ; rdf:object <al-marsa> ;
  az:status az:Stated ; az:objectAntecedent <source/bulletin#char=161,167> ;
  prov:wasQuotedFrom <source/bulletin#char=184,217> .
"""


@pytest.fixture
def read(region):
    def run(name: str, content: str, *more: str):
        Path(name).write_text(content, encoding="utf-8", newline="")
        return CliRunner().invoke(main, ["read", name, *COPY, "--data", "data", *more])

    return run


def lines(path: str = "notes.review.csv") -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def note(body: object, *selectors: dict[str, object], source: str = f"{BASE}source/bulletin") -> dict[str, object]:
    target = {"type": "SpecificResource", "source": source, "selector": [*selectors]}
    return {"@context": CONTEXT, "type": "Annotation", "motivation": "identifying", "body": body, "target": target}


def position(start: int, end: int) -> dict[str, object]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: str, **more: str) -> dict[str, object]:
    return {"type": "TextQuoteSelector", "exact": exact, **more}


def test_claim_as_a_build_has_it_is_proposed_and_accepted(read):
    result = read("notes.ttl", PREFIXES + CLAIM)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert result.stdout == (
        "notes: 0 source, 0 entity, 0 mention, 1 claim (0 against known claims) in notes.review.csv\n"
    )
    [line] = lines()
    assert (line["words"], line["proposer"], line["decision"]) == (TEXT[184:217], "notes.ttl", "")
    text = Path("notes.review.csv").read_text(encoding="utf-8").replace("\n,claim,", "\naccept,claim,")
    Path("notes.review.csv").write_text(text, encoding="utf-8")
    accepted = CliRunner().invoke(main, ["accept", "notes.review.csv", *COPY, *WHO, "--data", "data"])
    assert accepted.exit_code == 0, accepted.output
    assert ROW in Path("data/claims.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "selectors",
    [
        [position(14, 24)],
        [quote(TEXT[14:24])],
        [position(14, 24), quote(TEXT[14:24])],
        [position(3, 9), quote(TEXT[14:24])],  # of another copy
        [quote(TEXT[14:24], prefix=TEXT[4:14], suffix=TEXT[24:30])],
    ],
)
@pytest.mark.parametrize("source", [f"{BASE}source/bulletin", "https://example.org/bulletin"], ids=["iri", "url"])
def test_web_annotation_of_something_new_is_a_thing_and_its_mention(read, selectors, source):
    thing = {"id": f"{BASE}digital-bulletin", "type": "https://w3id.org/azetta/ontology#Programme"}
    thing["label"] = [{"@value": "نشرة رقمية", "@language": "ar"}, {"@value": "Newsletter", "@language": "de"}]
    annotation = note(thing, *selectors, source=source)
    annotation["creator"] = {"type": "Person", "name": "Nadia"}
    result = read("notes.jsonld", json.dumps(annotation))
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    entity, mention = lines()
    assert (entity["id"], entity["class"], entity["label_ar"]) == ("digital-bulletin", "Programme", "نشرة رقمية")
    assert (mention["id"], mention["start"], mention["end"]) == ("digital-bulletin", "14", "24")
    assert {each["proposer"] for each in (entity, mention)} == {"Nadia"}


def test_long_quotations_are_looked_for_as_they_are_written_and_who_says_so_is_no_formula(read):
    annotation = note(f"{BASE}cafe-fab-lab", quote(TEXT[184:217])) | {"creator": {"name": "=1+1" + "x" * 200}}
    long = [note(f"{BASE}barmij", quote(f"{TEXT} {n} " * 100)) for n in range(100)]  # nine minutes, word by word
    result = read("notes.jsonld", json.dumps([annotation, *long]))
    assert "refused: 100 at no passage of the text" in result.stderr
    [line] = lines()
    assert line["proposer"] == "'=1+1" + "x" * 116


MISTAKEN = {
    "past the end": (note(f"{BASE}barmij", position(5, 9_999)), "at no passage of the text"),
    "reversed": (note(f"{BASE}barmij", position(24, 14)), "at no passage of the text"),
    "nowhere": (note(f"{BASE}barmij"), "at no passage of the text"),
    "other words": (note(f"{BASE}barmij", quote("not a word of it")), "at no passage of the text"),
    "twice": (note(f"{BASE}emerald-valley", quote("وادي الزمرد")), "with words that stand at several places"),
    "other source": (
        note(f"{BASE}barmij", position(1, 5), source="https://example.org/else"),
        "whose text is not given",
    ),
    "foreign": (note("https://elsewhere.example/x", position(1, 5)), "of a new thing whose address is not one of"),
    "nameless": (note(f"{BASE}somebody", position(1, 5)), "of a new thing whose address is not one of"),
    "a source": (
        note(f"{BASE}source/gazetteer", position(1, 5)),
        "with a thing, property, status or value that is not",
    ),
    "a name without end": (
        note(
            {
                "id": f"{BASE}x",
                "type": "https://w3id.org/azetta/ontology#City",
                "label": {"@value": "x" * 900, "@language": "fr"},
            },
            position(1, 5),
        ),
        "without a name and a class",
    ),
    "no body": (note({"type": "TextualBody", "value": "nice"}, position(1, 5)), "of a new thing whose address"),
}


@pytest.mark.parametrize(("annotation", "message"), MISTAKEN.values(), ids=MISTAKEN)
def test_what_cannot_be_grounded_is_refused_and_said(read, annotation, message):
    result = read("notes.jsonld", json.dumps(annotation))
    assert (result.exit_code, lines()) == (0, [])
    assert result.stderr.startswith("notes.jsonld: warning: refused: 1 ")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("az:locatedIn", "az:owns", "that is not known"),
        ("az:Stated", "az:Certain", "that is not known"),
        ("<al-marsa>", "<nowhere>", "of a new thing whose address is not"),
        ("#char=184,217", "", "whose text is not given"),
        ("prov:wasQuotedFrom <source/bulletin#char=184,217>", "az:record 'body/1'", "at no passage of the text"),
        ("#char=161,167", "#char=161,99999", "at no passage of the text"),
        ("<al-marsa>", '"al-marsa"', "that is not known"),  # a text where a thing is told of
        ("az:Stated ;", 'az:Stated ; az:from "=1+1" ;', "that is not known"),
        ("az:locatedIn ; rdf:object <al-marsa>", "az:count ; rdf:object '" + "9" * 1000 + "'", "that is not known"),
        ("<cafe-fab-lab> ;", "<new> ;", "without a name and a class"),
    ],
)
def test_claim_that_the_model_or_the_text_lacks_is_refused(read, old, new, message):
    formula = '<new> a az:Programme ; rdfs:label "=HYPERLINK(1)"@fr , "a\\nb"@ar .\n'  # a spreadsheet would run it
    result = read("notes.ttl", PREFIXES + formula + CLAIM.replace(old, new))
    assert (result.exit_code, lines()) == (0, [])
    assert message in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("notes.ttl", "@prefix az: <https://w3id.org/azetta/ontology#> .\n<a> b", "notes.ttl:2: it cannot be read: "),
        ("notes.jsonld", "{", "notes.jsonld:1: it cannot be read: "),
        ("notes.jsonld", '{"@context": "https://evil.example/context"}', "is somewhere else, and nothing is fetched"),
        ("notes.jsonld", '{"@context": {"@import": "https://evil.example/context"}}', "and nothing is fetched"),
        (
            "notes.jsonld",
            '{"@context": {"p": {"@id": "x:p", "@context": "https://evil.example/"}}}',
            "nothing is fetched",
        ),
        ("notes.jsonld", f'[{f"""{{"@context": "{CONTEXT}"}},""" * 200_000}{{}}]', "more than 10,000 times"),
        ("notes.jsonld", "[" * 100_000, "it cannot be read: "),
        ("notes.ttl", "# " + "x" * 16_000_000, "more than the 16,000,000 bytes"),
        ("notes.nt", "\udcff", "it cannot be read: "),
    ],
)
def test_file_that_is_none_is_told(region, name, content, message):
    Path(name).write_bytes(content.encode("utf-8", "surrogateescape"))
    result = CliRunner().invoke(main, ["read", name, *COPY, "--data", "data"])
    assert (result.exit_code, message in result.stderr) == (1, True), result.output
    assert not Path("notes.review.csv").exists()


def test_text_that_is_not_the_very_one_is_refused(read):
    Path("texts/bulletin.txt").write_bytes(f"{TEXT}!".encode())
    result = read("notes.ttl", PREFIXES + CLAIM)
    assert (result.exit_code, "changed since it was read" in result.stderr) == (1, True)


def test_misuse_is_told(region):
    Path("notes.ttl").write_text(PREFIXES, encoding="utf-8")
    for arguments, message in (
        (["notes.ttl", "--language", "fr"], "only --text, --format and --out are said"),
        (["notes.ttl", "--text", "other=texts/bulletin.txt"], '"other" is no source of the data'),
        (["bulletin=texts/bulletin.txt", *COPY], "name the file"),
        (["gone.ttl"], "does not exist"),
    ):
        result = CliRunner().invoke(main, ["read", *arguments, "--data", "data"])
        assert (result.exit_code, message in result.stderr) == (2, True), result.output


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD reader
def test_annotations_that_are_written_are_read_again_as_the_same_proposals(read, region):
    """And another reader of JSON-LD finds in them what the Web Annotation model says."""
    claims = Path("data/claims.csv")
    kept = [line for line in claims.read_text(encoding="utf-8").splitlines() if ",bulletin," not in line]
    claims.write_text("\n".join([*kept, ""]), encoding="utf-8")
    call = ["read", "bulletin=texts/bulletin.txt", "--data", "data"]
    assert CliRunner().invoke(main, call).exit_code == 0
    assert CliRunner().invoke(main, [*call, "--format", "jsonld"]).exit_code == 0
    written = Path("bulletin.review.jsonld").read_text(encoding="utf-8")
    assert read("notes.jsonld", written).stderr == ""
    own = ("confidence", "cue", "candidates")
    ours, theirs = (
        [{k: v for k, v in each.items() if k not in own} for each in lines(f"{name}.review.csv")]
        for name in ("bulletin", "notes")
    )
    assert len(ours) > 3
    assert sorted(map(str, theirs)) == sorted(map(str, ours))
    told = json.loads(written)
    assert told["@context"][0] == CONTEXT
    told["@context"][0] = json.loads((ROOT / "graph" / "reading" / "anno.json").read_text(encoding="utf-8"))
    graph = Graph()
    graph.parse(data=json.dumps(told), format="json-ld")
    exact = {str(each) for each in graph.objects(None, OA.exact)}
    assert exact == {each["words"] for each in ours if each["kind"] != "entity"}


def test_whole_build_fed_back_is_all_known_already(built):
    """Claims that cite records have no passage; nothing else is refused, and each claim repeats one of the tables."""
    result = CliRunner().invoke(main, ["read", "dist/emerald-valley.ttl", *COPY, "--data", "data"])
    assert result.exit_code == 0, result.output
    assert [part.split(" ", 1)[1] for part in result.stderr.partition("refused: ")[2].strip().split("; ")] == [
        "at no passage of the text"
    ]
    found = lines("emerald-valley.review.csv")
    assert {each["kind"] for each in found} == {"claim"}
    assert all(each["against"] for each in found)
