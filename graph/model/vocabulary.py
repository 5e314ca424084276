"""The namespaces and prefixes of the project, in one place.

>>> AZ.Claim
<NamedNode value=https://w3id.org/azetta/ontology#Claim>
>>> expand("schema:NewsArticle").value
'https://schema.org/NewsArticle'
>>> contract(RDF.type), contract(AZ.Claim)
('rdf:type', 'Claim')
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, NamedNode

#: What a fact is about or says.
Term = NamedNode | Literal


class Namespace(str):
    """An IRI prefix whose attributes are its terms: ``RDF.type``; `term` is for names that are not Python's."""

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        node = NamedNode(self + name)
        setattr(self, name, node)  # a large dataset asks for the same terms millions of times
        return node

    def term(self, name: str) -> NamedNode:
        """Give the term `name`, which may clash with a method of `str` (``DCTERMS.term("title")``)."""
        return NamedNode(self + name)


AZ = Namespace("https://w3id.org/azetta/ontology#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
VANN = Namespace("http://purl.org/vocab/vann/")
VOID = Namespace("http://rdfs.org/ns/void#")
WGS = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

PREFIXES: dict[str, str] = {
    "az": AZ,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "vann": VANN,
    "void": VOID,
    "wgs": WGS,
    "xsd": XSD,
}


@cache
def expand(name: str) -> NamedNode:
    """Turn `prefix:local`, or a bare local name of the ontology, into its IRI; KeyError for an unknown prefix."""
    if "://" in name:
        return NamedNode(name)
    prefix, colon, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local) if colon else AZ.term(name)


def contract(node: NamedNode) -> str:
    """Give the name that `expand` turns into `node`: a local name of the ontology, `prefix:local`, or else the IRI."""
    return node.value.removeprefix(AZ) if node.value.startswith(AZ) else shorten(node.value)


def shorten(iri: str) -> str:
    """Turn an IRI into `prefix:local` where a prefix fits, else leave it."""
    fitting = [(base, prefix) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    base, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri[len(base) :]}"
