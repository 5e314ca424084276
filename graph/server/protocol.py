"""The SPARQL 1.1 Protocol for queries: what a request asks, and what it gets."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar
from urllib.parse import parse_qsl

from pyoxigraph import RdfFormat, parse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import QueryTimeout, said
from graph.guard.channel import WorkerDied
from graph.guard.jobs import Job, Kind, Reply
from graph.guard.pool import Busy
from graph.guard.stream import Stream
from graph.server import service_description
from graph.server.answering import answered, named
from graph.server.disconnect import cancel_on_disconnect, stopping
from graph.server.negotiation import GRAPHS, RESULTS, Offer, answers, header
from graph.server.streaming import MOST_ROWS, streamed, tag_of, unchanged
from graph.store import question

_BODY = 1 << 20
_REST = 16 << 20
_BODY_SECONDS = 10.0
_REST_SECONDS = 1.0
"""How long the next bytes of a body that is too large are waited for: who sends no more is told so."""
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_IRI = r"""[^<>"{}|^`\\\x00-\x20]*"""
"""What stands between the angle brackets of an IRI in SPARQL (IRIREF of its grammar), without escapes."""
_REFUSED = {Kind.BAD: 400, Kind.TOO_LARGE: 400, Kind.UNACCEPTABLE: 406}
_T = TypeVar("_T")


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service when none is asked."""
    pairs = _of_address(request.scope["query_string"])
    if request.method == "POST":
        pairs = (*pairs, *await posted(request))
    names = [name for name, _ in pairs]
    if "update" in names:
        raise HTTPException(400, said("updates are not accepted here: this service answers queries only"))
    if "graph" in names or "default" in names:
        raise HTTPException(400, "this is no graph store: ask a query with FROM or default-graph-uri")
    if names.count("query") > 1:
        raise HTTPException(400, "more than one query in one request")
    if "query" not in names:
        if request.method == "POST":
            raise HTTPException(400, "the form has no parameter “query”")
        return service_description.service(request)
    return await _answer(request, pairs)


async def _answer(request: Request, pairs: Sequence[tuple[str, str]]) -> Response:
    results, graph = answers(header(request.scope, b"accept"))
    if results is None and graph is None:
        raise unacceptable("")
    job = Job(
        next(value for name, value in pairs if name == "query"),
        results.name if results else None,
        graph.name if graph else None,
        _graphs(request, pairs, "default-graph-uri"),
        _graphs(request, pairs, "named-graph-uri"),
    )
    if request.scope["http_version"] == "1.0":  # which knows no pieces
        answer = await ask(request, job)
        return answered(request, answer.body, _media(answer, results, graph), headers_of(answer))
    media = [offer.media for offer in (results, graph) if offer]
    if header(request.scope, b"if-none-match") and named(request, tag := tag_of(request, job, *media)):
        return unchanged(tag, headers_of(Reply(Kind.SOLUTIONS)))
    answer, rest = await begin(request, job)
    if rest is None:
        return answered(request, answer.body, _media(answer, results, graph), headers_of(answer))
    return streamed(request, rest, _media(answer, results, graph), headers_of(answer), tag_of(request, job, *media))


def _media(answer: Reply, results: Offer | None, graph: Offer | None) -> str:
    offer = graph if answer.kind is Kind.GRAPH else results
    assert offer is not None  # noqa: S101 - the worker refuses what is None here
    return offer.media


def _graphs(request: Request, pairs: Sequence[tuple[str, str]], parameter: str) -> tuple[str, ...]:
    base: str = request.state.snapshot.base
    return tuple(_resolved(value, base) for name, value in pairs if name == parameter)


def _resolved(name: str, base: str) -> str:
    """Give the IRI of a graph, resolved by the engine as one in a query is; HTTPException 400 if it is none."""
    if re.fullmatch(_IRI, name):
        with suppress(SyntaxError):
            (triple,) = parse(f"<{name}> a 1 .", format=RdfFormat.TURTLE, base_iri=base or None)
            return str(triple.subject.value)
    shown = "".join(letter if letter.isprintable() else "�" for letter in name)
    raise HTTPException(400, said("<{iri}> is not a whole IRI", iri=shown))


def headers_of(answer: Reply) -> dict[str, str]:
    """Give the headers of an answer; a cut one says after how many rows, as Virtuoso does."""
    return {"Vary": "Accept"} | ({MOST_ROWS: str(answer.cut)} if answer.cut else {})


async def ask(request: Request, job: Job) -> Reply:
    """Put a job to the workers, within the bounds; HTTPException with the status that says what went wrong."""
    encoded = _encoded(request, job)
    kept: Reply | None = request.state.snapshot.answers.get(encoded)
    if kept:
        return kept
    return _given(request, encoded, await _within(request, request.state.snapshot.pool.run_encoded(encoded)))


async def begin(request: Request, job: Job) -> tuple[Reply, Stream | None]:
    """Put a job to the workers and give its answer, or the first piece of it, with the whole that then comes."""
    encoded = _encoded(request, job)
    if kept := request.state.snapshot.answers.get(encoded):
        return kept, None
    stream = await _within(request, request.state.snapshot.pool.open(encoded))
    first = await stream.first()
    return (first, stream) if first.more else (_given(request, encoded, first), None)


def _encoded(request: Request, job: Job) -> bytes:
    limit = request.app.state.limits.query
    request.state.query = job.query
    if len(job.query) > limit:
        raise HTTPException(413, said("the query is longer than {limit} characters", limit=limit))
    return job.encode()


async def _within(request: Request, work: Awaitable[_T]) -> _T:
    try:
        return await cancel_on_disconnect(request, work)
    except Busy as exc:
        raise HTTPException(503, exc.args[0], {"Retry-After": str(exc.after)}) from exc
    except QueryTimeout as exc:
        raise HTTPException(503, _narrower(request, exc.args[0]), {"Retry-After": "30"}) from exc
    except WorkerDied as exc:
        raise HTTPException(503, exc.args[0], {"Retry-After": "30"}) from exc


def _narrower(request: Request, message: str) -> str:
    """Add to what was late what would narrow it, where it is a documented question as it stands."""
    known = (*map(question.load, question.names()), *request.state.snapshot.questions.values())
    asked = next((each for each in known if each.text.split() == request.state.query.split()), None)
    return asked.late(message, asked.parameters) if asked else message


def _given(request: Request, encoded: bytes, answer: Reply) -> Reply:
    """Keep an answer; HTTPException for a refusal."""
    if answer.kind is Kind.UNACCEPTABLE:
        raise unacceptable(answer.message)
    if answer.kind in _REFUSED:
        raise HTTPException(_REFUSED[answer.kind], answer.message)
    request.state.snapshot.answers.put(encoded, answer)
    return answer


def unacceptable(reason: str) -> HTTPException:
    """Make the answer 406, with the media types that can be had."""
    media = ", ".join(offer.media for offer in (*RESULTS, *GRAPHS))
    return HTTPException(406, f"{reason}; there are: {media}".removeprefix("; "))


def parameters(data: bytes) -> list[tuple[str, str]]:
    """Read URL-encoded parameters; HTTPException 400 if they are not UTF-8 or too many."""
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as exc:
        raise HTTPException(400, "the parameters are not URL-encoded UTF-8, or too many") from exc


@lru_cache(maxsize=32)
def _of_address(data: bytes) -> tuple[tuple[str, str], ...]:
    """Read those of an address, which is often asked for again: to read it took longer than to give a kept answer."""
    return tuple(parameters(data))


async def posted(request: Request) -> list[tuple[str, str]]:
    """Read the parameters of a posted form, or the query that is posted as it is."""
    media, charset = _content_type(request.headers.get("content-type", ""))
    if media == _UPDATE:
        raise HTTPException(400, said("updates are not accepted here: this service answers queries only"))
    if media not in (_FORM, _QUERY):
        raise HTTPException(415, f"a query is posted as {_FORM} or {_QUERY}", {"Accept-Post": f"{_FORM}, {_QUERY}"})
    if charset not in ("", "utf-8", "utf8"):
        raise HTTPException(415, "a query is posted in UTF-8")
    body = await _body(request)
    if media == _FORM:
        return parameters(body)
    try:
        return [("query", body.decode("utf-8"))]
    except UnicodeDecodeError as exc:
        raise HTTPException(400, f"the query is not UTF-8: byte {exc.start}") from exc


def _content_type(header: str) -> tuple[str, str]:
    media, *rest = (part.strip() for part in header.lower().split(";"))
    charset = next((part.partition("=")[2].strip(' "') for part in rest if part.startswith("charset")), "")
    return media, charset


async def _body(request: Request) -> bytes:
    """Give the body; of one too large a bounded rest is read too, for who reads the answer only when all is sent."""
    too_large = HTTPException(413, f"the request is larger than {_BODY:,} bytes", {"Connection": "close"})
    declared = int(request.headers.get("content-length", 0))
    if declared > (_BODY if "expect" in request.headers else _REST):
        raise too_large
    body, size, now = bytearray(), 0, asyncio.get_running_loop().time
    latest = now() + _BODY_SECONDS
    try:
        async with asyncio.timeout_at(latest) as wait:
            async for chunk in request.stream():
                size += len(chunk)
                if size > _REST:
                    raise too_large
                if size <= _BODY:
                    body += chunk
                else:
                    wait.reschedule(min(latest, now() + _REST_SECONDS))
    except asyncio.CancelledError:
        raise stopping() from None
    except TimeoutError as exc:
        if max(declared, size) <= _BODY:
            raise HTTPException(408, "the request took too long to arrive", {"Connection": "close"}) from exc
    if max(declared, size) > _BODY:
        raise too_large
    return bytes(body)
