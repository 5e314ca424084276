"""Work that ends when its client leaves, or when the server does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from graph.errors import said

_GRACE = 0.05
_T = TypeVar("_T")


async def cancel_on_disconnect(request: Request, work: Awaitable[_T]) -> _T:
    """Await `work`; a client that leaves meanwhile cancels it (ClientDisconnect), so that its worker is freed.

    Most answers come before `_GRACE`, and are not watched at all: watching costs more than they do.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # noqa: S101 - called from a coroutine
    watchers: list[asyncio.Task[None]] = []
    gone = False

    async def watch() -> None:
        nonlocal gone
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone = True
        task.cancel()

    timer = loop.call_later(_GRACE, lambda: watchers.append(loop.create_task(watch())))
    try:
        return await work
    except asyncio.CancelledError:
        if gone:
            raise ClientDisconnect from None
        raise stopping() from None
    finally:
        timer.cancel()
        for watcher in watchers:
            watcher.cancel()


def stopping() -> HTTPException:
    """Make the answer to a request that the end of the server cancels: nothing else does."""
    return HTTPException(503, said("the server is stopping"), {"Connection": "close"})
