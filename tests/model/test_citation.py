"""The data has one date, which is that of the newest thing done to it."""

from __future__ import annotations

from dataclasses import replace

from graph.knowledge.knowledge import Knowledge
from graph.model.citation import issued
from graph.model.records import Decision, Moved


def test_the_data_is_as_new_as_its_newest_source_decision_or_change_of_names(emerald: Knowledge) -> None:
    facts = replace(emerald.facts, decisions=(), moved=())
    decision = Decision("accept", "a", "", "bulletin", "it is so", "a curator", "2032-01-02", 2)
    moved = Moved("old", "", "it was none", "2033-04-05", 2)
    assert issued(facts) == "2031-06-01"
    assert issued(replace(facts, decisions=(decision,))) == "2032-01-02"
    assert issued(replace(facts, decisions=(decision,), moved=(moved,))) == "2033-04-05"
    assert issued(replace(facts, sources={})) == ""
