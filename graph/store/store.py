"""Whatever answers queries: a dataset here or any SPARQL 1.1 service, behind the same small interface.

The default graph is the union of the named graphs, each triple once however many sources say it.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.errors import QueryError, said
from graph.model.vocabulary import Term
from graph.store.answer import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object  # importing `typing` would take a tenth of the time of a whole query

HOME = "graph/description"
"""How the name of the graph that describes a dataset ends; what comes before is the base of its IRIs."""


class Store(Protocol):
    """Whatever answers queries."""

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that need no declaration."""

    @property
    def base(self) -> str:
        """What the dataset's own IRIs begin with; empty where it has no description."""

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
        source: str | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Answer a query: solutions of a SELECT, the truth of an ASK, the triples of a CONSTRUCT or DESCRIBE.

        `substitutions` gives variables of the SELECT clause their value; `source` asks that graph alone (an IRI, or
        the id of a source); `timeout` is in seconds. Raises QueryError, QueryTimeout or EndpointError.
        """

    def graphs(self) -> list[str]:
        """Give the IRIs of the named graphs, sorted."""


def graph_of(source: str, store: Store) -> str:
    """Give the graph that `source` names, by IRI or by id; QueryError with the known ones if there is none."""
    known = store.graphs()
    for name in (source, f"{store.base}source/{source}", f"{store.base}{source}"):
        if name in known:
            return name
    ids = [name.removeprefix(f"{store.base}source/") for name in known if name.startswith(f"{store.base}source/")]
    names = ", ".join(ids or known)
    raise QueryError(said("no source is called “{source}”; there are: {names}", source=source, names=names))
