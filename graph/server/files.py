"""The files of the build, and the style of the server's own pages."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files as resources
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from graph.errors import said
from graph.model.formats import BUILT
from graph.page.linker import joined
from graph.server.answering import conditioned
from graph.web import html

ONTOLOGY_PAGE = "ontology.html"
_PAGE = "index.html"
# The page is one file with its own, stricter policy inside (hashes of its script and style); both hold.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline';"
    " img-src data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
_STYLED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MEDIA = {known.file.rpartition(".")[2]: known.media for known in BUILT}


async def network(request: Request) -> Response:
    """Give the interactive network."""
    return _stream(request, _PAGE, {"Content-Security-Policy": _PAGE_POLICY})


async def ontology(request: Request) -> Response:
    """Give the ontology as the build tells it: as a document, or the Turtle that this names as lying beside it."""
    return _stream(request, request.url.path.rpartition("/")[2], {"Content-Security-Policy": _STYLED})


async def download(request: Request) -> Response:
    """Give a file of the build by its name; only names that the build itself lists are known."""
    return send(request, request.path_params["name"])


def send(request: Request, name: str) -> Response:
    """Give the file of the build that is called `name`, to be saved."""
    return _stream(request, name, {"Content-Disposition": f'attachment; filename="{name}"'})


async def style(request: Request) -> Response:
    """Give the style sheet of the server's pages."""
    return Response(html.style(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})


async def script(request: Request) -> Response:
    """Give the script of the query page, which it does without as well."""
    return Response(_script(), media_type="text/javascript", headers={"Cache-Control": "max-age=3600"})


async def icon(request: Request) -> Response:
    """Give browsers, which ask for an icon unasked, nothing instead of an error."""
    return Response(status_code=204, headers={"Cache-Control": "max-age=86400"})


@cache
def _script() -> str:
    return joined(Path(str(resources("graph.page"))) / "js", "sparql/served.js")


def _stream(request: Request, name: str, headers: dict[str, str]) -> Response:
    file = request.state.snapshot.files.get(name)
    if file is None:
        raise HTTPException(404, said("there is no such file"))
    tag = f'"{file.sha256[:32]}"'
    headers |= {"ETag": tag, "Cache-Control": "no-cache", "Accept-Ranges": "bytes"}
    if status := conditioned(request, tag):
        return Response(status_code=status, headers=headers)
    media = _MEDIA.get(name.rpartition(".")[2], "application/octet-stream")
    part, whole = _part(request, tag, file.size), range(file.size)
    if part is not None:
        where = f"{part.start}-{part.stop - 1}" if part else "*"
        headers["Content-Range"] = f"bytes {where}/{file.size}"
    if part is not None and not part:
        return Response(status_code=416, headers=headers)
    headers["Content-Length"] = str(len(whole if part is None else part))
    body = file.chunks(whole if part is None else part) if request.method == "GET" else iter(())
    return StreamingResponse(body, 200 if part is None else 206, headers, media)


def _part(request: Request, tag: str, size: int) -> range | None:
    """Give the bytes of a file that are asked for (RFC 9110, section 14), empty where it has none of them.

    None stands for the whole: nothing, several parts or another file's (If-Range) are asked for, or by another method
    than GET, for which alone there are parts.
    """
    told = request.headers.get("range", "").replace(" ", "") if request.method == "GET" else ""
    asked = re.fullmatch(r"(?i)bytes=(\d*)-(\d*)", told, re.ASCII)
    if not asked or request.headers.get("if-range", tag) != tag:
        return None
    first, last = asked.groups()
    if not first and not last:
        return None
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last or size) + 1))
