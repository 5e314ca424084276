"""Linked data: what the dataset says of each thing, at the path of its IRI and in the format asked for."""

from __future__ import annotations

from importlib.resources import files as resources
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from graph.guard.jobs import Job
from graph.server import files
from graph.server.negotiation import PAGES, Offer, choose
from graph.server.protocol import ask, headers_of
from graph.vocabulary import AZ

_QUERIES = resources("graph.server") / "queries"
_ONTOLOGY = AZ.rstrip("#")
_DOWNLOAD = "download/"


async def resource(request: Request) -> Response:
    """Answer for the IRI whose path was asked for; 404 when the dataset says nothing of it."""
    path = decoded(request.scope["raw_path"])
    base: str = request.state.snapshot.base
    start = urlsplit(base).path
    if base and path.startswith(start + _DOWNLOAD):
        return files.send(request, path.removeprefix(start + _DOWNLOAD))
    iri, offer = _wanted(path, base)
    return await described(request, iri, offer)


async def void(request: Request) -> Response:
    """Answer with the description of the dataset."""
    return await described(request, request.state.snapshot.base, None)


async def described(request: Request, iri: str, offer: Offer | None) -> Response:
    """Answer with what is said of `iri`, as `offer` or else as the Accept header prefers."""
    offer = offer or choose(",".join(request.headers.getlist("accept")), PAGES)
    if offer is None:
        raise HTTPException(406, f"there are: {', '.join(each.media for each in PAGES)}")
    if offer.name == "html":
        from graph.server import pages

        return await pages.resource(request, iri)
    answer = await ask(request, description(request, iri, offer.name))
    if answer.empty:
        raise nothing(iri)
    headers = headers_of(answer, request) | {"Link": links(iri), "Vary": "Accept, Accept-Language"}
    return Response(answer.body, media_type=offer.media, headers=headers)


def description(request: Request, iri: str, format_: str) -> Job:
    """Make the job that describes `iri`; the ontology is described as a whole, with all its terms."""
    if iri == _ONTOLOGY:
        return Job(query_text("ontology"), None, format_, (request.state.snapshot.base + "graph/ontology",))
    return Job(query_text("describe"), None, format_, bindings={"r": iri})


def query_text(name: str) -> str:
    """Give the text of a query of ours."""
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def links(iri: str) -> str:
    """Give the Link header: the same thing in the other formats, and what the description is of."""
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


def _wanted(path: str, base: str) -> tuple[str, Offer | None]:
    """Give the IRI under the base, or of the ontology, that a path stands for, and the format its ending asks for."""
    offer = next((each for each in PAGES if each.ending and path.endswith(each.ending)), None)
    if offer:
        path = path.removesuffix(offer.ending)
    for known in (base, _ONTOLOGY):
        parts = urlsplit(known)
        if known and (path == parts.path or (known.endswith("/") and path.startswith(parts.path))):
            return f"{parts.scheme}://{parts.netloc}{path}", offer
    raise HTTPException(404, "there is nothing at this path")
