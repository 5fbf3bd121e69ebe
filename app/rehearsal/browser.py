"""One browser of a rehearsal: it says hello, plays, draws at 60 frames a second and changes a setting."""

from __future__ import annotations

import asyncio
import json
import random
import ssl
from collections.abc import Mapping, Sequence
from itertools import pairwise
from time import perf_counter
from typing import Any, Self, cast

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

from app import protocol
from engine.words import N_

DRAWN_AFTER = 1 / 120
"""Seconds until a browser has drawn a frame: its next animation frame is half of 1/60 away on average."""
RATES = (0.01, 0.02, 0.03, 0.05, 0.1)
"""The learning rates that people choose."""
OPENING = 60.0
"""Seconds that a connection may take to open."""


class GoneError(Exception):
    """The server has closed the connection, or refused it; the text says why."""


class Browser(asyncio.Protocol):
    """Reads no more of a frame than its header, so that a hundred of these take little of a machine.

    frames, steps: how many frames came since `forget`, and how many updates lie between the first and the
    last of them. seen: seconds from each change to the first frame that has it. size: bytes that came.
    """

    def __init__(self, url: str, hello: Mapping[str, object], rng: random.Random) -> None:
        self._rng = rng
        self._hello = hello
        self._wire = ClientProtocol(parse_uri(url), max_size=None)
        self._rate: float | None = None
        self._asked: tuple[float, float] | None = None
        self._id = 0
        self.closed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.first_frame: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.begun = perf_counter()
        self.forget()

    @classmethod
    async def open(cls, url: str, hello: Mapping[str, object], rng: random.Random) -> Self:
        """Connect and wait for the first picture. Raises GoneError, OSError and TimeoutError."""
        uri = parse_uri(url)
        made = cls(url, hello, rng)
        secure = ssl.create_default_context() if uri.secure else None
        async with asyncio.timeout(OPENING):
            await asyncio.get_running_loop().create_connection(
                lambda: made, uri.host, uri.port, ssl=secure
            )
            seen: list[asyncio.Future[Any]] = [made.first_frame, made.closed]
            await asyncio.wait(seen, return_when=asyncio.FIRST_COMPLETED)
        if made.closed.done():
            raise GoneError(made.closed.result())
        return made

    def forget(self) -> None:
        """Count from here on."""
        self.times: list[float] = []
        self.seen: list[float] = []
        self.size = 0
        self._steps: list[int] = []

    @property
    def frames(self) -> int:
        """How many frames came."""
        return len(self.times)

    @property
    def steps(self) -> int:
        """How many updates were made from the first frame to the last."""
        return self._steps[-1] - self._steps[0] if self._steps else 0

    def say(self, kind: str, **keys: object) -> None:
        """Send a message, if there is still somebody to hear it."""
        if not self._transport.is_closing():
            self._wire.send_text(protocol.dump(kind, **keys).encode())  # as a page writes it
            self._flush()

    def play(self) -> None:
        """Press Play."""
        self.say("play")

    def change(self) -> None:
        """Choose another learning rate."""
        rate = self._rng.choice([rate for rate in RATES if rate != self._rate])
        self._rate, self._asked = rate, (rate, perf_counter())
        self._id += 1
        self.say("set", id=self._id, changes={"optimizer.learning_rate": rate})

    async def touch(self, every: float) -> None:
        """Change something again and again, out of step with the others."""
        await asyncio.sleep(every * self._rng.random())
        while True:
            self.change()
            await asyncio.sleep(every)

    def leave(self) -> None:
        """Close the window."""
        self._transport.close()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self._transport = cast(asyncio.Transport, transport)
        self._wire.send_request(self._wire.connect())
        self._flush()

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        self.size += len(data)
        self._wire.receive_data(data)
        for event in self._wire.events_received():
            if isinstance(event, Response):
                self._opened()
            elif isinstance(event, Frame) and event.opcode is Opcode.BINARY:
                self._binary(bytes(event.data))
            elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self._text(json.loads(bytes(event.data)))
        self._flush()

    def connection_lost(self, exc: Exception | None) -> None:
        """Say why it ended."""
        if not self.closed.done():
            refused = self._wire.handshake_exc
            self.closed.set_result(
                str(refused or exc or self._wire.close_reason or N_("it was closed"))
            )

    def _opened(self) -> None:
        if self._wire.handshake_exc is None:
            self.say("hello", id=0, protocol=protocol.VERSION, **self._hello)

    def _flush(self) -> None:
        for part in self._wire.data_to_send():
            if part:
                self._transport.write(part)
            else:
                self._transport.close()

    def _text(self, message: Mapping[str, Any]) -> None:
        if message["type"] == "error" and not self.closed.done():
            self.closed.set_result(message["message"])

    def _binary(self, data: bytes) -> None:
        begin = 8 + int.from_bytes(data[4:8], "little")
        header = json.loads(data[8:begin])
        if header["type"] == "frame":
            asyncio.get_running_loop().call_later(DRAWN_AFTER, self._drawn, header["frame"])
            self._note(header, perf_counter())

    def _note(self, header: Mapping[str, Any], now: float) -> None:
        """Keep what a frame says."""
        if not self.first_frame.done():
            self.first_frame.set_result(now - self.begun)
        self.times.append(now)
        self._steps.append(header["step"])
        if self._asked and header["learning_rate"] == self._asked[0]:
            self.seen.append(now - self._asked[1])
            self._asked = None

    def _drawn(self, frame: int) -> None:
        self.say("ack", frame=frame)


def longest_gap(times: Sequence[float]) -> float:
    """The longest time between two frames, in seconds."""
    return max((after - before for before, after in pairwise(times)), default=0)
