"""A room full of people on this machine: python -m tests.load, or with numbers of people, wide, replicas.

With "panels" and a number: so many with the panel Gradients closed and open in turns.

Everybody plays the default run and changes the learning rate every two seconds. The people are on the same
cores as the server. Bounded: a quarter of a minute for each row. At the end one of three servers is killed.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import uvloop

from app.rehearsal.crowd import Crowd, Hello, Measured, quantile
from tests.bench.timing import table
from tests.load import panels
from tests.load.machine import ROOT, Machine, machine
from tests.load.replicas import lose_one

SECONDS = 8.0
GUESTS = 30
"""People at three servers, of which one is killed."""
WIDE = {"spec": {"layers": [{"units": 128}, {"units": 128}]}}


@dataclass(frozen=True)
class Goal:
    """What a number of people must get: frames a second, the least; updates a second, the median; and the
    seconds until a change is seen, and until the last who comes sees anything."""

    frames: float
    steps: float
    seen: float
    joined: float = 5.0


GOALS = {
    1: Goal(58, 50_000, 0.05),
    20: Goal(30, 3_500, 0.1),
    100: Goal(12, 500, 0.25),
    300: Goal(4, 100, 0.5),
}
HEAD = [
    *("people", "frames/s: least", "median", "steps/s", "seen ms: p50", "p99", "Jain"),
    *(
        "loop ms: p99",
        "join s: last",
        "MB",
        "KB/s",
        "CPU ms a frame: web",
        "workers",
        "people",
        "verdict",
    ),
]


async def measure(
    running: Machine, hellos: Sequence[Hello], every: float = 2.0
) -> tuple[Measured, list[float]]:
    """What so many see, and the processor's milliseconds a frame in web process, workers and people."""
    async with Crowd(running.stream, hellos) as crowd:
        crowd.play()
        await asyncio.sleep(2)
        before = (*running.seconds(), time.process_time())
        found = await crowd.watch(SECONDS, every)
        after = (*running.seconds(), time.process_time())
        # the warm-up of `watch` is in it too
        share = SECONDS / (SECONDS + 2)
    frames = max(sum(person.frames for person in found.people) * SECONDS, 1)
    return found, [1000 * share * (b - a) / frames for a, b in zip(before, after, strict=True)]


def row(name: str, found: Measured, memory: int, cost: Sequence[float], verdict: str) -> list[str]:
    """One row of the table."""
    return [
        name,
        f"{found.least:.1f}",
        f"{found.frames:.1f}",
        f"{found.steps:,.0f}",
        *(f"{1000 * quantile(found.seen, share):.0f}" for share in (0.5, 0.99)),
        f"{found.fairness:.3f}",
        f"{1000 * quantile(found.lags, 0.99):.1f}",
        f"{quantile(found.joined, 1):.1f}",
        f"{memory / 2**20:.0f}",
        f"{max(person.bytes for person in found.people) / 1000:.0f}",
        *(f"{each:.2f}" for each in cost),
        verdict,
    ]


def misses(goal: Goal, found: Measured) -> list[str]:
    """What is short of a goal."""
    said = [
        ("frames", found.least >= goal.frames),
        ("steps", found.steps >= goal.steps),
        ("change", quantile(found.seen, 0.99) <= goal.seen),
        ("joining", quantile(found.joined, 1) <= goal.joined),
        ("fairness", found.fairness >= 0.98),
        ("event loop", quantile(found.lags, 0.99) <= 0.01),
        ("lost", not found.lost),
    ]
    return [name for name, is_good in said if not is_good]


def compare_panels(root: Path, people: int) -> None:
    """Print what so many people keep of their frames while they look inside."""
    with machine(root, max_sessions=400) as running:
        found = uvloop.run(panels.compare(running, people))
    head = ["people", "Gradients", "frames/s: median", "least", "kept", "verdict"]
    table("People who look inside while they play: default run", head, panels.rows(people, found))


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    root = Path(os.environ.get("LOAD_ROOT", ROOT))
    if "panels" in arguments:
        compare_panels(root, next((int(each) for each in arguments if each.isdecimal()), 100))
        return
    people = [int(each) for each in arguments if each.isdecimal()] if arguments else list(GOALS)
    rows = []
    for count in people:
        with machine(root, max_sessions=400) as running:
            found, cost = uvloop.run(measure(running, [{}] * count))
        goal = GOALS.get(count)
        verdict = "" if goal is None else ", ".join(misses(goal, found)) or "reached"
        rows.append(row(str(count), found, running.most, cost, verdict))
    if not arguments or "wide" in arguments:
        with machine(root, max_sessions=400) as running:
            found, cost = uvloop.run(measure(running, [WIDE] * 30 + [{}] * 70))
        small = found.of(slice(30, None))
        verdict = "reached" if small.least >= 10 else "frames"
        rows.append(row("70 of 100, 30 of them wide", small, running.most, cost, verdict))
    if rows:
        table("People who play at once: default run, default view", HEAD, rows)
    if not arguments or "replicas" in arguments:
        kept = uvloop.run(lose_one(GUESTS))
        gaps = [f"{1000 * quantile(kept.gaps, share):.0f}" for share in (0.5, 1)]
        table(
            "Three servers, one of them killed while all play: its people go on at the others",
            ["people", "moved", "gap ms: p50", "longest", "at exactly their run"],
            [[str(kept.people), str(kept.moved), *gaps, f"{kept.exact} of {kept.people}"]],
        )


if __name__ == "__main__":
    main(sys.argv[1:])
