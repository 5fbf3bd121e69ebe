"""Many browsers at one server, and what each of them got of it."""

from __future__ import annotations

import asyncio
import random
import statistics
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlsplit

from app.rehearsal.browser import Browser, GoneError, longest_gap
from engine.words import N_

CHANGE_EVERY = 2.0
"""Seconds between two changes of one person."""
WARM_UP = 2.0
LOOK_EVERY = 0.02
"""Seconds between two questions to the event loop."""

Hello = Mapping[str, object]


@dataclass(frozen=True)
class Person:
    """What one got: frames and updates a second, the longest wait for a frame, the share of a change."""

    frames: float
    steps: float
    gap: float
    bytes: float


@dataclass(frozen=True)
class Measured:
    """What a crowd saw in `seconds`.

    seen: seconds until a change was seen, sorted. joined: seconds until each had a first picture, sorted.
    lags: seconds until the server answered what needs no work, sorted. lost: what those were told who were
    sent away.
    """

    people: tuple[Person, ...]
    seen: tuple[float, ...]
    joined: tuple[float, ...]
    lags: tuple[float, ...]
    lost: tuple[str, ...] = ()

    def of(self, chosen: slice) -> Measured:
        """The same of some of the people; what cannot be told apart stays that of all."""
        return Measured(self.people[chosen], self.seen, self.joined, self.lags, self.lost)

    @property
    def least(self) -> float:
        """Frames a second of who got the fewest."""
        return min((person.frames for person in self.people), default=0.0)

    @property
    def frames(self) -> float:
        """The median of the frames a second."""
        return _median([person.frames for person in self.people])

    @property
    def steps(self) -> float:
        """The median of the updates a second."""
        return _median([person.steps for person in self.people])

    @property
    def fairness(self) -> float:
        """Jain's index of the frames, (Σx)² / n Σx²: 1 where all get the same, 1/n where one gets all."""
        shares = [person.frames for person in self.people]
        squares = len(shares) * sum(share**2 for share in shares)
        return sum(shares) ** 2 / squares if squares else 0.0


@dataclass
class Crowd:
    """People at one server, `url` of its stream (ws or wss). Use as an async context manager: they leave."""

    url: str
    hellos: Sequence[Hello]
    seed: int = 1
    browsers: list[Browser] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)

    async def __aenter__(self) -> Crowd:
        """All come at once; who is refused is in `lost`."""
        rng = random.Random(self.seed)
        opening = [
            Browser.open(self.url, hello, random.Random(rng.random())) for hello in self.hellos
        ]
        for found in await asyncio.gather(*opening, return_exceptions=True):
            if isinstance(found, Browser):
                self.browsers.append(found)
                self.joined.append(found.first_frame.result())
            elif isinstance(found, (GoneError, OSError, TimeoutError)):
                self.lost.append(str(found) or N_("it took too long"))
            else:
                raise found
        return self

    async def __aexit__(self, *_: object) -> None:
        for browser in self.browsers:
            browser.leave()
        if self.browsers:
            await asyncio.wait([browser.closed for browser in self.browsers], timeout=5)

    def play(self) -> None:
        """Everyone presses Play."""
        for browser in self.browsers:
            browser.play()

    async def watch(self, seconds: float, change_every: float = CHANGE_EVERY) -> Measured:
        """Everyone watches for so long, and changes something now and then."""
        touching = [asyncio.create_task(browser.touch(change_every)) for browser in self.browsers]
        try:
            await asyncio.sleep(min(WARM_UP, seconds))
            for browser in self.browsers:
                browser.forget()
            begin = perf_counter()
            lags = await _lags(self.url, seconds)
            spent = perf_counter() - begin
        finally:
            for task in touching:
                task.cancel()
            await asyncio.gather(*touching, return_exceptions=True)
        gone = [browser.closed.result() for browser in self.browsers if browser.closed.done()]
        return Measured(
            tuple(_person(browser, begin, spent) for browser in self.browsers),
            tuple(sorted(each for browser in self.browsers for each in browser.seen)),
            tuple(sorted(self.joined)),
            tuple(lags),
            (*self.lost, *gone),
        )


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the sorted values does not exceed; 0 of none."""
    return values[min(int(share * len(values)), len(values) - 1)] if values else 0.0


def _median(values: Sequence[float]) -> float:
    """The median; 0 of none."""
    return statistics.median(values) if values else 0.0


def _person(browser: Browser, begin: float, seconds: float) -> Person:
    gap = longest_gap([begin, *browser.times, begin + seconds])
    return Person(browser.frames / seconds, browser.steps / seconds, gap, browser.size / seconds)


async def _lags(url: str, seconds: float) -> list[float]:
    """How long the server takes to say that it is up, in seconds, sorted; empty where it does not."""
    parts = urlsplit(url)
    path = parts.path.removesuffix("ws") + "healthz"
    request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    times: list[float] = []
    end = perf_counter() + seconds
    with suppress(OSError, asyncio.IncompleteReadError):
        port = parts.port or (443 if parts.scheme == "wss" else 80)
        reader, writer = await asyncio.open_connection(
            parts.hostname, port, ssl=parts.scheme == "wss" or None
        )
        while (begin := perf_counter()) < end:
            writer.write(request)
            await reader.readuntil(b"The server is up.")
            times.append(perf_counter() - begin)
            await asyncio.sleep(LOOK_EVERY)
        writer.close()
    await asyncio.sleep(max(end - perf_counter(), 0))
    return sorted(times)
