"""What is said of a thing as plain JSON, for programs that know no RDF: ids with names, claims with their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from graph.model.records import ASSERTED
from graph.model.vocabulary import DCTERMS, RDFS, SKOS, shorten
from graph.web.record import Answers, Solution
from graph.web.terms import ShownLabels

_NAMES = tuple(each.value for each in (RDFS.label, DCTERMS.term("title"), SKOS.altLabel))
_ENDS = ("subject", "property", "object")


def plain(iri: str, answers: Answers, labels: ShownLabels) -> dict[str, Any]:
    """Describe `iri` by the answers to the queries of its record (`graph.web.record.ASKED`).

    A thing is its `id`, as seen from the dataset or by prefix, and what it is called in the reader's language; a value
    is a text with its language. `fact` is false for what is planned, discussed or over; positions are characters.
    """

    def term(found: dict[str, str]) -> dict[str, Any]:
        if found["type"] != "uri":
            return {"value": found["value"]} | ({"language": found["xml:lang"]} if "xml:lang" in found else {})
        local = shorten(found["value"]).removeprefix(labels.base)
        return {"id": local, "name": labels.cell(found).text}

    def statement(row: Solution) -> dict[str, Any]:
        told = {name: term(row[name]) for name in _ENDS}
        status = term(row["status"])["id"].removeprefix("az:") if "status" in row else ""
        return told | {"status": status, "fact": not status or status.lower() in ASSERTED}

    def claims() -> Iterator[dict[str, Any]]:
        for claim, group in groupby(sorted(answers["claims"], key=_claim), key=_claim):
            rows = list(group)
            first = rows[0]
            source = term(first["source"]) | ({"url": first["address"]["value"]} if "address" in first else {})
            cited = {"record": first["record"]["value"]} if "record" in first else {"passages": _spans(rows)}
            yield {"claim": claim.removeprefix(labels.base), **statement(first), "source": source, **cited}

    told = answers["statements"]
    return {
        **term({"type": "uri", "value": iri}),
        "iri": iri,
        "kinds": [term(kind) for kind in {row["type"]["value"]: row["type"] for row in answers["types"]}.values()],
        "names": [term(row["object"]) for row in told if row["property"]["value"] in _NAMES],
        "claims": [*claims()],
        "inferred": [
            statement(row) | {"rule": term(row["rule"])}
            for row in {row["inference"]["value"]: row for row in answers["inferences"]}.values()
        ],
        "mentions": [
            {"source": term(row["source"]), "passage": [int(row["start"]["value"]), int(row["end"]["value"])]}
            for row in answers["mentions"]
        ],
    }


def _claim(row: Solution) -> str:
    return row["claim"]["value"]


def _spans(rows: list[Solution]) -> list[list[int]]:
    return [[int(row["start"]["value"]), int(row["end"]["value"])] for row in rows if "start" in row]
