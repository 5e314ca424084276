"""In which encoding a table was saved, and its text: UTF-8, or what spreadsheets write where it is sure to be that.

Excel saves "Unicode text" as UTF-16, and CSV in the code page of its Windows: 1256 where that speaks Arabic, 1252
where it speaks French or English. Both read nearly any bytes, so a decoding is sure only if all that comes out is what
such a text holds.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from graph.errors import said

_ARABIC = "windows-1256"
_LATIN = "windows-1252"
_SIGNS = frozenset("\u00a0\u200c\u200d\u200e\u200f،؛؟«»‹›’‘“”„–—…•·°€§")
_LATIN_LETTERS = frozenset("àâäåãáæçèéêëíîïñóôöõøœùûüúÿßÀÂÄÅÃÁÆÇÈÉÊËÍÎÏÑÓÔÖÕØŒÙÛÜÚŸ")
_ARABIC_RUN = re.compile("[\u0621-\u064a]{2,}")
_TWO_SCRIPTS = re.compile("[\u0621-\u064a][À-ÿŒœ]|[À-ÿŒœ][\u0621-\u064a]")  # so ISO 8859-6 comes out
_CAPITAL_INSIDE = re.compile("[a-zß-ÿ][À-ÖØ-Þ]|[À-ÖØ-Þ][^\\W\\da-zA-ZÀ-ÿŒœŸ]|[À-ÖØ-Þ][\u00a0-\u00bf‘-„†-…]")


class NotDecoded(ValueError):
    """Bytes of which nobody can be sure; `start` is the first that is not UTF-8."""

    def __init__(self, message: str, start: int) -> None:
        super().__init__(message)
        self.message, self.start = message, start


def decode(data: bytes) -> tuple[str, str]:
    """Give the text of a table, without its byte order mark, and the encoding if it is not UTF-8 (else empty).

    Raises NotDecoded where the encoding is not sure.

    >>> decode("Vallée\\n".encode("windows-1252")), decode("المركز".encode("windows-1256"))
    (('Vallée\\n', 'windows-1252'), ('المركز', 'windows-1256'))
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as exc:
            message = said("the file begins as UTF-16 and is not; save it as UTF-8")
            raise NotDecoded(message, exc.start) from exc
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as exc:
        for encoding, sure in ((_ARABIC, _is_arabic), (_LATIN, _is_latin)):
            text = _decoded(data, encoding)
            if text is not None and sure(text, _decoded(data, _ARABIC) or ""):
                return text, encoding
        message = said("byte {byte} is not UTF-8; save the file as UTF-8", byte=f"0x{data[exc.start]:02X}")
        raise NotDecoded(message, exc.start) from exc


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_arabic(text: str, arabic: str) -> bool:
    """Tell whether it has a word of Arabic, and nothing but Arabic, French and the signs of both, each word in one."""
    words = any(len(word) > 2 for word in _ARABIC_RUN.findall(text)) and not _TWO_SCRIPTS.search(text)
    return words and all(c.isascii() or c in _SIGNS or c in _LATIN_LETTERS or _arabic(c) for c in text)


def _arabic(c: str) -> bool:
    return "\u0600" <= c <= "\u06ff" and unicodedata.category(c) in {"Lo", "Mn", "Lm"}


def _is_latin(text: str, arabic: str) -> bool:
    """Tell whether all is European and could not be Arabic: no two letters in a row are ones that Windows-1256 has."""
    letters = all(c.isascii() or c in _SIGNS or c in _LATIN_LETTERS for c in text)
    return letters and not _ARABIC_RUN.search(arabic) and not _CAPITAL_INSIDE.search(text)
