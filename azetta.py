"""Azetta by a name that is nobody else's: where another `graph` stands in front of it on the path, this says so.

`azetta.open()` is `graph.open()`, and so with every public name; `python -m azetta` is the command line.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder

_OURS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "graph", "__init__.py")


def __getattr__(name: str) -> object:
    """Give a public name of `graph`; ImportError where that is another one."""
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if clash := _clash():
        raise ImportError(clash)
    import graph

    return getattr(graph, name)


def main() -> None:
    """Run the command line."""
    if clash := _clash():
        sys.exit(clash)
    from graph.start import main as start

    start()


def _clash() -> str:
    """Say what is imported as `graph`, if it is not the package that came with this; nothing if it is."""
    spec = sys.modules["graph"].__spec__ if "graph" in sys.modules else PathFinder.find_spec("graph")
    place = spec.origin if spec else None
    if place is None or os.path.realpath(place) == _OURS:
        return ""
    return (
        f"Azetta is the package “graph”, but {place} has that name too and comes first on Python's path: "
        "rename it, or start Python from another folder"
    )


if __name__ == "__main__":
    main()
