"""`azetta rename`: an entity has another id."""

from __future__ import annotations

import click

from graph.commands._tables import Moving, moving


@moving
@click.argument("id_", metavar="ID")
@click.argument("new", metavar="NEW")
def command(meant: Moving, id_: str, new: str) -> None:
    """Give the entity ID the id NEW; the old address, and those of its claims, keep answering.

    Its names are cells of entities.csv and may be changed there.

    \b
    Examples:
      python build.py rename cmc-agadir cmc-souss-massa --reason "it is of the whole region"
    """
    from graph.curation import identity

    meant.write(identity.renamed(meant.folder, meant.facts, meant.entity(id_), new, meant.move))
