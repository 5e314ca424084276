"""`azetta merge`: two entities are one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.errors import QueryError, said

if TYPE_CHECKING:
    from graph.curation.step import Files
    from graph.model.ontology import Ontology
    from graph.model.records import Facts


@click.command(cls=commands.Command)
@click.argument("id_", metavar="ID")
@click.argument("into", metavar="INTO")
@commands.reason
@commands.on
@commands.data
@commands.ontology
def command(id_: str, into: str, reason: str, on: str, data: str | None, ontology: str | None) -> None:
    """Make the entity ID one with the entity INTO, which keeps its id.

    Both are ids, or names in any spelling. What was said of ID, where it is named and what was decided is then of INTO,
    and so are its names. The old addresses, of claims too, keep answering: moved.csv tells what they are now. Nothing
    is written unless all of the data is right then; `undo` takes it back.

    \b
    Examples:
      python build.py merge orange-azul-center orange-digital-center --reason "the same centre, says its page"
    """
    from graph.curation import called, identity

    def make(tables: Path, facts: Facts, known: Ontology) -> Files:
        names = called.entities(facts.entities)
        try:
            old, new = (called.meant(said("no entity"), word, names) for word in (id_, into))
        except QueryError as exc:
            raise QueryError(f"{exc} (`rename` gives an entity another id)") from exc
        return identity.merged(tables, facts, known, old, new, identity.Move(reason, on))

    commands.moving(data, ontology, f"merge {id_} {into}", make)
