"""How late the event loop is: what is due now and runs only in a second makes everybody wait."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic
from typing import NoReturn

EVERY = 0.25
"""Seconds between two beats."""
REMEMBERED = 20
"""Beats that are remembered: those of five seconds."""
LATE = 1.0
"""Seconds of lateness that people notice."""


class Heartbeat:
    """Beats regularly, and knows by how many seconds its beats came too late."""

    def __init__(self) -> None:
        self._late: deque[float] = deque(maxlen=REMEMBERED)
        self._due = monotonic() + EVERY

    async def beat(self) -> NoReturn:
        """Beat until cancelled."""
        while True:
            self._due = monotonic() + EVERY
            await asyncio.sleep(EVERY)
            self._late.append(monotonic() - self._due)

    @property
    def lateness(self) -> float:
        """Seconds by which the latest beat of the last seconds was late; the next one counts if it is due."""
        return max(*self._late, monotonic() - self._due, 0.0)
