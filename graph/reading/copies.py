"""The text of an article from a file that somebody has of it: as it is, or taken out of a page of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from graph.errors import DataError, said
from graph.facts import texts
from graph.facts.spelling import fold
from graph.model.records import Source
from graph.reading.language import Language

_LARGEST = 4_000_000
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_OTHERS = {
    b"%PDF": said("a PDF, not a text: make its text with `pdftotext`"),
    b"PK\x03\x04": said("an archive or an office document, not a text; save the text alone, in UTF-8"),
}
_ONE_LINE = 5_000
_FEW_WORDS, _COMMON = 40, 0.03


@dataclass(frozen=True, slots=True)
class Article:
    """A text, and with what it was taken out of its page; nothing where the file is the text."""

    text: str
    extractor: str = ""

    @property
    def sha256(self) -> str:
        """The digest of the text."""
        return sha256(self.text.encode()).hexdigest()


def read(path: Path) -> Article:
    """Read the text of an article; DataError where the file holds none, or more than an article has."""
    with path.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        sizes = {"size": path.stat().st_size, "largest": _LARGEST}
        raise DataError.at(path, said("{size} bytes; an article has some thousands, and {largest} are read", **sizes))
    for sign, what in _OTHERS.items():
        if data.startswith(sign):
            raise DataError.at(path, what)
    if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        return _extracted(path, data)
    text = texts.read(path)
    if "\0" in text:
        raise DataError.at(path, said("it holds the character U+0000, as no text does; save the text alone, in UTF-8"))
    if not any(map(str.isalpha, text)):
        raise DataError.at(path, said("no text: there is not one letter in it"))
    return Article(text)


def _extracted(path: Path, data: bytes) -> Article:
    try:
        import trafilatura
    except ImportError:
        how = said("a page of HTML: `pip install 'azetta[read]'` takes the text out of it")
        raise DataError.at(path, how) from None
    text = trafilatura.extract(data, include_comments=False, include_tables=False, deduplicate=False)
    if not text or not any(map(str.isalpha, text)):
        raise DataError.at(path, said("no article was found in this page of HTML; save its text alone, in UTF-8"))
    return Article(text, f"trafilatura {version('trafilatura')}")


def changed(article: Article, source: Source) -> str:
    """Say why a text is not the very one that a source was read from, with the digests of both; empty when it is."""
    if article.sha256 == source.sha256:
        return ""
    message = said(
        "the text of {source} changed since it was read: it had {was} characters, SHA-256 {old}; this one has {now}, "
        "{new}",
        source=source.id,
        was=source.length or 0,
        old=source.sha256,
        now=len(article.text),
        new=article.sha256,
    )
    if source.extractor == article.extractor:
        return message
    return said("{message}; it was extracted by {extractor}", message=message, extractor=source.extractor)


def doubts(text: str, language: Language) -> Iterator[str]:
    """Say what makes a text hard to read."""
    if len(text) > _ONE_LINE and "\n" not in text.strip():
        yield said(
            "all {number} characters are on one line: headings and paragraphs are not told apart", number=len(text)
        )
    if not language.cues:
        yield said('no cues are known for the language "{tag}": only known names are found', tag=language.tag)


def foreign(text: str, language: Language) -> bool:
    """Tell whether a text is of another language than said: it hardly has the words that any text of that one has."""
    words = re.findall(r"\w+", fold(text).text)
    common = sum(word in language.common for word in words)
    return bool(language.common) and len(words) >= _FEW_WORDS and common < _COMMON * len(words)
