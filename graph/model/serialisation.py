"""An answer as bytes: what the engine writes, mended where others could not read it back.

The engine does not quote an IRI with a comma in CSV, and writes into XML a carriage return as it is, which a reader
takes for a line feed, and the other controls, which XML does not hold at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pyoxigraph import QueryResultsFormat, RdfFormat, parse_query_results

SOLUTIONS = {
    "csv": QueryResultsFormat.TSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
"""The formats of solutions and truth values, each with the one of the engine that `mended` makes it from."""

GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
"""The formats of triples, likewise."""

_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# It begins with a plain character, by which it is found fast; tabs and line ends stand between terms only.
_IRI_WITH_COMMA = re.compile(rb"<(?<=[\t\n]<)([^<,\t\n]*,[^\t\n]*)>(?=[\t\n])")


class Unwritable(ValueError):
    """The format cannot hold what the answer holds."""


def mended(form: str, data: bytes) -> bytes:
    """Give the answer in the format `form`, from what the engine wrote; Unwritable if it cannot be."""
    return _MENDED[form](data) if form in _MENDED else data


class Mending:
    """Mends an answer in the format `form` piece by piece; those of a table end with whole rows."""

    def __init__(self, form: str) -> None:
        self._form, self._names = form, b""

    def __call__(self, piece: bytes) -> bytes:
        """Give the next piece mended; Unwritable if it cannot be."""
        whole = mended(self._form, self._names + piece)
        if self._form != "csv":
            return whole
        if self._names:
            return whole.partition(b"\r\n")[2]
        self._names = piece[: piece.find(b"\n") + 1]
        return whole


def _csv(tsv: bytes) -> bytes:
    """Turn TSV into CSV, each IRI that holds a comma as a text, which the engine quotes."""
    if not tsv.endswith(b"\n"):
        return tsv  # a truth value
    solutions = parse_query_results(_IRI_WITH_COMMA.sub(rb'"\1"', tsv), format=QueryResultsFormat.TSV)
    return solutions.serialize(format=QueryResultsFormat.CSV) or b""


def _xml(data: bytes) -> bytes:
    plain = len(data.translate(None, _CONTROLS)) == len(data) and b"\xef\xbf" not in data  # is found out fast
    if not plain and (found := _NOT_XML.search(data)):
        raise Unwritable(f"the answer holds the character U+{ord(found[0].decode()):04X}, which XML cannot hold")
    return data.replace(b"\r", b"&#xD;")


_MENDED: dict[str, Callable[[bytes], bytes]] = {"csv": _csv, "xml": _xml, "rdfxml": _xml}
