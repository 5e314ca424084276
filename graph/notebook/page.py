"""The page of a build inside a notebook."""

from __future__ import annotations

from html import escape
from pathlib import Path


class PageFrame:
    """The page in a frame that holds all of it, so that it works wherever the notebook is read, without a network.

    What runs in it cannot reach the notebook.
    """

    def __init__(self, path: Path, height: int) -> None:
        self.path, self.height = path, height

    def __repr__(self) -> str:
        return f"<Page {self.path}>"

    def _repr_html_(self) -> str:
        page = escape(self.path.read_text(encoding="utf-8"))
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts allow-popups allow-downloads" allow="fullscreen"'
            f' style="width:100%;height:{self.height}px;border:0"></iframe>'
        )
