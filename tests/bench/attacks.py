"""What one person can do to the others: python -m tests.bench.attacks.

Somebody plays the default run, alone and then while each attack goes on from another process.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.app.client import Client
from tests.bench.serving import Player, server
from tests.bench.timing import table

WARM_UP = 1.0
SECONDS = 5.0
SAMPLE_EVERY = 0.1
"""Seconds between two looks at the memory."""
APP = b"\0-m\0app\0"
"""How the command ends that starts a server."""
LARGEST = [{"units": 128}] * 16


def rows(count: int = 2000) -> list[list[float]]:
    """Points of one's own."""
    rng = random.Random(1)
    return [
        [round(rng.uniform(-5, 5), 3), round(rng.uniform(-5, 5), 3), i % 2] for i in range(count)
    ]


OWN = {"data": {"kind": "custom", "rows": rows()}}


def rates(count: int) -> list[dict[str, Any]]:
    """Edits of the learning rate, one at each step."""
    return [
        {"step": i + 1, "changes": {"optimizer.learning_rate": 0.03 + i * 1e-5}}
        for i in range(count)
    ]


async def flood(address: str, *messages: str, gap: float = 0.0) -> None:
    """Open a session, then say these messages again and again, without listening to the answers."""
    async with connect(f"ws://{address}/ws", max_size=None, compression=None) as socket:
        await socket.send(json.dumps({"type": "hello", "protocol": 1}))
        listening = asyncio.create_task(_ignore(socket))
        while not listening.done():
            for message in messages:
                await socket.send(message)
                await asyncio.sleep(gap)


async def _ignore(socket: ClientConnection) -> None:
    async for _ in socket:
        pass


async def hellos(address: str, **hello: object) -> None:
    """Connect and say the same hello, again and again."""
    message = json.dumps({"type": "hello", "protocol": 1, **hello})
    while True:
        async with connect(f"ws://{address}/ws", max_size=None, compression=None) as socket:
            await socket.send(message)
            await socket.recv()


def loads(**keys: object) -> Callable[[str], Awaitable[None]]:
    """Loads and plays the same run again and again."""
    messages = (json.dumps({"type": "load", "id": 1, **keys}), json.dumps({"type": "play"}))
    return lambda address: flood(address, *messages, gap=0.001)


async def dragging(address: str) -> None:
    """Play with points of one's own, and drag the learning rate, as often as a screen is drawn."""
    async with Client.open(f"ws://{address}/ws", spec=OWN) as client:
        await client.say("play")
        listening = asyncio.create_task(_listen(client))
        for i in range(10**9):
            await client.say(
                "set", id=i, changes={"optimizer.learning_rate": 0.01 + i % 100 / 1000}
            )
            await asyncio.sleep(1 / 60)
            if listening.done():
                return


async def _listen(client: Client) -> None:
    while True:
        await client.receive()


def sets(address: str) -> Awaitable[None]:
    """700 changes a second."""
    messages = (
        json.dumps(
            {"type": "set", "id": i, "changes": {"optimizer.learning_rate": 0.01 + i / 1000}}
        )
        for i in range(10)
    )
    return flood(address, *messages, gap=1 / 700)


def playing(count: int, spec: dict[str, Any], **hello: object) -> Callable[[str], Awaitable[None]]:
    """So many sessions that play this run."""

    async def attack(address: str) -> None:
        async with AsyncExitStack() as stack:
            url = f"ws://{address}/ws"
            clients = [
                await stack.enter_async_context(Client.open(url, spec=spec, **hello))
                for _ in range(count)
            ]
            for client in clients:
                await client.say("play")
            await asyncio.gather(*map(_listen, clients))

    return attack


BIG = {"data": {"points": 5000}, "layers": LARGEST, "dtype": "float64", "batch_size": 1000}
LONG = {**OWN, "layers": [{"units": 4}] * 16}

