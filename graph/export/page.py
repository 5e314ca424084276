"""The page, as one more format."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from graph.pipeline import Knowledge


def write(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as a page of HTML that needs nothing else."""
    from graph import page

    page.write(knowledge, stream, knowledge.texts)
