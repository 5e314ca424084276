"""Where SPARQL runs: an embedded Oxigraph here, or any SPARQL 1.1 service behind the same small interface.

The default graph is the union of the named graphs, each triple once however many sources say it.

>>> from pyoxigraph import Literal, NamedNode, Quad
>>> place, name, source = (NamedNode(f"https://example.org/{word}") for word in ("place", "name", "source"))
>>> store = Embedded([Quad(place, name, Literal("أكادير"), source)])
>>> bool(store.query('ASK { ?place ?name "أكادير" }'))
True
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import (
    NamedNode,
    Quad,
    RdfFormat,
    Variable,
)
from pyoxigraph import (
    Store as Engine,
)

from graph.errors import OutputError, QueryError
from graph.model.vocabulary import PREFIXES
from graph.store.answer import Answer, Term
from graph.store.query_errors import check, dataset, explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object  # importing `typing` would take a tenth of the time of a whole query

DISK_ABOVE = 50_000_000
"""Bytes of N-Quads above which the dataset is kept in a store on disk: in memory it would take more than a second to
load and some 300 MB to hold (48 MB/s and 6 bytes a byte, measured on 134,000 quads), on disk 10 ms to open, though a
scan of all its triples is then six times slower."""

UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
"""Puts each triple once into the default graph: the engine's own union of graphs repeats what two graphs hold."""

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


class Embedded:
    """A dataset in this process, from the path of an N-Quads file or from quads; it is only ever read.

    With `union`, every triple of a named graph is also in the default graph, which is what the project's questions
    expect; without, the quads are asked as they stand.
    """

    def __init__(self, dataset: str | Iterable[Quad] | Engine, *, union: bool = True, base: str | None = None) -> None:
        self._engine = dataset if isinstance(dataset, Engine) else _load(dataset, union)
        self._union = union
        homes = (name.removesuffix(HOME) for name in self.graphs() if name.endswith(HOME))
        self.base = next(homes, "") if base is None else base
        self.prefixes = PREFIXES | {"": self.base} if self.base else dict(PREFIXES)

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
        source: str | None = None,
        timeout: float | None = None,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a query (see `Store.query`); `default` and `named` are the graphs of a SPARQL Protocol dataset."""
        check(text, self.prefixes)
        if self._union:
            chosen = default is not None or named is not None
            self._check_graphs(
                (*(default or ()), *(named or ())) if chosen else dataset(text, self.base, self.prefixes)
            )
        if source is not None:
            default = named = [graph_of(source, self)]
        elif named is not None and default is None:
            default = []
        if timeout is not None:
            from graph.store.deadline import answered

            return answered(lambda: self._ask(text, substitutions, default, named), timeout)
        return self._ask(text, substitutions, default, named)

    def _check_graphs(self, names: Iterable[str]) -> None:
        """Refuse a graph that is none of ours: it may be meant as a document, and nothing is fetched."""
        for name in names:
            if name not in (known := self.graphs()):
                raise QueryError(f"<{name}>: there is no such graph; there are: {', '.join(known)}")

    def _ask(
        self,
        text: str,
        substitutions: Mapping[str, Term] | None,
        default: Sequence[str] | None,
        named: Sequence[str] | None,
    ) -> Answer:
        try:
            return self._engine.query(
                text,
                base_iri=self.base or None,
                prefixes=self.prefixes,
                substitutions={Variable(name): value for name, value in (substitutions or {}).items()} or None,
                default_graph=None if default is None else [NamedNode(name) for name in default],
                named_graphs=None if default is None else [NamedNode(name) for name in named or ()],
            )
        except SyntaxError as error:
            raise explain(text, error, self.prefixes) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(str(error)) from error

    def graphs(self) -> list[str]:
        """Give the IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self._engine.named_graphs() if isinstance(name, NamedNode))


def graph_of(source: str, store: Store) -> str:
    """Give the graph that `source` names, by IRI or by id; QueryError with the known ones if there is none."""
    known = store.graphs()
    for name in (source, f"{store.base}source/{source}", f"{store.base}{source}"):
        if name in known:
            return name
    ids = [name.removeprefix(f"{store.base}source/") for name in known if name.startswith(f"{store.base}source/")]
    raise QueryError(f"no source is called “{source}”; there are: {', '.join(ids or known)}")


def prepared(path: str) -> str | Engine:
    """Give what `Embedded` opens for a built N-Quads file: the file itself or, above `DISK_ABOVE`, a store on disk.

    The store stands beside the folder of the file, named by what it was made from; it is made once, under another name
    until it is whole, and opened for reading only, so that any number of processes may share it.
    """
    size = os.path.getsize(path)
    if size <= DISK_ABOVE:
        return path
    from graph.store.disk import opened

    return opened(path)


def merged(path: str) -> Embedded:
    """Open only the union of the graphs in a built N-Quads file, in two thirds of the time: for text without GRAPH."""
    with open(path, "rb") as stream:
        data = stream.read()
    if not data.endswith(b"> .\n"):
        raise OutputError(f"cannot read {path}: its last line is cut off; build again")
    # A built line ends with its graph's name, and a line end within a literal is escaped.
    triples = dict.fromkeys(line.rpartition(b" <")[0] for line in data.splitlines())
    engine = Engine()
    try:
        engine.load(b" .\n".join((*triples, b"")), format=RdfFormat.N_TRIPLES, lenient=True)
    except SyntaxError as error:
        raise OutputError(f"cannot read {path}: {error}; build again") from error
    end = data.find(f"{HOME}> .".encode())
    return Embedded(engine, base=data[data.rfind(b"<", 0, end) + 1 : end].decode())


def _load(dataset: str | Iterable[Quad], union: bool) -> Engine:
    engine = Engine()
    try:
        if isinstance(dataset, str):
            engine.load(path=dataset, format=RdfFormat.N_QUADS, lenient=True)
        else:
            engine.bulk_extend(dataset)
    except (OSError, SyntaxError) as error:
        raise OutputError(f"cannot read {dataset}: {error}; build again") from error
    if union:
        engine.update(UNION)
    return engine
