"""Twenty people who play, alone and beside a search without pause: python -m tests.bench.searching."""

from __future__ import annotations

import asyncio
import os
import statistics
from contextlib import AsyncExitStack

from tests.bench.attacks import SEARCH, under
from tests.bench.serving import SECONDS, WARM_UP, Player, server
from tests.bench.timing import table

PEOPLE, ROUNDS = 20, 3
KEPT = 0.7
"""The share of their frames that people are to keep."""


async def frames(address: str) -> list[float]:
    """Frames a second of each of the people."""
    async with AsyncExitStack() as stack:
        url = f"ws://{address}/ws"
        players = [await stack.enter_async_context(Player.open(url)) for _ in range(PEOPLE)]
        for seconds in (WARM_UP, SECONDS):
            await asyncio.gather(*(player.play(seconds, i) for i, player in enumerate(players)))
    return [len(player.frames) / SECONDS for player in players]


def main() -> None:
    """Print a row for each round: both are neighbours, and the share is that of the medians."""
    rows, shares = [], []
    with server() as address:
        for _ in range(ROUNDS):
            alone = asyncio.run(frames(address))
            with under(SEARCH, address):
                during = asyncio.run(frames(address))
            shares.append(statistics.median(during) / statistics.median(alone))
            cells = [
                f"{each(of):.1f}" for of in (alone, during) for each in (min, statistics.median)
            ]
            rows.append([*cells, f"{shares[-1]:.0%}", f"{os.getloadavg()[0]:.1f}"])
    head = ["frames/s alone: least", "median", "with a search: least", "median", "kept", "load"]
    table(f"{PEOPLE} people who play beside a search without pause", head, rows)
    kept = statistics.median(shares)
    print(f"\n{kept:.0%} of the frames are kept; the goal is {KEPT:.0%}")


if __name__ == "__main__":
    main()
