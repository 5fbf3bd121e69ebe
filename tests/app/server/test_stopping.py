"""A request that is given up when the server stops."""

import asyncio
from typing import Any

import pytest

from app.server.stopping import WORDS, Stopping

SCOPE = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}


class Slow:
    """An application that never ends, after it has sent what it is given."""

    def __init__(self, *first: dict[str, Any]) -> None:
        self.first = first

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        for message in self.first:
            await send(message)
        await asyncio.Event().wait()


async def cancelled(app: Slow, scope: dict[str, Any]) -> list[dict[str, Any]]:
    """What is sent when the server stops meanwhile."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    task = asyncio.create_task(Stopping(app)(scope, receive, send))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        sent.append({"type": "cancelled"})
    return sent


async def test_it_is_told_to_come_back() -> None:
    start, body = await cancelled(Slow(), SCOPE)
    assert start["status"] == 503
    assert (b"retry-after", b"5") in start["headers"]
    assert body["body"].decode() == WORDS


@pytest.mark.parametrize(
    ("scope", "first"),
    [
        (SCOPE, {"type": "http.response.start", "status": 200}),
        ({"type": "websocket"}, {"type": "other"}),
    ],
)
async def test_an_answer_that_has_begun_and_a_stream_end_as_they_are(
    scope: dict[str, Any], first: dict[str, Any]
) -> None:
    assert await cancelled(Slow(first), scope) == [first, {"type": "cancelled"}]
