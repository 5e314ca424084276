"""Reading `outline.json`: the land that the map draws under a dataset's places, where a dataset has one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.errors import said
from graph.facts.characters import character_fault
from graph.facts.rows import CuratedFile, decoded

SHAPE = said(
    '"title" (a text) and "land" (a list of rings, each a list of [longitude, latitude] in degrees) are expected'
)


def read(file: CuratedFile) -> Mapping[str, Any]:
    """Give the coastline in `file`; nothing when there is none, or when it is not of its shape."""
    text = decoded(file) if file.path.is_file() else None
    if text is None:
        return {}
    try:
        found = json.loads(text)
    except json.JSONDecodeError as exc:
        file.add(exc.lineno, said("not valid JSON: {reason}", reason=exc.msg))
        return {}
    if isinstance(found, dict) and isinstance(found.get("title"), str) and _rings(found.get("land")):
        for key, value in found.items():
            if isinstance(value, str) and (fault := character_fault(value)):
                file.add(0, said("{key}: {fault}", key=key, fault=fault))
        return found
    file.add(0, SHAPE)
    return {}


def _rings(land: object) -> bool:
    return isinstance(land, list) and all(isinstance(ring, list) and all(map(_point, ring)) for ring in land)


def _point(pair: object) -> bool:
    if not isinstance(pair, list) or not all(type(value) in {int, float} for value in pair):
        return False
    return len(pair) == len(("longitude", "latitude")) and all(abs(value) <= 360 for value in pair)
