"""Write the data of an invented region of any size, shaped like the real one: four entities to ten claims.

    python bench/generate.py FOLDER SIZE [BULLETINS]

SIZE is the number of claims, BULLETINS that of the sources which tell them, beside a gazetteer.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

LANGUAGES = ("ar", "fr", "en")
DATASET = """name = "bench"
base = "https://example.org/bench/"
version = "1.0.0"
languages = ["ar", "fr", "en"]
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
publisher = "bench"
[title]
ar = "جهة متخيلة"
fr = "Région imaginaire"
en = "Invented region"
[description]
ar = "للقياس."
fr = "Pour mesurer."
en = "For measuring."
"""
WIDTH = 120  # characters that a claim's sentence takes in the invented text
BULLETIN, GAZETTEER = "bulletin{}", "gazetteer"
CLAIM = "subject,property,object,status,source,start,end,record,subject_at,object_at,period_at,from,until"
NOTHING = ("",) * 5  # antecedents and period
NAMES = {
    "Organization": ("مؤسسة", "Fondation", "Foundation"),
    "TrainingCentre": ("مركز", "Centre", "Centre"),
    "Programme": ("برنامج", "Programme", "Programme"),
    "Event": ("لقاء", "Rencontre", "Meeting"),
    "City": ("مدينة", "Ville", "Town"),
    "Theme": ("موضوع", "Thème", "Theme"),
    "Audience": ("جمهور", "Public", "Audience"),
    "Region": ("جهة", "Région", "Region"),
    "Authority": ("مجلس جهة", "Collectivité", "Authority"),
}


def write(folder: Path, size: int, bulletins: int = 1, rows: int = 0) -> None:
    """Write `size` claims of `bulletins` and a gazetteer, and what they are about, into `folder`.

    Each bulletin tells of its share of the programmes; what every tenth one begins with, the next bulletin says too.
    Tables are in files of so many `rows`, as an archive keeps them, or in one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.toml").write_text(DATASET, encoding="utf-8", newline="\n")
    towns = max(size // 200, 1)
    claims = partial(_claims, size, bulletins, towns)
    units = 1 + max((int(row[2].removeprefix("programme-")) for row in claims() if row[1] == "launches"), default=-1)
    passages = ((*row[4:7], 80, "0" * 64) for row in claims() if row[4] != GAZETTEER)
    _table(folder / "claims.csv", CLAIM, claims(), rows)
    _table(folder / "mentions.csv", "entity,source,start,end", _mentions(claims()), rows)
    _table(folder / "passages.csv", "source,start,end,length,sha256", passages, rows)
    _table(folder / "entities.csv", _header(), _entities(units, towns), rows)
    _table(folder / "sources.csv", _sources_header(), _sources((size + 1) * WIDTH, bulletins))


def _claims(size: int, bulletins: int, towns: int) -> Iterator[tuple[Any, ...]]:
    share = -(-size // bulletins)

    def all_claims() -> Iterator[tuple[Any, ...]]:
        yield from _of_towns(towns)
        at = 4 * towns
        for unit in count():
            number = at // share
            told = list(_of_unit(unit, towns, at, BULLETIN.format(number or "")))
            if bulletins > 1 and unit % 10 == 0:
                again = BULLETIN.format((number + 1) % bulletins or "")
                told.append((*told[0][:4], again, *_place_of(at + len(told)), "", *NOTHING))
            yield from told
            at += len(told)

    return islice(all_claims(), size)


def _of_towns(towns: int) -> Iterable[tuple[object, ...]]:
    for town in range(towns):
        record = f"place/{town}"
        for name, value in (
            ("containedIn", "region-0"),
            ("population", 1000 + town),
            ("wgs:lat", f"{30 + town % 100 / 100:.5f}"),
            ("wgs:long", f"-{9 + town % 90 / 100:.5f}"),
        ):
            yield (f"city-{town}", name, value, "stated", GAZETTEER, "", "", record, *NOTHING)


def _of_unit(unit: int, towns: int, at: int, bulletin: str) -> Iterable[tuple[object, ...]]:
    programme, centre, meeting = f"programme-{unit}", f"trainingcentre-{unit}", f"event-{unit}"
    said = (
        ("authority-0", "launches", programme),
        (programme, "inPartnershipWith", f"organization-{unit}"),
        (programme, "deliveredAt", centre),
        (programme, "about", f"theme-{unit % 50}"),
        (programme, "audience", f"audience-{unit % 10}"),
        (centre, "locatedIn", f"city-{unit % towns}"),
        (f"organization-{unit}", "hasCentre", centre),
        ("authority-0", "organises", meeting),
        (meeting, "discusses", programme),
        (programme, "communeCount", unit % 40 + 1),
    )
    for place, (subject, name, value) in enumerate(said, at):
        status = "planned" if unit % 10 == 9 else "stated"
        yield (subject, name, value, status, bulletin, *_place_of(place), "", *NOTHING)


def _place_of(nth: int) -> tuple[int, int]:
    """Give where the `nth` claim stands in its text."""
    return nth * WIDTH, nth * WIDTH + 80


def _mentions(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    """Name each end of a claim in its passage: the subject at its beginning, the object in its middle."""
    for subject, _, value, _, source, start, *_ in rows:
        if source != GAZETTEER:
            yield subject, source, start, start + 20
            if isinstance(value, str):
                yield value, source, start + 40, start + 60


def _entities(units: int, towns: int) -> Iterable[list[str]]:
    numbers = {"City": towns, "Theme": 50, "Audience": 10, "Region": 1, "Authority": 1}
    for kind, names in NAMES.items():
        for number in range(numbers.get(kind, units)):
            yield [f"{kind.lower()}-{number}", kind, *(f"{name} {number}" for name in names), "", "", "", ""]


def _header() -> str:
    return ",".join(
        ["id,class", *(f"label_{tag}" for tag in LANGUAGES), *(f"alt_{tag}" for tag in LANGUAGES), "translated"]
    )


def _sources_header() -> str:
    titles = ",".join(f"title_{tag}" for tag in LANGUAGES)
    return f"id,type,{titles},publisher,issued,url,licence,language,length,sha256,nature,extractor"


def _sources(length: int, bulletins: int) -> Iterable[list[object]]:
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    about = ["bench", "2031", "https://example.org/", licence]
    titles = "نشرة", "Bulletin", "Bulletin"
    for number in range(bulletins):
        known = *titles, *about, "ar", length, f"{number:064}", "press", ""
        yield [BULLETIN.format(number or ""), "schema:NewsArticle", *known]
    yield [GAZETTEER, "dcat:Dataset", "معجم", "Répertoire", "Gazetteer", *about, "", "", "", "reference", ""]


def _table(path: Path, header: str, rows: Iterable[Iterable[object]], most: int = 0) -> None:
    """Write a table into one file, or into files of at most so many rows in a folder of its name."""
    if not most:
        return _file(path, header, rows)
    folder = path.with_suffix("")
    folder.mkdir()
    left = iter(rows)
    for number in count():
        if not (some := list(islice(left, most))):
            break
        _file(folder / f"{number:05}.csv", header, some)
    return None


def _file(path: Path, header: str, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
