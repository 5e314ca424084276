"""What the page knows: the knowledge as one JSON object, things and sources referred to by their place in a list."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from graph.facts.sounds import heard
from graph.facts.spelling import letters
from graph.model import citation, words
from graph.model.records import ASSERTED
from graph.model.vocabulary import expand
from graph.page.terms import labels, terms

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge.knowledge import Knowledge
    from graph.model.records import Claim, Decision, Inference, Info, Mention, Quotation, Span, Tour

Json = dict[str, Any]
FRAGMENT_WORDS = 4


def declared() -> Json:
    """Read `kinds.toml`: how each kind of thing is drawn, which are areas and towns, the layers."""
    return tomllib.loads(resources.files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8"))


def kind_of(classes: list[str], knowledge: Knowledge, kinds: list[Json]) -> int:
    """Say which declared kind a thing of these classes is; the place after the last one when none fits."""
    above = frozenset().union(*(knowledge.ontology.ancestors(name) | {name} for name in classes))
    return next((i for i, kind in enumerate(kinds) if kind["class"] in above), len(kinds))


def describe(
    knowledge: Knowledge, network: nx.MultiDiGraph, places: Sequence[str] = ("page",), answered: bool = True
) -> Json:
    """Gather everything that the page shows, except where it stands on the canvas; `places` are those of its words.

    Unless it is `answered`, each question is given what answers it elsewhere.
    """
    from graph.page.answers import answers, column_names
    from graph.page.background import Background
    from graph.page.compact import Numbering, compact
    from graph.page.layout import focus
    from graph.page.proofs import Proofs

    plan, named = declared(), _named(knowledge)
    kinds, drawn, table, behind = plan["kind"], sorted(network), Numbering(knowledge), Background(knowledge)
    number = {node: index for index, node in enumerate((*drawn, *behind.things))}
    source_number = {name: index for index, name in enumerate(sorted(knowledge.facts.sources))}
    rest = {claim.id for claim in behind.claims}
    claims = [claim for claim in knowledge.facts.claims if claim.id not in rest]
    triples = compact(knowledge, table, drawn, claims)
    followed = [each for each in knowledge.inferences if not {each.subject, each.object} & knowledge.background]
    asked = answers(knowledge, Proofs(knowledge, (*claims, *behind.claims), followed), table, answered)
    claim_number = {claim.id: index for index, claim in enumerate((*claims, *behind.claims))}
    spoken = words.spoken({each: knowledge.info.title[each] for each in knowledge.info.languages})
    return {
        "info": _info(knowledge) | {"spoken": spoken[0], "focus": number.get(focus(knowledge, network) or "", -1)},
        **terms(knowledge, plan),
        "sources": [_source(knowledge, name) for name in sorted(source_number)],
        "nodes": [_node(knowledge, node, kinds) | _mentions(named[node], source_number, knowledge) for node in drawn],
        "claims": [
            _claim(claim, number, source_number, knowledge.texts) | _beside(claim, claim_number, knowledge)
            for claim in claims
        ],
        "edges": _edges(network, number, claim_number),
        "decisions": _decisions(knowledge.facts.decisions, claim_number),
        "inferences": _inferences(knowledge, followed, number, claim_number),
        "background": behind.written(table, lambda each: _node(knowledge, each, kinds), number, source_number),
        "triples": triples | table.written(),
        "tours": [_tour(tour, claim_number) for tour in knowledge.facts.tours],
        "coastline": dict(knowledge.facts.coastline),
        "questions": asked,
        "columns": column_names(asked, spoken),
        "interface": {each: interface(each, knowledge.info, places) for each in spoken},
        "languages": words.names(),
        "letters": dict(letters()),
        "heard": dict(heard()),
    }


def _edges(network: nx.MultiDiGraph, number: dict[str, int], claim_number: dict[str, int]) -> list[Json]:
    return [
        {"f": number[a], "t": number[b]} | _edge(data, claim_number)
        for a, b, _, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    ]


def _decisions(found: Sequence[Decision], claims: Json) -> list[Json]:
    """Say why claims do not stand: the claims `c`, what prevailed before what is outweighed, the reason and by whom."""
    kept = [each for each in found if each.kind in ("prefer", "withdraw") and each.a in claims]
    return [
        {
            "c": [claims[name] for name in (each.a, each.b) if name in claims],
            "why": [each.reason, *filter(None, [words.written_in(each.reason)])],
            "by": each.by,
            "on": each.on,
        }
        for each in kept
    ]


def _info(knowledge: Knowledge) -> Json:
    info = knowledge.info
    return {
        "name": info.name,
        "base": str(info.base),
        "version": info.version,
        "issued": citation.issued(knowledge.facts),
        "languages": list(info.languages),
        "licence": info.licence,
        "publisher": info.publisher,
        "contact": info.contact,
        "address": info.address,
        "title": dict(info.title),
        "description": dict(info.description),
        "quoted": bool(knowledge.texts),
    }


def interface(language: str, info: Info, places: Sequence[str] = ("page",)) -> Json:
    """Give what an interface says in a language in some places, how it is written, and which words others lend it."""
    own = info.languages
    head = words.head(language)
    locale = info.locale.get(language, head["locale"])
    told = {"thousands": head["thousands"]} if language not in info.locale else {}
    told |= {"direction": head["direction"], "locale": locale, "order": words.order(language, own)}
    lenders = {key: tag for place in places for key, tag in words.lent(language, place, own).items()}
    lent = {key: [tag, words.head(tag)["direction"]] for key, tag in sorted(lenders.items())}
    said = {key: text for place in places for key, text in words.said(language, place, own).items()}
    return told | {"words": said, "lent": lent}


def _source(knowledge: Knowledge, name: str) -> Json:
    source = knowledge.facts.sources[name]
    fields = {
        "id": name,
        "type": source.type,
        "label": labels(source.titles),
        "publisher": source.publisher,
        "issued": source.issued,
        "url": source.url,
        "licence": source.licence,
        "language": source.language,
        "length": source.length,
        "sha256": source.sha256,
        "natures": [f"az:{each.capitalize()}" for each in source.natures],
        "extractor": source.extractor,
        "read": source.text,
    }
    return {key: value for key, value in fields.items() if value}


def _tour(tour: Tour, claims: Json) -> Json:
    """Describe a tour: per step the address that it shows, what it says, and the numbers of the claims that say so."""
    steps = [
        {"at": step.address, "text": labels(step.texts), "c": [claims[each] for each in step.claims]}
        for step in tour.steps
    ]
    return {"id": tour.id, "title": labels(tour.titles), "steps": steps}


def _node(knowledge: Knowledge, node: str, kinds: list[Json]) -> Json:
    entity = knowledge.facts.entities[node]
    return {
        "id": node,
        "kind": kind_of(list(entity.classes), knowledge, kinds),
        "classes": list(entity.classes),
    }


def _named(knowledge: Knowledge) -> Mapping[str, list[Mention]]:
    found = defaultdict(list)
    for mention in knowledge.facts.mentions:
        found[mention.entity].append(mention)
    return found


def _mentions(named: list[Mention], sources: Json, knowledge: Knowledge) -> Json:
    """Say where texts name a thing: `[source, passage]` each, with the words where the text was given."""
    found = [[sources[each.source], _span(knowledge.texts.get(each.source), (each.start, each.end))] for each in named]
    return {"mentions": found} if found else {}


def _edge(data: Json, claims: Json) -> Json:
    """Describe a link: its claims `c`, or the rule `r` that gives it and the claims `g` that it rests on.

    The status `s` of an inferred one is only said when it is as weak as a plan.
    """
    cited = sorted(claims[name] for name in data["claims"].split())
    if data["rule"]:
        status = "inferred" if data["status"] in ASSERTED else data["status"]
        return {"p": data["property"], "s": status, "r": data["rule"], "g": cited, "c": []}
    return {"p": data["property"], "s": data["status"], "c": cited}


def _claim(claim: Claim, number: Json, sources: Json, texts: Mapping[str, str]) -> Json:
    fields: Json = {"id": claim.id, "p": claim.property, "st": claim.standing, "src": sources[claim.source]}
    fields |= {"s": number[claim.subject]} if claim.subject in number else {"about": claim.subject}
    literal = claim.datatype or claim.foreign
    fields |= {"v": claim.object} if literal or claim.object not in number else {"o": number[claim.object]}
    if claim.datatype:
        fields["dt"] = claim.datatype
    text = texts.get(claim.source)
    passages = [_passage(text, each) for each in claim.quotations]
    fields |= passages[0] if passages else {"rec": claim.record}
    optional = {"also": passages[1:], "from": claim.since, "until": claim.until, "said": claim.lapse and claim.status}
    return fields | {key: value for key, value in optional.items() if value}


def _beside(claim: Claim, claims: Json, knowledge: Knowledge) -> Json:
    """Say how many independent sources `n` say a claim, where several do, and which claims are `against` it."""
    asserted = knowledge.asserted
    told = {"n": asserted.attested[claim.id].sources} if asserted.attested[claim.id].sources > 1 else {}
    against = sorted(claims[other] for other in asserted.against.get(claim.id, ()))
    return told | ({"against": against} if against else {})


def _passage(text: str | None, quotation: Quotation) -> Json:
    """Describe a passage: where it stands and what it says, and what names the ends that it only implies."""
    start, end = quotation.start, quotation.end
    fields = {"at": [start, end]} | _quotation(text, start, end)
    named = {each: [_span(text, span) for span in spans] for each, spans in sorted(quotation.antecedents.items())}
    return fields | ({"named": named} if named else {})


def _span(text: str | None, span: Span) -> Json:
    return {"at": [*span]} | ({"q": text[slice(*span)]} if text else {})


def _quotation(text: str | None, start: int, end: int) -> Json:
    """Quote a passage, with the text fragment (WICG) that makes a browser open the source there, at whole words."""
    if text is None:
        return {}
    first = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    last = min((at for at in (text.find(" ", end), text.find("\n", end)) if at >= 0), default=len(text))
    words = text[first:last].split()
    ends = [words] if len(words) <= 2 * FRAGMENT_WORDS else [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]]
    parts = [quote(" ".join(part), safe="").replace("-", "%2D") for part in ends]
    if before := _prefix(text, first, ends[0]):
        parts.insert(0, quote(" ".join(before), safe="").replace("-", "%2D") + "-")
    return {"q": text[start:end], "fragment": ",".join(parts)}


def _prefix(text: str, first: int, words: list[str]) -> list[str]:
    """Give the last words before a passage, within one line, where what it begins with is found earlier too."""
    before = text[:first]
    if " ".join(words).casefold() not in " ".join([*before.split(), *words[:-1]]).casefold():
        return []
    return before.rstrip().rpartition("\n")[2].split()[-FRAGMENT_WORDS:]


def _inferences(knowledge: Knowledge, told: list[Inference], number: Json, claims: Json) -> list[Json]:
    """Describe what follows, but for where a place lies that is not drawn: that goes without saying."""
    order = {f"inference/{each.id}": index for index, each in enumerate(told)}
    claims = {f"claim/{name}": index for name, index in claims.items()}
    return [
        {
            "id": each.id,
            "s": number.get(each.subject, -1),
            "p": each.property if each.property in knowledge.ontology.properties else expand(each.property).value,
            "o": number.get(each.object, -1),
            "rule": each.rule,
            "st": each.status,
            "c": [claims[name] for name in each.premises if name in claims],
            "i": [order[name] for name in each.premises if name in order],
        }
        for each in told
    ]
