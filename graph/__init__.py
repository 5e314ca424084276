"""Azetta: an evidence-backed knowledge graph of a regional digital ecosystem.

>>> import graph
>>> dataset = graph.open("data", language="en")
>>> dataset.query("SELECT ?who { ?who az:presidentOf :souss-massa-council }")[0]
{'who': 'https://w3id.org/azetta/souss-massa/karim-achengli'}
>>> dataset.entity("تكنوبارك تيزنيت")
<Entity technopark-tiznit: Technopark Tiznit>
>>> dataset.question("roles", person="كريم أشنكلي").to_polars()["council_name"][0]
'Souss-Massa Regional Council'
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from graph.dataset import Dataset as Dataset
    from graph.dataset import open as open  # noqa: A004
    from graph.errors import AzettaError as AzettaError
    from graph.errors import DataError as DataError
    from graph.errors import EndpointError as EndpointError
    from graph.errors import OutputError as OutputError
    from graph.errors import QueryError as QueryError
    from graph.errors import QueryTimeout as QueryTimeout
    from graph.errors import UpdateRefused as UpdateRefused
    from graph.notebook.entity import EntityView as EntityView
    from graph.notebook.page import PageFrame as PageFrame
    from graph.store.results import Rows as Rows

_HOMES = {
    "Dataset": "dataset",
    "open": "dataset",
    "Rows": "store.results",
    "EntityView": "notebook.entity",
    "PageFrame": "notebook.page",
    "AzettaError": "errors",
    "DataError": "errors",
    "EndpointError": "errors",
    "OutputError": "errors",
    "QueryError": "errors",
    "QueryTimeout": "errors",
    "UpdateRefused": "errors",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562): a command imports only what it needs."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"graph.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
