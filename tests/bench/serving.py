"""What it is like when many play at once: python -m tests.bench.serving."""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed

from tests.app.client import Client
from tests.bench.timing import table

ROOT = Path(__file__).parents[2]
WARM_UP = 2.0
SECONDS = 6.0
CONTROL_EVERY = 0.5
"""Seconds between two controls of one session."""
ANIMATION_FRAME = 1 / 60
"""A browser acknowledges what it drew at its next animation frame, half of this later on average."""
CONTROLS: list[tuple[str, dict[str, Any]]] = [
    ("set", {"changes": {"optimizer.learning_rate": 0.031}}),
    ("set", {"changes": {"optimizer.learning_rate": 0.03}}),
    ("speed", {"steps_per_second": None}),
    ("play", {}),
    ("set", {"changes": {"data.seed": 2}}),
    ("new_start", {}),
]


@contextmanager
def server() -> Iterator[str]:
    """A real server in a process of its own: its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app"],
        cwd=ROOT,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": "0"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://(\S+)", process.stdout.readline())
        assert found, "the server did not start"
        yield found[1]
    finally:
        process.terminate()
        process.communicate()


class Player(Client):
    """A browser that plays, draws at 60 frames a second and touches a control now and then."""

    turn = 0

    async def play(self, seconds: float, number: int) -> None:
        """Play for so long; keep how long answers took."""
        self.answers: list[float] = []
        self.asked: dict[int, float] = {}
        self.acks = False
        self.frames.clear()
        self.bytes = 0
        await self.say("play")
        await self.say("ack", frame=self.frame["frame"])
        listening = asyncio.create_task(self.listen())
        controlling = asyncio.create_task(self.control(number))
        done, _ = await asyncio.wait([listening, controlling], timeout=seconds)
        for task in (listening, controlling):
            task.cancel()
        await asyncio.wait([listening, controlling])
        for task in done:
            task.result()

    async def listen(self) -> None:
        """Draw what comes."""
        loop = asyncio.get_running_loop()
        while True:
            message = await self.receive()
            if message["type"] == "frame":
                loop.call_later(ANIMATION_FRAME / 2, self.drawn, message["frame"])
            elif message["type"] == "ok" and message["id"] in self.asked:
                self.answers.append(time.perf_counter() - self.asked.pop(message["id"]))

    def drawn(self, frame: int) -> None:
        """Acknowledge a frame."""
        self.sending = asyncio.create_task(self.acknowledge(frame))

    async def acknowledge(self, frame: int) -> None:
        """Say that a frame was drawn, if there is still somebody to hear it."""
        with suppress(ConnectionClosed):
            await self.say("ack", frame=frame)

    async def control(self, number: int) -> None:
        """Touch one control after the other; `number` keeps players out of step."""
        await asyncio.sleep(CONTROL_EVERY * (number % 20) / 20)
        while True:
            await asyncio.sleep(CONTROL_EVERY)
            kind, keys = CONTROLS[(self.turn + number) % len(CONTROLS)]
            self.turn += 1
            self.asked[1000 + self.turn] = time.perf_counter()
            await self.say(kind, id=1000 + self.turn, **keys)


async def lags(address: str, seconds: float) -> list[float]:
    """How long the server's event loop takes to answer what needs no work, in seconds, sorted."""
    host, port = address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begin = time.perf_counter()
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"The server is up.")
        times.append(time.perf_counter() - begin)
        await asyncio.sleep(0.02)
    writer.close()
    return sorted(times)


async def measure(address: str, sessions: int) -> list[str]:
    """One row: so many sessions play at once."""
    async with AsyncExitStack() as stack:
        url = f"ws://{address}/ws"
        players = [await stack.enter_async_context(Player.open(url)) for _ in range(sessions)]
        await asyncio.gather(*(player.play(WARM_UP, i) for i, player in enumerate(players)))
        playing = asyncio.gather(*(player.play(SECONDS, i) for i, player in enumerate(players)))
        delays, _ = await asyncio.gather(lags(address, SECONDS), playing)
    rates = [len(player.frames) / SECONDS for player in players]
    answers = sorted(each for player in players for each in player.answers)
    size = statistics.median(player.frame["size"] for player in players) / 1000
    return [
        str(sessions),
        f"{min(rates):.1f}",
        f"{statistics.median(rates):.1f}",
        f"{statistics.median(player.frame['rate'] for player in players):,.0f}",
        *(f"{1000 * quantile(answers, share):.0f}" for share in (0.5, 0.99)),
        *(f"{1000 * quantile(delays, share):.1f}" for share in (0.5, 0.99)),
        f"{size:.2f}",
        f"{max(player.bytes for player in players) / SECONDS / 1000:.0f}",
    ]


def quantile(values: list[float], share: float) -> float:
    """The value that this share of the sorted values does not exceed."""
    return values[min(int(share * len(values)), len(values) - 1)]


def main() -> None:
    """Print a table for one, 20 and 100 sessions."""
    with server() as address:
        with urllib.request.urlopen(f"http://{address}/readyz"):
            pass
        rows = [asyncio.run(measure(address, sessions)) for sessions in (1, 20, 100)]
    head = ["sessions", "frames/s: least", "median", "steps/s", "answer ms: p50", "p99"]
    head += ["loop ms: p50", "p99", "KB/frame", "KB/s: most"]
    table("Sessions that play at once: default run, default view", head, rows)


if __name__ == "__main__":
    main()
