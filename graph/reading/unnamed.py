"""Things that a text speaks of and gives no name, known by where they stand: agreements, sums that somebody gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256

from graph.facts.spelling import Folded
from graph.model.ontology import Ontology
from graph.model.records import Facts
from graph.reading.claims import Cued
from graph.reading.language import Language
from graph.reading.mentions import Named

_SUM, _WORTH, _FOR = "Funding", "amount", "funds"
_SURE = 0.6


def unnamed(text: Folded, known: Iterable[Named], source: str, language: Language) -> list[Named]:
    """Give what the words of a language for a class make a thing of, where no name covers them; the longest words."""
    taken = [(each.start, each.end) for each in known if not each.value]
    found: list[Named] = []
    for kind, start, end in sorted(language.common_nouns.find(text), key=lambda each: (each[1], -each[2])):
        if not any(first < end and start < last for first, last in taken):
            taken.append((start, end))
            found.append(_thing(start, end, kind, source, f"{language.tag}.{kind}"))
    return found


def sums(values: Iterable[Named], source: str, ontology: Ontology) -> Iterator[Named]:
    """Give the sums of money among values, as what somebody may give."""
    for each in values:
        if each.unit in ontology.concepts:
            yield _thing(each.start, each.end, _SUM, source, "sum", each)


class Given:
    """The sums that a dataset knows somebody gave: known again by how much it was, and for what."""

    def __init__(self, facts: Facts) -> None:
        worth = {each.subject: each.object for each in facts.claims if each.property == _WORTH}
        given = [each for each in facts.claims if each.property == _FOR and each.subject in worth]
        self._known = {(Decimal(worth[each.subject]), each.object): each.subject for each in given}

    def known(self, said: Iterable[Cued]) -> dict[str, str]:
        """Give the sums among the subjects of claims that are known, each with the id that it has."""
        given = [each for each in said if each.property == _FOR and each.subject.value]
        found = ((each.subject.id, self._known.get((Decimal(each.subject.value), each.object))) for each in given)
        return {own: known for own, known in found if known}


def _thing(start: int, end: int, kind: str, source: str, cue: str, value: Named | None = None) -> Named:
    id_ = f"{kind.lower()}-{sha256(f'{source}:{start}'.encode()).hexdigest()[:8]}"
    worth = (value.value, value.unit) if value else ("", "")
    return Named(start, end, id_, frozenset({kind}), _SURE, (), cue, False, None, *worth, unnamed=True)
