"""The queries of ours that are no documented questions: one file each, in `queries/`."""

from __future__ import annotations

from importlib.resources import files

_QUERIES = files("graph.store") / "queries"


def query_text(name: str) -> str:
    """Give the text of a query of ours."""
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
