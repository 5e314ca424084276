"""The table of formats: what each output file is called, what it is, and what writes it.

A new format is one line here and one function ``write(knowledge, stream)``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import PurePath

from graph.errors import OutputError, said


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its `name` is how the names of its files end, `{}` in `file` stands for the name of the dataset.

    `built` tells whether a build writes it; the others are for `export` alone. What is drawn as a whole has at most so
    many things and links that most programs open it with ease: of more, `export` alone writes it.
    """

    name: str
    file: str
    media: str
    writer: str
    built: bool = True
    most: float = math.inf


PAGE = "html"
#: Of how many claims the page holds more than an overview; that has some 20 MB.
MOST_CLAIMS = 25_000
_PARQUET = "application/vnd.apache.parquet"
_CSL = "application/vnd.citationstyles.csl+json"
_DRAWN = 150_000  # some 80 MB
_TABLE = (
    Format("ttl", "{}.ttl", "text/turtle", "graph.export.rdf:turtle"),
    Format("trig", "{}.trig", "application/trig", "graph.export.rdf:trig"),
    Format("nq", "{}.nq", "application/n-quads", "graph.export.rdf:n_quads"),
    Format("jsonld", "{}.jsonld", "application/ld+json", "graph.export.rdf:json_ld"),
    Format("rdf", "{}.rdf", "application/rdf+xml", "graph.export.rdf:rdf_xml"),
    Format("graphml", "{}.graphml", "application/xml", "graph.export.networks:graphml", most=_DRAWN),
    Format("gexf", "{}.gexf", "application/xml", "graph.export.networks:gexf", most=_DRAWN),
    Format("entities.csv", "entities.csv", "text/csv", "graph.export.tables:entities"),
    Format("claims.csv", "claims.csv", "text/csv", "graph.export.tables:claims"),
    Format("void.ttl", "void.ttl", "text/turtle", "graph.export.rdf:description"),
    Format("ontology.ttl", "ontology.ttl", "text/turtle", "graph.export.rdf:ontology"),
    Format("ontology.html", "ontology.html", "text/html", "graph.web.ontology:write"),
    Format(PAGE, "index.html", "text/html", "graph.page.html:write"),
    Format("sparql.html", "index.html", "text/html", "graph.page.html:write_with_engine", built=False),
    Format("ttl12", "{}.ttl12", "text/turtle", "graph.export.rdf:turtle_12", built=False),
    Format("nt12", "{}.nt12", "application/n-triples", "graph.export.rdf:n_triples_12", built=False),
    Format("nanopub.trig", "claims.nanopub.trig", "application/trig", "graph.export.nanopubs:write", built=False),
    Format("quickstatements", "{}.quickstatements", "text/plain", "graph.export.quickstatements:write", built=False),
    Format("citation.txt", "citation.txt", "text/plain", "graph.export.citations:text", built=False),
    Format("bib", "citation.bib", "application/x-bibtex", "graph.export.citations:bibtex", built=False),
    Format("ris", "citation.ris", "application/x-research-info-systems", "graph.export.citations:ris", built=False),
    Format("csl.json", "citation.csl.json", _CSL, "graph.export.citations:csl", built=False),
    Format("datacite.json", "datacite.json", "application/json", "graph.export.citations:datacite", built=False),
    Format("kumu.json", "{}.kumu.json", "application/json", "graph.export.networks:kumu", built=False),
    Format("sqlite", "{}.sqlite", "application/vnd.sqlite3", "graph.export.database:write", built=False),
    Format("entities.parquet", "entities.parquet", _PARQUET, "graph.export.parquet:entities", built=False),
    Format("claims.parquet", "claims.parquet", _PARQUET, "graph.export.parquet:claims", built=False),
)
FORMATS = {each.name: each for each in _TABLE}
BUILT = tuple(each for each in _TABLE if each.built)
#: What a site has to download: what a build writes for other programs.
DATA = tuple(each for each in BUILT if each.media != "text/html")


def find(file: str) -> Format:
    """Give the format that the name of a file, or of a format, ends with; the longest that fits.

    >>> find("agadir.ttl").name, find("agadir-claims.csv").name
    ('ttl', 'claims.csv')

    Raises OutputError, which lists the known ones.
    """
    name = PurePath(file).name.lower()
    fitting = [known for known in FORMATS if name == known or name.endswith((f".{known}", f"-{known}"))]
    if not fitting:
        endings = ", ".join(FORMATS)
        raise OutputError(
            said("no format is known for {file}: a name ends in one of {endings}", file=repr(file), endings=endings)
        )
    return FORMATS[max(fitting, key=len)]
