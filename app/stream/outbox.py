"""What waits to be sent to one browser: replies in order, and the newest frame."""

from __future__ import annotations

import asyncio
from collections import deque

from app.operations.counts import COUNTS
from app.protocol import ProtocolError
from engine.words import ENGLISH, Language

CREDIT = 2
"""How many frames may be computed ahead of the browser's acknowledgements."""
CAPACITY = 64
"""How many replies may wait."""


class OverflowedError(Exception):
    """A browser does not read its replies."""


class Outbox:
    """One ordered, bounded queue for what must arrive, one slot for the newest frame, one for a study's part.

    They are sent in this order: parts wait for frames, of which there are few, so that play is not held up.
    """

    def __init__(self, language: Language = ENGLISH) -> None:
        self.language = language
        """What the browser's person reads."""
        self._queue: deque[str | bytes] = deque()
        self._slot: tuple[int, bytes] | None = None
        self._unacknowledged: set[int] = set()
        self._newest = -1
        self._part: bytes | None = None
        self._filled = asyncio.Event()
        self._part_gone = asyncio.Event()

    @property
    def credit(self) -> bool:
        """Whether the browser is ready for another frame."""
        return len(self._unacknowledged) < CREDIT

    def put(self, message: str | bytes) -> None:
        """Send a message after those that wait. Raises OverflowedError when too many do."""
        if len(self._queue) >= CAPACITY:
            raise OverflowedError
        self._queue.append(message)
        self._filled.set()

    def refuse(self, error: ProtocolError) -> None:
        """Say what cannot be done, in its turn."""
        self.put(error.reply(self.language))

    def show(self, number: int, frame: bytes) -> None:
        """Send a frame when the replies are out, in place of an older one still waiting."""
        self.forget_frame()
        self._slot = (number, frame)
        self._unacknowledged.add(number)
        self._filled.set()

    def forget_frame(self) -> None:
        """Drop the frame that waits: its run is over, or a newer one is here."""
        if self._slot:
            self._unacknowledged.discard(self._slot[0])
            self._slot = None

    async def pass_on(self, part: bytes) -> None:
        """Send a part of a study when nothing else waits; returns when it is on its way, or forgotten."""
        self._part = part
        self._part_gone.clear()
        self._filled.set()
        await self._part_gone.wait()

    def forget_part(self) -> None:
        """Drop the part that waits: nobody wants it any more."""
        self._part = None
        self._part_gone.set()

    def acknowledge(self, number: int) -> bool:
        """Note that this frame and those before it were drawn; False if it was never sent."""
        self._unacknowledged = {other for other in self._unacknowledged if other > number}
        return number <= self._newest

    async def next(self) -> str | bytes:
        """The next message to send, as soon as there is one."""
        while True:
            if self._queue:
                return self._queue.popleft()
            if self._slot:
                self._newest, frame = self._slot
                self._slot = None
                COUNTS.frames += 1
                COUNTS.frame_bytes += len(frame)
                return frame
            if self._part:
                part = self._part
                self.forget_part()
                return part
            self._filled.clear()
            await self._filled.wait()
