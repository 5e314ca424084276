"""How fast texts are read: known names in one article and in a corpus, against a scan by one regular expression.

    python bench/read.py [ARTICLE]

The corpus is generated: short texts, over as many names as a country has. The regular expression is the plain way to
look for the same names in folded text: all of them in one alternation, the longest first; it is timed on a part of the
corpus, and of 100,000 names on one text. spaCy's EntityRuler is the other peer, where it is installed.
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph.facts import curated  # noqa: E402
from graph.facts.spelling import fold, stem  # noqa: E402
from graph.model import ontology  # noqa: E402
from graph.reading import language  # noqa: E402
from graph.reading.gazetteer import Gazetteer  # noqa: E402
from graph.reading.reader import TextReader  # noqa: E402

NAMES, TEXTS, RUNS = 100_000, 10_000, 5
SYLLABLES = ["با", "تي", "رو", "سل", "مان", "كور", "دا", "ني", "فل", "هاد", "زم", "لو", "قا", "شي", "ور", "جد"]
FILLER = ["في", "من", "إلى", "على", "بعد", "وقد", "هذا", "التي", "كان", "مع"]


def invented(count: int) -> list[str]:
    """Names of one to three made-up words, some with the article."""
    chosen = random.Random(20)
    word = lambda: "".join(chosen.choices(SYLLABLES, k=chosen.randint(2, 4)))  # noqa: E731
    names: dict[str, None] = {}
    while len(names) < count:
        names[" ".join([chosen.choice(["", "ال"]) + word(), *(word() for _ in range(chosen.randint(0, 2)))])] = None
    return list(names)


def corpus(names: list[str]) -> list[str]:
    """Short texts of some 700 characters: connecting words, and every fifth word a name, with a prefix or none."""
    chosen = random.Random(21)
    texts = []
    for _ in range(TEXTS):
        words = [
            chosen.choice(["", "و", "ب"]) + chosen.choice(names) if chosen.random() < 0.2 else chosen.choice(FILLER)
            for _ in range(120)
        ]
        texts.append(" ".join(words) + ".")
    return texts


def speed(work: Callable[[str], object], texts: list[str], runs: int = 1) -> float:
    """Give the characters a second of one core, the median of some runs."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        for text in texts:
            work(text)
        times.append(time.process_time() - begun)
    return sum(map(len, texts)) / statistics.median(times)


def scan(names: list[str]) -> Callable[[str], object]:
    """Scan the plain way: one regular expression over the folded text."""
    stems = sorted({stem(name)[0] for name in names}, key=len, reverse=True)
    pattern = re.compile(r"\b(?:[وف]?[بكل]?(?:ال)?)(?:" + "|".join(map(re.escape, stems)) + r")\b")
    return lambda text: pattern.findall(fold(text).text)


def ruler(names: list[str]) -> Callable[[str], object] | None:
    """Look for the same names with the EntityRuler of spaCy, which compares whole words as they are written."""
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("ar")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "NAME", "pattern": name} for name in names])
    return pipeline


def main() -> None:
    """Print the figures."""
    model = ontology.load(ROOT / "ontology", ROOT / "data")
    facts = curated.load(ROOT / "data", model)
    known = [name for entity in facts.entities.values() for name in entity.names()]
    if len(sys.argv) > 1:
        article = [Path(sys.argv[1]).read_bytes().decode()]
        arabic = language.load("ar", ROOT / "ontology", model)
        small, reader = Gazetteer({name: [name] for name in known}), TextReader(facts, model)
        print(f"one article of {len(article[0]):,} characters, {len(known):,} names; characters a second")
        print(f"  names            {speed(lambda text: small.find(fold(text)), article, RUNS):>12,.0f}")
        print(f"  all proposals    {speed(lambda text: reader.read('s', text, arabic), article, RUNS):>12,.0f}")
        print(f"  regex, names     {speed(scan(known), article, RUNS):>12,.0f}")
    names = invented(NAMES)
    texts = corpus(names)
    begun = time.process_time()
    gazetteer = Gazetteer({name: [name] for name in names})
    built = time.process_time() - begun
    print(f"{len(texts):,} texts of {sum(map(len, texts)):,} characters, {len(names):,} names; characters a second")
    print(
        f"  names            {speed(lambda text: gazetteer.find(fold(text)), texts):>12,.0f}   (built in {built:.1f} s)"
    )
    print(f"  fold alone       {speed(fold, texts[:1000]):>12,.0f}")
    print(f"  regex, names     {speed(scan(names), texts[:1]):>12,.0f}   (on {len(texts[0]):,} characters)")
    if peer := ruler(names):
        print(f"  EntityRuler      {speed(peer, texts[:500]):>12,.0f}   (of spaCy; names as written, no prefixes)")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
