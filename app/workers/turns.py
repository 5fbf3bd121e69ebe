"""Whose job is next: everyone in turn, and who takes the workers for long has the turns further apart."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

PATIENT = 3.0
"""A job that takes up to so many times as long as is usual is as good as any other."""
MOST_ROUNDS = 4.0
"""Everyone has a turn in so many rounds at least."""
OUTLIER = 8.0
"""More times the usual than that counts as so many: a busy machine may have stopped the worker meanwhile."""
NEWEST = 0.1
"""The weight of the newest job in the mean of how long those of one share take."""
NEWEST_OF_ALL = 0.02
"""The same in the mean of all."""

Item = TypeVar("Item")


@dataclass(eq=False)
class Share:
    """Whose jobs these are. turn: when the next one has its turn. seconds: how long they take on average."""

    turn: float = 0.0
    seconds: float = 0.0


class Turns(Generic[Item]):
    """What waits, in the order in which it has its turn; who comes first is first among equals.

    Time goes on from turn to turn. Each share has one in every round, as in a queue. Where its jobs take
    more than PATIENT times the usual, it has one in as many rounds as they take longer than that, up to
    MOST_ROUNDS: so it is not starved, and does not keep the others waiting either.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Item]] = []  # by turn, then in the order they came
        self._numbers = count()
        self._now = 0.0
        self._usual = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, item: Item, share: Share | None = None) -> None:
        """Let an item wait for its turn; one of nobody's has it after those of this round."""
        turn = self._now + 1
        if share:
            turn = max(self._now, share.turn)
            share.turn = turn + self._rounds(share)
        heappush(self._waiting, (turn, next(self._numbers), item))

    @property
    def first(self) -> Item:
        """The item whose turn is next."""
        return self._waiting[0][2]

    def take(self) -> Item:
        """The same, which waits no more."""
        turn, _, item = heappop(self._waiting)
        self._now = max(self._now, turn)
        return item

    def took(self, share: Share, seconds: float) -> None:
        """Note how long a job of a share has taken."""
        self._usual = self._usual or seconds
        share.seconds = share.seconds or self._usual
        counted = min(seconds, OUTLIER * self._usual)
        share.seconds += NEWEST * (counted - share.seconds)
        self._usual += NEWEST_OF_ALL * (counted - self._usual)

    def _rounds(self, share: Share) -> float:
        """In how many rounds a share has one turn."""
        if not self._usual:
            return 1.0
        return min(max(share.seconds / (PATIENT * self._usual), 1.0), MOST_ROUNDS)
