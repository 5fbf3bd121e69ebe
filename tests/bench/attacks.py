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
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.frames import Frame, Opcode

from tests.app.client import Client
from tests.bench.searches import question
from tests.bench.serving import Player, server
from tests.bench.timing import table
from tests.load.machine import family, resident

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


def playing(
    sessions: int, spec: dict[str, Any], **hello: object
) -> Callable[[str], Awaitable[None]]:
    """So many sessions that play this run."""

    async def attack(address: str) -> None:
        async with AsyncExitStack() as stack:
            url = f"ws://{address}/ws"
            clients = [
                await stack.enter_async_context(Client.open(url, spec=spec, **hello))
                for _ in range(sessions)
            ]
            for client in clients:
                await client.say("play")
            await asyncio.gather(*map(_listen, clients))

    return attack


def asking(spec: dict[str, Any] | None = None, **what: Any) -> Callable[[str], Awaitable[None]]:
    """Asks for a study, of such a run where one is named, and again when it has come."""

    async def attack(address: str) -> None:
        async with Client.open(f"ws://{address}/ws", spec=spec or {}) as client:
            for number in count(1000):
                await client.say("study", id=number, what=what)
                while (reply := await client.receive())["type"] != "ok":
                    if reply["type"] == "error":
                        raise ValueError(reply["message"])

    return attack


def fetching(path: str, callers: int = 4) -> Callable[[str], Awaitable[None]]:
    """So many callers who ask for a path, as fast as it is answered; {} in it is another number each time."""

    async def attack(address: str) -> None:
        numbers = count()

        def fetch() -> None:
            while True:
                url = f"http://{address}{path.format(next(numbers))}"
                with urllib.request.urlopen(url, timeout=10) as answer:
                    answer.read()

        await asyncio.gather(*(asyncio.to_thread(fetch) for _ in range(callers)))

    return attack


def raw(frame: Frame) -> Callable[[str], Awaitable[None]]:
    """Sends a frame as often as the line takes it, many in one piece, and reads no answer."""

    async def attack(address: str) -> None:
        async with connect(f"ws://{address}/ws", max_size=None, compression=None) as socket:
            await socket.send(json.dumps({"type": "hello", "protocol": 1}))
            many = frame.serialize(mask=True) * 10_000
            while True:
                socket.transport.write(many)
                await socket.drain()

    return attack


async def pipelined(address: str) -> None:
    """Small requests, many in one piece, whose answers nobody reads."""
    _, writer = await asyncio.open_connection(*address.split(":"))
    while True:
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 10_000)
        await writer.drain()


async def endless_head(address: str) -> None:
    """A request whose head does not end: 200 MB of it, or as much as is taken."""
    reader, writer = await asyncio.open_connection(*address.split(":"))
    writer.write(b"GET / HTTP/1.1\r\n")
    for i in range(200):
        writer.write(b"x-%d: " % i + b"x" * 2**20 + b"\r\n")
        await writer.drain()
    await reader.read()


async def half_requests(address: str) -> None:
    """Connections that begin a request and say no more, ever more of them."""
    begun = [b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n"]
    open_ones = []
    for i in range(10_000):
        _, writer = await asyncio.open_connection(*address.split(":"))
        writer.write(begun[i % 2])
        open_ones.append(writer)
        await asyncio.sleep(0.002)


RACERS = [
    {"optimizer": kind, "clip": "norm"}
    for kind in ("adam", "amsgrad", "adamw", "nadam", "rmsprop", "adagrad", "momentum", "lion")
]
RACE: dict[str, Any] = {
    "surface": {"kind": "formula", "text": "+".join(["sin(x)^2"] * 22)},
    "racers": RACERS,
    "starts": [[0.5 + i / 10, 0.3 + i / 20] for i in range(16)],
    "steps": 781,
    "noise": 0.01,
}
"""As many racers, starts and steps as there can be, on a formula as long as there can be."""
ALONE: dict[str, Any] = {**RACE, "racers": RACERS[:1], "starts": []}
"""One of them; where each of many starts or settings leads needs no more."""

BIG = {"data": {"points": 5000}, "layers": LARGEST, "dtype": "float64", "batch_size": 1000}
MANY = {"data": {"points": 5000}, "layers": [{"units": 128}] * 6}
LANDSCAPE: dict[str, Any] = {"kind": "landscape", "axes": {"kind": "random"}, "size": 101}
LONG = {**OWN, "layers": [{"units": 4}] * 16}

SEARCH = "searches without pause"

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
    "empty pings, many in one piece": raw(Frame(Opcode.PING, b"")),
    "empty messages, many in one piece": raw(Frame(Opcode.TEXT, b"")),
    "the longest race": asking(kind="race", race=RACE),
    "the file of the longest race": asking(kind="race_file", file="csv", race=RACE),
    "the arithmetic of the longest race": asking(kind="arithmetic", race=RACE),
    "the largest map of basins": asking(kind="basins", grid=128, race={**ALONE, "steps": 1220}),
    "the largest map of rates": asking(kind="rates", grid=64, race={**ALONE, "steps": 4882}),
    SEARCH: asking(kind="search", search=question(2000)),
    "the largest map of a large network": asking({"layers": LARGEST}, **LANDSCAPE),
    "the largest map of many points": asking(MANY, **LANDSCAPE),
    "QR codes to four callers": fetching("/api/qr?text=http://example.org/{}"),
    "previews to four callers": fetching("/api/previews?noise=0.{}"),
    "requests, many in one piece": pipelined,
    "a head of 200 MB": endless_head,
    "half requests, 500 a second": half_requests,
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
    """Print a table of all attacks, or of those whose names hold what ATTACK says."""
    wanted = os.environ.get("ATTACK", "")
    found = [measure(name) for name in ATTACKS if wanted in name]
    head = ["attack", "frames/s alone", "during", "ratio", "longest gap ms", "memory MB"]
    table("A bystander's frames while one person attacks", head, found)


if __name__ == "__main__":
    main()
