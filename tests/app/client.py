"""A browser's side of the stream, for tests and benchmarks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect

import engine
from app import protocol

PATIENCE = 60
"""Seconds after which a test fails instead of waiting on."""


class Client:
    """What one browser has received. Frames are acknowledged as they come unless `acks` is false."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.acks = True
        self.welcome: dict[str, Any] = {}
        self.status: dict[str, Any] = {}
        self.scene: dict[str, Any] = {}
        self.history: dict[str, Any] = {}
        self.frame: dict[str, Any] = {}
        self.frames: list[int] = []
        self.errors: list[dict[str, Any]] = []
        self.bytes = 0
        self._id = 0

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, **hello: object) -> AsyncIterator[Self]:
        """Connect, say hello and wait for the first frame."""
        async with cls.connect(url) as client:
            reply = await client.ask("hello", **{"protocol": 1, **hello})
            assert reply["type"] == "ok", reply
            await client.until(lambda: client.frame)
            yield client

    @classmethod
    @asynccontextmanager
    async def connect(cls, url: str, **options: Any) -> AsyncIterator[Self]:
        """Connect and say nothing."""
        async with connect(url, max_size=None, compression=None, **options) as socket:
            yield cls(socket)

    async def say(self, kind: str, **keys: object) -> None:
        """Send a message."""
        await self.socket.send(json.dumps({"type": kind, **keys}))

    async def ask(self, kind: str, **keys: object) -> dict[str, Any]:
        """Send a control and return its `ok` or `error`."""
        self._id += 1
        wanted = self._id
        await self.say(kind, id=wanted, **keys)
        return await self.until(lambda: None, lambda message: message.get("id") == wanted)

    async def until(
        self,
        condition: Callable[[], object],
        found: Callable[[dict[str, Any]], bool] = lambda _: False,
    ) -> dict[str, Any]:
        """Receive until a condition on this client, or on the last message, holds; return that message."""
        message: dict[str, Any] = {}
        async with asyncio.timeout(PATIENCE):
            while not condition() and not found(message):
                message = await self.receive()
        return message

    async def receive(self) -> dict[str, Any]:
        """Take in one message; a binary one is its header with its arrays."""
        data = await self.socket.recv()
        if isinstance(data, str):
            message: dict[str, Any] = json.loads(data)
        else:
            self.bytes += len(data)
            header, arrays = protocol.decode(data)
            message = {**header, "arrays": arrays, "size": len(data)}
        kind = message["type"]
        if kind == "error":
            self.errors.append(message)
        elif kind != "ok":
            setattr(self, kind, message)
        if kind == "frame":
            self.frames.append(message["frame"])
            if self.acks:
                await self.say("ack", frame=message["frame"])
        return message


def replayed(status: dict[str, Any], step: int) -> engine.State:
    """The run that a status speaks of, computed here."""
    edits = [engine.Edit(edit["step"], edit["changes"]) for edit in status["edits"]]
    return engine.replay(engine.RunSpec.from_dict(status["start_spec"]), edits, step)


async def at_rest(client: Client) -> None:
    """Pause, and receive the frame of where it stopped."""
    await client.ask("pause")
    step = client.status["step"]
    await client.until(lambda: client.frame["step"] == step and client.frame["rate"] == 0)
