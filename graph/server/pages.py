"""The server's pages, written on the server: they need no script."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from graph.errors import Said
from graph.guard.jobs import Job, Kind
from graph.model import messages
from graph.model.vocabulary import PREFIXES
from graph.model.words import head, lent, order, said, spoken
from graph.server import addresses, negotiation
from graph.server.answering import answered
from graph.server.host_check import POLICY
from graph.server.protocol import ask, parameters
from graph.server.snapshot import rows_of
from graph.server.terms import PageLabels
from graph.store.needs import lacking, named, needed_query
from graph.store.query_text import query_text
from graph.web.html import render
from graph.web.record import ASKED, Answers, record, terms

_ROWS_SHOWN = 1000
_MARKED = 200
_SCRIPTED = f"{POLICY}; script-src 'self'; connect-src 'self'"


async def resource(request: Request, iri: str) -> Response:
    """Give the page of `iri`: its names, every claim that names it with its evidence, what is inferred, the rest."""
    language = _language(request)
    answers, labels = await _told(request, iri, language)
    path = request.url.path.removesuffix(".html")
    context: dict[str, Any] = {
        "record": record(iri, answers, labels),
        "alternates": [(offer.media, f"{path}{offer.ending}") for offer in negotiation.THINGS],
    }
    return _page(request, "resource.html", language, headers={"Link": addresses.links(request, iri)}, **context)


async def plain(request: Request, iri: str) -> Response:
    """Give what the page of `iri` says as plain JSON."""
    from graph.server.plain import plain as described

    language = _language(request)
    body = json.dumps(described(iri, *await _told(request, iri, language)), ensure_ascii=False, indent=1)
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language", "Link": addresses.links(request, iri)}
    return answered(request, f"{body}\n".encode(), negotiation.PLAIN.media, headers)


async def _told(request: Request, iri: str, language: str) -> tuple[Answers, PageLabels]:
    """Give what is said of `iri`, and the labels of all that this names; HTTPException 404 if nothing is."""
    labels = PageLabels(request, _order(request, language), asked(request))
    answers = {name: rows_of(await ask(request, Job(query_text(name), bindings={"r": iri}))) for name in ASKED}
    if not answers["statements"] and not answers["claims"]:
        raise addresses.nothing(iri)
    await labels.load(terms(iri, answers))
    return answers, labels


def error(request: Request, exc: HTTPException) -> Response:
    """Give what is wrong as a page to who prefers one, as a line of text to any other client."""
    offer = negotiation.choose(",".join(request.headers.getlist("accept")), negotiation.MESSAGES)
    if offer is None or offer.media != negotiation.HTML:
        plain = {"Vary": "Accept, Accept-Language", **(exc.headers or {})}
        return PlainTextResponse(f"{exc.detail}\n", exc.status_code, plain)
    try:
        parameters(request.scope["query_string"])
    except HTTPException:  # the page's links cannot repeat parameters that cannot be read
        request = Request({**request.scope, "query_string": b""})
    language = _language(request)
    context = {"status": exc.status_code, "detail": _in_words(exc.detail, language)}
    return _page(request, "error.html", language, exc.status_code, dict(exc.headers or {}), answer=context)


def _in_words(detail: str, language: str) -> dict[str, str]:
    """Give what is wrong in the reader's language where it can be told in it, with that, and the line of the query."""
    language = language if language in messages.LANGUAGES else "fr"
    text = messages.told(detail, language)
    fault = detail.values.get("fault") if isinstance(detail, Said) else None
    line = fault.values.get("line", "") if isinstance(fault, Said) else ""
    return {"text": text, "language": "en" if text == detail else language, "line": str(line)}


async def query(request: Request) -> Response:
    """Give the page to write a query on, with its answer when there is one, or what is wrong with it."""
    pairs = dict(parameters(request.scope["query_string"]))
    language = _language(request)
    text = pairs.get("query", "")
    answer: dict[str, Any] = {"status": 200}
    if text.strip():
        try:
            answer = await _answered(request, text, _order(request, language), "explain" in pairs)
        except HTTPException as exc:
            answer = {"status": exc.status_code, "error": _in_words(exc.detail, language), "headers": exc.headers}
    from graph.server.examples import examples

    context: dict[str, Any] = {
        "given": _given(language, request.state.snapshot.titles),
        "text": text,
        "examples": examples(_order(request, language), request.state.snapshot.questions.values()),
        "answer": answer,
        "shown": _ROWS_SHOWN,
    }
    headers = {"Content-Security-Policy": _SCRIPTED} | (answer.get("headers") or {})
    return _page(request, "query.html", language, answer["status"], headers, **context)


