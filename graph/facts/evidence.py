"""Claims held against the words that they cite, in the user's own copy of the text.

A claim is defended by its passage alone: each of its ends is named there, in one of the entity's names in any language,
or is declared in column `implied` to be referred to by a pronoun or a description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from graph.errors import Problem
from graph.facts.citation import Span, one_line
from graph.facts.spelling import cut, find, fold
from graph.model.records import Claim, Facts, Source

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:T([0-9]{2}:[0-9]{2}).*)?")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim, the words that it cites, and which of its ends ("subject", "object") they name."""

    claim: Claim
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


def check_text(source: Source, text: str, facts: Facts, file: str = "claims.csv") -> Report:
    """Hold every claim of `source` against `text`, which must be its very text; `file` is named in what is found."""
    names = _Names(text, facts)
    claims = sorted((c for c in facts.claims if c.source == source.id), key=lambda c: (c.start, c.end, c.line))
    evidence = tuple(Evidence(c, text[c.start : c.end], frozenset(names.ends(c))) for c in claims)
    return Report(
        source,
        text,
        evidence,
        tuple(problem for one in evidence for problem in _unnamed(one, facts, file)),
        tuple(warning for one in evidence for warning in (*_stale(one, file), *_cuts(one.claim, text, file))),
        tuple(uncited(text, ((c.start, c.end) for c in claims), source.language)),
    )


def lines(report: Report) -> Iterator[str]:
    """Show a report: each claim, the ends that its passage only implies, the words it cites; then what is not cited."""
    source = report.source
    yield f"{source.id}: {len(report.evidence):,} claims; a text of {source.length:,} characters, the very one read"
    for one in report.evidence:
        claim, implied = one.claim, ", ".join(sorted(one.claim.implied))
        note = f"  (implied: {implied})" if implied else ""
        said = f"{claim.subject} {claim.property} {claim.object}"
        yield f"{claim.line}: {claim.start}-{claim.end}  {said}  [{claim.status}]{note}"
        yield f"    {one_line(one.words)}"
    yield "No claim cites:" if report.uncited else "Every clause is cited."
    for start, end in report.uncited:
        yield f"    {start}-{end}  {one_line(report.text[start:end])}"


class _Names:
    """Where entities and values are named in a text, each looked up once."""

    def __init__(self, text: str, facts: Facts) -> None:
        self._facts, self._folded = facts, fold(text)
        self._spans: dict[tuple[str, str], list[Span]] = {}

    def ends(self, claim: Claim) -> Iterator[str]:
        """Give the ends that the passage of `claim` names."""
        for end, term, datatype in (("subject", claim.subject, ""), ("object", claim.object, claim.datatype)):
            wanted = _date_parts(term) if datatype.startswith(("xsd:date", "xsd:gYear")) else [term]
            if all(self._named(part, datatype, claim) for part in wanted):
                yield end

    def _named(self, term: str, datatype: str, claim: Claim) -> bool:
        key = (term, datatype)
        if key not in self._spans:
            names = [term] if datatype else _names(term, self._facts)
            self._spans[key] = [span for name in names for span in find(self._folded, name)]
        return any(claim.start <= start and end <= claim.end for start, end in self._spans[key])


def _names(term: str, facts: Facts) -> Iterable[str]:
    """Give all the names of an entity; an IRI from elsewhere is its own."""
    entity = facts.entities.get(term)
    if entity is None:
        return (term,)
    return dict.fromkeys([*entity.labels.values(), *(alt for alts in entity.alts.values() for alt in alts)])


def _date_parts(date: str) -> list[str]:
    """Give the parts of a date that a text writes in digits: the year, the day, the hour; a month is often a word."""
    match = _DATE.fullmatch(date)
    year, _, day, hour = match.groups() if match else (date, None, None, None)
    return [year, *([str(int(day))] if day else []), *([hour] if hour else [])]


def _unnamed(evidence: Evidence, facts: Facts, file: str) -> Iterator[Problem]:
    claim = evidence.claim
    for end, term in (("subject", claim.subject), ("object", claim.object)):
        if end not in evidence.named and end not in claim.implied:
            label = next(iter(facts.entities[term].labels.values()), term) if term in facts.entities else term
            message = (
                f'the passage {claim.start}-{claim.end} does not name the {end} "{term}" ({label}); widen it, add '
                f'the spelling that it uses to entities.csv, or write "{end}" in column implied if it is a reference'
            )
            yield Problem(file, claim.line, message)


def _stale(evidence: Evidence, file: str) -> Iterator[Problem]:
    claim = evidence.claim
    for end in sorted(claim.implied & evidence.named):
        message = f'the passage {claim.start}-{claim.end} names the {end}: delete "{end}" from column implied'
        yield Problem(file, claim.line, message)


def _cuts(claim: Claim, text: str, file: str) -> Iterator[Problem]:
    for column, offset in (("start", claim.start), ("end", claim.end)):
        broken = cut(text, offset)
        if broken:
            part = "a letter from its mark" if broken == "letter" else "a word in two"
            yield Problem(file, claim.line, f"{column} {offset} cuts {part}")


def uncited(text: str, cited: Iterable[Span], language: str) -> Iterator[Span]:
    """Give the stretches outside `cited` that hold more than punctuation and connecting words of `language`."""
    connecting = _connecting(language)
    position = 0
    for start, end in [*sorted(cited), (len(text), len(text))]:
        if start > position:
            stretch = _trimmed(text, position, start)
            if stretch and not connecting.fullmatch(fold(text[slice(*stretch)]).text):
                yield stretch
        position = max(position, end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    inside = [index for index in range(start, end) if text[index].isalnum()]
    return (inside[0], inside[-1] + 1) if inside else None


@lru_cache
def _connecting(language: str) -> re.Pattern[str]:
    """Match a folded stretch that holds nothing but connecting words and punctuation."""
    import tomllib

    phrases = tomllib.loads(resources.files("graph.facts").joinpath("connectives.toml").read_text(encoding="utf-8"))
    known = (fold(phrase).text for phrase in phrases.get(language.partition("-")[0], ()))
    words = [r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(known, key=len, reverse=True)]
    return re.compile(rf"(?:(?<!\w)(?:{'|'.join(words)})(?!\w)|[\W_])*" if words else r"[\W_]*")
