"""What the last build left, found and opened for those who ask: `query`, `question`, `serve`, `publish` and Python.

Which one is meant is decided in `graph.origin`. A build older than what it was made from is made again from those very
things; while they are broken, it is asked as it is, and that is said.

Only what a query needs is imported here: the whole cold process of a query takes a few hundredths of a second.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

from graph import origin
from graph.errors import AzettaError, DataError, OutputError, QueryError, refusal, said
from graph.origin import Build, Origin
from graph.store.disk import opened
from graph.store.embedded import Embedded
from graph.system import program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import Quad

_Say = Callable[[str], object]
_SAID = 5


class Overtaken(OutputError):
    """A build of other tables took the place of the one that was to be made again."""


def open_store(
    say: _Say | None = None, *, data: str | None = None, out: str | None = None, at: str | None = None
) -> Embedded:
    """Open the dataset to ask: the build that is meant or, where `asked` finds none, the curated files.

    With `at`, a day, a month or a year, it is the dataset as of then, from the tables that the build was made from.
    Raises DataError if the curated files are wrong, OutputError if what is to be read or replaced is damaged,
    QueryError if `at` is no date.
    """
    say = say or _warn
    if at is not None:
        from graph.model.datatypes import period_fault

        if fault := period_fault(at):
            raise QueryError(fault)
        return Embedded(curated(_made_from(data, out, say), at))
    source = asked(data, out, say)
    if isinstance(source, Origin):
        try:
            return Embedded(curated(source))
        except DataError as error:
            build = origin.build_in(origin.place(out))
            if build is None or not build.of(source.data):
                raise
            source = _last(build, error, say)
    return Embedded(opened(source))


def asked(data: str | None, out: str | None, say: _Say) -> str | Origin:
    """Give the path of the N-Quads to ask, built again first if their inputs changed; `say` is told.

    Where no build belongs, what one would be made from: only the tables here or above are built unasked, other ones
    are named and asked without writing, as are all in a folder that is read-only.
    """
    build = found(data, out)
    if build is None or not (data is None or build.of(data)):
        tables = origin.tables(data, say)
        if build is None and data is None and origin.home() is not None and _writable(origin.place()):
            return make(origin.of_tables(tables), origin.place(), say).whole()
        reason = build.made_from() if build else f"{origin.place()}/ holds no dataset yet"
        say(f"{reason}: asking the curated files of {tables}/; nothing is written")
        return origin.of_tables(tables)
    _name(build, data, out, say)
    reason = build.stale()
    if reason and build.origin and (build.replaced() or not _writable(build.out)):
        say(f"{build.replaced() or reason}: asking the curated files of {build.origin.data}/; nothing is written")
        return build.origin
    return _renewed(build, reason, say).whole()


def older(data: str | None, out: str | None) -> str:
    """Say that what was asked is older than its tables, since these are broken; empty if it is not."""
    build = found(data, out)
    mine = build is not None and (data is None or build.of(data)) and not build.replaced()
    if not (build and mine and build.stale() and _writable(build.out)):
        return ""
    return said("this answer is of {folder} as it was last built: `check` says why", folder=f"{build.out}/")


def current(data: str | None, out: str | None, say: _Say) -> str:
    """Give the folder of the build that is meant, made first if none is named and none is there, and up to date."""
    build = found(data, out)
    if build is None:
        tables = origin.tables(data, say)
        return make(origin.of_tables(tables), origin.place(), say).out
    _agree(build, data)
    _name(build, data, out, say)
    return _renewed(build, _current(build), say).out


def final(data: str | None, out: str | None, say: _Say) -> str:
    """Give the path of the N-Quads to publish; DataError while its inputs are broken, OutputError if there are none."""
    build = origin.build_in(origin.place(out))
    if build is None:
        raise _none(origin.place(out))
    _agree(build, data)
    if other := _other(build, data, out):
        raise OutputError(said("{other}; to publish it all the same, say --out {out}", other=other, out=build.out))
    reason = _current(build)
    return (make(build.origin, build.out, say, reason) if reason and build.origin else build).whole()


def sources(data: str | None, out: str | None, say: _Say) -> Origin:
    """Give what is to be read: the tables `data`, what the build in `out` was made from, or what is meant here.

    Where there are no tables but a build, they are those that it was made from.
    """
    build = found(data, out)
    if out is not None and build and build.origin is None:
        raise OutputError(said("{reason}: name the folder of the tables with --data", reason=build.made_from()))
    if build and build.origin and (out is not None or (data is None and origin.home() is None)):
        return build.origin
    return origin.of_tables(origin.tables(data, say))


def _made_from(data: str | None, out: str | None, say: _Say) -> Origin:
    """Give what the build that is meant was made from, or the tables that are named or meant."""
    build = found(data, out)
    if build is None or build.origin is None or not (data is None or build.of(data)):
        return sources(data, out, say)
    _name(build, data, out, say)
    return build.origin


def spare(out: str, data: str) -> None:
    """Raise OutputError if `out` holds a build of other tables than those in the folder `data`.

    Where it is not recorded what it was made from, its name tells.
    """
    build = origin.build_in(out)
    if build is None:
        return
    if not build.of(data):
        unknown = build.origin is None and origin.called(data) in {None, build.manifest["name"]}
        other = "" if unknown else _not_from(build, data)
    else:
        other = build.replaced()
    if other:
        instead = said(
            "{other}: to build {data}/ there instead, say --out {out} or --data {data}", other=other, data=data, out=out
        )
        raise OutputError(instead)


def curated(made: Origin, at: str = "") -> Iterator[Quad]:
    """Give the dataset as a build would write it, or as of `at`; DataError if the curated files are wrong."""
    from pathlib import Path

    from graph import pipeline
    from graph.knowledge.validate import validate

    data, ontology = Path(made.data), Path(made.ontology)
    knowledge = pipeline.load(data, ontology, at=at)
    validate(knowledge, data, ontology)
    return knowledge.quads()


def found(data: str | None, out: str | None) -> Build | None:
    """Give the build that is meant; OutputError if the one that is named is none, or not of the tables named."""
    build = origin.build_in(origin.place(out))
    if out is not None:
        if build is None:
            raise _none(out)
        _agree(build, data)
    return build


def make(made: Origin, out: str, say: _Say, reason: str = "") -> Build:
    """Build into `out`, with a page as stood there, and say why; DataError or OutputError if it cannot be done.

    Where another build took its place meanwhile, that one is given, or Overtaken raised if it is of other tables.
    """
    from pathlib import Path

    from graph import pipeline
    from graph.model.formats import FORMATS, PAGE

    say(f"{reason or f'{out}/ holds no dataset yet'}: building")
    copies, before = {source: Path(text) for source, text in made.texts.items()}, origin.build_in(out)
    page = before.manifest["page"] if before and before.manifest.get("page") in FORMATS else PAGE

    def check() -> None:
        now = origin.build_in(out)
        if now and (before is None or now.manifest != before.manifest):
            raise Overtaken(said("{reason} meanwhile: ask again", reason=now.made_from()))

    try:
        pipeline.build(Path(made.data), Path(made.ontology), Path(out), copies, say=say, check=check, page=page)
    except Overtaken:
        if not (now := origin.build_in(out)) or not now.of(made.data):
            raise
    build = origin.build_in(out)
    if build is None:
        raise OutputError(said("{folder} holds no dataset, though it was built just now", folder=f"{out}/"))
    return build


def _renewed(build: Build, reason: str, say: _Say) -> Build:
    """Make a build again if there is a reason; where that fails, say so and give the old one, which still stands."""
    if not reason or build.origin is None:
        return build
    try:
        return make(build.origin, build.out, say, reason)
    except Overtaken:
        raise
    except (AzettaError, OSError) as error:
        _last(build, error, say)
        return build


def _last(build: Build, error: Exception, say: _Say) -> str:
    """Give the path of the N-Quads of a build that cannot be made again, and say why; `check` says all of it."""
    problems = (refusal(error) if isinstance(error, OSError) else str(error)).splitlines()
    more = [f"… and {len(problems) - _SAID} more"] if len(problems) > _SAID else []
    say("\n".join([*problems[:_SAID], *more, f"{build.out}/ is asked as it was last built"]))
    return build.whole()


def _agree(build: Build, data: str | None) -> None:
    if data is not None and not build.of(data):
        raise OutputError(_not_from(build, os.path.normpath(data)))


def _not_from(build: Build, data: str) -> str:
    return said("{reason}, not from {data}", reason=build.made_from(), data=f"{data}/")


def _name(build: Build, data: str | None, out: str | None, say: _Say) -> None:
    """Say it if a build that nobody named is not known to be of the tables beside it."""
    if other := _other(build, data, out):
        say(other)


def _other(build: Build, data: str | None, out: str | None) -> str:
    """Say that a build which nobody named is not known to be of the tables beside it; empty if it is, or was named."""
    if data is out is None and (top := origin.home()) is not None:
        here = os.path.normpath(os.path.join(top, origin.DATA))
        if not build.of(here):
            if build.origin:
                return _not_from(build, here)
            reason, here = build.made_from(), f"{here}/"
            return said("{reason}: build --out {out} to have it follow {data}", reason=reason, out=build.out, data=here)
    return ""


def _current(build: Build) -> str:
    """Say which input changed, as `Build.stale`; OutputError where the tables are now another dataset's."""
    reason = build.stale()
    if reason and (other := build.replaced()):
        raise OutputError(said("{other}: to build that there, say build --out {out}", other=other, out=build.out))
    return reason


def _none(out: str) -> OutputError:
    first = f"{program.name()} build --data FOLDER --out {out}"
    none = said(
        "{out} holds no build: make one there first ({command}), or name a folder that holds one",
        out=out,
        command=first,
    )
    return OutputError(none)


def _writable(out: str) -> bool:
    return os.access(os.path.dirname(os.path.realpath(out)), os.W_OK)


def _warn(message: str) -> None:
    print(message, file=sys.stderr)