Attack = Callable[[str], Awaitable[None]]
ATTACKS: dict[str, Attack] = {
    "hello: own rows, 16 layers, 3,000 edits": lambda at: hellos(at, spec=LONG, edits=rates(3000)),
    "hello: own rows, 16 layers, 1,000 edits": lambda at: hellos(at, spec=LONG, edits=rates(1000)),
    "load: own rows, 16 layers, 1,000 edits": loads(spec=LONG, edits=rates(1000)),
    "load: own rows, 100 edits": loads(spec=OWN, edits=rates(100)),
    "dragging a slider with own rows": dragging,
    "700 sets a second": sets,
    "load: 8 members of 16×128, 5,000 points": loads(spec=BIG, members=[{}] * 8),
    "two play 8 members of 16×128": playing(2, BIG, members=[{}] * 8),
    "two play 16×128": playing(2, {"layers": LARGEST, "optimizer": "adam"}),
    "messages of 250 KB": lambda at: flood(
        at, json.dumps({"type": "set", "id": 1, "changes": {"x": [[]] * 80_000}}), gap=0.001
    ),
    "small messages as fast as it goes": lambda at: flood(
        at, *[json.dumps({"type": "ack", "frame": 10**6})] * 100
    ),
}
"""What is done, given the server's host and port, until it is stopped. Each runs in a process of its own."""


class Bystander(Player):
    """Plays and draws; keeps when frames came."""

    def __init__(self, socket: ClientConnection) -> None:
        super().__init__(socket)
        self.times: list[float] = []

    async def watch(self, seconds: float) -> list[float]:
        """The times of the frames of so many seconds."""
        self.times.clear()
        begin = time.perf_counter()
        listening = asyncio.create_task(self.listen())
        await asyncio.wait([listening], timeout=seconds)
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
        return [begin, *(each for each in self.times), time.perf_counter()]

    async def receive(self) -> dict[str, Any]:
        """Take in one message."""
        message = await super().receive()
        if message["type"] == "frame":
            self.times.append(time.perf_counter())
        return message


def attack_from_here(name: str, address: str) -> None:
    """What the attacker's process does: when it is thrown out it comes again."""

    async def again() -> None:
        while True:
            with suppress(
                ConnectionClosed, InvalidHandshake, OSError, AssertionError, TimeoutError
            ):
                await ATTACKS[name](address)
            await asyncio.sleep(0.05)

    asyncio.run(again())


@contextmanager
def under(name: str, address: str) -> Iterator[None]:
    """While an attack goes on."""
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=attack_from_here, args=(name, address), daemon=True)
    process.start()
    time.sleep(WARM_UP)
    try:
        yield
    finally:
        process.kill()
        process.join()


class Memory:
    """The most memory that a process and all its children have taken together, in bytes."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._ended = threading.Event()
        self.most = 0

    def __enter__(self) -> Memory:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(SAMPLE_EVERY):
            self.most = max(self.most, sum(map(resident, family(self._pid))))


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for each in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):
                waiting += map(int, each.read_text().split())
    return found


def resident(pid: int) -> int:
    """Bytes of memory that a process has."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def the_server() -> int:
    """The process of the server that this one has started."""
    children = family(os.getpid())
    (pid,) = (each for each in children if Path(f"/proc/{each}/cmdline").read_bytes().endswith(APP))
    return pid


async def watched(address: str) -> list[float]:
    """What a bystander sees in SECONDS."""
    async with Bystander.open(f"ws://{address}/ws") as bystander:
        bystander.acks = False
        await bystander.say("play")
        await bystander.say("ack", frame=bystander.frame["frame"])
        return await bystander.watch(SECONDS)


def measure(name: str) -> list[str]:
    """One row, on a server of its own."""
    with server() as address, Memory(the_server()) as memory:
        asyncio.run(watched(address))
        alone = asyncio.run(watched(address))
        with under(name, address):
            during = asyncio.run(watched(address))
    rates = [(len(times) - 2) / SECONDS for times in (alone, during)]
    gap = max(after - before for before, after in pairwise(during))
    return [
        name,
        *(f"{rate:.1f}" for rate in rates),
        f"{rates[1] / rates[0]:.2f}",
        f"{1000 * gap:.0f}",
        f"{memory.most / 2**20:.0f}",
    ]


def main() -> None:
    """Print a table of all attacks, or of those whose names hold what PLAYGROUND_ATTACK says."""
    wanted = os.environ.get("PLAYGROUND_ATTACK", "")
    found = [measure(name) for name in ATTACKS if wanted in name]
    head = ["attack", "frames/s alone", "during", "ratio", "longest gap ms", "memory MB"]
    table("A bystander's frames while one person attacks", head, found)


if __name__ == "__main__":
    main()
