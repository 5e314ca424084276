"""The shapes find what each case says, and both engines say the same: `shacl`, which builds use, and pySHACL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import shacl
from checkout import DATA, ONTOLOGY
from pyoxigraph import RdfFormat, serialize
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Node

from graph.model.vocabulary import PREFIXES
from graph.pipeline import build, load

HERE = Path(__file__).parent
CASES = sorted((HERE / "shapes").glob("*.ttl"))

NOT_CONSTRAINTS = {"message", "path", "prefixes", "property", "qualifiedValueShape"}

Finding = tuple[str, str, str, str]


@cache
def shapes() -> tuple[shacl.Shapes, Graph]:
    path = ONTOLOGY / "shapes.ttl"
    return shacl.Shapes.from_file(str(path)), Graph().parse(path)


@cache
def model() -> str:
    """Give what validation needs of the ontology as N-Triples: its classes, and what its properties say."""
    whole, graph = Graph().parse(ONTOLOGY / "ecosystem.ttl"), Graph()
    single, among = URIRef(PREFIXES["az"] + "singleValued"), URIRef(PREFIXES["schema"] + "rangeIncludes")
    for predicate in (RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range, single, among):
        for subject, value in whole.subject_objects(predicate):
            graph.add((subject, predicate, value))
    return graph.serialize(format="nt")


@pytest.fixture(scope="module", autouse=True)
def each_query_is_parsed_once() -> Iterator[None]:
    """Let rdflib prepare a query once, as its `prepareQuery` does: parsing the same ones is nine tenths of pySHACL."""
    parsed: dict[tuple[object, ...], object] = {}

    def prepared(text: str, base: str | None = None, prefixes: Mapping[str, str] | None = None) -> object:
        key = (text, base, *sorted((prefixes or {}).items()))
        if key not in parsed:
            parsed[key] = translateQuery(parseQuery(text), base, prefixes)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parseQuery", lambda text: text)
        patch.setattr(processor, "translateQuery", prepared)
        yield


def expected(case: Path) -> list[list[str]]:
    lines = case.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("#: ").split(" ", 2) for line in lines if line.startswith("#: ")]


def read(case: Path | None) -> str:
    """Give the case, the common data and the ontology as one Turtle text, which each engine parses itself."""
    texts = [(HERE / "oasis.ttl").read_text(encoding="utf-8"), case.read_text(encoding="utf-8") if case else ""]
    return "\n".join([*texts, model()])


def path_text(path: Node | None, graph: Graph) -> str:
    if path is None or isinstance(path, URIRef):
        return f"<{path}>" if path else ""
    if inverse := graph.value(path, SH.inversePath):
        return f"^{path_text(inverse, graph)}"
    if repeated := graph.value(path, SH.zeroOrMorePath):
        return f"({path_text(repeated, graph)})*"
    if either := graph.value(path, SH.alternativePath):
        return "(" + "|".join(path_text(part, graph) for part in Collection(graph, either)) + ")"
    return "(" + "/".join(path_text(part, graph) for part in Collection(graph, path)) + ")"


def bare(term: str | None) -> str:
    return "_:" if (term or "").startswith("_:") else term or ""


def by_shacl(data: str) -> tuple[list[Finding], list[tuple[str, str, str]]]:
    results = shapes()[0].validate_turtle(data).results
    found = sorted((bare(r.focus_node), r.path or "", r.component, bare(r.value)) for r in results)
    return found, [(bare(r.focus_node), r.component, r.message or "") for r in results]


def by_pyshacl(data: str) -> list[Finding]:
    graph = Graph().parse(data=data, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes()[1], inplace=True)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, path, value = (report.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.value))
        component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        plain = [bare(term.n3() if term is not None else None) for term in (focus, value)]
        found.append((plain[0], path_text(path, report), component, plain[1]))
    return sorted(found)


def agrees(said: tuple[str, str, str], wanted: list[str]) -> bool:
    focus, component, message = wanted
    if not focus.startswith(("_:", "<", '"')):
        prefix, _, name = focus.partition(":")
        focus = f"<{PREFIXES.get(prefix, 'https://example.org/oasis/')}{name}>"
    return said[0] == focus and said[1] == f"{component}ConstraintComponent" and message in said[2]


@pytest.mark.long
def test_the_common_data_is_valid() -> None:
    assert by_shacl(read(None)) == ([], [])
    assert by_pyshacl(read(None)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    _, said = by_shacl(read(case))
    wanted = expected(case)
    assert len(said) == len(wanted), said
    assert not [want for want in wanted if not any(agrees(one, want) for one in said)], said


@pytest.mark.oracle
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_both_engines_find_the_same(case: Path) -> None:
    data = read(case)
    assert by_pyshacl(data) == by_shacl(data)[0]


@pytest.mark.oracle
@pytest.mark.parametrize(
    "data", [DATA, HERE.parent / "regions" / "emerald-valley" / "data"], ids=["souss-massa", "emerald"]
)
def test_a_published_dataset_is_valid(data: Path) -> None:
    """Its N-Quads hold all that the shapes speak of, the ontology included."""
    triples = (quad.triple for quad in load(data, ONTOLOGY).quads())
    text = serialize(triples, format=RdfFormat.N_TRIPLES).decode()
    assert by_shacl(text) == ([], [])
    assert by_pyshacl(text) == []


@pytest.mark.oracle
def test_the_turtle_is_valid_together_with_the_ontology(tmp_path: Path) -> None:
    """As the README says; alone it lacks what the classes and properties are."""
    build(HERE.parent / "regions" / "emerald-valley" / "data", ONTOLOGY, tmp_path / "dist")
    texts = [(tmp_path / "dist" / name).read_text(encoding="utf-8") for name in ("emerald-valley.ttl", "ontology.ttl")]
    assert by_shacl("\n".join(texts)) == ([], [])
    assert by_pyshacl("\n".join(texts)) == []
    assert by_shacl(texts[0])[0] != []


def test_every_message_is_in_each_language_and_fills_in_the_same() -> None:
    graph = shapes()[1]
    for shape in set(graph.subjects(SH.message)):
        said = {message.language: message for message in graph.objects(shape, SH.message)}
        assert sorted(said) == ["ar", "en", "es", "fr"], said
        filled = {tuple(sorted(re.findall(r"\{[?$]\w+\}", text))) for text in said.values()}
        assert len(filled) == 1, said
        assert said["ar"].count("\u2068") == said["ar"].count("\u2069")


def test_every_constraint_has_a_case_that_shows_it() -> None:
    graph = shapes()[1]
    shown = {(want[1], want[2]) for case in CASES for want in expected(case)}
    for shape, message in graph.subject_objects(SH.message):
        if message.language != "en":
            continue
        parameters = {str(term).removeprefix(str(SH)) for term in graph.predicates(shape) if term in SH}
        for name in parameters - NOT_CONSTRAINTS:
            component = "SPARQL" if name == "select" else name[0].upper() + name[1:]
            if not name.startswith("target"):
                assert any(component == one and words in message for one, words in shown), f"{component}: {message}"
