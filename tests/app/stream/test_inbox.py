"""What waits to be answered: in order, bounded in number and bytes, and what goes together at once."""

import asyncio
from typing import Any

import pytest

from app import protocol
from app.protocol import ProtocolError
from app.stream import inbox
from app.stream.inbox import Inbox


def message(kind: str, **keys: Any) -> Any:
    return protocol.READER.validate_python({"type": kind, **keys})


RATE = message("set", changes={"optimizer.learning_rate": 0.1})
VIEW, SPEED = message("view"), message("speed", steps_per_second=3)
SEEK, PLAY = message("seek", step=4), message("play")
WRONG = ProtocolError("bad_json", "no")


@pytest.mark.parametrize(
    ("said", "batches"),
    [
        ([RATE, RATE, VIEW, SPEED, RATE], [5]),
        ([SEEK, SEEK, RATE], [2, 1]),
        ([RATE, SEEK, RATE], [1, 1, 1]),
        ([PLAY, PLAY], [1, 1]),
        ([RATE, PLAY, RATE, RATE], [1, 1, 2]),
        ([RATE, WRONG, RATE], [1, 1, 1]),
        ([RATE] * 40, [inbox.MOST_TOGETHER, 40 - inbox.MOST_TOGETHER]),
    ],
)
async def test_what_goes_together_is_taken_together(said: list[Any], batches: list[int]) -> None:
    waiting = Inbox()
    for each in said:
        await waiting.put(each)
    taken = [waiting.take() for _ in batches]
    assert [len(batch) for batch in taken] == batches
    assert [each for batch in taken for each in batch] == said
    assert len(waiting) == 0


@pytest.mark.parametrize(
    ("size", "room"), [(0, inbox.WAITING), (inbox.WAITING_BYTES // 4, 4), (10**9, 1)]
)
async def test_there_is_room_for_so_much(size: int, room: int) -> None:
    waiting = Inbox()
    for _ in range(room):
        await asyncio.wait_for(waiting.put(PLAY, size), 1)
    putting = asyncio.create_task(waiting.put(SEEK, size))
    await asyncio.sleep(0)
    assert not putting.done()
    for _ in range(room):
        waiting.take()
    await asyncio.wait_for(putting, 1)
    assert waiting.take() == [SEEK]
