"""The websocket: a hello, then a receiver, a sender and a runner until one of them ends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from time import monotonic
from typing import NoReturn

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketState

from app import protocol
from app.languages import language_of
from app.problems import problem
from app.protocol import Ack, Hello, Message, Ping, ProtocolError, spec_error
from app.session import opening
from app.settings import Settings
from app.stream import reading
from app.stream.outbox import Outbox, OverflowedError
from app.stream.registry import Entry, FullError, Sessions
from app.stream.runner import Runner
from app.stream.workers import Workers
from app.workers.process import WorkerLostError
from engine import SpecError
from engine.words import N_

log = logging.getLogger(__name__)

NOT_BEGUN = N_("The server could not begin this run; try again.")
FAILED = N_("The server made an error; try again.")

router = APIRouter()

MOST_A_SECOND = 1000
"""So many messages of one browser are read in a second."""
IN_A_ROW = 50
"""After so many it is seen whether they came too fast."""
UNREAD = N_("The server could not read this message; send it again.")


class ClosedError(Exception):
    """The connection is to be closed with this code; None if the browser has closed it."""

    def __init__(self, code: int | None, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


@router.websocket("/ws")
async def stream(socket: WebSocket) -> None:
    """Serve one browser."""
    await socket.accept()
    state = socket.app.state
    closed = await Connection(socket, state.settings, state.sessions, state.workers).serve()
    left = WebSocketState.DISCONNECTED in {socket.client_state, socket.application_state}
    if closed.code is not None and not left:
        with contextlib.suppress(WebSocketDisconnect):
            await socket.close(closed.code, closed.reason)


class Connection:
    """One socket, from its hello to its end."""

    def __init__(
        self, socket: WebSocket, settings: Settings, sessions: Sessions, workers: Workers
    ) -> None:
        self._socket = socket
        self._settings = settings
        self._sessions = sessions
        self._workers = workers
        self._outbox = Outbox(language_of(socket))
        self._read_in_a_row, self._row_began = 0, monotonic()
        self._closing: asyncio.Future[ClosedError] = asyncio.get_running_loop().create_future()
        self.released = asyncio.Event()

    def close(self, code: int, reason: str) -> None:
        """End soon with this close code."""
        if not self._closing.done():
            self._closing.set_result(ClosedError(code, reason))

    async def serve(self) -> ClosedError:
        """Do everything, and return how the connection is to be closed."""
        try:
            hello, entry = await self._enter()
        except ClosedError as closed:
            return closed
        except Exception:
            log.exception("a hello failed")
            return ClosedError(protocol.INTERNAL, FAILED)
        try:
            if entry.previous:
                await entry.previous.released.wait()
            return await self._work(hello, entry)
        finally:
            self._sessions.leave(entry.held, self)

    async def _enter(self) -> tuple[Hello, Entry]:
        """Wait for a good `hello` and enter its session. Raises ClosedError."""
        patience = asyncio.get_running_loop().time() + self._settings.hello_timeout
        try:
            while True:
                try:
                    # what we take to read and to plan a long one is not the browser's time
                    async with asyncio.timeout_at(patience):
                        text = await self._text()
                    hello = await self._hello(text)
                    return hello, await self._entry(hello)
                except ProtocolError as error:
                    await self._socket.send_text(error.reply(self._outbox.language))
        except TimeoutError:
            raise ClosedError(protocol.NO_HELLO, N_("No hello came in time.")) from None
        except WebSocketDisconnect:
            raise ClosedError(None) from None
        except FullError:
            raise ClosedError(protocol.TRY_LATER, N_("The server is full.")) from None

    async def _entry(self, hello: Hello) -> Entry:
        """Enter the session that is meant, or a new one. Raises ProtocolError for a run that cannot be."""
        if self._sessions.knows(hello):
            return self._sessions.enter(hello, self)
        try:
            run = self._workers.prepare if opening.is_long(hello) else self._workers.run
            made = await run(opening.plan, hello)
        except SpecError as error:
            raise spec_error(error, hello.id) from error
        except WorkerLostError as lost:
            log.error("a run could not be begun: %s", lost)
            raise ClosedError(protocol.INTERNAL, NOT_BEGUN) from None
        return self._sessions.enter(hello, self, made)

    async def _hello(self, text: str) -> Hello:
        """Read a message that must be a `hello`. Raises ProtocolError, or ClosedError."""
        message = await self._read(text)
        if not isinstance(message, Hello):
            said = N_("The first message must be a hello.")
            raise ProtocolError("hello_first", said, reply_to=message.id)
        if message.protocol != protocol.VERSION:
            said = N_(
                "This server speaks protocol {own}, not {other}.",
                own=protocol.VERSION,
                other=message.protocol,
            )
            raise ClosedError(protocol.OTHER_PROTOCOL, said)
        return message

    async def _work(self, hello: Hello, entry: Entry) -> ClosedError:
        """Run the session until the connection is to end."""
        runner = Runner(entry.held.session, self._workers, self._outbox)
        welcome = {"protocol": protocol.VERSION, "session": entry.held.name}
        self._outbox.put(protocol.dump("welcome", **welcome, resumed=entry.resumed))
        ended: list[BaseException] = []
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._send())
                group.create_task(self._receive(runner))
                group.create_task(self._end())
                group.create_task(runner.run(hello))
                group.create_task(runner.studies.run())
        except* ClosedError as closed:
            ended.extend(closed.exceptions)
        except* OverflowedError:
            said = N_("This browser does not read its replies.")
            ended.append(ClosedError(protocol.TRY_LATER, said))
        except* WorkerLostError as lost:
            log.error("a run could not be begun: %s", lost.exceptions[0])
            ended.append(ClosedError(protocol.INTERNAL, NOT_BEGUN))
        except* Exception:
            log.exception("a connection failed")
            ended.append(ClosedError(protocol.INTERNAL, FAILED))
        return next(error for error in ended if isinstance(error, ClosedError))

    async def _receive(self, runner: Runner) -> NoReturn:
        """Take in everything that comes; the runner answers it. Raises ClosedError."""
        while True:
            size = 0
            try:
                text = await self._text()
                size = len(text)
                message = await self._read(text)
                if isinstance(message, Hello):
                    said = N_("A hello opens a connection, and this one is open already.")
                    raise ProtocolError("bad_message", said, reply_to=message.id)
                if isinstance(message, Ack):
                    self._acknowledge(message)
                elif isinstance(message, Ping):
                    self._answer(message)
                else:
                    await runner.inbox.put(message, size)
            except ProtocolError as error:
                await runner.inbox.put(error)
            runner.wake.set()

    def _acknowledge(self, ack: Ack) -> None:
        if not self._outbox.acknowledge(ack.frame):
            wrong = problem("frame", ack.frame, N_("the number of a frame that was sent"))
            raise ProtocolError.about("bad_message", [wrong], ack.id)

    def _answer(self, ping: Ping) -> None:
        """Say that someone is here, whatever the run is busy with."""
        if ping.id is not None:
            self._outbox.put(protocol.dump("ok", id=ping.id))

    async def _text(self) -> str:
        """The text that comes next. Raises ProtocolError where it is none, ClosedError at the end."""
        await self._breathe()
        event = await self._socket.receive()
        if event["type"] == "websocket.disconnect":
            raise ClosedError(None)
        text = event.get("text")
        if text is None:
            said = N_("A binary message came; every message to the server is JSON text.")
            raise ProtocolError("binary_not_expected", said)
        return str(text)

    async def _read(self, text: str) -> Message:
        """The message that a text is. Raises ProtocolError."""
        if len(text) <= reading.QUICK:
            return protocol.parse(text)
        try:
            message = await self._workers.prepare(reading.read, text)
        except WorkerLostError:
            raise ProtocolError("internal", UNREAD) from None
        if isinstance(message, ProtocolError):
            raise message
        return message

    async def _breathe(self) -> None:
        """Read no more than so many messages a second: a page sends some hundred."""
        self._read_in_a_row += 1
        if self._read_in_a_row < IN_A_ROW:
            return
        now = monotonic()
        await asyncio.sleep(self._row_began + IN_A_ROW / MOST_A_SECOND - now)
        self._read_in_a_row, self._row_began = 0, monotonic()

    async def _send(self) -> NoReturn:
        """Send what is put into the outbox. Raises ClosedError."""
        try:
            while True:
                message = await self._outbox.next()
                if isinstance(message, str):
                    await self._socket.send_text(message)
                else:
                    await self._socket.send_bytes(message)
        except WebSocketDisconnect:
            raise ClosedError(None) from None

    async def _end(self) -> NoReturn:
        """Raise ClosedError when another part of the server asks for it."""
        raise await self._closing
