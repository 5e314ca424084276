"""Linked data: what the dataset says of each thing, at the path of its IRI and in the format asked for."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.errors import said
from graph.guard.jobs import Job
from graph.model.vocabulary import DCTERMS
from graph.server import files
from graph.server.addresses import ONTOLOGY, asked, here, links, nothing, wanted
from graph.server.answering import answered
from graph.server.negotiation import PAGES, PLAIN, QUADS, Offer, choose
from graph.server.protocol import ask, headers_of
from graph.store.query_text import query_text

_DOWNLOAD = "download/"
_HERE = """
CONSTRUCT {
  ?s ?p ?o .
  <%(base)s> void:sparqlEndpoint <%(here)ssparql> ; void:dataDump %(dumps)s .
  <%(here)ssparql> a dcat:DataService ; dcat:endpointURL <%(here)ssparql> ; dcat:servesDataset <%(base)s> .
} WHERE { ?s ?p ?o }
"""
"""The description of the dataset, with what only its server knows: where it is served."""
_DUMPS = (".nq", ".ttl", ".trig", ".jsonld", ".rdf")
_REPLACED = DCTERMS.isReplacedBy.value


async def home(request: Request) -> Response:
    """Give the network; where this address is the dataset's own IRI, its description to who asks for data."""
    base: str = request.state.snapshot.base
    offer = choose(",".join(request.headers.getlist("accept")), PAGES)
    if base == str(request.base_url) and offer and offer.name != "html":
        return await described(request, base, offer)
    return await files.network(request)


async def resource(request: Request) -> Response:
    """Answer for the IRI whose path was asked for; 404 when the dataset says nothing of it."""
    path = asked(request)
    base: str = request.state.snapshot.base
    start = urlsplit(base).path
    if base and f"{path}/" == start:
        return RedirectResponse(f"{here(request, base)}?{request.url.query}".removesuffix("?"), 301)
    if base and path.startswith(start + _DOWNLOAD):
        return files.send(request, path.removeprefix(start + _DOWNLOAD))
    iri, offer = wanted(request)
    if successor := request.state.snapshot.successors.of(iri):
        new, reason = successor
        if not new:
            raise HTTPException(410, said("<{iri}> is no longer used: {reason}", iri=iri, reason=reason))
        ending = offer.ending if offer else ""
        link = f'<{new}>; rel="{_REPLACED}"'
        return RedirectResponse(here(request, new) + ending, 301, headers={"Link": link})
    return await described(request, iri, offer)


async def void(request: Request) -> Response:
    """Answer with the description of the dataset."""
    base: str = request.state.snapshot.base
    if not base:
        raise nothing("the dataset")
    return await described(request, base, None)


async def described(request: Request, iri: str, offer: Offer | None) -> Response:
    """Answer with what is said of `iri`, as `offer` or else as the Accept header prefers."""
    offer = offer or choose(",".join(request.headers.getlist("accept")), PAGES)
    if offer is None:
        raise HTTPException(406, f"there are: {', '.join(each.media for each in PAGES)}")
    if offer.name == "html":
        from graph.server import pages

        if iri == ONTOLOGY and files.ONTOLOGY_PAGE in request.state.snapshot.files:
            asked = pages.asked(request)
            place = f"{request.base_url.path}{files.ONTOLOGY_PAGE}" + (f"?lang={asked}#{asked}" if asked else "")
            return RedirectResponse(place, 303, {"Vary": "Accept", "Link": links(request, iri)})
        return await pages.resource(request, iri)
    if offer is PLAIN:
        from graph.server import pages

        return await pages.plain(request, iri)
    quads = offer in QUADS
    answer = await ask(request, description(request, iri, "nt" if quads else offer.name))
    if answer.empty:
        raise nothing(iri)
    body = answer.body
    if quads:
        from graph.server.quads import written

        body = await written(request, body, offer.name, _whole(request).get(iri, ""))
    headers = headers_of(answer) | {"Link": links(request, iri), "Vary": "Accept, Accept-Language"}
    return answered(request, body, offer.media, headers)


def description(request: Request, iri: str, format_: str) -> Job:
    """Make the job that describes `iri`; the ontology and the dataset each as a whole, with all that they hold."""
    base: str = request.state.snapshot.base
    if whole := _whole(request).get(iri):
        return Job(_served_here(request) if iri == base else query_text("graph"), None, format_, (whole,))
    if base and iri.startswith(f"{base}source/"):
        name = "source"
    else:
        name = "named" if iri in request.state.snapshot.graphs else "describe"
    return Job(query_text(name), None, format_, bindings={"r": iri})


def _whole(request: Request) -> dict[str, str]:
    """Give the graph of each IRI that is told by a graph of its own."""
    base: str = request.state.snapshot.base
    return {ONTOLOGY: f"{base}graph/ontology", base: f"{base}graph/description"} if base else {}


def _served_here(request: Request) -> str:
    here, snapshot = str(request.base_url), request.state.snapshot
    dumps = ", ".join(f"<{here}{_DOWNLOAD}{quote(name)}>" for name in snapshot.files if name.endswith(_DUMPS))
    return _HERE % {"base": snapshot.base, "here": here, "dumps": dumps}
