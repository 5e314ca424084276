"""The tables that several commands open, and how published names in them come to mean something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph import commands
from graph.errors import said

if TYPE_CHECKING:
    from graph.curation.identity import Move
    from graph.curation.step import Files
    from graph.model.ontology import Ontology
    from graph.model.records import Facts


@dataclass(frozen=True, slots=True)
class Tables:
    """The folders of tables and model that are meant, and what they hold."""

    folder: Path
    model: Path
    facts: Facts
    ontology: Ontology


def opened(data: str | None, ontology: str | None) -> Tables:
    """Read the tables that are named or meant, whole even where a change of them was killed; DataError if wrong."""
    from graph.curation import step
    from graph.facts import curated
    from graph.model import ontology as models

    meant = commands.sources(data, None, ontology, {})
    folder, model = Path(meant.data), Path(meant.ontology)
    step.recover(folder)
    known = models.load(model, folder)
    return Tables(folder, model, curated.load(folder, known), known)


@dataclass(frozen=True, slots=True)
class Moving:
    """A dataset in which published names are to mean something else, and why."""

    tables: Tables
    move: Move

    def entity(self, word: str) -> str:
        """Give the id of the entity that is called so."""
        from graph.curation import called

        return called.meant(said("no entity"), word, called.entities(self.tables.facts.entities))

    def write(self, files: Files) -> None:
        """Let the tables hold these files if all of the data is right then, and tell it."""
        from graph.curation import trial

        ctx, folder = click.get_current_context(), self.tables.folder
        given = (str(ctx.params[each.name or ""]) for each in ctx.command.params if isinstance(each, click.Argument))
        step = " ".join([str(ctx.info_name), *given])
        done = trial.change(folder, self.tables.model, files, step, commands.waiting(folder))
        for line in done.lines:
            click.echo(commands.told(line))
        commands.warn(done.wanted)


_reason = click.option("--reason", required=True, help="Why: it is published with the old name, in moved.csv.")


def moving(make: Callable[..., None]) -> click.Command:
    """Make a command of a function that is given what is to move, and its own arguments."""

    @wraps(make)
    def run(reason: str, on: str, data: str | None, ontology: str | None, **given: Any) -> None:
        from graph.curation.identity import Move

        make(Moving(opened(data, ontology), Move(reason, on)), **given)

    for option in (commands.ontology, commands.language, commands.data, commands.on, _reason):
        run = option(run)
    return click.command(cls=commands.Command)(run)
