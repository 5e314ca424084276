"""`azetta rename`: an entity has another id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.errors import said

if TYPE_CHECKING:
    from graph.curation.step import Files
    from graph.model.ontology import Ontology
    from graph.model.records import Facts


@click.command(cls=commands.Command)
@click.argument("id_", metavar="ID")
@click.argument("new", metavar="NEW")
@commands.reason
@commands.on
@commands.data
@commands.ontology
def command(id_: str, new: str, reason: str, on: str, data: str | None, ontology: str | None) -> None:
    """Give the entity ID the id NEW; the old address, and those of its claims, keep answering.

    Its names are cells of entities.csv and may be changed there.

    \b
    Examples:
      python build.py rename cmc-agadir cmc-souss-massa --reason "it is of the whole region"
    """
    from graph.curation import called, identity

    def make(tables: Path, facts: Facts, _: Ontology) -> Files:
        old = called.meant(said("no entity"), id_, called.entities(facts.entities))
        return identity.renamed(tables, facts, old, new, identity.Move(reason, on))

    commands.moving(data, ontology, f"rename {id_} {new}", make)
