"""Where things stand: the data and ontology that come with the package, and how a path is shown to its reader."""

from __future__ import annotations

from pathlib import Path

from graph.origin import ROOT

DATA = Path(ROOT, "data")
ONTOLOGY = Path(ROOT, "ontology")


def shown(path: Path) -> str:
    """Give `path` as a message names it: relative to the working directory when inside it, else as given."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()
