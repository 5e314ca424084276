"""How well texts are read, against what the data says of them: run it on your own copies of sources.

    python bench/reading_quality.py [--list] FILE...

Each file is the copy of a source whose SHA-256 `sources.csv` has. It is read as if it came next: without its mentions
and claims, and without the things that no other source speaks of, which are the new names to find. A claim is found
when subject, property and object are right, nearly when one of the three is wrong. What `--list` names of claims and
mentions are ids and positions, no words.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph.facts import curated, texts  # noqa: E402
from graph.model import ontology  # noqa: E402
from graph.model.ontology import Ontology  # noqa: E402
from graph.model.records import Facts, Source, Span  # noqa: E402
from graph.reading import language  # noqa: E402
from graph.reading.proposals import Proposal  # noqa: E402
from graph.reading.reader import TextReader  # noqa: E402

#: Subject, property, object.
Triple = tuple[str, str, str]


@dataclass
class Tally:
    """How many there are, were proposed and are right, by what is counted; and the wrong ones, one a line."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> str:
        """Give a part and the whole, and what share it is."""
        of = self.counts[whole]
        return f"{self.counts[part] / of if of else 0:5.2f}  ({self.counts[part]} of {of})"


def without(facts: Facts, source: str) -> Facts:
    """Give what was known before a source was read."""
    mentions = tuple(each for each in facts.mentions if each.source != source)
    claims = tuple(each for each in facts.claims if each.source != source)
    spoken = {each.entity for each in mentions} | {end for each in claims for end in (each.subject, each.object)}
    entities = {id_: each for id_, each in facts.entities.items() if id_ in spoken}
    return replace(facts, mentions=mentions, claims=claims, entities=entities, decisions=())


def same(proposed: Iterable[Proposal], facts: Facts, source: str) -> dict[str, str]:
    """Give the thing of the data that each new thing is: one whose name it overlaps, or one of the same sum."""
    told = [each for each in facts.mentions if each.source == source]
    sums = {each.object: each.subject for each in facts.claims if (each.source, each.property) == (source, "amount")}
    found: dict[str, str] = {}
    for each in proposed:
        start, end = (int(each.cells[column]) for column in ("start", "end"))
        if each.kind == "mention" and each.id not in facts.entities:
            over = [one.entity for one in told if one.start < end and start < one.end]
            found.update({each.id: over[0]} if over and each.id not in found else {})
        elif each.kind == "claim" and each.cells["property"] == "amount" and each.cells["object"] in sums:
            found[each.cells["subject"]] = sums[each.cells["object"]]
    return found


def count_names(tally: Tally, proposed: Sequence[Proposal], facts: Facts, known: Facts, source: str) -> None:
    """Count the mentions, and the things that are new."""
    gold: dict[Span, str] = {(each.start, each.end): each.entity for each in facts.mentions if each.source == source}
    found = {(int(each.cells["start"]), int(each.cells["end"])): each.id for each in proposed if each.kind == "mention"}
    tally.counts.update(mentions=len(gold), proposed=len(found), at=len(gold.keys() & found.keys()))
    fresh = {each for each in gold.values() if each not in known.entities}
    met = {gold[span] for span in gold.keys() & found.keys()} & fresh
    touched = {one for at, one in gold.items() if one in fresh and any(a < at[1] and at[0] < b for a, b in found)}
    tally.counts.update(new=len(fresh), new_exact=len(met), new_touched=len(touched))
    for span, id_ in gold.items():
        if id_ in known.entities and span in found:
            tally.counts.update(seen=1, linked=found[span] == id_)
            tally.wrong += [f"linked  {source} {span} {found[span]}, not {id_}"] if found[span] != id_ else []
    tally.wrong += [f"missed  {source} {span} {gold[span]}" for span in sorted(gold.keys() - found.keys())]
    tally.wrong += [f"false   {source} {span} {found[span]}" for span in sorted(found.keys() - gold.keys())]


def count_claims(tally: Tally, proposed: Sequence[Proposal], facts: Facts, source: str) -> None:
    """Count the claims, those with one end or the property wrong, and the statuses of those that are right."""
    ids = same(proposed, facts, source)
    gold: dict[Triple, str] = {}
    for each in facts.claims:
        if each.source == source and not each.subject.startswith("source/"):
            gold[each.subject, each.property, each.object] = each.status
    found: dict[Triple, str] = {}
    for each in proposed:
        if each.kind == "claim":
            subject, prop, object_ = (each.cells[column] for column in ("subject", "property", "object"))
            found.setdefault((ids.get(subject, subject), prop, ids.get(object_, object_)), each.cells["status"])
    exact = gold.keys() & found.keys()
    tally.counts.update(claims=len(gold), said=len(found), exact=len(exact))
    tally.counts.update(claims_near=near(gold, found), said_near=near(found, gold))
    tally.counts["status"] += sum(gold[each] == found[each] for each in exact)
    tally.wrong += [f"status  {source} {each} {found[each]}" for each in sorted(exact) if gold[each] != found[each]]
    tally.wrong += [f"missed  {source} {each} {gold[each]}" for each in sorted(gold.keys() - exact)]
    tally.wrong += [f"false   {source} {each} {found[each]}" for each in sorted(found.keys() - exact)]


def near(these: Iterable[Triple], those: Mapping[Triple, str]) -> int:
    """Count those that are there with at most one field wrong."""
    return sum(any(sum(a != b for a, b in zip(one, two, strict=True)) <= 1 for two in those) for one in these)


def sources(facts: Facts, paths: Iterable[Path]) -> Iterable[tuple[Source, str]]:
    """Give the sources that files are copies of, with their texts."""
    digests = {each.sha256: each for each in facts.sources.values() if each.sha256}
    for path in paths:
        text = texts.read(path)
        source = digests.get(sha256(text.encode()).hexdigest())
        if source is None:
            sys.exit(f"{path} is the text of no source")
        yield source, text


def measure(facts: Facts, model: Ontology, paths: Iterable[Path]) -> Tally:
    """Read each text as the next, and count."""
    tally = Tally()
    for source, text in sources(facts, paths):
        known = without(facts, source.id)
        spoken = language.load(source.language, ROOT / "ontology", model)
        proposed = TextReader(known, model).read(source.id, text, spoken)
        count_names(tally, proposed, facts, known, source.id)
        count_claims(tally, proposed, facts, source.id)
    return tally


def main() -> None:
    """Print the figures."""
    listed = "--list" in sys.argv
    model = ontology.load(ROOT / "ontology", ROOT / "data")
    tally = measure(curated.load(ROOT / "data", model), model, map(Path, [a for a in sys.argv[1:] if a != "--list"]))
    print(f"mentions precision   {tally.share('at', 'proposed')}")
    print(f"mentions recall      {tally.share('at', 'mentions')}")
    print(f"known names linked   {tally.share('linked', 'seen')}")
    print(f"new names found      {tally.share('new_exact', 'new')}")
    print(f"  or touched         {tally.share('new_touched', 'new')}")
    print(f"claims precision     {tally.share('exact', 'said')}")
    print(f"  one field wrong    {tally.share('said_near', 'said')}")
    print(f"claims recall        {tally.share('exact', 'claims')}")
    print(f"  one field wrong    {tally.share('claims_near', 'claims')}")
    print(f"status right         {tally.share('status', 'exact')}")
    for line in tally.wrong if listed else ():
        print(line)


if __name__ == "__main__":
    main()
