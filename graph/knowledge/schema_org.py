"""Things in the words of schema.org, as search engines read them in a page (JSON-LD, https://schema.org/docs/gs.html).

Only what stands as a fact is said of a thing; a claim says its own status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from graph.model.citation import issued
from graph.model.formats import DATA
from graph.model.labels import LabelResolver
from graph.model.records import Claim, Entity, Source
from graph.model.vocabulary import RDFS, SCHEMA, WGS, XSD, expand
from graph.model.words import order

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

JsonLd = dict[str, Any]
_NUMBERS = {XSD.integer: int, XSD.decimal: float}
_SAME = SCHEMA.sameAs
_POINT = {"latitude": WGS.lat, "longitude": WGS.term("long")}
_ADDRESS = SCHEMA.url
#: The types of schema.org that ours come under, each with those above it (https://schema.org/docs/full.html).
_TYPES = {
    "Thing": {"Thing"},
    "Place": {"Place"},
    "AdministrativeArea": {"AdministrativeArea", "Place"},
    "City": {"City", "AdministrativeArea", "Place"},
    "Country": {"Country", "AdministrativeArea", "Place"},
    "Person": {"Person"},
    "Organization": {"Organization"},
    "Corporation": {"Corporation", "Organization"},
    "GovernmentOrganization": {"GovernmentOrganization", "Organization"},
    "EducationalOrganization": {"EducationalOrganization", "Organization", "Place"},
    "Event": {"Event"},
    "CreativeWork": {"CreativeWork"},
    "MonetaryGrant": {"MonetaryGrant"},
    "Audience": {"Audience"},
}
#: The types that a property of schema.org is for, and those that its values are of (where there are none, any).
_FOR: dict[str, tuple[set[str], set[str]]] = {
    "about": ({"CreativeWork", "Event"}, set()),
    "amount": ({"MonetaryGrant"}, set()),
    "areaServed": ({"Organization"}, {"Place"}),
    "audience": ({"CreativeWork", "Event"}, {"Audience"}),
    "containedInPlace": ({"Place"}, {"Place"}),
    "containsPlace": ({"Place"}, {"Place"}),
    "currency": ({"MonetaryAmount"}, set()),
    "funder": ({"CreativeWork", "Event", "MonetaryGrant", "Organization", "Person"}, {"Organization", "Person"}),
    "location": ({"Event", "Organization"}, {"Place"}),
    "startDate": ({"Event"}, set()),
}
#: What says the same of a type that a property is not for.
_INSTEAD = {"location": "containedInPlace"}


class SchemaOrg:
    """Describes the things of a dataset in one language."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.knowledge, self.language = knowledge, language
        self._resolver = LabelResolver(order(language, knowledge.info.title))
        self._above: dict[str, list[str]] = {}
        for each in knowledge.ontology.triples:
            if each.predicate in (RDFS.subClassOf, RDFS.subPropertyOf) and isinstance(each.object, NamedNode):
                self._above.setdefault(str(getattr(each.subject, "value", "")), []).append(each.object.value)
        self._claims: dict[str, list[Claim]] = {}
        self._sources: dict[str, dict[str, None]] = {}
        for claim in knowledge.facts.claims:
            self._claims.setdefault(claim.subject, []).append(claim)
            for end in (claim.subject, claim.object):
                self._sources.setdefault(end, {})[claim.source] = None

    def dataset(self) -> JsonLd:
        """Describe the dataset, with what DataCite asks of one, and what can be had of it where its pages stand."""
        info, facts = self.knowledge.info, self.knowledge.facts
        organisation = {"@type": "Organization", "name": info.publisher}
        found = {
            "@type": "Dataset",
            "@id": info.base,
            "identifier": info.base,
            "url": info.place,
            "name": self._resolver.chosen(info.title)[0],
            "description": self._resolver.chosen(info.description)[0],
            "version": info.version,
            "license": info.licence,
            "inLanguage": [*info.languages],
            "creator": organisation,
            "publisher": organisation,
            "datePublished": issued(facts),
            "creditText": info.attribution,
            "image": info.place + info.card if info.card else "",
            "isBasedOn": [self.knowledge.iris.source(each).value for each in facts.sources],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": each.file.format(info.name),
                    "encodingFormat": each.media,
                    "contentUrl": f"{info.place}download/{each.file.format(info.name)}",
                }
                for each in self.knowledge.files
                if each in DATA
            ],
        }
        return self._whole(found)

    def entity(self, entity: Entity) -> JsonLd:
        """Describe an entity: its names, what is a fact of it, and the sources that speak of it."""
        name, language = self._resolver.chosen(entity.labels)
        others = [self._said(text, tag) for tag, text in entity.labels.items() if tag != language]
        others += [self._said(text, tag) for tag, texts in entity.alts.items() for text in texts]
        found: JsonLd = self._named(entity) | {"name": self._said(name, language), "alternateName": others}
        for claim in self._claims.get(entity.id, ()):
            told = claim.asserted and claim.object not in self.knowledge.ontology.concepts
            for each in self._terms(claim.property) if told else ():
                if not (term := self._fitting(each, claim)):
                    continue
                values = found.setdefault(term, [])
                if (value := self._value(claim, term)) not in values:
                    values.append(value)
        found["geo"] = self._point(entity)
        facts = self.knowledge.facts
        found["subjectOf"] = [self._cited(facts.sources[each]) for each in self._sources.get(entity.id, ())]
        return self._whole(found)

    def source(self, source: Source) -> JsonLd:
        """Describe a source."""
        more = {
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
            "license": source.licence,
            "inLanguage": source.language,
        }
        return self._whole(self._cited(source) | more)

    def claim(self, claim: Claim, name: str) -> JsonLd:
        """Describe a claim, called `name`: whom it is about, its status, and the source that makes it."""
        facts = self.knowledge.facts
        ends = [facts.entities[end] for end in (claim.subject, claim.object) if end in facts.entities]
        found = {
            "@type": "Claim",
            "@id": self.knowledge.iris.claim(claim).value,
            "name": name,
            "about": [self._named(each) for each in ends],
            "creativeWorkStatus": self._resolver.chosen(self.knowledge.ontology.statuses[claim.status.capitalize()])[0],
            "appearance": self._cited(facts.sources[claim.source]),
        }
        return self._whole(found)

    def _whole(self, found: JsonLd) -> JsonLd:
        context = {"@context": ["https://schema.org", {"@language": self.language}]}
        return context | {key: value for key, value in found.items() if value not in ("", [], None)}

    def _said(self, text: str, language: str) -> str | JsonLd:
        return text if language == self.language else {"@language": language, "@value": text}

    def _named(self, entity: Entity) -> JsonLd:
        name = self._said(*self._resolver.chosen(entity.labels))
        return {"@type": self._types(entity), "@id": self.knowledge.iris.entity(entity.id).value, "name": name}

    def _types(self, entity: Entity) -> list[str]:
        """Give the nearest classes of schema.org above those of an entity."""
        found: dict[str, None] = {}
        for name in self.knowledge.ontology.finest(entity.classes):
            wave = [self.knowledge.ontology.classes[name].iri.value]
            while wave and not (near := [each for each in wave if each.startswith(SCHEMA)]):
                wave = [above for each in wave for above in self._above.get(each, ())]
            found |= dict.fromkeys(each.removeprefix(SCHEMA) for each in (near if wave else ()))
        return [each for each in found if each != "Thing"] or ["Thing"]

    def _terms(self, name: str) -> Iterator[str]:
        """Give the properties of schema.org that follow from one of ours."""
        waiting, seen = [expand(name).value], set[str]()
        while waiting:
            if (term := waiting.pop()) not in seen:
                seen.add(term)
                waiting += self._above.get(term, ())
                if term.startswith(SCHEMA):
                    yield term.removeprefix(SCHEMA)

    def _fitting(self, term: str, claim: Claim) -> str:
        """Give the property of schema.org that says what a claim says by `term`, "" where none is for its types."""
        entities = self.knowledge.facts.entities
        ends = [self._types(entities[each]) if each in entities else [] for each in (claim.subject, claim.object)]

        def fits(name: str) -> bool:
            return all(
                not kinds or any(kind not in _TYPES or _TYPES[kind] & wanted for kind in kinds)
                for kinds, wanted in zip(ends, _FOR[name], strict=True)
                if wanted
            )

        return next((name for name in (term, _INSTEAD.get(term, "")) if name not in _FOR or fits(name)), "")

    def _value(self, claim: Claim, term: str) -> Any:
        if claim.object in self.knowledge.facts.entities and not claim.datatype and not claim.foreign:
            return self._named(self.knowledge.facts.entities[claim.object])
        value = self.knowledge.iris.object(claim)
        if isinstance(value, Literal):
            return _NUMBERS.get(value.datatype, str)(value.value)
        return value.value if SCHEMA.term(term) in (_SAME, _ADDRESS) else {"@id": value.value}

    def _point(self, entity: Entity) -> JsonLd | None:
        told = {expand(each.property): each.object for each in self._claims.get(entity.id, ()) if each.asserted}
        if not told.keys() >= {*_POINT.values()}:
            return None
        return {"@type": "GeoCoordinates"} | {name: float(told[term]) for name, term in _POINT.items()}

    def _cited(self, source: Source) -> JsonLd:
        kind = expand(source.type)
        title, language = self._resolver.chosen(source.titles)
        found: Mapping[str, Any] = {
            "@type": kind.value.removeprefix(SCHEMA) if kind.value.startswith(SCHEMA) else "Dataset",
            "@id": self.knowledge.iris.source(source.id).value,
            "name": self._said(title, language),
            "url": source.url,
            "datePublished": source.issued,
        }
        return {key: value for key, value in found.items() if value}
