"""A model's service on loopback that answers each request with what was laid up for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any


@dataclass
class Reply:
    """What one request is answered: by a status, with a body; `pause` seconds pass before each of its pieces."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    pause: float = 0
    pieces: int = 1


@dataclass
class Service:
    """The service at `url`: the requests that it had, head and body, and what it answers; the last reply again."""

    url: str = ""
    replies: list[Reply] = field(default_factory=list)
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)


def said(content: Any, end: str = "stop") -> Reply:
    """A chat completion with some content: text, or what becomes JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "finish_reason": end, "message": {"role": "assistant", "content": text}}
    return Reply(json.dumps({"object": "chat.completion", "choices": [choice]}, ensure_ascii=False).encode())


@contextmanager
def replaying() -> Iterator[Service]:
    """The service, as long as the test runs."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.asked.append(({**self.headers, "path": self.path}, json.loads(body)))
            reply = service.replies.pop(0) if len(service.replies) > 1 else service.replies[0]
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(reply.length or len(reply.body)))
            self.end_headers()
            step = -(-len(reply.body) // reply.pieces) or 1
            try:
                for at in range(0, len(reply.body), step):
                    sleep(reply.pause)
                    self.wfile.write(reply.body[at : at + step])
            except (BrokenPipeError, ConnectionResetError):
                pass  # who asked has gone

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        service.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
