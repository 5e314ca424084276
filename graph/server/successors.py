"""What became of published IRIs: as the dataset says, and of mentions and inferences, as follows from what they name.

The dataset tells of entities, sources and claims. A mention has its entity's name in its own, an inference the hash of
what it says, so that both are called otherwise as soon as their entity is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from graph.model.iris import digest

MOVED = """
SELECT ?old ?new ?reason WHERE {
  ?old owl:deprecated true ; skos:changeNote ?reason .
  OPTIONAL { ?old dcterms:isReplacedBy ?new }
}
"""
INFERRED = """
SELECT DISTINCT ?old ?new ?inference ?subject ?predicate ?object WHERE {
  ?old dcterms:isReplacedBy+ ?new .
  ?inference rdf:subject|rdf:object ?new ; a az:Inference .
  ?inference rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
}
"""
_MENTION = re.compile(r"mention/[^/]+/[0-9]+-[0-9]+/")
_Row = Mapping[str, Mapping[str, str]]


class Successors:
    """The IRIs that are no longer used, by the rows that answer MOVED and INFERRED; `base` is the dataset's."""

    def __init__(self, moved: Iterable[_Row] = (), inferred: Iterable[_Row] = (), base: str = "") -> None:
        self._base = base
        self._moved = {
            row["old"]["value"]: (row["new"]["value"] if "new" in row else "", row["reason"]["value"]) for row in moved
        }
        self._moved |= self._inferences(list(inferred))

    def of(self, iri: str) -> tuple[str, str] | None:
        """Give the IRI that replaces another, empty where none does, and the reason; None for one that is in use."""
        name = iri.removeprefix(self._base)
        if mention := _MENTION.match(name):
            new, reason = self._moved.get(self._base + name[mention.end() :], ("", ""))
            gone = (new and f"{self._base}{mention[0]}{new.removeprefix(self._base)}", reason)
            return gone if reason else None
        return self._moved.get(iri)

    def _inferences(self, rows: list[_Row]) -> Iterator[tuple[str, tuple[str, str]]]:
        """Give the former IRI of each inference, with the one of now and why its entity is called otherwise."""
        former: dict[str, dict[str, None]] = defaultdict(dict)
        for row in rows:
            former[row["new"]["value"]][row["old"]["value"]] = None
        for row in rows:
            subject, predicate, object_ = (row[name]["value"] for name in ("subject", "predicate", "object"))
            for ends in product((subject, *former[subject]), (object_, *former[object_])):
                if ends != (subject, object_):
                    old = digest(*(f"<{each}>" for each in (ends[0], predicate, ends[1])))
                    reason = self._moved[row["old"]["value"]][1]
                    yield f"{self._base}inference/{old}", (row["inference"]["value"], reason)
