"""The user's own copies of texts that claims cite: read as they are, and proved to be the text that was read."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from graph.errors import DataError, Problem, said, shown
from graph.facts.known import Known
from graph.model.records import Source


def read(path: Path) -> str:
    """Read a text without touching its line ends, marks or composition; DataError names the byte that is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        byte = f"0x{data[exc.start]:02X}"
        message = said("not UTF-8: byte {byte}, after {count} others; save it as UTF-8", byte=byte, count=exc.start)
        raise DataError.at(path, message, line) from exc


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
        return said(
            'unknown source "{source}"{hint} (this text: length {length}, sha256 {digest})',
            source=source_id,
            hint=Known(said("source"), known, few=True).hint(source_id),
            length=str(len(text)),
            digest=digest,
        )
    if not source.text:
        return said('source "{source}" is a dataset: its claims cite records, not a text', source=source_id)
    if len(text) != source.length:
        found = said(
            "it has {length} characters, but source {source} was read from a text of {expected}",
            length=len(text),
            source=source_id,
            expected=source.length or 0,
        )
    elif digest != source.sha256:
        found = said("its SHA-256 is not that of the text that source {source} was read from", source=source_id)
    else:
        return ""
    return said(
        "{found}; positions such as 34-55 hold in that very text only, not in an edited or reformatted copy",
        found=found,
    )
