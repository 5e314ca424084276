"""A build as a version of its dataset: read from its N-Quads, which hold all that two versions are compared by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.curation.version import ENDS, Fields, Saying, Version, described, finest, joined
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.own import written
from graph.model.vocabulary import AZ, DCTERMS, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, Term, contract, shorten

_Said = Mapping[str, list[Term]]
_NAMES = {"label": RDFS.label, "alt": SKOS.altLabel, "hidden": SKOS.hiddenLabel}
_SOURCE = {
    "publisher": DCTERMS.publisher,
    "issued": DCTERMS.issued,
    "url": SCHEMA.url,
    "licence": DCTERMS.license,
    "language": DCTERMS.language,
    "length": AZ.length,
    "sha256": AZ.sha256,
    "extractor": AZ.extractor,
}
#: All that is read of it; the facts themselves are told by the claims.
_READ = {
    *(*_NAMES.values(), *_SOURCE.values()),
    *(
        RDF.type,
        RDFS.subClassOf,
        RDF.subject,
        RDF.predicate,
        RDF.object,
        AZ.status,
        AZ.standing,
        AZ.record,
        AZ.until,
        AZ.nature,
    ),
    *(AZ.term(name) for name in ("from", "subjectAntecedent", "objectAntecedent", "periodAntecedent")),
    *(AZ.translatedLabel, DCTERMS.term("title"), PROV.hadPrimarySource, PROV.wasQuotedFrom),
    *(DCTERMS.isReplacedBy, OWL.deprecated, SKOS.changeNote),
}
_DESCRIPTION, _INFERRED = "graph/description", "graph/inferred"
_LAPSED = {"withdrawn", "outweighed"}


def of_build(path: Path, ontology: Ontology) -> Version:
    """Read the N-Quads of a build."""
    things: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    base = ""
    with path.open("rb") as stream:
        for quad in parse(stream, RdfFormat.N_QUADS):
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            base = graph.removesuffix(_DESCRIPTION) if graph.endswith(_DESCRIPTION) else base
            if graph.endswith(_INFERRED) or quad.predicate not in _READ:
                continue
            values = things[quad.subject.value][quad.predicate.value]
            if quad.object not in values:
                values.append(quad.object)
    iris = Iris(base)
    sources = {each.value for said in things.values() for each in _all(said, PROV.hadPrimarySource)}
    sources |= {iri for iri in things if iri.startswith(f"{base}source/") and "#" not in iri}
    own = {iri for iri in things if iri.startswith(base) and not {*"/#"} & {*iri[len(base) :]} and iri != base}
    claims = [said for said in things.values() if AZ.Claim in _all(said, RDF.type)]
    used = {each.value for said in claims for each in _all(said, RDF.predicate)}
    return Version(
        titles=_by_language(things[base], DCTERMS.term("title")),
        sources={iri.removeprefix(f"{base}source/"): _source(things[iri]) for iri in sorted(sources)},
        entities={
            iri.removeprefix(base): _entity(things[iri], things, ontology)
            for iri in sorted(own)
            if RDFS.label.value in things[iri] and RDF.type.value in things[iri]
        },
        claims=list(joined(_claims(things, iris))),
        moved=dict(_moved(things, iris)),
        terms={_term(NamedNode(iri)): _by_language(things[iri], RDFS.label) for iri in sorted(used)},
    )


def _all(said: _Said, predicate: NamedNode) -> list[Term]:
    return said.get(predicate.value, [])


def _text(said: _Said, predicate: NamedNode) -> str:
    return next((each.value for each in _all(said, predicate)), "")


def _term(node: NamedNode) -> str:
    """Give the name that the tables use for a term."""
    return written(contract(node))


def _by_language(said: _Said, predicate: NamedNode) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in _all(said, predicate):
        if isinstance(each, Literal) and each.language:
            found[each.language].append(each.value)
    return {language: "|".join(texts) for language, texts in found.items()}


def _entity(said: _Said, things: Mapping[str, _Said], ontology: Ontology) -> Fields:
    kinds = [each for each in _all(said, RDF.type) if isinstance(each, NamedNode)]
    classes = sorted(map(_term, {*kinds} - _above(kinds, things)))
    own = [name for name in classes if name in ontology.class_names or ":" not in name]
    cells = {"class": finest(own, ontology)}
    for kind, predicate in _NAMES.items():
        cells |= {f"{kind}_{tag}": text for tag, text in _by_language(said, predicate).items()}
    return described(cells | {"translated": "|".join(_by_language(said, AZ.translatedLabel))})


def _above(classes: Iterable[Term], things: Mapping[str, _Said]) -> set[Term]:
    """Give the classes above some, as the build's own ontology has them: one of the dataset's is known to no other."""
    found, left = set[Term](), [*classes]
    while left:
        more = {*_all(things.get(str(left.pop().value), {}), RDFS.subClassOf)} - found
        found |= more
        left += more
    return found


def _source(said: _Said) -> Fields:
    cells = {column: _text(said, predicate) for column, predicate in _SOURCE.items()}
    cells |= {f"title_{tag}": text for tag, text in _by_language(said, DCTERMS.term("title")).items()}
    cells["type"] = "|".join(sorted(shorten(each.value) for each in _all(said, RDF.type)))
    natures = (each for each in _all(said, AZ.nature) if isinstance(each, NamedNode))
    return described(cells | {"nature": "|".join(contract(each).lower() for each in natures)})


def _claims(things: Mapping[str, _Said], iris: Iris) -> Iterator[Saying]:
    for iri, said in things.items():
        if AZ.Claim not in _all(said, RDF.type):
            continue
        prop = NamedNode(_text(said, RDF.predicate))
        fields = {
            "status": _text(said, AZ.status).removeprefix(AZ).lower(),
            "from": _text(said, AZ.term("from")),
            "until": _text(said, AZ.until),
            "passages": _spans(said, PROV.wasQuotedFrom),
        }
        ends = zip(ENDS, ("subject", "object", "period"), strict=True)
        fields |= {column: _spans(said, AZ.term(f"{end}Antecedent")) for column, end in ends}
        standing = _text(said, AZ.standing).removeprefix(AZ).lower()
        yield Saying(
            subject=iris.name(NamedNode(_text(said, RDF.subject))),
            property=_term(prop),
            object=_object(_all(said, RDF.object)[0], iris),
            source=_text(said, PROV.hadPrimarySource).removeprefix(f"{iris.base}source/"),
            record=_text(said, AZ.record),
            fields=fields | ({"standing": standing} if standing in _LAPSED else {}),
            id=iri.removeprefix(f"{iris.base}claim/"),
        )


def _object(value: Term, iris: Iris) -> str:
    if not isinstance(value, NamedNode):
        return str(value.value)
    return f"az:{value.value.removeprefix(AZ)}" if value.value.startswith(AZ) else iris.name(value)


def _spans(said: _Said, predicate: NamedNode) -> str:
    return "|".join(each.value.partition("#char=")[2].replace(",", "-") for each in _all(said, predicate))


def _moved(things: Mapping[str, _Said], iris: Iris) -> Iterator[tuple[str, tuple[str, str]]]:
    for iri, said in things.items():
        if OWL.deprecated.value in said and iri.startswith(iris.base):
            new = next(iter(_all(said, DCTERMS.isReplacedBy)), None)
            yield (
                iri.removeprefix(iris.base),
                (iris.name(NamedNode(new.value)) if new else "", _text(said, SKOS.changeNote)),
            )
