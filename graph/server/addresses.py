"""What a path of this server stands for, and where a thing of the dataset is found here."""

from __future__ import annotations

from urllib.parse import quote, unquote_to_bytes, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from graph.errors import said
from graph.model.vocabulary import AZ
from graph.server.negotiation import PAGES, Offer

ONTOLOGY = AZ.rstrip("#")
"""The IRI of the ontology, whose terms are fragments of it."""


def here(request: Request, iri: str) -> str:
    """Give the path at which this server answers for an IRI of the dataset or the ontology."""
    path, root = urlsplit(iri).path, request.scope.get("root_path", "")
    return path if iri.startswith(str(request.base_url)) else f"{root}{path}"


def links(request: Request, iri: str) -> str:
    """Give the Link header: the same thing in the other formats, and what the description is of."""
    path, iri = here(request, iri), quote(iri, safe="/:?#[]@!$&'()*+,;=%~")
    path = quote(path, safe="/:@!$&'()*+,;=%~")
    alternates = [f'<{path}{offer.ending}>; rel="alternate"; type="{offer.media}"' for offer in PAGES]
    return ", ".join([*alternates, f'<{iri}>; rel="describes"'])


def nothing(iri: str) -> HTTPException:
    """Make the answer for a thing of which nothing is said."""
    return HTTPException(404, said("nothing is said here of <{iri}>", iri=iri))


def asked(request: Request) -> str:
    """Give the path of the request among those of the dataset's IRIs, without the path that only the proxy adds."""
    path, base = decoded(request.scope["raw_path"]), str(request.base_url)
    root = request.scope.get("root_path", "")
    return path if request.state.snapshot.base.startswith(base) else path.removeprefix(root)


def decoded(raw: bytes) -> str:
    """Decode the path of a request; HTTPException if it is not UTF-8, hides a slash or holds a control."""
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError as exc:
        raise HTTPException(400, said("the path is not UTF-8")) from exc
    if not path.replace("/", "").isprintable():
        raise HTTPException(400, said("the path holds a control character"))
    if b"%2f" in raw.lower() or b"%5c" in raw.lower():
        raise HTTPException(404, said("there is nothing at this path"))
    return path


def wanted(request: Request) -> tuple[str, Offer | None]:
    """Give the IRI under the base, or of the ontology, that a path stands for, and the format its ending asks for."""
    base: str = request.state.snapshot.base
    path = asked(request)
    offer = next((each for each in PAGES if each.ending and path.endswith(each.ending)), None)
    if offer:
        path = path.removesuffix(offer.ending)
    own = path.removeprefix(request.scope.get("root_path", ""))
    for known, there in ((base, path), (ONTOLOGY, own)):
        parts = urlsplit(known)
        if known and (there == parts.path or (known.endswith("/") and there.startswith(parts.path))):
            return f"{parts.scheme}://{parts.netloc}{there}", offer
    raise HTTPException(404, said("there is nothing at this path"))
