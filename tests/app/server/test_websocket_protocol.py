"""How streams end: with a reason, in time, and without a traceback, whoever leaves at whatever moment."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from app import __main__, protocol
from app.__main__ import PING_EVERY, PING_PATIENCE, STUCK_AFTER
from app.server.websocket_protocol import (
    GOING,
    IN_PIECES,
    MOST_PIECES,
    STOPPED,
    STOPPING,
    TOO_BIG,
    WebSocketProtocol,
)
from tests.app.client import PATIENCE, Client
from tests.app.conftest import Server

Serve = Callable[..., Any]
HELLO = json.dumps({"type": "hello", "protocol": 1, "playing": True})
WRONG = json.dumps({"type": "hello", "protocol": 1, "spec": {"layers": 3}})


async def ended(client: Client) -> tuple[int | None, str | None]:
    """The code and the reason that the server closes with."""
    async with asyncio.timeout(PATIENCE):
        with contextlib.suppress(ConnectionClosed):
            while True:
                await client.receive()
    return client.socket.close_code, client.socket.close_reason


async def none_left(server: Server) -> None:
    """Wait until the server has let everyone go."""
    async with asyncio.timeout(PATIENCE):
        while server.connections:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("words", [[], [WRONG] * 30, [HELLO], [HELLO] + ["{}"] * 60])
@pytest.mark.parametrize("heard", [0, 4])
@pytest.mark.parametrize("leave", ["abort", "close"])
async def test_leaving_at_any_moment_leaves_no_trace(
    server: Server, words: list[str], heard: int, leave: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        async with Client.connect(server.stream) as client:
            for word in words:
                await client.socket.send(word)
            with contextlib.suppress(TimeoutError, ConnectionClosed):
                async with asyncio.timeout(0.3):
                    for _ in range(heard):
                        await client.receive()
            if leave == "abort":
                client.socket.transport.abort()
            else:
                await client.socket.close()
    await none_left(server)
    assert [record.getMessage() for record in caplog.records] == []


async def test_leaving_amid_the_handshake_leaves_no_trace(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = server.address.split(":")
    key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    for path in ("/ws", "/nowhere"):
        for _ in range(20):
            _, writer = await asyncio.open_connection(host, int(port))
            head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket"
            writer.write(f"{head}\r\n{key}\r\n\r\n".encode())
            await asyncio.sleep(0)
            writer.transport.abort()
    await none_left(server)
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize(
    ("last", "code"),
    [
        (Frame(Opcode.TEXT, b"\xff" * 1000).serialize(mask=True), 1007),
        (b"\x81\xff" + (2**40).to_bytes(8, "big") + bytes(4), 1009),  # announces a terabyte
        (b"\xff\xff" + bytes(20), 1002),
    ],
)
async def test_a_line_that_is_closed_amid_answers_leaves_no_trace(
    server: Server, caplog: pytest.LogCaptureFixture, last: bytes, code: int
) -> None:
    for pause in (0, 0.001, 0.002, 0.004, 0.008) * 2:
        async with Client.open(server.stream, playing=True) as client:
            for _ in range(60):
                await client.socket.send("{}")
            await asyncio.sleep(pause)
            client.socket.transport.write(last)
            assert (await ended(client))[0] == code
    await none_left(server)
    assert "Traceback" not in caplog.text


async def test_what_is_said_after_a_close_is_said_to_nobody(server: Server) -> None:
    async with Client.open(server.stream) as client:
        (mine,) = (each for each in server.connections if isinstance(each, WebSocketProtocol))

        async def say() -> list[str]:
            mine.keepalive_timeout()  # it has closed, but the line is not lost yet
            errors = []
            for kind in ("websocket.send", "websocket.close"):
                try:
                    await mine.send({"type": kind, "text": "x"})  # type: ignore[typeddict-item]
                except Exception as error:  # noqa: BLE001 - that is what is asked
                    errors.append(type(error).__name__)
            return errors

        said = asyncio.run_coroutine_threadsafe(say(), mine.loop)
        assert await asyncio.wrap_future(said) == ["ClientDisconnected"] * 2
        await ended(client)
    await none_left(server)


async def test_a_close_that_crosses_the_servers_own_leaves_no_trace(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    with serve(hello_timeout=0.05) as server:
        for delay in (0.03, 0.04, 0.05, 0.06):
            async with Client.connect(server.stream) as client:
                await asyncio.sleep(delay)
                client.socket.transport.abort()
        async with Client.connect(server.stream) as client:
            assert await ended(client) == (protocol.NO_HELLO, "No hello came in time.")
        await none_left(server)
    assert [record.getMessage() for record in caplog.records] == []


async def test_the_end_of_the_server_has_a_reason(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    running = serve()
    server = await loop.run_in_executor(None, running.__enter__)
    async with (
        Client.open(server.stream, playing=True) as playing,
        Client.open(server.stream) as resting,
        Client.connect(server.stream) as silent,
    ):
        stopping = loop.run_in_executor(None, running.__exit__, None, None, None)
        for client in (playing, resting, silent):
            assert await ended(client) == (STOPPING, STOPPED)
        await stopping
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []


def silence(client: Client) -> None:
    """Let no pong out; the library would answer by itself."""
    send = client.socket.protocol.send_frame

    def all_but_pongs(frame: Frame) -> None:
        if frame.opcode is not Opcode.PONG:
            send(frame)

    client.socket.protocol.send_frame = all_but_pongs  # type: ignore[method-assign]


def test_a_dead_line_is_found_within_half_a_minute() -> None:
    assert PING_EVERY + PING_PATIENCE + GOING <= 30
    assert PING_EVERY + STUCK_AFTER / 1000 <= 30


@pytest.mark.parametrize("reads", [True, False])
async def test_who_answers_no_ping_is_let_go(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, reads: bool
) -> None:
    monkeypatch.setattr(__main__, "PING_EVERY", 0.2)
    monkeypatch.setattr(__main__, "PING_PATIENCE", 0.3)
    with serve() as server:
        async with Client.open(server.stream, playing=not reads) as client:
            silence(client)
            if reads:
                code, reason = await ended(client)
                assert (code, reason) == (1011, "keepalive ping timeout")
            else:
                client.socket.transport.pause_reading()
            await none_left(server)
            client.socket.transport.abort()


async def test_who_answers_pings_stays(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(__main__, "PING_EVERY", 0.1)
    monkeypatch.setattr(__main__, "PING_PATIENCE", 5)
    with serve() as server:
        async with Client.open(server.stream) as client:
            send, pongs, enough = client.socket.protocol.send_frame, [], asyncio.Event()

            def count(frame: Frame) -> None:
                send(frame)
                pongs.append(frame)
                if len(pongs) == 4:
                    enough.set()

            client.socket.protocol.send_frame = count  # type: ignore[method-assign]
            await asyncio.wait_for(enough.wait(), PATIENCE)
            assert {frame.opcode for frame in pongs} == {Opcode.PONG}
            assert (await client.ask("step"))["type"] == "ok"


async def test_pings_whose_answers_nobody_reads_take_no_memory(server: Server) -> None:
    async with Client.open(server.stream) as client:
        pings = Frame(Opcode.PING, b"a" * 125).serialize(mask=True) * 8000
        client.socket.transport.pause_reading()
        for _ in range(24):
            client.socket.transport.write(pings)
            await asyncio.sleep(0.05)
        async with asyncio.timeout(PATIENCE):
            while client.socket.transport.get_write_buffer_size():  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.02)
        held = [each.transport.get_write_buffer_size() for each in server.connections]
        client.socket.transport.resume_reading()
        async with asyncio.timeout(PATIENCE):
            await (await client.socket.ping())
    assert max(held) < 2**20


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.TEXT, Opcode.PONG])
async def test_a_flood_of_empty_frames_keeps_nobody_out(server: Server, opcode: Opcode) -> None:
    async with Client.open(server.stream) as flooding:
        many = Frame(opcode, b"").serialize(mask=True) * 10_000

        async def flood() -> None:
            while True:
                flooding.socket.transport.write(many)
                await flooding.socket.drain()

        running = asyncio.create_task(flood())
        try:
            async with Client.open(server.stream) as other:
                for _ in range(5):
                    assert (await other.ask("step"))["type"] == "ok"
            assert not running.done()
        finally:
            running.cancel()
            flooding.socket.transport.abort()


async def test_what_comes_in_one_piece_is_all_taken_in_its_order(server: Server) -> None:
    async with Client.open(server.stream) as client:
        words = [json.dumps({"type": "step", "id": n}) for n in range(1000, 1010)]
        long = json.dumps({"type": "step", "id": 1010}) + " " * 100_000
        pings = [Frame(Opcode.PING, b"a" * 100)] * 100
        frames = [Frame(Opcode.TEXT, each.encode()) for each in (*words, long)]
        pieces = b"".join(each.serialize(mask=True) for each in (*frames[:5], *pings, *frames[5:]))
        client.socket.transport.write(pieces)
        found: list[int] = []

        def answered(message: dict[str, Any]) -> bool:
            found.extend(filter(None, [message.get("id")]))
            return message.get("id") == 1010

        await client.until(lambda: None, answered)
    assert found == list(range(1000, 1011))


async def test_a_message_in_a_thousand_pieces_is_refused(server: Server) -> None:
    async with Client.open(server.stream) as client:
        first = Frame(Opcode.TEXT, b"", fin=False)
        empty = Frame(Opcode.CONT, b"", fin=False)
        pieces = [first, *[empty] * (2 * MOST_PIECES)]
        client.socket.transport.write(b"".join(each.serialize(mask=True) for each in pieces))
        assert await ended(client) == (TOO_BIG, IN_PIECES)


async def test_a_message_in_some_pieces_is_read(server: Server) -> None:
    async with Client.open(server.stream) as client:
        await client.socket.send(['{"type": "st', 'ep", "id"', ": 77}"])
        await client.until(lambda: None, lambda message: message.get("id") == 77)
