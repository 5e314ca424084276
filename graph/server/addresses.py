"""What a path of this server stands for, and where a thing of the dataset is found here."""

from __future__ import annotations

from urllib.parse import quote, unquote_to_bytes, urlsplit

from starlette.exceptions import HTTPException

from graph.model.vocabulary import AZ
from graph.server.negotiation import PAGES, Offer

ONTOLOGY = AZ.rstrip("#")
"""The IRI of the ontology, whose terms are fragments of it."""


def links(iri: str) -> str:
    """Give the Link header: the same thing in the other formats, and what the description is of."""
    iri = quote(iri, safe="/:?#[]@!$&'()*+,;=%~")
    path = urlsplit(iri).path
    alternates = [f'<{path}{offer.ending}>; rel="alternate"; type="{offer.media}"' for offer in PAGES]
    return ", ".join([*alternates, f'<{iri}>; rel="describes"'])


def nothing(iri: str) -> HTTPException:
    """Make the answer for a thing of which nothing is said."""
    return HTTPException(404, f"nothing is said here of <{iri}>")


def decoded(raw: bytes) -> str:
    """Decode the path of a request; HTTPException if it is not UTF-8, hides a slash or holds a control."""
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError as exc:
        raise HTTPException(400, "the path is not UTF-8") from exc
    if not path.replace("/", "").isprintable():
        raise HTTPException(400, "the path holds a control character")
    if b"%2f" in raw.lower() or b"%5c" in raw.lower():
        raise HTTPException(404, "there is nothing at this path")
    return path


def wanted(path: str, base: str) -> tuple[str, Offer | None]:
    """Give the IRI under the base, or of the ontology, that a path stands for, and the format its ending asks for."""
    offer = next((each for each in PAGES if each.ending and path.endswith(each.ending)), None)
    if offer:
        path = path.removesuffix(offer.ending)
    for known in (base, ONTOLOGY):
        parts = urlsplit(known)
        if known and (path == parts.path or (known.endswith("/") and path.startswith(parts.path))):
            return f"{parts.scheme}://{parts.netloc}{path}", offer
    raise HTTPException(404, "there is nothing at this path")
