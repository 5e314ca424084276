"""Each claim as a nanopublication: what it says, where from, and who published it under which licence; unsigned.

A claim that is not asserted, such as a plan, is not asserted here either: its nanopublication says that the source
plans it. The trusty URI, by which anybody sees that not a character was changed, is made by `nanopub`, an extra.
See https://nanopub.net/guidelines/working_draft/ and https://trustyuri.net/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graph.errors import OutputError, said
from graph.knowledge.triples import within
from graph.model.iris import date
from graph.model.vocabulary import DCTERMS, PROV, RDF, Namespace, Term

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.model.records import Claim

_NP = Namespace("http://www.nanopub.org/nschema#")


def write(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write one nanopublication per claim as TriG, in the order of the claims."""
    named = _namer(f"{knowledge.iris.base}np/")
    quads = (quad for claim in knowledge.facts.claims for quad in named(_graphs(knowledge, claim)))
    serialize(quads, stream, RdfFormat.TRIG, prefixes={**knowledge.ontology.prefixes, "np": _NP})


Graphs = dict[str, list[Triple]]


def _graphs(knowledge: Knowledge, claim: Claim) -> Graphs:
    """Give the three graphs of content; in them the nanopublication is called "" and the assertion "assertion"."""
    iris, made, info = knowledge.iris, knowledge.asserted, knowledge.info
    source = knowledge.facts.sources[claim.source]
    told = list(made.claim(claim))
    here = {RDF.type, RDF.subject, RDF.predicate, RDF.object}
    content = [made.fact(claim)] if claim.asserted else told[:5]
    nanopub, assertion = _local(""), _local("assertion")
    provenance = [Triple(assertion, each.predicate, each.object) for each in told if each.predicate not in here]
    provenance += made.source(source)
    provenance += (each for span in claim.spans for each in made.passage(claim.source, *span))
    values: list[tuple[NamedNode, Term | None]] = [
        (PROV.wasDerivedFrom, iris.claim(claim)),
        (DCTERMS.term("isPartOf"), iris.dataset),
        (DCTERMS.publisher, Literal(info.publisher)),
        (DCTERMS.license, NamedNode(info.licence)),
        (DCTERMS.created, date(source.issued)),
    ]
    pubinfo = [Triple(nanopub, name, value) for name, value in values if value is not None]
    return {"assertion": content, "provenance": list(dict.fromkeys(provenance)), "pubinfo": pubinfo}


def _local(name: str) -> NamedNode:
    """Name a part of the nanopublication at hand, until its hash is known."""
    return NamedNode(f"np:///{name}")


def _head() -> list[Triple]:
    nanopub = _local("")
    parts = (_NP.hasAssertion, "assertion"), (_NP.hasProvenance, "provenance"), (_NP.hasPublicationInfo, "pubinfo")
    return [
        Triple(nanopub, RDF.type, _NP.Nanopublication),
        *(Triple(nanopub, predicate, _local(name)) for predicate, name in parts),
    ]


def _namer(base: str) -> Callable[[Graphs], Iterator[Quad]]:
    """Give what names the parts of a nanopublication under `base` by the hash of its content."""
    try:
        import rdflib
        from nanopub.trustyuri.rdf import RdfHasher
    except ModuleNotFoundError as error:
        message = said("to write nanopublications, install what it needs: pip install 'azetta[nanopub]'")
        raise OutputError(message) from error

    def plain(term: object) -> rdflib.URIRef | rdflib.Literal:
        if isinstance(term, Literal):
            return rdflib.Literal(
                term.value, lang=term.language, datatype=None if term.language else term.datatype.value
            )
        assert isinstance(term, NamedNode)  # noqa: S101 - the dataset has no blank node
        return rdflib.URIRef(term.value.replace("np:///", base))

    def named(graphs: Graphs) -> Iterator[Quad]:
        parts = {"Head": _head(), **graphs}
        quads = [each for name, triples in parts.items() for each in within(_local(name), triples)]
        said = [tuple(map(plain, (q.graph_name, q.subject, q.predicate, q.object))) for q in quads]
        key = RdfHasher.make_hash(list(said), hashstr=" ", baseuri=base)

        def final(term: rdflib.URIRef | rdflib.Literal) -> Any:
            if isinstance(term, rdflib.Literal):  # its normal form, which every reader's hash is of
                datatype = NamedNode(term.datatype) if term.datatype else None
                return Literal(str(term), language=term.language, datatype=datatype)
            local = term.removeprefix(base) if term.startswith(base) else None
            return NamedNode(term if local is None else f"{base}{key}#{local}" if local else f"{base}{key}")

        for graph, subject, predicate, value in said:
            yield Quad(final(subject), final(predicate), final(value), final(graph))

    return named
