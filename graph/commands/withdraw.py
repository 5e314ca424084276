"""`azetta withdraw`: an entity or a claim is taken out of the data."""

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
@click.argument("what", metavar="ID")
@commands.reason
@commands.on
@commands.data
@commands.ontology
def command(what: str, reason: str, on: str, data: str | None, ontology: str | None) -> None:
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
    from graph.curation import called, identity

    names = list[str]()

    def make(tables: Path, facts: Facts, _: Ontology) -> Files:
        claims = {f"claim/{each.id}" for each in facts.claims}
        name = what if what in claims else called.meant(said("no entity"), what, called.entities(facts.entities))
        names.extend((name, *facts.entities[name].names()) if name in facts.entities else ())
        return identity.withdrawn(tables, facts, name, identity.Move(reason, on))

    tables = commands.moving(data, ontology, f"withdraw {what}", make)
    for trace in identity.traces(tables, names):
        commands.say(str(trace._replace(level="warning")))
