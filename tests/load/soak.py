"""People who come and go for many minutes: what the server holds when they have left must not grow.

python -m tests.load.soak, or with a number of minutes (30). After each group the server is left alone until
it has forgotten everybody, and is looked at.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import uvloop

from app.rehearsal.crowd import Crowd, Hello
from tests.bench.timing import table
from tests.load.machine import Machine, family, machine, resident

RETENTION = 2.0
"""Seconds that the server keeps a session nobody is at."""
LONGEST = 30
"""Seconds that a group stays at most, and that the server may take to come to rest."""
WARM = 3
"""So many groups the server may learn from: workers load what they need, and keep it."""
GROWTH = 1.15
"""The memory at the end over that after these."""
ROWS = [[i % 11 - 5.5, i % 13 - 6.5, i % 2] for i in range(500)]
HELLOS: Sequence[Hello] = (
    {},
    {"spec": {"data": {"kind": "spiral"}, "layers": [{"units": 8}, {"units": 8}, {"units": 8}]}},
    {"spec": {"layers": [{"units": 128}, {"units": 128}]}},
    {"spec": {"data": {"kind": "custom", "rows": ROWS}, "optimizer": {"kind": "adam"}}},
    {"members": [{"optimizer.kind": "sgd"}, {"optimizer.kind": "adam"}]},
)


@dataclass(frozen=True)
class Rest:
    """What a server holds that nobody is at. people: how many have been there so far."""

    minutes: float
    people: int
    files: int
    tasks: int
    size: int


def gauge(running: Machine, name: str) -> float:
    """One number of /metrics."""
    with urllib.request.urlopen(f"http://{running.address}/metrics") as answer:
        found = re.search(rf"^playground_{name} (\S+)$", answer.read().decode(), re.MULTILINE)
    assert found, name
    return float(found[1])


async def visit(running: Machine, rng: random.Random) -> int:
    """A group that comes, plays and leaves; half of them change settings all the time. How many came."""
    hellos = rng.choices(HELLOS, k=rng.randint(1, 30))
    async with Crowd(running.stream, hellos, rng.randint(0, 2**31)) as crowd:
        crowd.play()
        if rng.random() < 0.5:
            await crowd.watch(rng.uniform(1, LONGEST - 5))
        else:
            await asyncio.sleep(rng.uniform(0, 5))
    return len(crowd.browsers)


async def rest(running: Machine) -> None:
    """Wait until the server has forgotten everybody. Raises TimeoutError."""
    async with asyncio.timeout(LONGEST):
        while await asyncio.to_thread(gauge, running, "sessions"):  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.5)
        await asyncio.sleep(1)  # what ends with the last session has ended


async def soak(running: Machine, minutes: float, seed: int = 1) -> list[Rest]:
    """What the server holds after each group."""
    rng, begun, people, found = random.Random(seed), time.monotonic(), 0, list[Rest]()
    while time.monotonic() < begun + 60 * minutes or len(found) <= WARM:
        people += await visit(running, rng)
        await rest(running)
        minutes_so_far = (time.monotonic() - begun) / 60
        found.append(await asyncio.to_thread(look, running, minutes_so_far, people))
    return found


def look(running: Machine, minutes: float, people: int) -> Rest:
    """What the server holds now."""
    pid = running.process.pid
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    size = sum(map(resident, family(pid)))
    return Rest(minutes, people, files, int(gauge(running, "tasks")), size)


def grown(found: Sequence[Rest]) -> list[str]:
    """What there is more of at the end than after the first groups."""
    first, last = found[WARM], found[-1]
    said = [
        ("files", last.files > first.files),
        ("tasks", last.tasks > first.tasks),
        ("memory", last.size > GROWTH * max(each.size for each in found[: WARM + 1])),
    ]
    return [name for name, is_more in said if is_more]


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 if something grows."""
    minutes = float(arguments[0]) if arguments else 30.0
    with machine(retention=RETENTION) as running:
        found = uvloop.run(soak(running, minutes))
    # a row a minute is enough to read
    shown = [
        each
        for i, each in enumerate(found)
        if i == 0 or int(each.minutes) > int(found[i - 1].minutes)
    ]
    rows = [
        [
            f"{each.minutes:.1f}",
            f"{each.people:,}",
            str(each.files),
            str(each.tasks),
            f"{each.size / 2**20:.0f}",
        ]
        for each in ([*shown, found[-1]] if shown[-1] is not found[-1] else shown)
    ]
    more = grown(found)
    verdict = f"grows: {', '.join(more)}" if more else "nothing grows"
    table(
        f"People who come and go: {verdict}",
        ["minutes", "people so far", "files", "tasks", "MB"],
        rows,
    )
    return bool(more)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
