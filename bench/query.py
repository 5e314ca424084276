"""How soon a query is answered: the whole cold process, and warm, against rdflib and the engine alone.

    python build.py && python bench/query.py

Every figure is a median of runs that take turns in one go, so that the noise of the machine falls on all alike; the
ratios are what to look at.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

COLD_RUNS, WARM_RUNS, IN_A_ROW = 21, 11, 10
QUERY = "SELECT ?pole ?theme WHERE { ?pole a az:Pole ; az:seeksSolutionsFor ?theme }"
RDFLIB = """
import click, rdflib
@click.command()
@click.argument("query")
def main(query):
    graph = rdflib.Dataset(default_union=True)
    graph.parse("dist/souss-massa.nq", format="nquads")
    for row in graph.query(query, initNs={"az": "https://w3id.org/azetta/ontology#"}):
        click.echo("  ".join(row))
main()
"""
WARM = {
    "lookup": "SELECT ?p ?o WHERE { :agadir ?p ?o }",
    "join": QUERY,
    "evidence": """SELECT ?s ?p ?o ?start ?end WHERE {
        ?claim a az:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasQuotedFrom ?passage .
        ?passage oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end }""",
    "aggregate": "SELECT ?kind (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e a ?kind } GROUP BY ?kind ORDER BY DESC(?n)",
    "path": "SELECT ?a ?b WHERE { ?a az:partOf/az:locatedIn ?b }",
    "optional": "SELECT ?e ?l ?n WHERE { ?e a az:Place ; rdfs:label ?l OPTIONAL { ?e az:population ?n } }",
    "negation": "SELECT ?e WHERE { ?e a az:Entity FILTER NOT EXISTS { ?e az:locatedIn ?place } }",
    "text": 'SELECT ?e WHERE { ?e rdfs:label ?l FILTER(CONTAINS(?l, "الرقمي")) }',
    "construct": "CONSTRUCT { ?a az:partnerOf ?b } WHERE { ?a az:partnerOf ?b }",
}


def turns(runs: int, work: dict[str, Callable[[], object]], times: int = 1) -> dict[str, float]:
    """Run each piece of work in turn, `runs` times `times` in a row; give the median seconds of one."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(runs):
        for name, run in work.items():
            start = time.perf_counter()
            for _ in range(times):
                run()
            taken[name].append((time.perf_counter() - start) / times)
    return {name: statistics.median(times) for name, times in taken.items()}


def process(*arguments: str) -> Callable[[], object]:
    """Make a piece of work of a whole Python process."""
    return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def cold() -> None:
    """Show how long a whole process takes to answer one query."""
    found = turns(
        COLD_RUNS,
        {
            "python -c pass": process("-c", "pass"),
            "python -c 'import click'": process("-c", "import click"),
            "build.py query": process("build.py", "query", QUERY),
            "click + rdflib": process("-c", RDFLIB, QUERY),
        },
    )
    base, ours, other = found["python -c pass"], found["build.py query"], found["click + rdflib"]
    print(f"cold: the whole process, one query, medians of {COLD_RUNS}")
    for name, seconds in found.items():
        print(f"  {name:<26}{seconds * 1000:>8.1f} ms {seconds / base:>7.1f} × python -c pass")
    print(f"  aim ≤ 4 × python -c pass: {ours / base:.1f}; ≥ 6 × sooner than rdflib: {other / ours:.1f}\n")


def warm() -> None:
    """Show how long a query takes in a process that has the dataset in memory, as the server's workers do."""
    import pyoxigraph
    import rdflib

    from graph.dataset import Dataset
    from graph.store.embedded import UNION, Embedded

    path = str(next((ROOT / "dist").glob("*.nq")))
    engine = pyoxigraph.Store()
    engine.load(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
    engine.update(UNION)
    ours = Embedded(engine)
    other = rdflib.Graph()
    for triple in Dataset(ours).to_rdflib().triples((None, None, None)):
        other.add(triple)
    print(f"warm: all rows read, medians of {WARM_RUNS} times {IN_A_ROW} in a row, {len(other):,} triples")
    print(f"  {'':<12}{'here':>10}{'engine':>10}{'rdflib':>10}   rdflib/here   here/engine")
    ratios = []
    for name, text in WARM.items():
        found = turns(
            WARM_RUNS,
            {
                "here": lambda text=text: list(ours.query(text).rows),
                "engine": lambda text=text: list(engine.query(text, prefixes=ours.prefixes)),
                "rdflib": lambda text=text: list(other.query(text, initNs=ours.prefixes)),
            },
            IN_A_ROW,
        )
        ratios.append((found["rdflib"] / found["here"], found["here"] / found["engine"]))
        times = "".join(f"{found[who] * 1000:>8.2f}ms" for who in ("here", "engine", "rdflib"))
        print(f"  {name:<12}{times}{ratios[-1][0]:>13.0f}×{ratios[-1][1]:>13.2f}×")
    slower, over = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"  aim ≥ 30 × sooner than rdflib: {slower:.0f}; aim ≤ 1.3 × the engine alone: {over:.2f}")


if __name__ == "__main__":
    cold()
    warm()
