"""What `check` found, for those who curate in git: as JSON, as SARIF 2.1.0, or as annotations of a workflow."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from graph.errors import Problem

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: What ends a property of a workflow command must not stand in it, nor what ends the command in its message.
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def _json(found: Sequence[Problem]) -> str:
    return json.dumps([each._asdict() for each in found], ensure_ascii=False, indent=2)


def _sarif(found: Sequence[Problem]) -> str:
    """See https://docs.oasis-open.org/sarif/sarif/v2.1.0/: a file as a whole has no region, and a rule is a level."""
    levels = sorted({each.level for each in found})
    driver = {"name": "azetta", "version": version("azetta"), "rules": [{"id": level} for level in levels]}
    results = [
        {"ruleId": each.level, "level": each.level, "message": {"text": each.message}, "locations": [_place(each)]}
        for each in found
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _place(each: Problem) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": each.file}}
    return {"physicalLocation": place | ({"region": {"startLine": each.line}} if each.line else {})}


def _github(found: Sequence[Problem]) -> str:
    """See https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    return "\n".join(
        f"::{'notice' if each.level == 'note' else each.level} file={_escaped(each.file, _IN_PROPERTY)}"
        f"{f',line={each.line}' if each.line else ''}::{_escaped(each.message, _IN_MESSAGE)}"
        for each in found
    )


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"json": _json, "sarif": _sarif, "github": _github}
