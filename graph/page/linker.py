"""ES modules joined into one script, so that a page needs no server and its makers no build tool.

Each module becomes a function of what it imports that gives what it exports, and so keeps its own scope:

    const words_js = (({ data }, { state }) => { ... return { t, date }; })(data_js, state_js);

Modules say `import { a, b as c } from "./x.js";` (or from "../room/x.js"; without names, `import "./x.js";`), and
`export` before a `const`, `function` or `class`, where a line begins: that much can be told from any other text without
reading JavaScript, and runs the same when a browser loads the modules themselves. What is exported
cannot be bound anew, for who imports would not see that.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import shown

STATEMENT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
IMPORT = re.compile(r'import (?:\{([^{}]*)\} from )?"(\.\.?/(?:\w+/)?\w+\.js)";\n')
EXPORT = re.compile(r"export (?=(?:const|function|async function|class) (?:\{([\w$,\s]+)\}|([\w$]+)))")
LINKING = re.compile(rf"^(?:{IMPORT.pattern}|{EXPORT.pattern})", re.MULTILINE)
NAME = re.compile(r"([\w$]+)(?: as ([\w$]+))?")


class LinkError(ValueError):
    """Modules that cannot be joined: says which file and line, or which files import each other."""


@dataclass(frozen=True)
class Import:
    """What a module takes from another: its file, and (name there, name here, line) of each.

    A file is named as seen from the folder of the first module.
    """

    file: str
    names: tuple[tuple[str, str, int], ...]
    line: int


@dataclass(frozen=True)
class Module:
    """One file: what it imports and exports, and its text without those words."""

    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    body: str


def joined(folder: Path, first: str) -> str:
    """Join the module `first` of `folder` and all that it needs, each after what it imports.

    Raises `LinkError` for a cycle, a file or a name that is not there, and any other form of import or export.
    """
    modules: dict[str, Module] = {}
    _gather(folder, first, (), modules)
    for file, module in modules.items():
        for each in module.imports:
            for name, _, line in each.names:
                if name not in modules[each.file].exports:
                    raise LinkError(f"{shown(folder / file)}:{line}: {each.file} exports no {name}")
    return '"use strict";\n(() => {\n' + "".join(_function(*each) for each in modules.items()) + "})();\n"


def _gather(folder: Path, file: str, above: tuple[str, ...], modules: dict[str, Module]) -> None:
    """Read a module after those it imports, as a browser does; `above` are those that wait for it."""
    if file in above:
        raise LinkError("modules import each other: " + " → ".join((*above[above.index(file) :], file)))
    if file in modules:
        return
    module = _read(folder, file)
    for each in module.imports:
        if not (folder / each.file).is_file():
            raise LinkError(f"{shown(folder / file)}:{each.line}: there is no {each.file}")
        _gather(folder, each.file, (*above, file), modules)
    modules[file] = module


def _read(folder: Path, file: str) -> Module:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    imports: list[Import] = []
    exports: list[str] = []
    for statement in STATEMENT.finditer(text):
        line = text.count("\n", 0, statement.start()) + 1
        if taken := IMPORT.match(text, statement.start()):
            there = posixpath.normpath(posixpath.join(posixpath.dirname(file), taken[2]))
            imports.append(Import(there, tuple(_names(taken[1] or "", line)), line))
        elif given := EXPORT.match(text, statement.start()):
            exports += [name for name, _, _ in _names(given[1] or given[2], line)]
        else:
            raise LinkError(f"{shown(path)}:{line}: neither a named import nor an export of a const, function or class")
    return Module(tuple(imports), tuple(exports), LINKING.sub("", text))


def _names(text: str, line: int) -> Iterator[tuple[str, str, int]]:
    for found in NAME.finditer(text):
        yield found[1], found[2] or found[1], line + text.count("\n", 0, found.start())


def _function(file: str, module: Module) -> str:
    taken = ", ".join(
        "{ " + ", ".join(there if there == here else f"{there}: {here}" for there, here, _ in each.names) + " }"
        for each in module.imports
    )
    given = ", ".join(_variable(each.file) for each in module.imports)
    exports = ", ".join(module.exports)
    return f"const {_variable(file)} = (({taken}) => {{\n{module.body}return {{ {exports} }};\n}})({given});\n"


def _variable(file: str) -> str:
    return re.sub(r"\W", "_", file)
