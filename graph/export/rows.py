"""Entities and claims as the rows of tables, whatever writes them: each with its columns, its values plain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from graph.knowledge.structure import MEASURES
from graph.model.own import written

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.model.records import Quotation

_UNMEASURED = dict.fromkeys(MEASURES, "")


class Rowset(NamedTuple):
    """The names of columns, and the rows, to be read once; a value that is a number is none of text."""

    columns: list[str]
    rows: Iterator[list[object]]


def entities(knowledge: Knowledge) -> Rowset:
    """Give one row per entity: id, classes, names by language, other names, spellings, measures of the network, IRI.

    What the network leaves out has no measures.
    """
    found = knowledge.facts.entities.values()
    labels = _languages(knowledge, (each.labels for each in found))
    alts = _languages(knowledge, (each.alts for each in found))
    hidden = _languages(knowledge, (each.hidden for each in found))
    shape = knowledge.shape
    rows = (
        [
            each.id,
            "|".join(map(written, each.classes)),
            *(each.labels.get(tag, "") for tag in labels),
            *("|".join(each.alts.get(tag, ())) for tag in alts),
            *("|".join(each.hidden.get(tag, ())) for tag in hidden),
            "|".join(sorted(each.translated)),
            *(shape.of(each.id) or _UNMEASURED).values(),
            knowledge.iris.entity(each.id).value,
        ]
        for each in found
    )
    names = (("label", labels), ("alt", alts), ("hidden", hidden))
    columns = [f"{kind}_{tag}" for kind, tags in names for tag in tags]
    return Rowset(["id", "class", *columns, "translated", *MEASURES, "iri"], rows)


def claims(knowledge: Knowledge) -> Rowset:
    """Give one row per passage or record that says a claim: its id, what it says, its status, where, and when.

    Both ends of a claim have their names beside them, its source the licence that it is under; last come how many
    independent sources say it, when the first and the last of them did, and who accepted it on which day after what had
    proposed it.
    """
    languages = knowledge.info.languages
    header = [
        "claim",
        *("subject", *(f"subject_{tag}" for tag in languages)),
        *("property", "object", *(f"object_{tag}" for tag in languages)),
        *("status", "standing", "source", "licence", "start", "end", "record"),
        *("subject_at", "object_at", "period_at", "from", "until"),
        *("sources", "first", "last", "accepted_by", "accepted_on", "proposed_by"),
    ]
    return Rowset(header, _claim_rows(knowledge))


def _claim_rows(knowledge: Knowledge) -> Iterator[list[object]]:
    accepted = {each.a: [each.by, each.on, each.b] for each in knowledge.facts.decisions if each.kind == "accept"}
    for claim in knowledge.facts.claims:
        said = [
            claim.id,
            claim.subject,
            *_labels(knowledge, claim.subject),
            written(claim.property),
            claim.object,
            *_labels(knowledge, "" if claim.datatype else claim.object),
            claim.status,
            claim.standing,
            claim.source,
            knowledge.facts.sources[claim.source].licence,
        ]
        attested = knowledge.asserted.attested[claim.id]
        period = [claim.since, claim.until, *attested, *accepted.get(claim.id, ["", "", ""])]
        if claim.record:
            yield [*said, "", "", claim.record, "", "", "", *period]
        for each in claim.quotations:
            yield [*said, each.start, each.end, "", *map(_spans(each), ("subject", "object", "period")), *period]


def _spans(quotation: Quotation) -> Callable[[str], str]:
    return lambda end: "|".join(f"{start}-{stop}" for start, stop in quotation.antecedents.get(end, ()))


def _labels(knowledge: Knowledge, name: str) -> list[str]:
    facts = knowledge.facts
    source = facts.sources.get(name.removeprefix("source/")) if name.startswith("source/") else None
    entity = facts.entities.get(name)
    concept = knowledge.ontology.concepts.get(name)
    named = entity or concept
    labels = source.titles if source else named.labels if named else {}
    return [labels.get(tag, "") for tag in knowledge.info.languages]


def _languages(knowledge: Knowledge, texts: Iterable[Mapping[str, object]]) -> list[str]:
    """Give the languages of the dataset, then the others that some name is in."""
    used = {tag for each in texts for tag in each}
    return [*knowledge.info.languages, *sorted(used.difference(knowledge.info.languages))]
