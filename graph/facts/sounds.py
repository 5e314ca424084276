"""Names made comparable by how they sound, whoever wrote them in whatever script.

>>> sounds("Achengli") == sounds("ashengli") == sounds("أشنكلي")
True
>>> sounds("Taroudannt"), sounds("تارودانت"), sounds("Oued")
('trdnt', 'trdnt', 'd')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import groupby

from graph.facts.spelling import searched

_LEAST = 3  # fewer consonants are shared by too many names


@cache
def heard() -> Mapping[str, str]:
    """Read `sounds.toml`: by sound, the letters that are written for it."""
    import tomllib

    return tomllib.loads(resources.files("graph.facts").joinpath("sounds.toml").read_text(encoding="utf-8"))


@cache
def _sounds() -> Mapping[str, str]:
    return {written: sound for sound, spellings in heard().items() for written in spellings.split()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(each) for each in sorted(_sounds(), key=len, reverse=True)))


def sounds(name: str) -> str:
    """Give the consonants that are heard in a name, word by word; of two alike that follow each other, one."""
    words = ("".join(map(_sounds().__getitem__, _pattern().findall(f"^{word}"))) for word in searched(name).split())
    return " ".join("".join(sound for sound, _ in groupby(word)) for word in words if word)


def telling(sound: str) -> bool:
    """Tell whether enough is heard in a name to tell it by: less is shared by too many names."""
    return len(sound.replace(" ", "")) >= _LEAST
