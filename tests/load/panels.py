"""Many people with a panel of the strip open, and the same people with it closed, in turns."""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass

from app.rehearsal.browser import Browser
from app.rehearsal.crowd import Crowd
from tests.load.machine import Machine

INSPECT = {"kind": "gradients"}
ROUNDS = 3
SECONDS = 6.0
SETTLING = 1.0
"""Seconds after the panel was opened or closed in which nothing is counted."""
LEAST = 0.8
"""So many of their frames people keep at least."""


@dataclass(frozen=True)
class Compared:
    """Frames a second of a person, round by round, with the panel closed and open; and the least of all."""

    closed: tuple[float, ...]
    opened: tuple[float, ...]
    least: tuple[float, float]
    lost: tuple[str, ...]

    @property
    def kept(self) -> float:
        """The share of the frames that is left beside an open panel.

        It is the median over the rounds, each of which has both, one after the other.
        """
        pairs = zip(self.opened, self.closed, strict=True)
        return statistics.median(mine / other for mine, other in pairs)


def look(browser: Browser, *, opened: bool) -> None:
    """Open the panel, or close it."""
    browser.say("view", grid=48, neurons=16, evaluation=True, inspect=INSPECT if opened else None)


async def compare(running: Machine, people: int, every: float = 2.0) -> Compared:
    """Let people play with the panel closed and open in turns, on the same server."""
    medians: dict[bool, list[float]] = {False: [], True: []}
    least = {False: float("inf"), True: float("inf")}
    lost: tuple[str, ...] = ()
    async with Crowd(running.stream, [{}] * people) as crowd:
        crowd.play()
        for turn in range(2 * ROUNDS):
            opened = turn % 2 == 1
            for browser in crowd.browsers:
                look(browser, opened=opened)
            await asyncio.sleep(SETTLING)
            found = await crowd.watch(SECONDS, every)
            medians[opened].append(found.frames)
            least[opened] = min(least[opened], found.least)
            lost = found.lost
    return Compared(tuple(medians[False]), tuple(medians[True]), (least[False], least[True]), lost)


def rows(people: int, found: Compared) -> list[list[str]]:
    """The table's: closed, open, and what is kept."""
    verdict = "reached" if found.kept >= LEAST and not found.lost else "missed"
    closed, opened = (f"{statistics.median(each):.1f}" for each in (found.closed, found.opened))
    least = [f"{each:.1f}" for each in found.least]
    return [
        [str(people), "closed", closed, least[0], "", ""],
        [str(people), "open", opened, least[1], f"{found.kept:.2f}", verdict],
    ]
