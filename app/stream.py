"""The websocket: a hello, then a receiver, a sender and a runner until one of them ends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import NoReturn

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketState

from app import protocol
from app.outbox import Outbox, OverflowedError
from app.problems import problem
from app.protocol import Ack, Hello, Message, ProtocolError
from app.runner import Runner
from app.sessions import Entry, FullError, Sessions
from app.settings import Settings
from app.worker_process import WorkerLostError
from app.workers import Workers

log = logging.getLogger(__name__)

NOT_BEGUN = "The server could not begin this run; try again."
FAILED = "The server made an error; try again."

router = APIRouter()


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
        self._outbox = Outbox()
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
        try:
            if entry.previous:
                await entry.previous.released.wait()
            return await self._work(hello, entry)
        finally:
            self._sessions.leave(entry.held, self)

    async def _enter(self) -> tuple[Hello, Entry]:
        """Wait for a good `hello` and enter its session. Raises ClosedError."""
        try:
            async with asyncio.timeout(self._settings.hello_timeout):
                while True:
                    try:
                        hello = await self._hello()
                        return hello, self._sessions.enter(hello, self)
                    except ProtocolError as error:
                        await self._socket.send_text(error.reply())
        except TimeoutError:
            raise ClosedError(protocol.NO_HELLO, "No hello came in time.") from None
        except WebSocketDisconnect:
            raise ClosedError(None) from None
        except FullError:
            raise ClosedError(protocol.TRY_LATER, "The server is full.") from None

    async def _hello(self) -> Hello:
        """Read a message that must be a `hello`. Raises ProtocolError, or ClosedError."""
        message = await self._read()
        if not isinstance(message, Hello):
            raise ProtocolError(
                "hello_first", "The first message must be a hello.", reply_to=message.id
            )
        if message.protocol != protocol.VERSION:
            said = f"This server speaks protocol {protocol.VERSION}, not {message.protocol}."
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
                group.create_task(runner.desk.run())
        except* ClosedError as closed:
            ended.extend(closed.exceptions)
        except* OverflowedError:
            ended.append(ClosedError(protocol.TRY_LATER, "This browser does not read its replies."))
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
            try:
                message = await self._read()
                if isinstance(message, Hello):
                    said = "The hello was said already; it opens a connection."
                    raise ProtocolError("bad_message", said, reply_to=message.id)
                if isinstance(message, Ack):
                    self._acknowledge(message)
                else:
                    await runner.inbox.put(message)
            except ProtocolError as error:
                await runner.inbox.put(error)
            runner.wake.set()

    def _acknowledge(self, ack: Ack) -> None:
        if not self._outbox.acknowledge(ack.frame):
            wrong = problem("frame", ack.frame, "the number of a frame that was sent")
            raise ProtocolError.about("bad_message", [wrong], ack.id)

    async def _read(self) -> Message:
        """The next message. Raises ProtocolError for a wrong one, ClosedError when there are no more."""
        event = await self._socket.receive()
        if event["type"] == "websocket.disconnect":
            raise ClosedError(None)
        text = event.get("text")
        if text is None:
            said = "A binary message came; every message to the server is JSON text."
            raise ProtocolError("binary_not_expected", said)
        return protocol.parse(text)

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
