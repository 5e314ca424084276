"""The page on which a curator decides a review: the text beside what was read in it, as one file that asks for nothing.

Unlike the page of the knowledge it holds the whole text of each source: a scratch file, never one to publish.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from graph.facts.spelling import letters
from graph.model import own, words
from graph.model.ontology import Ontology
from graph.model.records import Facts
from graph.page.data import Json, interface
from graph.page.html import ascii_script, content_hash, environment, read
from graph.page.linker import joined
from graph.reading.proposals import cells, columns
from graph.reading.review import Review


def render(review: Review, facts: Facts, ontology: Ontology, texts: Mapping[str, str]) -> str:
    """Give the HTML of the page; `texts` are those that the review was read from, by source."""
    data = _data(review, facts, ontology, texts)
    script = ascii_script(joined(Path(__file__).parent / "review", "main.js"))
    style = read("css/style.css") + read("css/review.css")
    given = {
        "data": data,
        "script": script,
        "style": style,
        "hashes": {"script": content_hash(script), "style": content_hash(style)},
        "heads": {language: words.head(language) for language in data["interface"]},
    }
    template = environment(data["info"]["spoken"], facts.info.languages).get_template("review.html")
    return str(template.render(given))


def _data(review: Review, facts: Facts, ontology: Ontology, texts: Mapping[str, str]) -> Json:
    languages = review.languages or facts.info.languages
    spoken = words.spoken({each: facts.info.title[each] for each in facts.info.languages})
    rows = list(cells((line.proposal for line in review.lines), languages))
    digest = sha256(json.dumps([rows, sorted(texts.items())]).encode()).hexdigest()
    return {
        "info": {"languages": spoken, "spoken": spoken[0], "names": list(languages)},
        "interface": {each: interface(each, facts.info, ("page", "review")) for each in spoken},
        "languages": words.names(),
        "letters": dict(letters()),
        "file": review.path.with_suffix(".csv").name,
        "digest": digest,
        "header": columns(languages),
        "rows": rows,
        "lines": [line.number for line in review.lines],
        "texts": dict(sorted(texts.items())),
        **_known(review, facts, texts),
        **_terms(ontology),
    }


def _known(review: Review, facts: Facts, texts: Mapping[str, str]) -> Json:
    """Give what the tables hold: names, where the texts name what, and the claims that proposals stand against."""
    cited = {line.proposal.against.removeprefix("claim/") for line in review.lines}
    return {
        "entities": {
            each.id: {"label": dict(each.labels), "names": each.names(), "classes": [*map(own.written, each.classes)]}
            for each in sorted(facts.entities.values(), key=lambda each: each.id)
        },
        "sources": {
            each.id: {"label": dict(each.titles), "language": each.language}
            for each in sorted(facts.sources.values(), key=lambda each: each.id)
        },
        "mentions": [
            [each.entity, each.source, each.start, each.end] for each in facts.mentions if each.source in texts
        ],
        "known": {
            each.id: [each.subject, own.written(each.property), each.object, each.status, each.source]
            for each in facts.claims
            if each.id in cited
        },
    }


def _terms(ontology: Ontology) -> Json:
    """Give what a curator may choose: classes, properties with what they lead to, values of those, statuses."""
    return {
        "classes": {written: _labels(ontology.classes[name].labels) for written, name in ontology.class_names.items()},
        "properties": {
            written: {"label": _labels(ontology.properties[name].labels), **_objects(ontology, name)}
            for written, name in ontology.property_names.items()
        },
        "concepts": {name: _labels(each.labels) for name, each in ontology.concepts.items()},
        "statuses": {name.lower(): _labels(labels) for name, labels in ontology.statuses.items()},
    }


def _objects(ontology: Ontology, name: str) -> Json:
    """Say what the object of a property is: one of some concepts, a value that is written out, or else an entity."""
    prop = ontology.properties[name]
    concepts: Sequence[str] = sorted(ontology.concepts_of(prop.range))
    return {"concepts": concepts} if concepts else {"value": bool(prop.datatypes or prop.foreign)}


def _labels(labels: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items()))
