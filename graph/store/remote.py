"""A SPARQL 1.1 service somewhere else, asked by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, RdfFormat, parse, parse_query_results

from graph.errors import EndpointError, QueryError, QueryTimeout, one_line, said
from graph.model.vocabulary import PREFIXES, Term
from graph.store.answer import GRAPH, TABLE, TRUTH, Answer, answer_of, graph, table, truth
from graph.store.query_errors import refuse_update
from graph.store.store import HOME, graph_of

TIMEOUT = 60.0
"""Seconds that a service may be silent when no deadline is given."""

_SOLUTIONS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_OWN = re.compile(r"(?<![\w.-]):\w|<(?![A-Za-z][\w+.-]*:)[^<>\"{}|^`\\\s]+>")
_BODY = re.compile(r"(?:#[^\n]*\n|[^#{<\"'])*?\bWHERE\s*\{", re.IGNORECASE)
_FORM = re.compile(
    r"(?:\s|#[^\n]*\n|PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
_KINDS = {"SELECT": TABLE, "ASK": TRUTH, "CONSTRUCT": GRAPH, "DESCRIBE": GRAPH}


class Remote:
    """The dataset as a remote service holds it; AZETTA_USER and AZETTA_PASSWORD are used where it asks who we are.

    The service's default graph is taken for the union of its named graphs, which is a setting of some servers.
    """

    def __init__(self, endpoint: str, base: str | None = None) -> None:
        self.endpoint = address(endpoint)
        self._http = Http(self.endpoint)
        self._graphs: list[str] | None = None
        self._base = base

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that need no declaration."""
        return PREFIXES | {"": self.base}

    @property
    def base(self) -> str:
        """What the dataset's IRIs begin with: as given, or found out from the names of the service's graphs."""
        if self._base is None:
            self._base = next((name.removesuffix(HOME) for name in self.graphs() if name.endswith(HOME)), "")
        return self._base

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
        source: str | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Answer a query; see `Store.query`."""
        refuse_update(text)
        form = _FORM.match(text)
        kind = _KINDS[form[1].upper()] if form else None
        fields = {"query": self._declared(bound(text, substitutions or {}))}
        if source is not None:
            fields["default-graph-uri"] = fields["named-graph-uri"] = graph_of(source, self)
        body = urlencode(fields).encode()
        headers = {
            "Accept": _TRIPLES if kind == GRAPH else _SOLUTIONS,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        media, told = self._http.send("POST", self.endpoint, body, headers, timeout)
        answer = self._read(media.partition(";")[0].strip().lower(), told)
        if form and answer.kind != kind:
            got = f"{self.endpoint} answered {form[1].upper()} with {answer.kind}"
            raise EndpointError(f"{got}, not {kind}: is it a SPARQL endpoint?")
        return answer

    def graphs(self) -> list[str]:
        """Give the IRIs of the named graphs, sorted."""
        if self._graphs is None:
            # Grouped, for Virtuoso takes most of a minute for DISTINCT over all triples, and next to nothing for this.
            answer = self.query("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
            self._graphs = sorted(name.value for (name,) in table(answer, g=object) if isinstance(name, NamedNode))
        return self._graphs

    def _declared(self, text: str) -> str:
        """Declare the base and the prefixes that a query may use; what it declares itself comes later and wins."""
        own = f"BASE <{self.base}> PREFIX : <{self.base}> " if _OWN.search(text) else ""
        used = (f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if f"{name}:" in text)
        return own + "".join(used) + text

    def _read(self, media: str, told: bytes) -> Answer:
        """Read the body of an answer to its end: it may be cut off."""
        try:
            if found := QueryResultsFormat.from_media_type(media):
                answer = answer_of(parse_query_results(told, format=found))
                return _truth(answer._replace(rows=[*map(tuple, answer.rows)], engine=None))
            if form := RdfFormat.from_media_type(media):
                quads = [quad for quad in parse(told, format=form) if quad.graph_name == DefaultGraph()]
                return graph([*dict.fromkeys(quad.triple for quad in quads)])
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"{self.endpoint} answered with {media} that cannot be read: {error}") from error
        raise EndpointError(f"{self.endpoint} answered with {media or 'no media type'}: is it a SPARQL endpoint?")


class Http:
    """Requests to one service, with its credentials and its errors told in our words."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._opener = _opener(endpoint)

    def send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], timeout: float | None = None
    ) -> tuple[str, bytes]:
        """Send a request; give the media type and the body of the answer."""
        request = Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=timeout or TIMEOUT) as answer:
                return answer.headers.get("Content-Type", ""), answer.read()
        except HTTPError as error:
            raise _refusal(url, error) from None
        except TimeoutError as error:
            raise _late(url, timeout) from error
        except (URLError, OSError, ValueError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise _late(url, timeout) from error
            raise EndpointError(f"cannot reach {url}: {getattr(reason, 'strerror', None) or reason}") from error


def _late(url: str, timeout: float | None) -> QueryTimeout:
    return QueryTimeout(
        said("{url} gave no answer within {seconds} seconds", url=url, seconds=f"{timeout or TIMEOUT:g}")
    )


def _truth(answer: Answer) -> Answer:
    """Turn what Virtuoso 7 answers to an ASK, a table with a row or none, into the truth value that it stands for."""
    return truth(bool(answer.rows)) if answer.columns == ("__ASK_RETVAL",) else answer


def bound(text: str, substitutions: Mapping[str, Term]) -> str:
    r"""Bind variables of a query by a VALUES clause: the terms are serialised, never pasted.

    The clause opens the WHERE group, where every engine restricts its search by it, or ends a query that has none; a
    variable that the query itself assigns (`AS ?name`) cannot be bound so.

    >>> from pyoxigraph import Literal
    >>> bound("SELECT ?label WHERE { ?place ?name ?label }", {"label": Literal('a" } DROP ALL #', language="fr")})
    'SELECT ?label WHERE { VALUES (?label) { ("a\\" } DROP ALL #"@fr) }  ?place ?name ?label }'
    """
    if not substitutions:
        return text
    names = " ".join(f"?{name}" for name in substitutions)
    clause = f" VALUES ({names}) {{ ({' '.join(map(str, substitutions.values()))}) }} "
    body = _BODY.match(text)
    if body is None:
        return f"{text}\n{clause}"
    return text[: body.end()] + clause + text[body.end() :]


class Refusal(EndpointError):  # what HTTP calls it matters more than a suffix
    """The service answered with an HTTP error; `status` is its code."""

    status = 0


def _refusal(url: str, error: HTTPError) -> EndpointError | QueryError:
    with error:
        told = " ".join(error.read(2000).decode("utf-8", "replace").split())[:300]
    if error.code == 400:
        return QueryError(one_line(f"{url} refuses the query: {told or error.reason}"))
    hint = "; set AZETTA_USER and AZETTA_PASSWORD" if error.code == 401 else ""
    refusal = Refusal(f"{url} answered {error.code} {error.reason}{hint}{': ' + told if told else ''}")
    refusal.status = error.code
    return refusal


class _Digest(HTTPDigestAuthHandler):
    """Closes the answer that asked who we are, once there is another; the library leaves it open."""

    def http_error_401(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any) -> Any:
        try:
            another = super().http_error_401(req, fp, code, msg, headers)
        except HTTPError:
            fp.close()
            raise
        if another is not None:
            fp.close()
        return another


class _Heeding(HTTPConnection):
    """Reads an answer that comes before the whole request is sent: asked who we are, a long body breaks off."""

    def request(self, *arguments: Any, **options: Any) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            super().request(*arguments, **options)


def _heeding(connection: Any) -> Any:
    return type("_Connection", (_Heeding, connection), {})


class _Plain(HTTPHandler):
    def do_open(self, http_class: Any, req: Request, **options: Any) -> Any:
        return super().do_open(_heeding(http_class), req, **options)


class _Secure(HTTPSHandler):
    def do_open(self, http_class: Any, req: Request, **options: Any) -> Any:
        return super().do_open(_heeding(http_class), req, **options)


def address(endpoint: str) -> str:
    """Check that `endpoint` is an HTTP address without a password in it; EndpointError if not."""
    parts = urlsplit(endpoint)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise EndpointError(
            f"“{endpoint}” is not the address of a SPARQL endpoint, such as http://localhost:7878/query"
        )
    if parts.password is not None:
        raise EndpointError("no password in an address, where it would be shown: set AZETTA_USER and AZETTA_PASSWORD")
    return endpoint


def _opener(endpoint: str) -> OpenerDirector:
    user, password = os.environ.get("AZETTA_USER"), os.environ.get("AZETTA_PASSWORD")
    if user is None or password is None:
        return build_opener()
    known = HTTPPasswordMgrWithDefaultRealm()
    parts = urlsplit(endpoint)
    known.add_password(None, f"{parts.scheme}://{parts.netloc}/", user, password)
    return build_opener(_Plain, _Secure, _Digest(known), HTTPBasicAuthHandler(known))
