"""A documented question whose answer does not come in time tells what narrows it, in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import QueryTimeout, said
from graph.model.messages import told
from graph.store import question
from graph.store.answer import Answer
from graph.store.embedded import Embedded

BASE, RDFS = "https://example.org/", "http://www.w3.org/2000/01/rdf-schema#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ENTITY = NamedNode("https://w3id.org/azetta/ontology#Entity")
MILL = NamedNode(BASE + "mill")


class Late(Embedded):
    """A store that looks names up, and gives no answer to what has a deadline."""

    def query(self, text: str, *, timeout: float | None = None, **more: Any) -> Answer:
        if timeout is not None:
            raise QueryTimeout(
                said("no answer within {seconds} seconds; narrow the query, or raise the timeout", seconds="9")
            )
        return super().query(text, **more)


@pytest.fixture
def late() -> Late:
    quads = [(TYPE, ENTITY), (NamedNode(RDFS + "label"), Literal("Mill", language="en"))]
    return Late([Quad(MILL, name, value, NamedNode(BASE + "graph/entities")) for name, value in quads])


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (
            "en",
            "no answer within 9 seconds; narrow the query, or raise the timeout: "
            "a value for audience or province narrows “programmes”",
        ),
        (
            "fr",
            "pas de réponse en 9 secondes ; restreignez la requête ou augmentez le délai : "
            "une valeur pour audience ou province restreint « programmes »",
        ),
        (
            "ar",
            "\u2068لا جواب خلال \u20689\u2069 ث؛ ضيّق الاستعلام أو زد المهلة\u2069: "
            "تحديد قيمة للمعامل \u2068\u2068audience\u2069 أو \u2068province\u2069\u2069 "
            "يضيّق السؤال «\u2068programmes\u2069»",
        ),
    ],
)
def test_question_left_open_that_is_late_tells_what_narrows_it(late: Late, language: str, message: str) -> None:
    with pytest.raises(QueryTimeout) as caught:
        question.load("programmes").ask(late, {}, timeout=9)
    assert told(caught.value.args[0], language) == message


@pytest.mark.parametrize(("name", "values"), [("silence", {"entity": "Mill"}), ("kinds", {})])
def test_what_nothing_narrows_further_is_late_and_no_more(late: Late, name: str, values: dict[str, str]) -> None:
    with pytest.raises(QueryTimeout, match=r"raise the timeout$"):
        question.load(name).ask(late, values, timeout=9)
