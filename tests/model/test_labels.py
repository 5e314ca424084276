"""A thing is called by its label in the reader's language, or else in the next declared one that has it."""

from __future__ import annotations

import pytest

from graph.model.labels import LabelResolver


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        ({"ar": "واحة", "fr": "oasis", "en": "oasis"}, ("oasis", "fr")),
        ({"en": "oasis", "ar": "واحة"}, ("واحة", "ar")),
        ({"zgh": "ⵜⵉⵎⵍⵍⵉⵜ", "de": "Oase"}, ("Oase", "de")),
        ({"zgh": "ⵜⵉⵎⵍⵍⵉⵜ", "": "oasis"}, ("oasis", "")),
    ],
)
def test_which_label_is_chosen(texts, chosen):
    assert LabelResolver(["fr", "ar", "fr", "en"]).chosen(texts) == chosen


def test_of_two_labels_in_one_language_the_order_of_answers_does_not_decide():
    for first, second in (("b", "a"), ("a", "b")):
        resolver = LabelResolver(["en"])
        resolver.add("x:y", "en", first)
        resolver.add("x:y", "en", second)
        assert resolver.label("x:y") == ("a", "en")
    assert resolver.label("x:z") is None
