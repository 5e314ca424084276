"""The invented region as if its curators had written it in other languages."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from programs import REGION

_NAMED = re.compile(r"(label|alt|hidden|title)_(\w+)")
_AMAZIGH = str.maketrans("abcdefghijklmnoqrstuvwyzéÉp'", "ⴰⴱⵛⴷⴻⴼⴳⵀⵉⵊⴽⵍⵎⵏⵓⵇⵔⵙⵜⵓⴼⵡⵢⵣⴻⴻⴱ ")


def told_in(languages: list[str], folder: Path) -> Path:
    """Write the region's data, in these languages alone, to a folder; names that it lacks are made of others."""
    folder.mkdir(parents=True)
    for path in (REGION / "data").iterdir():
        text = path.read_text(encoding="utf-8")
        written = _table(text, languages) if path.suffix == ".csv" else _described(text, languages)
        (folder / path.name).write_text(written, encoding="utf-8", newline="\n")
    return folder


def _table(text: str, languages: list[str]) -> str:
    head, *rows = csv.reader(text.splitlines())
    stems = list(dict.fromkeys(found[1] for column in head if (found := _NAMED.fullmatch(column))))
    others = [column for column in head if not _NAMED.fullmatch(column)]
    names = [
        f"{stem}_{tag}" for stem in stems for tag in languages if stem in {"label", "title"} or f"{stem}_{tag}" in head
    ]
    lines = [[*others[:2], *names, *others[2:]]]
    for row in rows:
        told = dict(zip(head, row, strict=True))
        if "translated" in told:
            told["translated"] = "|".join(tag for tag in told["translated"].split("|") if tag in languages)
        found = {name: told.get(name) or _made(told, *name.split("_")) for name in names}
        lines.append([(told | found)[column] for column in lines[0]])
    return "".join(_line(line) for line in lines)


def _line(cells: list[str]) -> str:
    return ",".join(f'"{cell}"' if re.search('[,"\n]', cell) else cell for cell in cells) + "\n"


def _made(told: dict[str, str], stem: str, tag: str) -> str:
    """Give a name where the region has none: the French one, in Amazigh letters for Amazigh."""
    name = told.get(f"{stem}_fr", "") if stem in {"label", "title"} else ""
    return name.lower().translate(_AMAZIGH) if tag == "zgh" else name


def _described(text: str, languages: list[str]) -> str:
    text = re.sub(r"languages = .*", f"languages = {json.dumps(languages)}", text)
    for section in ("title", "description"):
        lines = re.search(rf"\[{section}\]\n((?:\w+ = .*\n)+)", text)
        assert lines
        told = {f"{section}_{tag}": json.loads(name) for tag, name in re.findall(r"(\w+) = (.*)", lines[1])}
        made = [
            (tag, told.get(f"{section}_{tag}") or _made(told | {"label_fr": told[f"{section}_fr"]}, "label", tag))
            for tag in languages
        ]
        text = text.replace(
            lines[1], "".join(f"{tag} = {json.dumps(name, ensure_ascii=False)}\n" for tag, name in made)
        )
    return text
