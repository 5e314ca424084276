"""`azetta build`: from the curated files to every file of the output folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from graph import commands
from graph.errors import AzettaError, refusal, said
from graph.model import messages
from graph.scale import engines

if TYPE_CHECKING:
    from graph.errors import Problem
    from graph.pipeline import Summary
    from graph.scale.archive import Archived

_MASTERS = ("local", "spark://", "yarn", "k8s://")
#: The parameters that say how a build is made and drawn, of which parts alone have none.
_NOT_OF_PARTS = ("out", "site", "base_url", "sparql", "fresh", "watch")
_PAUSE = 0.5  # seconds from one look at the tables to the next


def _address(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str:
    from graph.facts.info import address_fault

    if value and (fault := address_fault(value)):
        raise click.BadParameter(commands.told(fault))
    return value or ""


@click.command(cls=commands.Command)
@commands.several
@commands.ontology
@commands.out
@commands.texts
@click.option("--site", type=click.Path(path_type=Path), help="Folder for a static site of it too.")
@click.option("--base-url", callback=_address, help="Where the site will stand.  [default: as dataset.toml says]")
@click.option("--sparql", is_flag=True, help="Let the page answer SPARQL queries by itself, offline.")
@click.option("--engine", type=click.Choice(engines.NAMES), default="local", help="A process, one a core, or Spark.")
@click.option("--master", metavar="URL", help="Where Spark is.  [default: this machine]")
@click.option("--fresh", is_flag=True, help="Make all anew, whatever the last build left to be used again.")
@click.option("--parts", type=click.Path(path_type=Path, file_okay=False), help="Folder for parts of it, and no more.")
@click.option("--watch", is_flag=True, help="Build again whenever a table or the ontology is saved, until Ctrl-C.")
@commands.language
def command(
    data: tuple[str, ...],
    ontology: str | None,
    out: str | None,
    texts: dict[str, Path],
    engine: str,
    master: str | None,
    parts: Path | None,
    watch: bool,
    **others: Any,
) -> None:
    """Build the dataset and write every file of it.

    The curated files are read and checked, what follows from them is inferred, all is validated, and only then does the
    output folder change, as one: a build that fails leaves the last one whole.

    With --text, the page quotes the words that each claim cites; such a page is for you, not for publication.
    What a build was made from is remembered: whoever asks it later is answered from a new one, should that change.

    With --site, a folder is made too that any static host can publish (docs/site.md): a page for each thing in each
    language, beside the network and the downloads.
    With --sparql, the page carries a query engine and the dataset, about 1.4 MB more, and answers queries without a
    network. The engine is npm's, and no build fetches it: where it is missing, the message says how to have it.

    With several --data, the datasets are built as one, under the name and in the languages of the first: what two of
    them have by one id must be told alike. Such a build is made anew when you say so, not when a table changes.

    What the last build wrote is used again where it would be the same (docs/scale.md): the files are those of a build
    with --fresh, byte for byte. With --engine processes, the sources of a large dataset are written and validated on
    all cores, and with --engine spark --master spark://… on a cluster.

    With --parts, only a compressed file of N-Quads for each graph is written, for a store to load: of an archive of any
    size, since no more of it is held at once than a slice of its sources (docs/scale.md).

    With --watch, it is built again on each save; a `serve` beside it shows the new build by itself.

    \b
    Examples:
      python build.py
      python build.py build --watch
      python build.py build --engine processes
      python build.py build --data my-region/data --out my-region/dist
      python build.py build --site site --base-url https://example.org/region/
      python build.py build --data data --data draa/data --out national
      python build.py build --data archive --parts parts --engine processes
    """
    worker = _worker(engine, master)
    if parts:
        _in_parts(data, ontology, parts, worker)
        return
    variant = _variant(**others) | {"engine": worker}
    if len(data) > 1:
        _together(data, ontology, out, texts, variant, watch=watch)
    else:
        _alone(next(iter(data), None), ontology, out, texts, variant, watch=watch)


def _variant(*, site: Path | None, base_url: str, sparql: bool, fresh: bool) -> dict[str, Any]:
    """Give what is asked of a build besides the files of every build."""
    return {"site": site, "address": base_url, "page": _page(sparql), "anew": fresh}


def _in_parts(data: tuple[str, ...], ontology: str | None, parts: Path, worker: Any) -> None:
    """Write the parts of one dataset."""
    from graph.scale import archive

    options = {"--text": "texts"} | {f"--{name.replace('_', '-')}": name for name in _NOT_OF_PARTS}
    given = click.get_current_context().params
    if len(data) > 1:
        raise click.UsageError("--parts is for one --data")
    if idle := [option for option, name in options.items() if given[name]]:
        raise click.UsageError(f"--parts writes parts alone: leave out {', '.join(idle)}")
    made = commands.sources(next(iter(data), None), None, ontology, {})
    with commands.progress() as progress:
        written = archive.build(Path(made.data), Path(made.ontology), parts, worker, progress, commands.waiting(parts))
    _tell(written, written.warnings)


def _worker(engine: str, master: str | None) -> Any:
    """Give the engine that is called so."""
    if master and engine != "spark":
        raise click.UsageError("--master is for --engine spark")
    if not (master or "local").startswith(_MASTERS):  # else Spark tells it with thirty lines of Java
        raise click.UsageError(f"--master is the address of a Spark: it begins with {', '.join(_MASTERS)}")
    return engines.named(engine, master or "local[*]")


def _page(sparql: bool) -> str:
    """Give the format of the page; OutputError at once where the engine that it is to carry is not here."""
    from graph.model.formats import PAGE
    from graph.page.engine import files

    if sparql:
        files()
    return f"sparql.{PAGE}" if sparql else PAGE


def _alone(
    data: str | None,
    ontology: str | None,
    out: str | None,
    texts: dict[str, Path],
    variant: dict[str, Any],
    *,
    watch: bool,
) -> None:
    """Build one dataset, and again on each save if asked to."""
    from graph import last_build, origin, pipeline
    from graph.model.inputs import stamps

    made, folder = commands.sources(data, None, ontology, texts), origin.place(out)
    _apart(variant["site"], Path(folder))

    def check() -> None:
        if data is None and out is None:
            last_build.spare(folder, made.data)

    def build() -> None:
        copies = {source: Path(text) for source, text in made.texts.items()}
        folders = Path(made.data), Path(made.ontology), Path(folder)
        with commands.progress() as progress:
            summary = pipeline.build(*folders, copies, progress, commands.say, check, **variant)
        _tell(summary, summary.warnings)

    check()
    if watch:
        _watch(build, lambda: stamps(made.data, made.ontology))
    build()


def _watch(build: Callable[[], None], state: Callable[[], object]) -> NoReturn:
    """Build, and again whenever `state` is another one; what is wrong meanwhile is told, and the last build stands."""
    while True:
        seen = state()
        try:
            build()
        except AzettaError as error:
            commands.say(messages.fault(error, commands.spoken()))
        except OSError as error:  # an editor puts another file in its place, or nobody may read it yet
            commands.say(refusal(error))
        while state() == seen:
            time.sleep(_PAUSE)


def _together(
    data: tuple[str, ...],
    ontology: str | None,
    out: str | None,
    texts: dict[str, Path],
    variant: dict[str, Any],
    *,
    watch: bool,
) -> None:
    """Build several datasets as one."""
    from graph import origin, pipeline
    from graph.curation import union as unions

    if watch:
        raise click.UsageError("--watch is for one --data")
    if out is None:
        raise click.UsageError("several --data: say with --out where their build goes")
    _apart(variant["site"], Path(out))
    model = Path(ontology or origin.of_tables(data[0]).ontology)
    with unions.of(data, model) as union, commands.progress() as progress:
        kept = variant | {"kept": False}
        summary = pipeline.build(union.data, model, Path(out), texts, progress, commands.say, **kept)
    _tell(summary, [union.placed(warning) for warning in summary.warnings])


def _apart(site: Path | None, out: Path) -> None:
    """Raise UsageError where the folders of the site and of the build are not two."""
    if site:
        one, other = site.resolve(), out.resolve()
        if one == other or one in other.parents or other in one.parents:
            raise commands.misuse(said("--site and --out are two folders, neither in the other"))


def _tell(summary: Summary | Archived, warnings: Iterable[Problem]) -> None:
    commands.warn(warnings)
    for line in summary.lines:
        commands.tell(line)
