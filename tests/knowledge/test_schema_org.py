"""What pages say to search engines is what schema.org lets be said of a thing of that type."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.knowledge.schema_org import SchemaOrg

SAID = tomllib.loads((Path(__file__).parent / "schema_org.toml").read_text(encoding="utf-8"))


def above(name: str) -> set[str]:
    return {name}.union(*map(above, SAID["types"][name]))


def types_of(value: Any) -> set[str]:
    """The types of a value, with all above them; a plain one is a number or a text, as all else is that JSON has."""
    if isinstance(value, dict) and "@value" not in value:
        kinds = value["@type"]
        return set().union(*map(above, [kinds] if isinstance(kinds, str) else kinds))
    return {"Number" if isinstance(value, int | float) else "Text"}


def statements(told: Any) -> Iterator[tuple[Any, str, Any]]:
    for name, values in told.items() if isinstance(told, dict) and "@value" not in told else ():
        for value in [] if name.startswith("@") else values if isinstance(values, list) else [values]:
            yield told, name, value
            yield from statements(value)


@pytest.mark.parametrize("dataset", ["souss", "emerald"])
def test_each_property_is_one_of_the_type_of_its_thing_and_of_its_value(
    dataset: str, request: pytest.FixtureRequest
) -> None:
    knowledge = request.getfixturevalue(dataset)
    describe, facts = SchemaOrg(knowledge, "en"), knowledge.facts
    told = [
        describe.dataset(),
        *map(describe.entity, facts.entities.values()),
        *map(describe.source, facts.sources.values()),
        *(describe.claim(each, "said") for each in facts.claims),
    ]
    wrong = {
        (str(thing["@type"]), name, str(types_of(value)))
        for each in told
        for thing, name, value in statements(each)
        if not (types_of(thing) & {*SAID["properties"][name]["for"]})
        or not (types_of(value) & {*SAID["properties"][name]["has"]})
    }
    assert wrong == set()


def test_what_a_property_cannot_say_of_a_place_another_says(souss: Any) -> None:
    technopark = SchemaOrg(souss, "en").entity(souss.facts.entities["technopark-tiznit"])
    assert technopark["@type"] == ["Place"]
    assert [each["@id"].rpartition("/")[2] for each in technopark["containedInPlace"]] == ["tiznit"]
    assert not technopark.keys() & {"location", "startDate", "currency", "amount"}
