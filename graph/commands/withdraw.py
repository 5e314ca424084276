"""`azetta withdraw`: an entity or a claim is taken out of the data."""

from __future__ import annotations

import click

from graph import commands
from graph.commands._tables import Moving, moving


@moving
@click.argument("what", metavar="ID")
def command(meant: Moving, what: str) -> None:
    """Take an entity out of the data, with all that is said of it; or one claim.

    ID is an entity's id or name, or the id of a claim (claim/ID, as claims.csv of a build has it). Its rows leave every
    table, and so do the digests of passages that nothing else cites. Of it remain the old address, its claims' too, and
    the reason: who asks there is told that it is gone (410). Where a table still names it, that is said.

    A claim that is only no longer held true is not taken out: decisions.csv says so of it, and it stays described.

    \b
    Examples:
      python build.py withdraw some-person --reason "at the wish of the person"
      python build.py withdraw claim/0123456789abcdef --reason "the source took it back"
    """
    from graph.curation import identity

    facts = meant.facts
    name = what if what.startswith("claim/") else meant.entity(what)
    meant.write(identity.withdrawn(meant.folder, facts, name, meant.move))
    names = (name, *facts.entities[name].names()) if name in facts.entities else ()
    commands.warn(identity.traces(meant.folder, names))
