"""Where things stand: the data and ontology that come with the package, and how a path is shown to its reader."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_SHARE = _PACKAGE / "share"
_ROOT = _SHARE if _SHARE.is_dir() else _PACKAGE.parent

DATA = _ROOT / "data"
ONTOLOGY = _ROOT / "ontology"
OUT = Path("dist")


def shown(path: Path) -> str:
    """Give `path` as a message names it: relative to the working directory when inside it, else as given."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()
