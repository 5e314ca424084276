"""What a name may mean, however many names there are and however long it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from string import ascii_lowercase
from time import process_time

from graph.store.matching import Candidate, Matcher

PLACES = [f"commune {one}{other}" for one, other in product(ascii_lowercase, repeat=2)]


def matcher(names: Iterable[str]) -> Matcher:
    return Matcher(Candidate(f"https://example.org/{name}", frozenset({"City"}), (name,)) for name in names)


def test_of_many_that_are_as_near_the_same_are_given_in_whatever_order_they_come() -> None:
    found = matcher(reversed(PLACES)).find("commune", limit=3)
    assert [each.called for each in found] == ["commune aa", "commune ab", "commune ac"]


def test_what_is_called_just_so_comes_first_however_many_names_begin_so() -> None:
    assert [each.called for each in matcher([*PLACES, "commune"]).find("commune", limit=1)] == ["commune"]


def test_what_begins_as_one_types_comes_before_what_has_a_word_that_does() -> None:
    found = matcher(["Bab Tiznit", "Tiznit"]).begin("tiz")
    assert [each.called for each in found] == ["Tiznit", "Bab Tiznit"]


def test_a_long_name_that_can_be_none_of_them_holds_nobody_up() -> None:
    places = matcher(f"{each} de la province et de la région de Souss-Massa" for each in PLACES[:60])
    start = process_time()
    for n in range(20):
        assert places.find(f"centre numéro {n} de formation et de la région " * 9) == []
    assert process_time() - start < 0.5
