"""A new dataset in a folder of its own: tables with their headers, what its curators need to know, and a first build.

What is written stands in `templates/`: files that are the same in every language, and for each language of the
interface one of words (`LANGUAGE.toml`) and one README (`LANGUAGE.md`).
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graph import origin, pipeline
from graph.curation.reference import Region
from graph.errors import OutputError, said, shown
from graph.facts import table
from graph.facts.curated import COLUMNS, header
from graph.model.inputs import TABLES
from graph.model.words import order, spoken
from graph.system.interrupt import Tidied
from graph.system.scratch import scratch

_TEMPLATES = Path(__file__).parent / "templates"
_DATASET = TABLES[0]
#: What is written into the folder, and the template that says it; README.md has one in each language.
_FILES = {
    f"{origin.DATA}/{_DATASET}": "dataset.toml",
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    ".github/workflows/check.yml": "check.yml",
}
_README = "README.md"


def begin(
    folder: Path,
    name: str,
    base: str,
    languages: Sequence[str],
    region: Region | None = None,
    progress: Callable[[str], object] = lambda step: None,
) -> list[str]:
    """Make a dataset in `folder`, empty or with the places of `region`, and build it; give the paths of its files.

    All of it comes into the folder, or nothing: other files may stand there, but none that is called the same. Raises
    OutputError then, or when the folder cannot be written.
    """
    refuse(folder)
    parent = folder if folder.is_dir() else folder.parent
    try:
        with scratch(parent) as beside:
            fresh = beside / "new"
            for path, content in written(name, base, languages, region).items():
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                (fresh / path).write_bytes(content)
            made = origin.of_tables(str(fresh / origin.DATA))
            pipeline.build(Path(made.data), Path(made.ontology), fresh / origin.OUT, progress=progress)
            paths = sorted(path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file())
            _place(fresh, folder)
    except OSError as error:
        why = {"folder": shown(folder), "reason": error.strerror or str(error)}
        raise OutputError(said("cannot write {folder}: {reason}; nothing was written", **why)) from error
    return paths


def refuse(folder: Path) -> None:
    """Raise OutputError where a dataset cannot begin in a folder, since something of the same name stands there."""
    data = folder / origin.DATA
    if (data / _DATASET).exists():
        known = origin.called(str(data))
        named = str(known) if known else said("one whose dataset.toml cannot be read")
        where = {"folder": f"{shown(folder)}/", "named": named}
        message = said("{folder} holds a dataset already: {named}; name another folder for a new one", **where)
        raise OutputError(message)
    for name in sorted({path.partition("/")[0] for path in (*_FILES, _README, origin.DATA, origin.OUT)}):
        _refuse(folder / name)
    if not folder.is_dir():
        _refuse(folder)
    if not folder.parent.is_dir():
        where = {"folder": f"{shown(folder)}/", "parent": shown(folder.parent)}
        raise OutputError(said("cannot write {folder}: there is no folder {parent}", **where))


def written(name: str, base: str, languages: Sequence[str], region: Region | None = None) -> dict[str, bytes]:
    """Give what the files of a new dataset hold, by their paths in its folder: UTF-8, with LF at line ends."""
    tags = [path.stem for path in _TEMPLATES.glob("*.md")]
    words = {tag: tomllib.loads((_TEMPLATES / f"{tag}.toml").read_text(encoding="utf-8")) for tag in tags}
    page = spoken(dict.fromkeys(languages, name))[0]  # what its page speaks where none of its languages is spoken
    own = next(tag for tag in (*languages, page, *order(page)) if tag in words)
    known = {tag: words[tag if tag in words else own] for tag in (*languages, own)}
    values = {
        **words[own],
        "name": name,
        "base": base,
        "languages": languages,
        "titles": dict.fromkeys(languages, name) | (region.titles(languages) if region else {}),
        "focus": region.id if region else "",
        "descriptions": {tag: each["description"] for tag, each in known.items()},
        "commands": _commands(own, known, languages),
        "version": version("azetta"),
    }
    texts = {path: _filled(template, values) for path, template in _FILES.items()}
    texts |= {f"{origin.DATA}/{each}": table.written([header(each, languages)]) for each in COLUMNS}
    files = {path: text.encode() for path, text in (texts | {_README: _filled(f"{own}.md", values)}).items()}
    return files | {
        f"{origin.DATA}/{file}": text for file, text in (region.tables(languages) if region else {}).items()
    }


def _commands(own: str, known: Mapping[str, Any], languages: Sequence[str]) -> dict[str, list[str]]:
    """Give the commands that add what an invented sentence in the language `own` says, by what they add."""
    told = known[own]["example"]
    ends = {"subject": ("al-amal", "Organization"), "object": ("horizon", "Programme")}
    copy = f"--text example=../{told['file']}"

    def named(option: str, what: str) -> str:
        return " ".join(f'--{option} {tag}="{known[tag]["example"][what]}"' for tag in languages)

    ours = "".join(f" --translated {tag}" for tag in languages if tag != own)
    source = f"azetta add source ../{told['file']} --id example --nature original --language {own}"
    stated = told["text"].rstrip(".")
    return {
        "source": [f"{source} --date 2031-05-04 --url https://example.org/example {named('title', 'title')}"],
        "entity": [f"azetta add entity {id_} {kind} {named('label', end)}{ours}" for end, (id_, kind) in ends.items()],
        "mention": [f"azetta add mention {id_} {copy} --all" for id_, _ in ends.values()],
        "claim": [f'azetta add claim {ends["subject"][0]} launches {ends["object"][0]} --words "{stated}" {copy}'],
    }


def _filled(template: str, values: Mapping[str, Any]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(_TEMPLATES)
    environment = Environment(loader=loader, undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701 - no HTML
    environment.filters["toml"] = lambda text: json.dumps(text, ensure_ascii=False)  # is TOML for what names hold
    environment.filters["comment"] = lambda text: "\n".join(f"# {line}" for line in text.strip().split("\n"))
    return environment.get_template(template).render(values)


def _refuse(path: Path) -> None:
    if os.path.lexists(path):
        message = said(
            "{path} is there already, and nothing is overwritten: move it, or name another folder", path=shown(path)
        )
        raise OutputError(message)


def _place(fresh: Path, folder: Path) -> None:
    """Let all that stands in `fresh` stand in `folder`; what was moved goes back should the rest not follow."""
    if not folder.is_dir():
        fresh.rename(folder)
        return
    moved: list[str] = []

    def back() -> None:
        for name in moved:
            if not os.path.lexists(fresh / name):
                (folder / name).rename(fresh / name)

    with Tidied(back):
        for name in sorted(os.listdir(fresh)):
            _refuse(folder / name)
            moved.append(name)
            (fresh / name).rename(folder / name)
        moved.clear()
