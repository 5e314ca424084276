"""The differences between two versions as a reader takes them: in words, as CSV, Markdown or JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from graph.curation.difference import Change, Differing
from graph.curation.version import Version
from graph.errors import one_line
from graph.model import spreadsheet, words
from graph.model.labels import LabelResolver
from graph.model.ontology import Ontology

_COLUMNS = ("change", "kind", "id", "subject", "property", "object", "source", "field", "old", "new", "reason", "words")
#: What the interface calls the kinds of things, and some columns, by the keys of its words.
_KINDS = {"source": "sources", "entity": "things", "claim": "claims"}
_FIELDS = {"object": "value", "passages": "passages"}
_COLUMN_WORDS = {
    "class": "kind",
    "status": "status",
    "standing": "status",
    "from": "from",
    "until": "until",
    "record": "record",
}
_NAMES = ("label_", "alt_", "hidden_", "title_")


class Wording:
    """How changes are told in a language: by what things are called in the newer version, or else in the older."""

    def __init__(self, language: str, old: Version, new: Version, ontology: Ontology) -> None:
        own = dict.fromkeys(column[6:] for each in new.entities.values() for column in each if column[:6] == "label_")
        self.said, self._columns = words.said(language, "commands", own), words.columns(language)
        self._colon = self.said["colon"]
        self.arrow = "←" if words.head(language)["direction"] == "rtl" else "→"
        self._resolver = LabelResolver(words.order(language, own))
        self._versions, self._ontology = (new, old), ontology

    def heading(self, kind: str, change: str, number: int) -> str:
        """Say what became of so many things of a kind."""
        return f"{self.said[_KINDS[kind]]} · {self.said[change]}{self._colon}{number}"

    def thing(self, each: Change) -> str:
        """Say what a change is about."""
        if each.claim is None:
            return f"{self._name(each.kind, each.id)} ({each.id})"
        claim = each.claim
        source = claim.subject.removeprefix("source/")
        subject = self._name("entity", claim.subject) if source == claim.subject else self._name("source", source)
        said = (subject, self._property(claim.property), self._value("object", claim.object))
        status = "" if each.differing else f"{self._value('status', claim.fields.get('status', ''))} · "
        return f"{' · '.join(said)} ({status}{self._name('source', claim.source)})"

    def differing(self, each: Differing) -> str:
        """Say what stood in a column, and what stands there now."""
        before, after = (self._shown(each.field, value) for value in (each.old, each.new))
        return f"{self._field(each.field)}{self._colon}{before} {self.arrow} {after}"

    def _shown(self, field: str, value: str) -> str:
        return self._value(field, value) if value else "∅"

    def _field(self, name: str) -> str:
        if name.startswith(_NAMES):
            return f"{self._columns['name']} ({name})"
        if name in _COLUMN_WORDS:
            return self._columns[_COLUMN_WORDS[name]]
        return self.said[_FIELDS[name]] if name in _FIELDS else name

    def _value(self, field: str, value: str) -> str:
        if field in {"status", "standing"}:
            standing = self._ontology.concepts.get(f"az:{value.capitalize()}")
            return self._label(
                standing.labels if standing else self._ontology.statuses.get(value.capitalize(), {}), value
            )
        if field == "class":
            classes = self._ontology.classes
            names = {name: self._ontology.class_names.get(name, "") for name in value.split("|")}
            return " · ".join(self._label(classes[id_].labels if id_ else {}, name) for name, id_ in names.items())
        return self._name("entity", value) if field == "object" else one_line(value)

    def _property(self, name: str) -> str:
        return self._label(next((each.terms[name] for each in self._versions if each.terms.get(name)), {}), name)

    def _name(self, kind: str, id_: str) -> str:
        """Give what a thing is called; a concept of the ontology may stand where a claim names one."""
        if kind == "entity" and id_ in self._ontology.concepts:
            return self._label(self._ontology.concepts[id_].labels, id_)
        prefix = "title_" if kind == "source" else "label_"
        for version in self._versions:
            fields = (version.sources if kind == "source" else version.entities).get(id_, {})
            if labels := {column[6:]: text for column, text in fields.items() if column.startswith(prefix)}:
                return self._label(labels, id_)
        return one_line(id_)

    def _label(self, labels: object, else_: str) -> str:
        return one_line(self._resolver.chosen(labels)[0]) if isinstance(labels, dict) and labels else one_line(else_)


def _text(changes: Sequence[Change], wording: Wording) -> str:
    lines = list[str]()
    for heading, group in _grouped(changes, wording):
        lines.append(heading)
        for each in group:
            lines.append(f"  {wording.thing(each)}")
            lines += (f"    {detail}" for detail in _details(each, wording))
    return "".join(f"{line}\n" for line in lines or [wording.said["noDifference"]])


def _markdown(changes: Sequence[Change], wording: Wording) -> str:
    parts = list[str]()
    for heading, group in _grouped(changes, wording):
        lines = [f"### {_escaped(heading)}", ""]
        for each in group:
            lines.append(f"- {_escaped(wording.thing(each))}")
            lines += (f"  - {_escaped(detail)}" for detail in _details(each, wording))
        parts.append("".join(f"{line}\n" for line in lines))
    return "\n".join(parts) or f"{wording.said['noDifference']}\n"


def _grouped(changes: Sequence[Change], wording: Wording) -> Iterator[tuple[str, list[Change]]]:
    for (kind, change), each in groupby(changes, key=lambda each: (each.kind, each.change)):
        group = list(each)
        yield wording.heading(kind, change, len(group)), group


def _details(each: Change, wording: Wording) -> Iterator[str]:
    yield from map(wording.differing, each.differing)
    if each.reason:
        yield one_line(each.reason)


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in text)


def _csv(changes: Sequence[Change], wording: Wording) -> str:
    stream = io.BytesIO()
    rows = ([row.get(column, "") for column in _COLUMNS] for each in changes for row in _rows(each, wording))
    spreadsheet.write(stream, _COLUMNS, rows)
    return stream.getvalue().decode()


def _rows(each: Change, wording: Wording) -> Iterator[dict[str, str]]:
    """Give a row for each column that differs, and one where none does."""
    about = _about(each, wording)
    yield from ({**about, **differing._asdict()} for differing in each.differing)
    if not each.differing:
        yield about


def _about(each: Change, wording: Wording) -> dict[str, str]:
    about = {"change": each.change, "kind": each.kind, "id": each.id}
    if claim := each.claim:
        about |= {name: getattr(claim, name) for name in ("subject", "property", "object", "source")}
    return {name: text for name, text in {**about, "reason": each.reason, "words": wording.thing(each)}.items() if text}


def _json(changes: Sequence[Change], wording: Wording) -> str:
    told = [{**_about(each, wording), "differing": [one._asdict() for one in each.differing]} for each in changes]
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n"


#: How the differences may be written.
FORMATS: dict[str, Callable[[Sequence[Change], Wording], str]] = {
    "text": _text,
    "csv": _csv,
    "md": _markdown,
    "json": _json,
}
