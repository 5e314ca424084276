"""Which of the formats on offer a client gets (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from starlette.types import Scope

HTML = "text/html"
IDENTITY = "identity"
_UNASKED = 0.0001
"""How much a client wants what is not compressed when it says nothing of that: it takes it, before nothing."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A format on offer: its media type, the name the guard knows it by, and the ending of a URL that asks for it."""

    media: str
    name: str
    ending: str = ""


#: The order decides between equals, and the first of a name is what `*/*` gets.
RESULTS = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("application/xml", "xml"),
    Offer("text/xml", "xml"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
)
GRAPHS = (
    Offer("text/turtle", "turtle", ".ttl"),
    Offer("application/ld+json", "jsonld", ".jsonld"),
    Offer("application/n-triples", "nt", ".nt"),
    Offer("application/rdf+xml", "rdfxml", ".rdf"),
    Offer("application/json", "jsonld", ".json"),
)
QUADS = (Offer("application/trig", "trig", ".trig"), Offer("application/n-quads", "nq", ".nq"))
PLAIN = Offer("application/json", "plain", ".json")
THINGS = (*GRAPHS[:-1], *QUADS, PLAIN)
PAGES = (*THINGS, Offer(HTML, "html", ".html"))
MESSAGES = (Offer("text/plain", "text"), Offer(HTML, "html"))


def choose(accept: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """Give the offer that the Accept header prefers, the earlier one among equals; None if it takes none.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml", RESULTS).name
    'xml'
    """
    if not accept or not accept.strip():
        return offers[0]
    ranges = list(_ranges(accept))
    best = max(offers, key=lambda offer: _quality(offer.media, ranges))
    return best if _quality(best.media, ranges) > 0 else None


@lru_cache(maxsize=64)
def answers(accept: str) -> tuple[Offer | None, Offer | None]:
    """Give the offers of `RESULTS` and of `GRAPHS` that the Accept header prefers."""
    return choose(accept, RESULTS), choose(accept, GRAPHS)


def header(scope: Scope, name: bytes) -> str:
    """Give what the headers of a name (in lower case) say together, "" where there are none."""
    return ",".join(value.decode("latin-1") for key, value in scope["headers"] if key == name).strip()


def language(accept: str | None, known: Sequence[str], asked: str | None = None) -> str:
    """Give the language of a page: the one asked for by name if known, else by Accept-Language, else the first."""
    if asked in known:
        return str(asked)
    ranges = sorted(_ranges(accept or ""), key=lambda pair: -pair[1])
    wanted = (tag.partition("-")[0] for tag, quality in ranges if quality > 0)
    return next((tag for tag in wanted if tag in known), known[0])


@lru_cache(maxsize=64)
def coding(accept: str, known: tuple[str, ...]) -> str | None:
    """Give the content coding that Accept-Encoding prefers, the earlier one among equals; None if it takes none.

    >>> coding("br;q=0.5, gzip;q=0.9", ("zstd", "br", "gzip", IDENTITY))
    'gzip'
    """
    asked = dict(_ranges(accept))

    def quality(name: str) -> float:
        return asked.get(name, asked.get("*", _UNASKED if name == IDENTITY else 0.0))

    best = max(known, key=quality)
    return best if quality(best) > 0 else None


def _ranges(header: str) -> Iterable[tuple[str, float]]:
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        if name:
            yield name, _number(quality)


def _number(text: str) -> float:
    """Read a quality between 0 and 1; what is not one counts as 0."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Give the quality of the most specific range that covers `media`, 0 when none does."""
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        found = [quality for name, quality in ranges if name == pattern]
        if found:
            return max(found)
    return 0.0
