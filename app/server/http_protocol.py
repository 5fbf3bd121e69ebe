"""The server's end of one HTTP connection: how much may come, how long it may take, how many there may be."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)
from websockets.exceptions import SecurityError

from app.operations.counts import COUNTS
from app.server.websocket_protocol import WebSocketProtocol

PIECE = 16 * 1024
"""So many bytes are parsed between two looks at how long the head has become."""
MOST_WAITING = 16
"""So many requests may come before the first is answered. Browsers send one; uvicorn keeps any number."""
LINGER = 2.0
"""Seconds in which more is thrown away after a refusal: if the line were cut at once, it could be lost."""


@dataclass
class Gate:
    """The limits of one server, and those of its connections that it waits for.

    connections: how many there may be, streams among them. head: bytes of a request before its body.
    head_time, body_time: seconds that a browser may take for either; answer_time: for taking what is left of
    an answer when uvicorn closes the connection.
    """

    connections: int = 800
    head: int = 64 * 1024
    head_time: float = 10
    body_time: float = 30
    answer_time: float = 120
    waited_for: dict[HttpProtocol, None] = field(default_factory=dict)
    """Those without a whole request, the one that has kept the server waiting longest first."""

    def admit(self, present: int) -> bool:
        """Whether there is room for the last of so many connections; one that is waited for makes it."""
        if present <= self.connections:
            return True
        longest = next(iter(self.waited_for), None)
        if longest is None:
            COUNTS.refusals["connections"] += 1
            return False
        longest.drop()
        return True


class HttpProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which has no limits of its own for a request's head and for how long one takes."""

    def __init__(self, gate: Gate, *args: Any, **keys: Any) -> None:
        super().__init__(*args, **keys)
        self._gate = gate
        self._in_head = True
        self._head = 0  # bytes of it that were parsed; behind it, those that belong to no body
        self._refused = False
        self._timer: asyncio.TimerHandle | None = None

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, if there is room."""
        super().connection_made(transport)
        if self._gate.admit(len(self.connections)):
            self._wait(self._gate.head_time)
        else:
            self._refuse(503, "The server has too many connections; try again.")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_waiting()
        super().connection_lost(exc)

    def drop(self) -> None:
        """Make room for another connection."""
        self._stop_waiting()
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Parse what came, as long as the head is not too long."""
        for begin in range(0, len(data), PIECE):
            if self._refused or self.transport.is_closing():
                return
            piece = data[begin : begin + PIECE]
            super().data_received(piece)
            if self.transport.get_protocol() is not self:
                return
            self._head += len(piece)
            self._check_head(self._head)

    # What the parser finds

    def on_message_begin(self) -> None:
        """A request begins: from here on the clock runs."""
        self._in_head, self._head = True, 0
        if self._timer is None:
            self._wait(self._gate.head_time)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is here; its body has its own time.

        What follows the body or stands between its pieces is as unbounded as a head, and is counted anew.
        """
        self._in_head, self._head = False, 0
        self._check_head(
            len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        )
        self._check_waiting()
        if not self._refused:
            self._wait(self._gate.body_time)
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        self._head -= len(body)
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is here: now it is the server's turn."""
        if not self._refused:
            self._stop_waiting()
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is out; uvicorn's own timer ends a connection that stays idle."""
        super().on_response_complete()
        if not self.transport.is_closing():
            self._gate.waited_for[self] = None

    def timeout_keep_alive_handler(self) -> None:
        """Close, but do not wait for ever until all is delivered."""
        super().timeout_keep_alive_handler()
        self._stop_waiting()
        self._gate.waited_for[self] = None
        self._timer = self.loop.call_later(self._gate.answer_time, self.transport.abort)

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over. What cannot be a websocket is refused: it would be waited on for ever."""
        self._stop_waiting()
        super().handle_websocket_upgrade()
        upgraded = self.transport.get_protocol()
        if isinstance(upgraded, WebSocketProtocol) and not upgraded.handshake_initiated:
            if isinstance(upgraded.conn.handshake_exc, SecurityError):
                self._write(431, "The headers are too many or too long for a websocket.")
            else:
                self._write(400, "This is not the handshake of a websocket.")
            self.transport.close()

    # Limits

    @property
    def _cycle(self) -> RequestResponseCycle | None:
        """The newest request that the application has been given."""
        return self.cycle

    def _check_head(self, size: int) -> None:
        if size > self._gate.head and not self._refused:
            said = f"The head of a request may have {self._gate.head // 1024} KB."
            self._refuse(431, said)

    def _check_waiting(self) -> None:
        """Cut a line that asks on and on; in the middle of an answer there is no place to say why."""
        if len(self.pipeline) >= MOST_WAITING and not self._refused:
            self._refused = True
            self.pipeline.clear()
            self.drop()

    def _wait(self, seconds: float) -> None:
        """Give the browser so long."""
        self._stop_waiting()
        self._gate.waited_for[self] = None
        self._timer = self.loop.call_later(seconds, self._late)

    def _stop_waiting(self) -> None:
        self._gate.waited_for.pop(self, None)
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        """Half a request is refused; a connection without any is closed without a word."""
        self._timer = None
        begun = (
            self._head > 0 if self._in_head else not (self._cycle and self._cycle.response_started)
        )
        if not begun:
            self.transport.abort()
        else:
            self._refuse(408, "The request did not come in time.")

    def _refuse(self, status: int, said: str) -> None:
        """Say what is wrong, take nothing more, and close a moment later."""
        self._refused = True
        self._stop_waiting()
        cycle = self._cycle
        if cycle:  # whoever reads the body need not wait for it
            cycle.disconnected = True
            cycle.message_event.set()
        self._write(status, said)
        self.flow.resume_reading()
        self._timer = self.loop.call_later(LINGER, self.transport.abort)
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def _write(self, status: int, said: str) -> None:
        body = f"{said}\n".encode()
        head = (
            "content-type: text/plain; charset=utf-8\r\n"
            f"content-length: {len(body)}\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(STATUS_LINE[status] + head.encode() + body)
