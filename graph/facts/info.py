"""Reading `dataset.toml`: what the dataset is called, who publishes it, in which languages, and what it must reach."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from graph.facts.rows import ID, Known, Report, character_fault, decoded, iri_fault, visible
from graph.model.datatypes import TAG
from graph.model.records import Info

_TEXTS = ("name", "base", "version", "licence", "publisher")
_OPTIONAL = ("attribution", "focus")
_KEYS = (*_TEXTS, *_OPTIONAL, "languages", "title", "description", "minimum")
_COUNTS = ("entities", "claims", "sources")


def read(report: Report, classes: Mapping[str, object]) -> Info | None:
    """Read the file of `report`; None, with its problems noted, when something in it is wrong."""
    text = decoded(report)
    table = _parse(report, text) if text is not None else None
    if table is None:
        return None
    _check(report, table, classes)
    if report.problems:
        return None
    return Info(
        **{key: table[key] for key in _TEXTS},
        languages=tuple(table["languages"]),
        title=table["title"],
        description=table["description"],
        attribution=table.get("attribution", ""),
        focus=table.get("focus", ""),
        minimum=table.get("minimum", {}),
    )


def _parse(report: Report, text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        place = re.search(r"at line (\d+)", str(exc))
        report.stop(int(place[1]) if place else 0, f"not valid TOML: {exc}")
        return None


def _check(report: Report, table: dict[str, Any], classes: Mapping[str, object]) -> None:
    _check_texts(report, table)
    if report.problems:
        return
    if not ID.fullmatch(table["name"]):
        report.add(0, f'name "{visible(table["name"])}" may hold only a-z, 0-9 and "-": files are named after it')
    for key in ("base", "licence"):
        if fault := iri_fault(table[key]):
            report.add(0, f"{key}: {fault}")
    if not table["base"].endswith("/") or "#" in table["base"] or "?" in table["base"]:
        report.add(0, f'base "{table["base"]}" must end with "/", and hold neither "#" nor "?"')
    for key, value in table.items():
        texts = value.values() if isinstance(value, dict) else [value]
        if fault := character_fault("".join(map(str, texts))):
            report.add(0, f"{key}: {fault}")
    _check_languages(report, table)
    _check_minimum(report, table.get("minimum", {}), classes)


def _check_texts(report: Report, table: dict[str, Any]) -> None:
    for key in table.keys() - set(_KEYS):
        report.add(0, f'unknown key "{visible(key)}"{Known("key", _KEYS).suggestion(key)}')
    for key in _TEXTS:
        if not isinstance(table.get(key), str) or not table[key]:
            report.add(0, f"{key} is missing: a text is expected")
    for key in _OPTIONAL:
        if not isinstance(table.get(key, ""), str):
            report.add(0, f"{key} must be a text")


def _check_languages(report: Report, table: dict[str, Any]) -> None:
    languages = table.get("languages")
    if not isinstance(languages, list) or not languages or len(set(map(str, languages))) < len(languages):
        report.add(0, 'languages is missing: a list of different tags is expected, such as ["ar", "fr"]')
        return
    for tag in languages:
        if not isinstance(tag, str) or not TAG.fullmatch(tag):
            report.add(0, f'"{tag}" in languages is not a language tag')
    for key in ("title", "description"):
        texts = table.get(key)
        for tag in languages:
            if not isinstance(texts, dict) or not isinstance(texts.get(tag), str) or not texts[tag]:
                report.add(0, f"[{key}] has no text for the language {tag}")


def _check_minimum(report: Report, minimum: object, classes: Mapping[str, object]) -> None:
    if not isinstance(minimum, dict):
        report.add(0, "[minimum] must be a table of counts")
        return
    known = Known("count", [*_COUNTS, *classes])
    for key, count in minimum.items():
        if key not in known.ids:
            report.add(0, f'unknown count "{visible(key)}" in [minimum]{known.suggestion(key)}')
        if type(count) is not int or count < 0:
            report.add(0, f"minimum.{key} must be a whole number")
