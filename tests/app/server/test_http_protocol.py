"""Raw sockets against a real server: heads without end, halves of requests, and too many at once."""

import asyncio
import contextlib
import re
import resource
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.server.http_protocol import MOST_WAITING, Gate
from tests.app import http
from tests.app.client import Client
from tests.app.conftest import Server, serving

PATIENCE = 60
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /api/own-data HTTP/1.1\r\nHost: localhost\r\n"
UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.fixture(scope="module")
def hasty() -> Iterator[Server]:
    """A server that waits half a second."""
    gate = Gate(head_time=0.5, body_time=0.5, answer_time=0.5)
    with serving(gate) as running:
        yield running


class Line:
    """A raw connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, data: bytes) -> bool:
        """Send; False if the server does not listen any more."""
        try:
            self.writer.write(data)
            await self.writer.drain()
        except ConnectionError:
            return False
        return True

    async def rest(self) -> bytes:
        """All that comes until the server closes."""
        found = b""
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(PATIENCE):
                while more := await self.reader.read(2**16):
                    found += more
        return found

    async def status(self) -> int | None:
        """The status that the server answers with before it closes; None if it closes without one."""
        found = re.match(rb"HTTP/1.1 (\d+)", await self.rest())
        return int(found[1]) if found else None


@asynccontextmanager
async def line(server: Server) -> AsyncIterator[Line]:
    """Connect."""
    host, port = server.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield Line(reader, writer)
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


def ask(server: Server) -> int:
    """Whether anybody else is answered."""
    return http.get(f"{server.url}/healthz").status_code


@pytest.mark.parametrize(
    "head",
    [
        GET + b"X: " + b"a" * 70_000 + b"\r\n\r\n",
        GET + b"X: " + b"a" * 70_000,
        GET + b"".join(b"X%d: a\r\n" % n for n in range(10_000)) + b"\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /?" + b"a" * 70_000,
        GET + b"a" * 70_000,
        b"\r\n" * 40_000,
        POST + b"X: " + b"a" * 70_000 + b"\r\nContent-Length: 3\r\n\r\nabc",
        UPGRADE + b"X: " + b"a" * 70_000 + b"\r\n\r\n",
    ],
    ids=[
        "a value",
        "half a value",
        "many",
        "an address",
        "half an address",
        "half a name",
        "nothing",
        "of a post",
        "of an upgrade",
    ],
)
async def test_a_head_of_more_than_64_kilobytes_is_refused(server: Server, head: bytes) -> None:
    async with line(server) as mine:
        await mine.send(head)
        assert await mine.status() == 431


@pytest.mark.parametrize(
    "rest",
    [
        b"0\r\n" + b"".join(b"X%d: a\r\n" % n for n in range(20_000)),
        b"0\r\nX: " + b"a" * 150_000,
        b"1;" + b"a" * 150_000,
        b"1\r\na\r\n" * 30_000,
    ],
    ids=["fields behind the body", "one of them", "of a piece", "of many pieces"],
)
async def test_what_stands_beside_a_body_is_bounded_as_heads_are(
    server: Server, rest: bytes
) -> None:
    async with line(server) as mine:
        await mine.send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + rest)
        assert await mine.status() == 431
    assert ask(server) == 200


@pytest.mark.parametrize("size", [60_000, 65_000])
async def test_a_head_below_64_kilobytes_is_read(server: Server, size: int) -> None:
    async with line(server) as mine:
        await mine.send(GET + b"X: " + b"a" * size + b"\r\nConnection: close\r\n\r\n")
        assert await mine.status() == 200


async def test_the_limit_is_for_each_head_of_a_connection(server: Server) -> None:
    long = GET + b"X: " + b"a" * 40_000 + b"\r\n"
    async with line(server) as mine:
        for _ in range(3):
            await mine.send(long + b"\r\n")
            async with asyncio.timeout(PATIENCE):
                assert (await mine.reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")
                await mine.reader.readuntil(b"The server is up.")
        body = b"1,2,a\n" * 50_000
        await mine.send(POST + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        async with asyncio.timeout(PATIENCE):
            assert (await mine.reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")


async def test_heads_without_end_take_no_memory(server: Server) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    async def flood() -> int:
        sent = 0
        async with line(server) as mine:
            await mine.send(GET + b"X: ")
            while sent < 200 and await mine.send(b"a" * 2**20):
                sent += 1
            assert await mine.status() in {431, None}
        return sent

    await asyncio.gather(*(flood() for _ in range(3)))
    assert ask(server) == 200
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # KB


async def test_a_few_requests_may_come_before_the_first_is_answered(server: Server) -> None:
    async with line(server) as mine:
        last = GET + b"Connection: close\r\n\r\n"
        await mine.send((GET + b"\r\n") * (MOST_WAITING - 1) + last)
        assert (await mine.rest()).count(b"HTTP/1.1 200") == MOST_WAITING


async def test_who_asks_on_and_on_is_cut_off(server: Server) -> None:
    """Each of these requests would be kept, and answered, while nobody reads the answers."""
    async with line(server) as mine:
        await mine.send((GET + b"\r\n") * 10_000)
        assert (await mine.rest()).count(b"HTTP/1.1 200") <= MOST_WAITING
    assert ask(server) == 200


@pytest.mark.parametrize(
    ("half", "status"),
    [
        (b"", None),
        (b"G", 408),
        (GET, 408),
        (GET + b"X: ", 408),
        (POST + b"Content-Length: 100\r\n\r\n1,2", 408),
        (POST + b"Content-Length: 100\r\n\r\n", 408),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\n1,2", 408),
        (UPGRADE, 408),
        (UPGRADE + b"Content-Length: 5\r\n\r\n12", 400),
        (UPGRADE + b"".join(b"X%d: a\r\n" % n for n in range(200)) + b"\r\n", 431),
        (UPGRADE + b"X: " + b"a" * 10_000 + b"\r\n\r\n", 431),
        (UPGRADE.replace(b"GET", b"POST") + b"\r\n", 405),
        (UPGRADE.replace(b"Sec-WebSocket-Key", b"X") + b"\r\n", 400),
        (UPGRADE.replace(b": 13", b": 8") + b"\r\n", 400),
    ],
)
async def test_half_a_request_does_not_stay(
    hasty: Server, half: bytes, status: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    async with line(hasty) as mine:
        await mine.send(half)
        assert await mine.status() == status
    assert ask(hasty) == 200
    assert "Traceback" not in caplog.text


async def test_half_an_answered_request_does_not_stay(hasty: Server) -> None:
    async with line(hasty) as mine:
        await mine.send(GET + b"Content-Length: 100\r\n\r\n")
        assert await mine.status() == 200


@pytest.mark.parametrize("begin", [GET + b"X: ", POST + b"Content-Length: 1000\r\n\r\n", UPGRADE])
async def test_one_letter_after_the_other_does_not_stay(hasty: Server, begin: bytes) -> None:
    async with line(hasty) as mine:
        await mine.send(begin)
        ended = asyncio.create_task(mine.status())
        while not ended.done():
            await mine.send(b"a")
            await asyncio.wait([ended], timeout=0.05)
        assert ended.result() == 408


async def test_a_connection_at_rest_does_not_stay(server: Server) -> None:
    async with line(server) as mine:
        await mine.send(GET + b"\r\n")
        assert b"200 OK" in await mine.rest()


async def test_an_answer_that_nobody_reads_does_not_stay(hasty: Server) -> None:
    page = http.get(f"{hasty.url}/optimizers").text
    path = re.search(r"static/plotly-[^\"]+", page)
    assert path
    async with line(hasty) as mine:
        assert isinstance(mine.writer.transport, asyncio.Transport)
        mine.writer.transport.pause_reading()
        await mine.send(f"GET /{path[0]} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE):
            while hasty.connections:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.05)


async def test_the_clock_of_a_request_does_not_run_for_a_stream(hasty: Server) -> None:
    async with Client.open(hasty.stream) as client, line(hasty) as other:
        await other.send(b"G")
        assert await other.status() == 408
        assert (await client.ask("step"))["type"] == "ok"


async def test_there_is_room_for_who_asks_among_those_who_do_not(
    serve: Callable[..., Any],
) -> None:
    with serve(max_connections=10) as server:
        async with contextlib.AsyncExitStack() as stack:
            lines = [await stack.enter_async_context(line(server)) for _ in range(40)]
            for number, mine in enumerate(lines):
                await mine.send([b"", GET, GET + b"\r\n", POST, UPGRADE][number % 5])
            for _ in range(20):
                assert ask(server) == 200
            assert len(server.connections) <= 11
            assert await lines[0].status() is None


async def test_streams_are_not_sent_away_for_room_and_newcomers_are_told(
    serve: Callable[..., Any],
) -> None:
    with serve(max_connections=3) as server:
        async with contextlib.AsyncExitStack() as stack:
            clients = [
                await stack.enter_async_context(Client.open(server.stream)) for _ in range(3)
            ]
            async with line(server) as mine:
                await mine.send(GET + b"\r\n")
                assert await mine.status() == 503
            for client in clients:
                assert (await client.ask("step"))["type"] == "ok"
            await clients[0].socket.close()
            async with asyncio.timeout(PATIENCE):
                while True:
                    async with line(server) as mine:
                        await mine.send(GET + b"Connection: close\r\n\r\n")
                        if await mine.status() == 200:
                            break


async def test_the_end_does_not_wait_for_halves_of_requests(serve: Callable[..., Any]) -> None:
    with serve() as server:
        lines = contextlib.AsyncExitStack()
        for half in (b"", GET, UPGRADE):
            mine = await lines.enter_async_context(line(server))
            await mine.send(half)
        before = threading.active_count()
    assert threading.active_count() < before
    await lines.aclose()
