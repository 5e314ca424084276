"""`azetta merge`: two entities are one."""

from __future__ import annotations

import click

from graph.commands._tables import Moving, moving
from graph.errors import QueryError, said


@moving
@click.argument("id_", metavar="ID")
@click.argument("into", metavar="INTO")
def command(meant: Moving, id_: str, into: str) -> None:
    """Make the entity ID one with the entity INTO, which keeps its id.

    Both are ids, or names in any spelling. What was said of ID, where it is named and what was decided is then of INTO,
    and so are its names. The old addresses, of claims too, keep answering: moved.csv tells what they are now. Nothing
    is written unless all of the data is right then; `undo` takes it back.

    \b
    Examples:
      python build.py merge orange-azul-center orange-digital-center --reason "the same centre, says its page"
    """
    from graph.curation import identity

    try:
        old, new = map(meant.entity, (id_, into))
    except QueryError as exc:
        raise QueryError(said("{fault} (`rename` gives an entity another id)", fault=exc.args[0])) from exc
    meant.write(identity.merged(meant.folder, meant.facts, meant.ontology, old, new, meant.move))
