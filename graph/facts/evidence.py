"""Claims and mentions held against the words that they cite, in the user's own copy of the text.

A claim is defended by what it cites alone: each of its ends is named in its passage, by one of the entity's names in
any language, or in the passages that its columns `subject_at`, `object_at` and `period_at` give.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import Problem, said
from graph.facts import passages
from graph.facts.citation import one_line
from graph.facts.names import Names, date_parts
from graph.facts.spelling import cut
from graph.facts.uncited import uncited
from graph.model.inputs import place
from graph.model.ontology import Concept
from graph.model.own import written
from graph.model.records import Claim, Facts, Quotation, Source, Span

_ENDS = ("subject", "object")
_COUNT = "xsd:integer"  # the values that are how many of something there are


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim, one of the passages that say it, its words, and which of its ends ("subject", "object") they name."""

    claim: Claim
    quotation: Quotation
    words: str
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class Report:
    """A source's claims beside their words, what is wrong or doubtful with them, and the stretches that none cites."""

    source: Source
    text: str
    evidence: tuple[Evidence, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    uncited: tuple[Span, ...]


def check_text(
    source: Source, text: str, facts: Facts, concepts: Mapping[str, Concept], folder: str = "data"
) -> Report:
    """Hold every claim and mention of `source` against `text`, which must be its very text.

    `folder` is where the curated files are, as messages name it.
    """
    names = Names(text, facts, concepts)
    cited = ((claim, each) for claim in facts.claims if claim.source == source.id for each in claim.quotations)
    ordered = sorted(cited, key=lambda pair: (pair[1].start, pair[1].end, pair[1].line))
    evidence = tuple(
        Evidence(claim, each, text[each.start : each.end], frozenset(ends(claim, (each.start, each.end), names)))
        for claim, each in ordered
    )
    claims, mentions, entities = (
        Path(place(folder, f"{name}.csv")).as_posix() for name in ("claims", "mentions", "entities")
    )
    return Report(
        source,
        text,
        evidence,
        (
            *(problem for one in evidence for problem in _unnamed(one, facts, names, claims)),
            *_wrong_mentions(source, facts, names, mentions),
            *_unsaid_labels(source, facts, text, names, entities),
        ),
        (
            *(warning for one in evidence for warning in (*_stale(one, claims), *_cuts(one.quotation, text, claims))),
            *_unmarked(source, facts, names, mentions),
        ),
        tuple(uncited(text, ((one.quotation.start, one.quotation.end) for one in evidence), source.language)),
    )


def lines(report: Report) -> Iterator[str]:
    """Show a report: each claim, where the ends that it only implies are named, its words; then what is not cited."""
    source = report.source
    yield said(
        "{source}: {claims} claims; a text of {length} characters, the very one read",
        source=source.id,
        claims=len(report.evidence),
        length=source.length or 0,
    )
    for one in report.evidence:
        claim, each = one.claim, one.quotation
        named = "; ".join(f"{end}: {_shown(spans)}" for end, spans in each.antecedents.items())
        note = f"  ({named})" if named else ""
        told = f"{claim.subject} {written(claim.property)} {claim.object}"
        yield f"{each.line}: {each.start}-{each.end}  {told}  [{claim.status}]{note}"
        yield f"    {one_line(one.words)}"
        for spans in each.antecedents.values():
            yield from (f"    … {one_line(report.text[start:end])}" for start, end in spans)
    yield said("No claim cites:") if report.uncited else said("Every clause is cited.")
    for start, end in report.uncited:
        yield f"    {start}-{end}  {one_line(report.text[start:end])}"


def _shown(spans: Iterable[Span]) -> str:
    return "|".join(f"{start}-{end}" for start, end in spans)


def ends(claim: Claim, span: Span, names: Names) -> Iterator[str]:
    """Give the ends of a claim, "subject" and "object", that the characters `span` name."""
    if claim.subject.startswith("source/") or names.within(claim.subject, span):
        yield "subject"  # a text that speaks of itself need not say its name
    if claim.datatype.startswith(("xsd:date", "xsd:gYear")):
        wanted = [names.literal_within(part, span) for part in date_parts(claim.object)]
    else:
        count = claim.datatype == _COUNT
        named = (
            names.literal_within(claim.object, span, count=count)
            if claim.datatype
            else names.within(claim.object, span)
        )
        wanted = [named]
    if all(wanted):
        yield "object"


def _unnamed(evidence: Evidence, facts: Facts, names: Names, file: str) -> Iterator[Problem]:
    """Find the ends that neither the passage nor an antecedent names, and antecedents that do not name theirs."""
    claim, each = evidence.claim, evidence.quotation
    for end in _ENDS:
        term = getattr(claim, end)
        label = next(iter(facts.entities[term].labels.values()), term) if term in facts.entities else term
        antecedents = each.antecedents.get(end, ())
        if end not in evidence.named and not antecedents:
            message = said(
                'the passage {passage} does not name the {end} "{term}" ({label}); widen it, add the spelling that it '
                "uses to entities.csv, or write in column {end}_at where the text names it",
                passage=f"{each.start}-{each.end}",
                end=end,
                term=term,
                label=label,
            )
            yield Problem(file, each.line, message)
        for span in antecedents:
            if end not in ends(claim, span, names):
                message = said(
                    '{end}_at {passage} does not name the {end} "{term}" ({label}): write where the text names it',
                    end=end,
                    passage=f"{span[0]}-{span[1]}",
                    term=term,
                    label=label,
                )
                yield Problem(file, each.line, message)
    for bound in filter(None, (claim.since[:4],)):
        spans = each.antecedents.get("period", ((each.start, each.end),))
        if not any(names.literal_within(bound, span) for span in spans):
            message = said(
                "no cited words give the year {year} of the period: write in column period_at where it stands",
                year=bound,
            )
            yield Problem(file, each.line, message)


def _wrong_mentions(source: Source, facts: Facts, names: Names, file: str) -> Iterator[Problem]:
    for mention in facts.mentions:
        if mention.source == source.id and (mention.start, mention.end) not in names.spans(mention.entity):
            label = next(iter(facts.entities[mention.entity].labels.values()), mention.entity)
            message = said(
                'the characters {passage} are not a name of "{entity}" ({label}): mend them, or add the spelling to '
                "entities.csv",
                passage=f"{mention.start}-{mention.end}",
                entity=mention.entity,
                label=label,
            )
            yield Problem(file, mention.line, message)


def _unsaid_labels(source: Source, facts: Facts, text: str, names: Names, file: str) -> Iterator[Problem]:
    """Find the labels in the text's language that no mention says and that are not marked as ours.

    A text in the same language may say it elsewhere; what another language brought in may be called otherwise here.
    """
    tag = source.language
    elsewhere: dict[str, set[tuple[int, str]]] = defaultdict(set)
    foreign = set()
    for mention in facts.mentions:
        if facts.sources[mention.source].language != tag:
            foreign.add(mention.entity)
        elif measured := facts.passages.get((mention.source, mention.start, mention.end)):
            elsewhere[mention.entity].add(measured)
    mentioned = {mention.entity for mention in facts.mentions if mention.source == source.id}
    recorded = {claim.subject for claim in facts.claims if claim.record} | {
        claim.object for claim in facts.claims if claim.record
    }
    for entity in (facts.entities[name] for name in sorted(mentioned - recorded - foreign)):
        places = {(m.start, m.end) for m in facts.mentions if m.entity == entity.id and m.source == source.id}
        label = entity.labels.get(tag, "")
        if not label or tag in entity.translated or passages.measure(label) in elsewhere[entity.id]:
            continue
        if not any(names.literal_within(label, span) for span in places):
            message = said(
                'no mention says "{label}": write it as the text does, or mark it as ours: {tag} in column translated',
                label=label,
                tag=tag,
            )
            yield Problem(file, entity.line, message)


def _unmarked(source: Source, facts: Facts, names: Names, file: str) -> Iterator[Problem]:
    """Find the known names in the text that no mention covers."""
    covered = [(m.start, m.end) for m in facts.mentions if m.source == source.id]
    for start, end, entity in names.outside(covered):
        words = one_line(names.text[start:end])
        message = said(
            '{passage} names "{entity}" ({words}), but no mention covers it: add a line',
            passage=f"{start}-{end}",
            entity=entity,
            words=words,
        )
        yield Problem(file, 0, message, "warning")


def _stale(evidence: Evidence, file: str) -> Iterator[Problem]:
    each = evidence.quotation
    for end in sorted(evidence.named.intersection(each.antecedents)):
        passage = f"{each.start}-{each.end}"
        message = said("the passage {passage} names the {end}: empty column {end}_at", passage=passage, end=end)
        yield Problem(file, each.line, message, "warning")


def _cuts(quotation: Quotation, text: str, file: str) -> Iterator[Problem]:
    for column, offset in (("start", quotation.start), ("end", quotation.end)):
        broken = cut(text, offset)
        if broken:
            part = said("a letter from its mark") if broken == "letter" else said("a word in two")
            message = said("{column} {offset} cuts {part}", column=column, offset=str(offset), part=part)
            yield Problem(file, quotation.line, message, "warning")
