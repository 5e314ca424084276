"""References to the dataset for reference managers and registries: BibTeX, RIS, CSL-JSON, DataCite's metadata, text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from graph.model import citation
from graph.model.formats import DATA

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_TEX = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def text(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the reference in each language, then each source with its address and licence."""
    facts = knowledge.facts
    lines = [*(citation.cited(facts, language) for language in facts.info.title), "", *citation.owed(facts)]
    stream.write("".join(f"{line}\n" for line in lines).encode())


def bibtex(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the reference as BibTeX."""
    told = _reference(knowledge)
    year, month, day = told["date"]
    fields = {
        "title": f"{{{_tex(told['title'])}}}",
        "author": f"{{{_tex(told['publisher'])}}}",
        "year": year,
        "month": month.removeprefix("0"),
        "day": day.removeprefix("0"),
        "version": _tex(told["version"]),
        "url": told["url"],
        "language": told["language"],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    stream.write(f"@misc{{{told['id']},\n{lines}}}\n".encode())


def ris(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the reference as RIS."""
    told = _reference(knowledge)
    year = told["date"][0]
    date = f"{'/'.join(told['date'])}/" if year else ""
    tags = {"TY": "DATA", "ID": told["id"], "TI": told["title"], "AU": told["publisher"], "PY": year, "DA": date}
    tags |= {"ET": told["version"], "LA": told["language"], "UR": told["url"]}
    lines = [f"{tag}  - {value}\r\n" for tag, value in tags.items() if value]
    stream.write(f"{''.join(lines)}ER  - \r\n".encode())


def csl(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the reference as CSL-JSON."""
    told = _reference(knowledge)
    parts = [int(part) for part in told["date"] if part]
    item = {
        "id": told["id"],
        "type": "dataset",
        "title": told["title"],
        "author": [{"literal": told["publisher"]}],
        "publisher": told["publisher"],
        **({"issued": {"date-parts": [parts]}} if parts else {}),
        "version": told["version"],
        "URL": told["url"],
        "language": told["language"],
    }
    _write([item], stream)


def datacite(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write what DataCite asks of whoever registers a DOI (https://schema.datacite.org/meta/kernel-4/).

    The DOI itself is the registry's to give; a dataset of which no source has a date has no year of publication.
    """
    info, facts, told = knowledge.info, knowledge.facts, _reference(knowledge)
    date = citation.issued(facts)
    made = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "RDF dataset"},
        "identifiers": [{"identifier": info.base, "identifierType": "URL"}],
        "url": info.place,
        "creators": [{"name": info.publisher, "nameType": "Organizational"}],
        "publisher": {"name": info.publisher},
        **({"publicationYear": int(told["date"][0]), "dates": [{"date": date, "dateType": "Updated"}]} if date else {}),
        "titles": [{"title": title, "lang": language} for language, title in info.title.items()],
        "descriptions": [
            {"description": description, "descriptionType": "Abstract", "lang": language}
            for language, description in info.description.items()
        ],
        "language": told["language"],
        "version": info.version,
        "formats": sorted({each.media for each in DATA}),
        "rightsList": [{"rightsUri": info.licence, **({"rights": info.attribution} if info.attribution else {})}],
        "relatedIdentifiers": [
            {"relatedIdentifier": source.url, "relatedIdentifierType": "URL", "relationType": "IsDerivedFrom"}
            for source in facts.sources.values()
            if source.url
        ],
    }
    _write(made, stream)


def _reference(knowledge: Knowledge) -> dict[str, Any]:
    """Say what the dataset is called, in its first language; `date` is year, month and day, "" if not known."""
    info = knowledge.info
    language, title = next(iter(info.title.items()), (info.languages[0], info.name))
    parts = [*citation.issued(knowledge.facts).split("-"), "", ""][:3]
    told = {"id": info.name, "title": title, "publisher": info.publisher, "version": info.version, "url": info.base}
    return {**told, "language": language, "date": parts}


def _tex(words: str) -> str:
    return re.sub(r"[\\{}$&#%_^~]", lambda sign: _TEX.get(sign[0], rf"\{sign[0]}"), words)


def _write(told: object, stream: BinaryIO) -> None:
    stream.write(f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode())
