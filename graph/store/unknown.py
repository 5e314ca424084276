"""What a query names that the dataset has nothing of: why an answer may be empty, told with the nearest known name."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from graph.model.suggestion import suggestion
from graph.model.vocabulary import AZ
from graph.store.answer import table
from graph.store.query_errors import names_in
from graph.store.store import Store

_USED = "ASK { { %(it)s ?p ?o } UNION { ?s %(it)s ?o } UNION { ?s ?p %(it)s } }"
_TERMS = f'SELECT DISTINCT ?thing {{ ?thing a ?kind FILTER (STRSTARTS(STR(?thing), "{AZ}")) }}'
_ENTITIES = "SELECT DISTINCT ?thing { ?thing a az:Entity }"


def unknown(text: str, store: Store) -> Iterator[str]:
    """Tell of each name of ours in a query, `az:Pol` or `:agadr`, that no triple has; asked when no row came back."""
    for prefix, base, all_known in (("az", str(AZ), _TERMS), ("", store.base, _ENTITIES)):
        for name in names_in(text, prefix) if base else ():
            try:
                node = NamedNode(base + name)
            except ValueError:
                continue
            if not store.query(_USED % {"it": node}):
                things = table(store.query(all_known), thing=NamedNode)
                known = [f"{prefix}:{thing.value.removeprefix(base)}" for (thing,) in things]
                yield f"nothing is called {prefix}:{name}{suggestion(f'{prefix}:{name}', sorted(known))}"
