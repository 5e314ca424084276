"""`azetta query`: SPARQL from the command line."""

from __future__ import annotations

from typing import Any

import click

from graph import commands
from graph.asking import ask
from graph.model.words import languages


@click.command(cls=commands.Command)
@click.argument("query")
@commands.form
@click.option(
    "--labels", "-l", type=click.Choice(languages()), help="In a table, csv, xlsx or md, show names in this language."
)
@click.option("--source", "-s", metavar="ID", help="Ask what this source alone says.")
@click.option("--explain", is_flag=True, help="Do not ask it: say how many triples match each part.")
@commands.endpoint
@commands.at
@commands.timeout
@commands.data
@commands.of_build
def command(query: str, **given: Any) -> None:
    """Ask a SPARQL query: a text, a file, or - for standard input.

    Prefixes such as az:, rdf:, rdfs:, prov: and oa: need no declaration, and : stands for the dataset (:agadir).
    The default graph is all that every source says and what follows from it; FROM, or --source, asks one source.
    The build in --out is asked, else the dist/ beside the data/ here or above; it is built again first if what it was
    made from changed. Other tables, named by --data, are asked themselves, and nothing is written; so are, with --at,
    the tables of a build: what held then is a fact in the answers, and what did not is described alone.

    \b
    Examples:
      python build.py query "SELECT ?pole ?theme { ?pole a az:Pole ; az:seeksSolutionsFor ?theme }"
      python build.py query "DESCRIBE :agadir" --format turtle
      python build.py query my.rq --labels ar
      python build.py query my.rq --labels fr --format xlsx > answer.xlsx
      python build.py query my.rq --out my-region/dist
      python build.py query "SELECT ?event ?week { ?event az:partOf ?week . ?week a az:Event }" --at 2024-05
      python build.py query my.rq --explain --labels fr
      python build.py query - --endpoint http://localhost:7878/query < my.rq
    """
    commands.apart(given["endpoint"], data=given["data"], out=given["out"], at=given["at"])
    ask(query, **given)
