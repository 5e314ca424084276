"""Classes and those above them."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def finest(classes: Collection[str], above: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Give those of some classes that are above none of the others, sorted; `above` each are those that it is under.

    >>> finest({"Centre", "FabLab"}, {"FabLab": {"FabLab", "Centre"}})
    ('FabLab',)
    """
    higher = {other for each in classes for other in above.get(each, ()) if other != each}
    return tuple(sorted({*classes} - higher))
