"""A model somewhere else, asked by `POST …/chat/completions`, as OpenAI's API and many servers beside it have it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graph.errors import EndpointError, one_line, said

if TYPE_CHECKING:
    import httpx

KEY = "AZETTA_MODEL_KEY"
_PATH = "/chat/completions"
_CONNECT, _SILENCE, _DEADLINE = 10.0, 600.0, 900.0  # seconds: a model on a small machine answers late, but at once
_LARGEST = 2_000_000  # bytes of an answer
_TRIES, _LONGEST_WAIT = 3, 60.0
_BUSY = frozenset({429, 500, 502, 503, 504})
_SEED = 0


class Unusable(EndpointError):
    """The model gave no answer that can be used; asked of other words, it may."""


class Chat:
    """A model by its name, behind the service at an address; the key goes there alone and into no message.

    Raises EndpointError where the address is none, or httpx is not installed.
    """

    def __init__(self, url: str, model: str, key: str = "") -> None:
        try:
            import httpx
        except ImportError:
            raise EndpointError(said("to ask a model, install what it needs: pip install 'azetta[model]'")) from None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise EndpointError(
                said('"{url}" is not the address of a model\'s service, such as http://localhost:11434/v1', url=url)
            )
        if parts.username is not None:
            raise EndpointError(said("no key in an address, where it would be shown: set {key}", key=KEY))
        self._key = key.strip()
        if not (self._key.isascii() and self._key.isprintable()):
            raise EndpointError(said("{key} holds signs that no key has", key=KEY))
        self.model = model
        self._httpx = httpx
        self._url = url if parts.path.endswith(_PATH) else url.rstrip("/") + _PATH

    def ask(self, system: str, user: str, schema: Mapping[str, Any]) -> Any:
        """Give the model's answer, JSON that should follow a schema.

        Raises Unusable where there is none or it is cut off, and EndpointError where none can be had at all.
        """
        body = {
            "model": self.model,
            "temperature": 0,
            "seed": _SEED,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "proposals", "strict": True, "schema": schema},
            },
        }
        for attempt in range(1, _TRIES + 1):
            status, headers, told = self._send(body)
            if status == 200:
                return self._content(told)
            if status not in _BUSY:
                answer = self._refusal(status, told)
                raise EndpointError(
                    said("{answer}; set {key}", answer=answer, key=KEY) if status in {401, 403} else answer
                )
            wait = _wait(headers.get("Retry-After", ""), attempt)
            if wait > _LONGEST_WAIT:
                answer = self._refusal(status, told)
                raise Unusable(said("{answer}; it asks to wait for {wait} seconds", answer=answer, wait=round(wait)))
            if attempt < _TRIES:
                time.sleep(wait)
        raise Unusable(said("{answer}; asked {tries} times", answer=self._refusal(status, told), tries=_TRIES))

    def _send(self, body: Mapping[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        """Give the status, the headers and the body of an answer, which is never read further than it may go."""
        headers = {"User-Agent": f"azetta/{version('azetta')}", "Accept-Encoding": "identity"}
        headers |= {"Authorization": f"Bearer {self._key}"} if self._key else {}
        until, told = time.monotonic() + _DEADLINE, bytearray()
        late = Unusable(said("{url} gave no whole answer in time", url=self._url))
        try:
            with (
                self._httpx.Client(timeout=self._httpx.Timeout(_SILENCE, connect=_CONNECT)) as client,
                client.stream("POST", self._url, json=body, headers=headers) as answer,
            ):
                for piece in answer.iter_bytes():
                    told += piece
                    if len(told) > _LARGEST:
                        raise Unusable(said("{url} answered with more than {size} bytes", url=self._url, size=_LARGEST))
                    if time.monotonic() > until:
                        raise late
                return answer.status_code, answer.headers, bytes(told)
        except (self._httpx.ConnectError, self._httpx.ConnectTimeout) as error:
            raise EndpointError(
                said("cannot reach {url}: {reason}", url=self._url, reason=one_line(str(error)))
            ) from error
        except self._httpx.TimeoutException as error:
            raise late from error
        except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
            raise Unusable(said("{url} broke off: {reason}", url=self._url, reason=one_line(str(error)))) from error

    def _refusal(self, status: int, told: bytes) -> str:
        words = " ".join(told[:2_000].decode("utf-8", "replace").split())
        words = words.replace(self._key, "…") if self._key else words
        if not words:
            return said("{url} answered {status}", url=self._url, status=str(status))
        return said("{url} answered {status}: {words}", url=self._url, status=str(status), words=one_line(words[:300]))

    def _content(self, told: bytes) -> Any:
        """Read what the model wrote out of an answer of the service."""
        try:
            choice = json.loads(told)["choices"][0]
            content, end = choice["message"]["content"], choice.get("finish_reason")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            wrong = said("{url} answered with no chat completion: is it an OpenAI-compatible service?", url=self._url)
            raise Unusable(wrong) from error
        if end == "length":
            raise Unusable(said("the answer of the model was cut off at its longest"))
        if not isinstance(content, str):
            words = choice["message"].get("refusal")
            raise Unusable(
                said("the model refuses to answer: {words}", words=one_line(str(words))[:300])
                if words
                else said("the model refuses to answer")
            )
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Unusable(said("the model did not answer with JSON")) from error


def _wait(told: str, attempt: int) -> float:
    """Read how many seconds a service asks to be left alone, as a number or a date; else wait longer each time."""
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return float(2**attempt)
