"""What this program is called by whoever started it: the one place that decides it, for helps and messages."""

from __future__ import annotations

import os
import sys

CHECKOUT = "python build.py"
"""How examples write it; `named` puts the name of the day in its place."""

_MODULE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "__main__.py")


def name() -> str:
    """Give what to type to start this program as it was started: `azetta` where it is installed, or used by Python."""
    started = sys.argv[0] if sys.argv else ""
    if os.path.basename(started) == "build.py":
        return CHECKOUT
    return "python -m graph" if started == _MODULE else "azetta"


def named(text: str) -> str:
    """Give a help whose examples can be typed as they stand."""
    return text.replace(CHECKOUT, name())
