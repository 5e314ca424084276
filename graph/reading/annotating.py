"""Proposals as Web Annotations (https://www.w3.org/TR/annotation-model/), for the tools that show and correct them.

A mention identifies a thing; the annotation of a claim describes what its passage says, with the claim as its body.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.vocabulary import PREFIXES, expand
from graph.reading.annotations import CONTEXT
from graph.reading.proposals import Proposal

_OWN = {name: PREFIXES[name] for name in ("az", "prov")}
_SOURCE = {
    "url": "dcterms:identifier",
    "issued": "dcterms:issued",
    "language": "dcterms:language",
    "sha256": "az:sha256",
}
_PERIOD = {"from": "az:from", "until": "az:until"}
_ENDS = {"subject_at": "az:subjectAntecedent", "object_at": "az:objectAntecedent", "period_at": "az:periodAntecedent"}


def annotated(proposals: Iterable[Proposal], iris: Iris, ontology: Ontology) -> str:
    """Give proposals as JSON-LD: sources and new things as what is said of them, mentions and claims as annotations."""
    made = {"source": _source, "entity": _entity, "mention": _mention, "claim": _claim}
    graph = [made[each.kind](each, iris, ontology) for each in proposals]
    return f"{json.dumps({'@context': [CONTEXT, _OWN], '@graph': graph}, ensure_ascii=False, indent=1)}\n"


def _source(each: Proposal, iris: Iris, ontology: Ontology) -> dict[str, Any]:
    told = {name: each.cells[column] for column, name in _SOURCE.items() if each.cells.get(column)}
    return {"id": iris.source(each.id).value, **told, "dcterms:title": _texts(each.cells, "title_")}


def _entity(each: Proposal, iris: Iris, ontology: Ontology) -> dict[str, Any]:
    kinds = [expand(ontology.class_names[name]).value for name in each.cells["class"].split("|")]
    return {"id": iris.entity(each.id).value, "type": kinds, "label": _texts(each.cells, "label_")}


def _mention(each: Proposal, iris: Iris, ontology: Ontology) -> dict[str, Any]:
    return _annotation(each, "identifying", iris.entity(each.id).value, iris)


def _claim(each: Proposal, iris: Iris, ontology: Ontology) -> dict[str, Any]:
    cells = each.cells
    prop = ontology.properties[ontology.property_names[cells["property"]]]
    datatype = prop.datatype_of(cells["object"])
    value = {"@value": cells["object"], "@type": expand(datatype).value} if datatype else None
    claim: dict[str, Any] = {
        "type": "az:Claim",
        "rdf:subject": {"id": iris.entity(cells["subject"]).value},
        "rdf:predicate": {"id": prop.iri.value},
        "rdf:object": value or {"id": iris.entity(cells["object"]).value},
        "az:status": {"id": f"az:{cells['status'].capitalize()}"},
    }
    claim |= {name: cells[column] for column, name in _PERIOD.items() if cells.get(column)}
    for column, name in _ENDS.items():
        spans = [span.split("-") for span in cells.get(column, "").split("|") if span]
        if spans:
            claim[name] = [{"id": iris.passage(cells["source"], int(a), int(b)).value} for a, b in spans]
    return _annotation(each, "describing", claim, iris)


def _annotation(each: Proposal, motivation: str, body: object, iris: Iris) -> dict[str, Any]:
    source, start, end = each.cells["source"], int(each.cells["start"]), int(each.cells["end"])
    selectors = [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": each.words},
    ]
    return {
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": {"type": "SpecificResource", "source": iris.source(source).value, "selector": selectors},
        "creator": {"type": "Software", "name": each.proposer},
    }


def _texts(cells: Mapping[str, str], prefix: str) -> list[dict[str, str]]:
    names = [name for name in cells if name.startswith(prefix) and cells[name]]
    return [{"@language": name.removeprefix(prefix), "@value": cells[name]} for name in names]
