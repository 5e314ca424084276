"""What a page of a thing says is written for readers."""

from __future__ import annotations

from graph.web.record import ASKED, record
from graph.web.terms import ShownLabels

BASE = "https://example.org/"
LAST = "https://w3id.org/azetta/ontology#lastTold"


def test_of_a_moment_its_day_is_said() -> None:
    told = {
        "type": "literal",
        "value": "2031-04-22T23:32:00+01:00",
        "datatype": "http://www.w3.org/2001/XMLSchema#dateTime",
    }
    answers = {name: [] for name in ASKED} | {
        "statements": [{"property": {"type": "uri", "value": LAST}, "object": told}]
    }
    ((_, values),) = record(f"{BASE}thing", answers, ShownLabels(["en"], BASE)).others
    assert [each.text for each in values] == ["2031-04-22"]
