"""The tables that several commands open, and how published names in them come to mean something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
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


@dataclass(frozen=True)
class Tables:
    """The folders of tables and model that are meant, and what they hold, read once it is asked for."""

    folder: Path
    model: Path

    @cached_property
    def ontology(self) -> Ontology:
        """The model, with the dataset's own terms, whole even where a change of them was killed; DataError if wrong."""
        from graph.curation import step
        from graph.model import ontology

        step.recover(self.folder)
        return ontology.load(self.model, self.folder)

    @cached_property
    def facts(self) -> Facts:
        """What the tables hold; DataError if wrong."""
        from graph.facts import curated

        return curated.load(self.folder, self.ontology)

    def entity(self, word: str) -> str:
        """Give the id of the entity that is called so."""
        from graph.facts import called

        return called.meant(said("no entity"), word, called.entities(self.facts.entities))


def tables(make: Callable[..., None]) -> Callable[..., None]:
    """Give a function, as its first argument, the tables that are named or meant."""

    @wraps(make)
    def run(data: str | None, ontology: str | None, **given: Any) -> None:
        meant = commands.sources(data, None, ontology, {})
        make(Tables(Path(meant.data), Path(meant.ontology)), **given)

    return commands.data(commands.language(commands.ontology(run)))


@dataclass(frozen=True)
class Moving(Tables):
    """Tables in which published names are to mean something else, and why."""

    move: Move

    def write(self, files: Files) -> None:
        """Let the tables hold these files if all of the data is right then, and tell it."""
        from graph.curation import trial

        ctx = click.get_current_context()
        given = (str(ctx.params[each.name or ""]) for each in ctx.command.params if isinstance(each, click.Argument))
        step = " ".join([str(ctx.info_name), *given])
        done = trial.change(self.folder, self.model, files, step, commands.waiting(self.folder))
        for line in done.lines:
            commands.tell(line)
        commands.warn(done.wanted)


def moving(make: Callable[..., None]) -> click.Command:
    """Make a command of a function that is given what is to move, and its own arguments."""

    @click.command(cls=commands.Command)
    @click.option("--reason", required=True, help="Why: it is published with the old name, in moved.csv.")
    @commands.on
    @tables
    @wraps(make)
    def run(meant: Tables, reason: str, on: str, **given: Any) -> None:
        from graph.curation.identity import Move

        make(Moving(meant.folder, meant.model, Move(reason, on)), **given)

    return run
