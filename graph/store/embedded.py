"""A dataset in this process, asked by Oxigraph.

>>> from pyoxigraph import Literal, NamedNode, Quad
>>> place, name, source = (NamedNode(f"https://example.org/{word}") for word in ("place", "name", "source"))
>>> store = Embedded([Quad(place, name, Literal("أكادير"), source)])
>>> bool(store.query('ASK { ?place ?name "أكادير" }'))
True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode, Quad, Variable
from pyoxigraph import Store as Engine

from graph.errors import QueryError, said
from graph.model.vocabulary import PREFIXES, Term
from graph.store.answer import Answer, answer_of
from graph.store.query_errors import check, explain, graphs_named
from graph.store.store import HOME, graph_of

UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
"""Puts each triple once into the default graph: the engine's own union of graphs repeats what two graphs hold."""


class Embedded:
    """A dataset in this process, from quads or in an engine that holds their union too; it is only ever read.

    With `union`, every triple of a named graph is also in the default graph, which is what the project's questions
    expect; without, the quads are asked as they stand.
    """

    def __init__(self, dataset: Iterable[Quad] | Engine, *, union: bool = True) -> None:
        self._engine = dataset if isinstance(dataset, Engine) else _filled(dataset, union)
        self._union = union
        self.base = next((name.removesuffix(HOME) for name in self.graphs() if name.endswith(HOME)), "")
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
                (*(default or ()), *(named or ())) if chosen else graphs_named(text, self.base, self.prefixes)
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
                raise QueryError(
                    said("<{name}>: there is no such graph; there are: {names}", name=name, names=", ".join(known))
                )

    def _ask(
        self,
        text: str,
        substitutions: Mapping[str, Term] | None,
        default: Sequence[str] | None,
        named: Sequence[str] | None,
    ) -> Answer:
        try:
            found = self._engine.query(
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
        return answer_of(found)

    def graphs(self) -> list[str]:
        """Give the IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self._engine.named_graphs() if isinstance(name, NamedNode))


def _filled(quads: Iterable[Quad], union: bool) -> Engine:
    engine = Engine()
    engine.bulk_extend(quads)
    if union:
        engine.update(UNION)
    return engine
