"""What no text of the data may hold: characters that some format cannot carry, and addresses that are none."""

from __future__ import annotations

import re
import unicodedata

from pyoxigraph import NamedNode

from graph.errors import said

# What XML 1.0 cannot carry breaks RDF/XML and GraphML; the other controls have no place in a name.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def character_fault(text: str) -> str:
    """Say which character of `text` no format can carry; empty when there is none."""
    found = FORBIDDEN.search(text)
    if not found:
        return ""
    return said("the character {character} cannot stand in the data; delete it", character=visible(found[0]))


def visible(text: str) -> str:
    """Show what has no shape of its own (controls, bidi marks, line ends, code points of no character) as U+XXXX."""
    return "".join(f"U+{ord(c):04X}" if unicodedata.category(c) in _UNSEEN else c for c in text)


def iri_fault(text: str) -> str:
    """Say why `text` is not an absolute web address; empty when it is one."""
    if not text.startswith(("http://", "https://")):
        return said('"{text}" is not a web address that begins with http:// or https://', text=visible(text))
    if visible(text) != text:
        return said('the web address "{text}" holds an invisible character', text=visible(text))
    try:
        NamedNode(text)
    except ValueError as exc:
        return said('"{text}" is not a valid web address: {reason}', text=text, reason=str(exc))
    return ""
