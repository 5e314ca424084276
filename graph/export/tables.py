"""The tables for spreadsheets: entities and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from graph.export import rows
from graph.model import spreadsheet

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge


def entities(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write one line per entity; see `rows.entities`."""
    spreadsheet.write(stream, *rows.entities(knowledge))


def claims(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write one line per passage or record that says a claim; see `rows.claims`."""
    spreadsheet.write(stream, *rows.claims(knowledge))
