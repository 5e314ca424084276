"""JSON in HTML."""

from __future__ import annotations

import json
import re
from typing import Any

#: Controls, signs of direction, separators of lines, surrogates, what is for private use or no character, and beyond.
_UNSEEN = (
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff"
    "\U00010000-\U0010ffff]"
)


def escaped(characters: str, text: str) -> str:
    """Write each of some characters (a class of a regular expression) as JSON and JavaScript escape it."""
    return re.sub(characters, lambda found: json.dumps(found[0])[1:-1], text)


def embed(value: Any) -> Any:
    """Write JSON that HTML cannot mistake for markup, with what cannot be seen escaped."""
    from markupsafe import Markup

    text = escaped(_UNSEEN, json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - what could end the script element was just escaped
