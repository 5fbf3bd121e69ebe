"""The server's end of one websocket: how it ends, and how much of what it brings is taken in at once."""

from __future__ import annotations

import asyncio
from time import thread_time
from typing import TYPE_CHECKING

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from engine.words import N_

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveEvent, ASGISendEvent

STOPPING, STOPPED = 1012, N_("The server was stopped or is starting again.")
TOO_BIG, IN_PIECES = 1009, N_("A message came in too many pieces.")
NO_TEXT, NOT_UTF_8 = 1007, N_("A message was not text in UTF-8.")
MOST_PIECES = 1024
"""Empty pieces would count for nothing in the size of a message, but take memory."""
PIECE = 2048
"""So many bytes are taken in at once. They may hold hundreds of frames, and each of them is work."""
SHORT = 64
"""A piece no longer than that, an acknowledgement say, is not timed: that takes as long as some of it."""
BUSY = 0.0005
"""Seconds of the processor: who takes longer with a piece is a while not listened to."""
LONGEST = 0.01
"""No piece takes longer by itself; what seems to may have met the collection of garbage."""
RESTS = 9
"""That while, in times of what the piece took: others have nine tenths of the loop whatever one sends."""
GOING = 1.0
"""Seconds for the last words to a browser that answers no ping; then the line is cut."""


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, with reasons for its closes and no error for what is said to who has left."""

    _unanswered = b""  # the answer to the newest ping, for when there is room
    _rest = b""  # what has come and was not taken in
    _turn: asyncio.Handle | None = None  # when the next piece is taken in

    def data_received(self, data: bytes) -> None:
        """Take in a piece; the rest has its turn after the others."""
        self._rest += data
        if self._turn:
            self.transport.pause_reading()
        elif not self.read_paused:
            self._take()

    def _take(self) -> None:
        """Take in the next piece, and listen on when its turn is over."""
        self._turn = None
        if self.transport.is_closing():
            self._rest = b""
            return
        # the head of the handshake comes first, whole and no longer than a head may be
        size = PIECE if self.handshake_initiated else len(self._rest)
        piece, self._rest = self._rest[:size], self._rest[size:]
        took = self._taken(piece)
        if took > BUSY:
            self._turn = self.loop.call_later(min(took, LONGEST) * RESTS, self._take)
        elif self._rest and not self.read_paused:
            self._turn = self.loop.call_soon(self._take)
        if self._turn:
            self.transport.pause_reading()
        elif not self.read_paused:
            self.transport.resume_reading()

    def _taken(self, piece: bytes) -> float:
        """Take in a piece; the seconds of the processor that it took, where they may be many."""
        if len(piece) <= SHORT:
            if piece:
                super().data_received(piece)
            return 0.0
        begun = thread_time()
        super().data_received(piece)
        return thread_time() - begun

    async def receive(self) -> ASGIReceiveEvent:
        """The next message. Where some wait for their turn, no more are read from the line."""
        message = await super().receive()
        if self._rest and not self._turn and not self.read_paused:
            self._turn = self.loop.call_soon(self._take)
        if self._turn:
            self.transport.pause_reading()
        return message

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone, and what was not taken in with it."""
        if self._turn:
            self._turn.cancel()
            self._turn = None
        self._rest = b""
        super().connection_lost(exc)

    async def send(self, message: ASGISendEvent) -> None:
        """Send. Raises ClientDisconnected, as where the browser is gone, once a close was said by anyone."""
        await self.writable.wait()
        if self.close_sent or self.transport.is_closing():
            raise ClientDisconnected
        await super().send(message)

    def shutdown(self) -> None:
        """Close because the server stops."""
        if not self.handshake_complete or self.close_sent:
            super().shutdown()
        elif not self.transport.is_closing():
            self.stop_keepalive()
            self._close(STOPPING, STOPPED)

    def handle_ping(self) -> None:
        """Answer, but keep only the newest answer for who reads none: all of them would fill the memory."""
        answers = self.conn.data_to_send()
        if self.writable.is_set():
            self.transport.write(b"".join(answers))
        elif answers:
            self._unanswered = answers[-1]

    def resume_writing(self) -> None:
        """The browser reads again."""
        super().resume_writing()
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(self._unanswered)
        self._unanswered = b""

    def handle_cont(self, event: Frame) -> None:
        """One more piece of a message."""
        if len(self.frames) < MOST_PIECES:
            super().handle_cont(event)
        elif not self.close_sent:
            self._close(TOO_BIG, IN_PIECES)

    def send_receive_event_to_app(self) -> None:
        """A whole message is here. Text that is none is no error of ours."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self._close(NO_TEXT, NOT_UTF_8)
                return
        super().send_receive_event_to_app()

    def keepalive_timeout(self) -> None:
        """Close a line on which no ping is answered; closing alone would wait until all is delivered."""
        super().keepalive_timeout()
        self.loop.call_later(GOING, self.transport.abort)

    def _close(self, code: int, reason: str) -> None:
        """Close with a reason, which the application is told too."""
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.fail(code, reason)
        self.close_sent = True
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.close()