def _given(language: str, own: Iterable[str]) -> dict[str, Any]:
    """Give the words of the script of the query page, as the modules of the network's page take them."""
    texts = {**said(language, "query", own), "results": said(language, "page", own)["results"]}
    written = {
        "direction": head(language)["direction"],
        "locale": head(language)["locale"],
        "order": order(language, own),
    }
    borrowed = {key: [tag, head(tag)["direction"]] for key, tag in lent(language, "query", own).items()}
    spoken = {"words": texts, "lent": borrowed, **written}
    return {"info": {"languages": [language], "spoken": language}, "interface": {language: spoken}}


async def _answered(request: Request, text: str, order: tuple[str, ...], explain: bool) -> dict[str, Any]:
    answer = await ask(request, Job(text, "json", "turtle", explain=explain))
    if answer.kind is Kind.GRAPH:
        return {"status": 200, "graph": answer.body.decode(), "cut": answer.cut}
    if answer.kind is Kind.BOOLEAN:
        return {"status": 200, "truth": b"true" in answer.body, "cut": False}
    rows = rows_of(answer)
    labels = PageLabels(request, order, asked(request))
    await labels.load(term for row in rows[:_ROWS_SHOWN] for term in row.values())
    columns = json.loads(answer.body)["head"]["vars"]
    cells = [[labels.cell(row[name]) if name in row else None for name in columns] for row in rows[:_ROWS_SHOWN]]
    needs = [] if rows or explain else await _needs(request, text, labels)
    views = [] if explain else _views(request, rows, order[0])
    found = {"columns": columns, "rows": cells, "count": len(rows), "views": views, "explained": explain}
    return {"status": 200, **found, "cut": answer.cut, "needs": needs}


def _views(request: Request, rows: list[dict[str, dict[str, str]]], language: str) -> list[tuple[str, str]]:
    """Name the views of the page that show the things of an answer, with their addresses; none where it names none."""
    base, root = request.state.snapshot.base, request.scope.get("root_path", "")
    locals_ = (term["value"].removeprefix(base) for row in rows for term in row.values() if term["type"] == "uri")
    things = [*dict.fromkeys(each for each in locals_ if ":" not in each and "/" not in each)][:_MARKED]
    marked = ",".join(map(quote, things))
    words = said(language, "page", request.state.snapshot.titles)
    views = ("network", "map") if things else ()
    return [(words[view], f"{root}/#lang={language}&view={view}&marked={marked}") for view in views]


async def _needs(request: Request, text: str, labels: PageLabels) -> list[str]:
    """Name what would give a query its answer."""
    iris = named(text, PREFIXES)
    found = rows_of(await ask(request, Job(needed_query(iris)))) if iris else []
    terms = lacking((row["term"]["value"], row["there"]["value"] == "true") for row in found)
    wanted = [{"type": "uri", "value": iri} for iri in terms]
    await labels.load(wanted)
    return [labels.cell(term).text for term in wanted]


def _page(
    request: Request,
    template: str,
    language: str,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Response:
    snapshot = request.state.snapshot
    root = request.scope.get("root_path", "")
    text = render(
        template,
        language,
        snapshot.titles,
        room="graph.server",
        fallback=snapshot.name,
        root=root,
        style=f"{root}/style.css",
        network=f"{root}/",
        nav=[("home", f"{root}/#lang={language}"), ("ask", f"{root}/query?lang={language}")],
        switch=[(each, head(each)["name"], _switched(request, each)) for each in _spoken(request)],
        **context,
    )
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language"} | (headers or {})
    if status == HTTPStatus.OK:
        return answered(request, text.encode(), negotiation.HTML, headers)
    return HTMLResponse(text, status, headers)


def _language(request: Request) -> str:
    return negotiation.language(request.headers.get("accept-language"), _spoken(request), asked(request))


def asked(request: Request) -> str:
    """Give the language that the address asks for, "" if it asks for none that we speak."""
    found = dict(parameters(request.scope["query_string"])).get("lang", "")
    return found if found in _spoken(request) else ""


def _spoken(request: Request) -> list[str]:
    """Give the interface's languages that the dataset is in, its first one first."""
    return spoken(request.state.snapshot.titles)


def _order(request: Request, language: str) -> tuple[str, ...]:
    return order(language, request.state.snapshot.titles)


def _switched(request: Request, language: str) -> str:
    pairs = [(name, value) for name, value in parameters(request.scope["query_string"]) if name != "lang"]
    return "?" + urlencode([*pairs, ("lang", language)])
