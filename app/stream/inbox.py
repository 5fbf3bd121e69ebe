"""What a browser said and nobody has answered yet: in order, not too much of it, and in batches."""

from __future__ import annotations

import asyncio
from collections import deque

from app import protocol
from app.protocol import Control, ProtocolError

WAITING = 64
"""How many controls may wait; then reading pauses."""
WAITING_BYTES = 2**19
"""What their texts may have together: a parsed message takes many times as much memory as its text."""
MOST_TOGETHER = 32
"""So many are done at once at most: their answers must fit into the outbox."""
TOGETHER = (protocol.Set, protocol.SetView, protocol.SetSpeed, protocol.Seek)
"""Controls of which many come at once, as from a slider, and the last of a kind is what is wanted."""


class Inbox:
    """Takes controls, and the errors of those that were wrong, so that all answers are in order."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Control | ProtocolError, int]] = deque()
        self._size = 0
        self._taken = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    async def put(self, control: Control | ProtocolError, size: int = 0) -> None:
        """Have one answered after those that wait, as soon as there is room; size: letters of its text."""
        # one that is too long for any room comes in when it is the only one
        while self._waiting and (
            len(self._waiting) >= WAITING or self._size + size > WAITING_BYTES
        ):
            self._taken.clear()
            await self._taken.wait()
        self._waiting.append((control, size))
        self._size += size

    def take(self) -> list[Control | ProtocolError]:
        """The next one, and those behind it that can be done with it."""
        batch = [self._next()]
        while (
            self._waiting
            and len(batch) < MOST_TOGETHER
            and _go_together(batch[0], self._waiting[0][0])
        ):
            batch.append(self._next())
        return batch

    def _next(self) -> Control | ProtocolError:
        control, size = self._waiting.popleft()
        self._size -= size
        self._taken.set()
        return control


def _go_together(one: Control | ProtocolError, other: Control | ProtocolError) -> bool:
    """Whether both can be done before anybody is told of either: settings, view and speed do not touch."""
    if isinstance(one, protocol.Seek) or isinstance(other, protocol.Seek):
        return type(one) is type(other)
    return isinstance(one, TOGETHER) and isinstance(other, TOGETHER)
