"""The rows that say what a curator wants to add: named things found, words found in the text, ends traced back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.curation import fitting
from graph.curation.insertion import Cells
from graph.errors import DataError, QueryError, said
from graph.facts import called, citation, texts
from graph.facts.evidence import ends
from graph.facts.names import Names
from graph.model.ontology import Ontology, Property
from graph.model.records import Claim, Facts, Source, Span

_ENDS = ("subject", "object")
_ELSEWHERE = (*_ENDS, "period")


@dataclass(frozen=True, slots=True)
class Copy:
    """The curator's own copy of a source's text, and the file that holds it."""

    source: Source
    text: str
    file: Path

    def wrong(self, message: str) -> DataError:
        """Say what is wrong with what was looked for in it."""
        return DataError.at(self.file, message)

    def listed(self, spans: Iterable[Span]) -> str:
        """Show where some words stand, one place a line, each with what stands around it."""
        return "".join(f"\n  {start}-{end}  {citation.context(self.text, (start, end))}" for start, end in spans)


def source(path: Path, cells: Mapping[str, str], languages: Iterable[str]) -> Cells:
    """Give the row of a source whose very text is in the file `path`: its length and SHA-256 besides `cells`."""
    if missing := _unnamed("title", cells, languages):
        raise QueryError(said("it needs a title in each language of the dataset: give {options}", options=missing))
    text = texts.read(path)
    return {**cells, "length": str(len(text)), "sha256": sha256(text.encode()).hexdigest()}


def entity(
    id_: str, kinds: Iterable[str], cells: Mapping[str, str], ontology: Ontology, languages: Iterable[str]
) -> Cells:
    """Give the row of an entity; its classes are named by themselves or by a label."""
    if missing := _unnamed("label", cells, languages):
        raise QueryError(said("it needs a name in each language of the dataset: give {options}", options=missing))
    classes = [called.meant(said("no class"), kind, called.terms(ontology.classes, ())) for kind in kinds]
    return {"id": id_, "class": "|".join(classes), **cells}


def _unnamed(option: str, cells: Mapping[str, str], languages: Iterable[str]) -> str:
    """Give the options, as they are typed, that would name a thing in the languages in which it has no name."""
    return " ".join(f'--{option} {tag}="…"' for tag in languages if not cells.get(f"{option}_{tag}"))


def mentions(name: str, words: str, copy: Copy, facts: Facts, ontology: Ontology, *, every: bool) -> list[Cells]:
    """Give the rows for the one place within `words` where a text names an entity, or for `every` place of it.

    A name that stands inside a longer one, and one that has its line, is none; an entity that has no mention and that
    the text names nowhere by itself may have its name inside a longer one. Raises DataError if there is no place, or
    several where one is meant.
    """
    names = Names(copy.text, facts, ontology.concepts)
    within = _places(copy, words) if words else [(0, len(copy.text))]
    covered = [(each.start, each.end) for each in facts.mentions if each.source == copy.source.id]
    free = {(start, end) for start, end, _ in names.outside(covered)}
    outer = {one for one in free if not any(_inside(one, other) for other in free - {one})}
    named = sorted(span for span in names.spans(name) if any(_inside(span, each) for each in within))
    alone = any(each.entity == name for each in facts.mentions) or not outer.isdisjoint(names.spans(name))
    found = [span for span in named if (span in outer if alone else span not in covered)]
    if not found:
        label = next(iter(facts.entities[name].names()), name)
        if named:
            message = said(
                'each name of "{entity}" there has its line already, or stands inside a longer name', entity=name
            )
            raise copy.wrong(message)
        place = said('"{words}"', words=words) if words else said("the text")
        message = said(
            '{place} does not name "{entity}" ({label}): give words that do, or add the spelling that they use to '
            "entities.csv",
            place=place,
            entity=name,
            label=label,
        )
        raise copy.wrong(message)
    if len(found) > 1 and not every:
        message = said(
            '"{entity}" is named {number} times there: give more of the words around one, or --all{places}',
            entity=name,
            number=len(found),
            places=copy.listed(found),
        )
        raise copy.wrong(message)
    return [{"entity": name, "source": copy.source.id, "start": str(start), "end": str(end)} for start, end in found]


def claim(given: tuple[str, str, str], status: str, facts: Facts, ontology: Ontology) -> dict[str, str]:
    """Give what a claim says, as its row does, from a subject, a property and an object by id or name."""
    things = called.entities(facts.entities)
    subject, prop, thing = given
    if not subject.startswith("source/"):
        subject = called.meant(said("no entity"), subject, things)
    try:
        name = called.meant(said("no property"), prop, called.terms(ontology.properties, facts.info.languages))
    except QueryError as exc:
        raise fitting.unfit(exc.args[0], subject, called.alone(thing, things), facts, ontology) from None
    return {
        "subject": subject,
        "property": name,
        "object": _object(thing, ontology.properties[ontology.property_names[name]], things, ontology),
        "status": status,
    }


def quoted(
    row: Mapping[str, str], words: str, given: Mapping[str, str | None], copy: Copy, facts: Facts, ontology: Ontology
) -> Cells:
    """Complete the row of a claim with where `words` say it, and where the text names the ends that they do not.

    `given` holds what the curator says, by column; else it is the nearest mention before. Raises DataError where the
    words stand nowhere or more than once, or an end is named nowhere before.
    """
    found = _places(copy, words)
    if len(found) > 1:
        message = said(
            "these words stand {number} times in the text: give more of the words around the right ones{places}",
            number=len(found),
            places=copy.listed(found),
        )
        raise copy.wrong(message)
    span = found[0]
    prop = ontology.properties[ontology.property_names[row["property"]]]
    datatype = prop.datatype_of(row["object"])
    subject, property_, object_, status = (row[column] for column in ("subject", "property", "object", "status"))
    made = Claim(subject, property_, object_, datatype, False, status, copy.source.id, (), "", 0)
    named = set(ends(made, span, Names(copy.text, facts, ontology.concepts)))
    traced = {}
    for end in _ELSEWHERE:
        if place := given.get(f"{end}_at"):
            traced[f"{end}_at"] = place
        elif end in _ENDS and end not in named:
            here = (each for each in facts.mentions if each.source == copy.source.id)
            mentioned = [(each.start, each.end) for each in here if each.entity == row[end]]
            start, stop = _before(_shown(row[end], facts, ontology), end, span, copy, mentioned)
            traced[f"{end}_at"] = f"{start}-{stop}"
    return {**row, "source": copy.source.id, "start": str(span[0]), "end": str(span[1]), **traced}


def shown_passages(row: Cells, text: str) -> Iterator[str]:
    """Show the passages that the row of a claim or a mention cites, in brackets with what stands around them."""
    spans = {"": f"{row['start']}-{row['end']}"} | {f"{end}: ": row.get(f"{end}_at", "") for end in _ELSEWHERE}
    for what, cited in spans.items():
        for part in filter(None, cited.split("|")):
            start, _, end = part.partition("-")
            yield f"  {what}{part}  {citation.context(text, (int(start), int(end)))}"


def _object(thing: str, prop: Property, things: Mapping[str, tuple[str, ...]], ontology: Ontology) -> str:
    if concepts := ontology.concepts_of(prop.range):
        return called.meant(said("no value of {property}", property=prop.name), thing, called.concepts(concepts))
    return thing if prop.datatypes or prop.foreign else called.meant(said("no entity"), thing, things)


def _places(copy: Copy, words: str) -> list[Span]:
    """Find words in a text; DataError with what is most like them if they are not there."""
    found = citation.cite(copy.text, words)
    if not found:
        near = citation.nearest(copy.text, words)
        hint = said("; the nearest is{places}", places=copy.listed([near])) if near else ""
        raise copy.wrong(said('"{words}" is not in the text{hint}', words=words, hint=hint))
    return found


def _before(term: str, end: str, span: Span, copy: Copy, mentioned: Sequence[Span]) -> Span:
    """Give the nearest of an entity's mentions that ends before a passage."""
    earlier = [each for each in mentioned if each[1] <= span[0]]
    if not earlier:
        message = said(
            "these words do not name the {end} {term}, and no mention of it stands before them: give more words, or by "
            "{option} where the text names it{places}",
            end=said("subject") if end == "subject" else said("object"),
            term=term,
            option=f"--{end}-at START-END",
            places=said(", such as{places}", places=copy.listed(mentioned)) if mentioned else "",
        )
        raise copy.wrong(message)
    return max(earlier)


def _shown(term: str, facts: Facts, ontology: Ontology) -> str:
    """Show an end of a claim with its label, if it is no value."""
    known = facts.entities.get(term) or ontology.concepts.get(term)
    return f'"{term}" ({next(iter(known.labels.values()), term)})' if known else f'"{term}"'


def _inside(one: Span, other: Span) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]
