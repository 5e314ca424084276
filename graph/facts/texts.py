"""The user's own copies of texts that claims cite: read as they are, and proved to be the text that was read."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from graph.errors import DataError, Problem, shown
from graph.facts.rows import Known
from graph.model.records import Source


def read(path: Path) -> str:
    """Read a text without touching its line ends, marks or composition; DataError names the byte that is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        message = f"not UTF-8: byte 0x{data[exc.start]:02X}, after {exc.start:,} others; save it as UTF-8"
        raise DataError([Problem(shown(path), line, message)]) from exc


def load(paths: Mapping[str, Path], sources: Mapping[str, Source]) -> dict[str, str]:
    """Read the copy of each source, by id; DataError when one is not the text that its claims were read from."""
    texts = {source: read(path) for source, path in paths.items()}
    faults = {source: fault(source, text, sources) for source, text in texts.items()}
    problems = [Problem(shown(paths[source]), 0, message) for source, message in faults.items() if message]
    if problems:
        raise DataError(problems)
    return texts


def fault(source_id: str, text: str, sources: Mapping[str, Source]) -> str:
    """Say why `text` is not the very text of a source; empty when it is."""
    source = sources.get(source_id)
    digest = sha256(text.encode()).hexdigest()
    if source is None:
        known = [id_ for id_, one in sources.items() if one.text]
        hint = Known("source", known, few=True).hint(source_id)
        return f'unknown source "{source_id}"{hint} (this text: length {len(text)}, sha256 {digest})'
    if not source.text:
        return f'source "{source_id}" is a dataset: its claims cite records, not a text'
    if len(text) != source.length:
        found = f"it has {len(text):,} characters, but source {source_id} was read from a text of {source.length:,}"
    elif digest != source.sha256:
        found = f"its SHA-256 is not that of the text that source {source_id} was read from"
    else:
        return ""
    return f"{found}; positions such as 34-55 hold in that very text only, not in an edited or reformatted copy"
