"""Three servers of which one is killed while everybody plays: its people go on at the other two.

Each comes back as a page does, with nothing but what the page has been told. Run by `python -m tests.load`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from websockets.exceptions import ConnectionClosed

from tests.app.client import Client, at_rest, replayed
from tests.load.machine import Machine, machine

REPLICAS = 3
SECONDS = 3.0
"""How long all play before one server is killed, and after everybody is back."""
SPEED = 1000
"""Updates a second, about as many as a page makes in its first minute."""
CHANGE_EVERY = 1.0
RATES = (0.01, 0.02, 0.03, 0.05)


@dataclass
class Guest:
    """One who plays, and comes back elsewhere if the server is gone.

    gap: seconds from the last frame of the one server to the first of the other that is as far; until then
    the other makes the run again from its start. exact: whether the weights at the end are those that the run
    has when it is computed here, bit for bit.
    """

    home: int
    seed: int
    moved: bool = False
    gap: float = 0.0
    exact: bool = False
    step: int = field(default=0, init=False)
    status: dict[str, Any] = field(default_factory=dict, init=False)
    theta: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32), init=False)

    def compare(self) -> None:
        """See whether the run is the one that its recipe tells."""
        expected = replayed(self.status, self.step)
        self.exact = np.array_equal(self.theta, expected.theta[0])


@dataclass(frozen=True)
class Kept:
    """What came of it: how many played, were moved, and ended at exactly their run, and the gaps, sorted."""

    people: int
    moved: int
    exact: int
    gaps: tuple[float, ...]


async def lose_one(people: int) -> Kept:
    """Have so many play at the replicas, kill the first of these, and see everybody go on."""
    guests = [Guest(seed % REPLICAS, seed) for seed in range(people)]
    with replicas() as running:
        playing = [asyncio.create_task(_visit(guest, running)) for guest in guests]
        await asyncio.sleep(SECONDS)
        running[0].process.kill()
        await asyncio.gather(*playing)
    # only now: who computes 30 runs meanwhile does not see who comes back
    for guest in guests:
        guest.compare()
    return Kept(
        people,
        sum(guest.moved for guest in guests),
        sum(guest.exact for guest in guests),
        tuple(sorted(guest.gap for guest in guests if guest.moved)),
    )


@contextmanager
def replicas() -> Iterator[list[Machine]]:
    """Servers alike, until the end of the block."""
    with ExitStack() as stack:
        yield [stack.enter_context(machine(workers=1)) for _ in range(REPLICAS)]


async def _visit(guest: Guest, running: list[Machine]) -> None:
    """Play until a while after the first server has gone; then stop."""
    hello: dict[str, object] = {
        "spec": {"weights_seed": guest.seed},
        "playing": True,
        "speed": SPEED,
    }
    end = perf_counter() + 2 * SECONDS
    with suppress(ConnectionClosed):
        async with Client.open(running[guest.home].stream, **hello) as client:
            await _play(guest, client, end)
            await _stop(guest, client)
            return
    before = perf_counter()
    elsewhere = running[1 + guest.seed % (REPLICAS - 1)]
    hello = {
        "session": client.welcome["session"],
        "spec": client.status["start_spec"],
        "edits": client.status["edits"],
        "step": guest.step,
        "playing": True,
        "speed": SPEED,
    }
    async with Client.open(elsewhere.stream, **hello) as client:
        await client.until(lambda: client.frame["step"] >= guest.step)
        guest.moved, guest.gap = True, perf_counter() - before
        await _play(guest, client, perf_counter() + SECONDS)
        await _stop(guest, client)


async def _play(guest: Guest, client: Client, end: float) -> None:
    """Watch until a time, and change the learning rate now and then."""
    change_at = perf_counter() + CHANGE_EVERY * (guest.seed % 7) / 7
    while (now := perf_counter()) < end:
        if now >= change_at:
            change_at = now + CHANGE_EVERY
            rate = RATES[int(now / CHANGE_EVERY) % len(RATES)]
            await client.ask("set", changes={"optimizer.learning_rate": rate})
        await client.receive()
        guest.step = client.frame["step"]


async def _stop(guest: Guest, client: Client) -> None:
    """Pause, and keep what the run has come to."""
    await at_rest(client)
    guest.step, guest.status = client.frame["step"], client.status
    guest.theta = client.frame["arrays"]["theta"].copy()
