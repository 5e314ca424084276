"""What an answer looks like: rows of plain Python values, and one writer per format of the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple, serialize

from graph.errors import QueryError, said
from graph.model.serialisation import GRAPHS, SOLUTIONS, mended
from graph.store.aligned_table import table
from graph.store.answer import GRAPH, TRUTH, Answer, Binding, solutions, triples
from graph.store.plain import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Style = Callable[[Binding], str]


class Rows(Sequence[dict[str, object]]):
    """The rows of an answer, each a dictionary of plain values: `str` for an IRI or a text, numbers as numbers.

    Printed, they are an aligned table; a notebook shows them as one of HTML. `columns` names the columns; `terms` holds
    the same cells as RDF terms; `style` and `titles` say how a cell and the head of a column are printed, `labels` what
    things are called, by IRI, in `language`.

    >>> found = Rows(["city", "people"], [[Literal("أكادير", language="ar"), Literal(504768)]], styled({}))
    >>> found[0], len(found)
    ({'city': 'أكادير', 'people': 504768}, 1)
    >>> found.to_polars().columns
    ['city', 'city_language', 'people']
    """

    titles: Mapping[str, str] = {}
    labels: Mapping[str, str] = {}
    language = "en"

    def __init__(self, columns: Sequence[str], terms: Sequence[Sequence[Binding]], style: Style) -> None:
        self.columns, self.terms, self.style = tuple(columns), tuple(map(tuple, terms)), style

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]  # int or slice, as Sequence has it
        if isinstance(index, slice):
            part = Rows(self.columns, self.terms[index], self.style)
            part.titles, part.labels, part.language = self.titles, self.labels, self.language
            return part
        return dict(zip(self.columns, map(plain, self.terms[index]), strict=True))

    def __str__(self) -> str:
        heads = [self.titles.get(name, name) for name in self.columns]
        return table(heads, [[self.style(cell) for cell in row] for row in self.terms]).rstrip("\n")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from graph.store.html_table import html

        heads = [self.titles.get(name, name) for name in self.columns]
        return html(heads, self.terms, self.style, self.language)

    def to_pandas(self) -> pandas.DataFrame:
        """Give a data frame; see `to_arrow` for its columns. Dates are of type `datetime64[s]`.

        Raises OutputError, with the command that installs it, if pandas is not there.
        """
        from graph.store import frames

        return frames.pandas(frames.columns(self.columns, self.terms, self.labels))

    def to_polars(self) -> polars.DataFrame:
        """Give a data frame; see `to_arrow` for its columns.

        Raises OutputError, with the command that installs it, if polars is not there.
        """
        from graph.store import frames

        return frames.polars(frames.columns(self.columns, self.terms, self.labels))

    def to_arrow(self) -> pyarrow.Table:
        """Give a table in which a column of whole numbers, numbers, truth values or dates is of that type, else text.

        A thing is its IRI. A column of things whose names the rows know is followed by `COLUMN_name`, one of texts in
        some language by `COLUMN_language`. Decimal numbers become floating ones.

        Raises OutputError, with the command that installs it, if pyarrow is not there.
        """
        from graph.store import frames

        return frames.arrow(frames.columns(self.columns, self.terms, self.labels))


class Truth(Rows):
    """The answer of an ASK: one row, `answer`; as a condition it is what it says."""

    def __bool__(self) -> bool:
        return self[0]["answer"] is True


def rows(answer: Answer, style: Style, hidden: Sequence[str] = ()) -> Rows:
    """Read the rows of an answer; the columns named in `hidden` are left out."""
    kept = [index for index, name in enumerate(answer.columns) if name not in hidden]
    kind = Truth if answer.kind == TRUTH else Rows
    return kind([answer.columns[i] for i in kept], [[row[i] for i in kept] for row in answer.rows], style)


def styled(prefixes: Mapping[str, str], labels: Mapping[str, str] | None = None) -> Style:
    """Make the style of a table: an IRI by its label, else as short as can be pasted back into a query."""
    bases = sorted(((iri, name) for name, iri in prefixes.items() if iri), key=lambda pair: -len(pair[0]))
    own = prefixes.get("", "")

    def style(cell: Binding) -> str:
        if isinstance(cell, Literal):
            return cell.value
        if not isinstance(cell, NamedNode):
            return "" if cell is None else str(cell)
        iri = cell.value
        if labels and iri in labels:
            return labels[iri]
        for base, name in bases:
            local = iri[len(base) :]
            if iri.startswith(base) and local.replace("-", "").replace("_", "").isalnum() and local[0] != "-":
                return f"{name}:{local}"
        return f"<{iri[len(own) :]}>" if own and iri.startswith(own) else f"<{iri}>"

    return style


def write(answer: Answer, form: str, prefixes: Mapping[str, str]) -> bytes:
    """Write an answer in a standard format: csv, tsv, json, xml (solutions, truth), turtle, nt (triples)."""
    try:
        if form in SOLUTIONS:
            if answer.kind == GRAPH:
                raise QueryError(said("CONSTRUCT and DESCRIBE give triples: write them with --format turtle or nt"))
            return _line(mended(form, solutions(answer).serialize(format=SOLUTIONS[form]) or b""))
        if answer.kind != GRAPH:
            raise QueryError(
                said("SELECT and ASK give no triples: write them with --format table, csv, tsv, json or xml")
            )
        found = sorted(set(triples(answer)), key=str)
        return _sorted(serialize(found, format=GRAPHS[form], prefixes=_used(found, prefixes)) or b"")
    except ValueError as error:
        raise QueryError(
            said("this answer cannot be written as {form}: {reason}", form=form, reason=str(error))
        ) from error
    except (RuntimeError, OSError) as error:
        raise QueryError(str(error)) from error


_TRIPLES = ("turtle", "nt")
_READABLE = ("xlsx", "md")
FORMATS = ("table", *SOLUTIONS, *_TRIPLES, *_READABLE)
"""What an answer may be written as; those that are for readers, and CSV in a language, by `graph.store.readable`."""


def _line(text: bytes) -> bytes:
    return text if text.endswith(b"\n") else text + b"\n"


def _sorted(turtle: bytes) -> bytes:
    """Put the lines of the prefixes in order: the engine hands them out in any."""
    lines = turtle.splitlines(keepends=True)
    heads = [line for line in lines if line.startswith(b"@prefix ")]
    return b"".join((*sorted(heads), *lines[len(heads) :]))


def _used(found: Sequence[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    iris = {str(part)[1:] for triple in found for part in triple if isinstance(part, NamedNode)}
    iris |= {part.datatype.value for triple in found for part in triple if isinstance(part, Literal)}
    return {name: base for name, base in sorted(prefixes.items()) if base and any(iri.startswith(base) for iri in iris)}
