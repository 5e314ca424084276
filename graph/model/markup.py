"""JSON in HTML."""

from __future__ import annotations

import json
from typing import Any


def embed(value: Any) -> Any:
    """Write JSON, in ASCII, that HTML cannot mistake for markup."""
    from markupsafe import Markup

    text = json.dumps(value, separators=(",", ":"), sort_keys=True)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - what could end the script element was just escaped
