"""What a word of `diff` means: a folder of tables, a build, or a revision of the dataset in git."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph import origin
from graph.curation import published, version
from graph.curation.version import Version
from graph.errors import DataError, OutputError, said, shown
from graph.model import ontology as models
from graph.model.inputs import TABLES
from graph.model.ontology import Ontology
from graph.system.scratch import scratch


def read(word: str, data: Path, ontology: Path) -> Version:
    """Read a version: a folder of tables or one that holds `data/`, a build, or a revision of the folder `data` in git.

    A revision (`v1`, `HEAD~3`) may name another folder, by its path from the top of the repository (`v1:data`).
    Raises DataError where it cannot be read, OutputError where the word means none of these.
    """
    folder = Path(word)
    if folder.is_dir():
        if build := origin.build_in(word):
            return published.of_build(Path(build.whole()), models.load(ontology))
        inner = folder / origin.DATA
        tables = folder if any((folder / name).is_file() for name in TABLES) or not inner.is_dir() else inner
        return version.of_tables(tables, shown(tables), _model(ontology, tables))
    with _revision(word, data) as tables:
        return version.of_tables(tables, word, _model(ontology, tables))


def _model(ontology: Path, tables: Path) -> Ontology:
    """Give the model with the dataset's own terms, or without those that it could not read today."""
    try:
        return models.load(ontology, tables)
    except DataError:
        return models.load(ontology)


@contextmanager
def _revision(word: str, data: Path) -> Iterator[Path]:
    """Give a folder that holds the tables of a revision, as long as it is needed."""
    home = data if data.is_dir() else Path()
    revision, named, path = word.partition(":")
    none = said('"{word}" is no folder, and {home} lies in no git repository', word=word, home=shown(home))
    top, prefix = (_git(home, "rev-parse", what, fault=none) for what in ("--show-toplevel", "--show-prefix"))
    path = path if named else prefix
    missing = said(
        '"{word}" is no folder, and git knows no revision "{revision}" with a folder "{path}"',
        word=word,
        revision=revision,
        path=path or ".",
    )
    tree = _git(home, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}:{path}", fault=missing)
    with scratch() as folder:
        archive = folder / "archive.tar"
        _git(Path(top), "archive", "--format=tar", f"--output={archive}", tree, fault=missing)
        with tarfile.open(archive) as stream:
            stream.extractall(folder / "data", filter="data")
        yield folder / "data"


def _git(folder: Path, *arguments: str, fault: str) -> str:
    """Ask git in a folder; OutputError, which says `fault`, where it has no answer."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and what a user typed is an operand
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError as exc:
        raise OutputError(said("{fault}: git is not installed", fault=fault)) from exc
    if done.returncode:
        raise OutputError(fault)
    return done.stdout.removesuffix("\n")
