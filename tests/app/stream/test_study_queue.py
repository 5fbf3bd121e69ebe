"""The queue: turns, the newest of a kind, slow readers, and faults."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

import engine
from app.stream.outbox import CAPACITY, Outbox, OverflowedError
from app.stream.study_queue import StudyQueue
from app.studies.job import Chunk, ChunkResult, PlacedPlane, QueuedStudy, work


@dataclass(frozen=True)
class Counting:
    """A job of so many parts."""

    name: str
    parts: int
    later: Counting | None = None

    def work(self, _budget: float) -> Chunk:
        """One part; the first says what is to be done later."""
        rest = replace(self, parts=self.parts - 1, later=None) if self.parts > 1 else None
        return Chunk(rest, {}, later=self.later)


class Bench:
    """Workers that do what a test says, when it says so."""

    def __init__(self) -> None:
        self.asked: list[QueuedStudy] = []
        self.error: Exception | None = None
        self.silent = False
        self.plane: PlacedPlane | None = None
        self.rested: list[float] = []
        self.go = asyncio.Event()
        self.go.set()

    async def study(
        self,
        function: Callable[[QueuedStudy], ChunkResult],
        queued_within: Callable[[float], QueuedStudy],
    ) -> ChunkResult:
        assert function is work
        queued = queued_within(0)
        self.asked.append(queued)
        await self.go.wait()
        if self.error:
            raise self.error
        frame = b"" if self.silent else f"{queued.job.name} {queued.part}".encode()  # type: ignore[attr-defined]
        piece = queued.job.work(0)
        return ChunkResult(frame, piece.rest, self.plane, piece.later, seconds=len(self.asked))

    async def rest(self, seconds: float) -> None:
        self.rested.append(seconds)


@asynccontextmanager
async def open_desk() -> AsyncIterator[tuple[StudyQueue, Bench, Outbox]]:
    bench, outbox = Bench(), Outbox()
    queue = StudyQueue(bench, outbox)  # type: ignore[arg-type]
    running = asyncio.create_task(queue.run())
    yield queue, bench, outbox
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


def queued(id: int | None, kind: str, parts: int = 1) -> QueuedStudy:
    return QueuedStudy(id, kind, 0, Counting(f"{kind}{id}", parts))


async def sent(outbox: Outbox, count: int) -> list[Any]:
    """The next messages: frames as they are, replies as (type or code, id)."""
    found: list[Any] = []
    for _ in range(count):
        message = await asyncio.wait_for(outbox.next(), 5)
        if isinstance(message, str):
            reply = json.loads(message)
            found.append((reply.get("code", reply["type"]), reply["id"]))
        else:
            found.append(message.decode())
    return found


async def nothing_comes(outbox: Outbox) -> None:
    for _ in range(5):
        await asyncio.sleep(0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(outbox.next(), 0)


async def test_parts_come_in_order_and_then_ok() -> None:
    async with open_desk() as (queue, _, outbox):
        queue.ask(queued(7, "race", 3))
        assert await sent(outbox, 4) == ["race7 0", "race7 1", "race7 2", ("ok", 7)]
        queue.ask(queued(8, "race"))
        assert await sent(outbox, 2) == ["race8 0", ("ok", 8)]


async def test_between_two_pieces_the_workers_rest_and_after_the_last_nobody_waits() -> None:
    async with open_desk() as (queue, bench, outbox):
        queue.ask(queued(7, "search", 3))
        assert await sent(outbox, 4) == ["search7 0", "search7 1", "search7 2", ("ok", 7)]
        assert bench.rested == [1, 2]


async def test_what_is_for_later_stays_at_home_until_its_turn() -> None:
    async with open_desk() as (queue, bench, outbox):
        large = Counting("large", 2)
        queue.ask(QueuedStudy(7, "landscape", 0, Counting("small", 3, large)))
        parts = ["small 0", "small 1", "small 2", "large 3", "large 4", ("ok", 7)]
        assert await sent(outbox, 6) == parts
        # only with the last job can the study be done
        assert [asked.is_last for asked in bench.asked] == [True, False, False, True, True]
        assert all(asked.job.later is None for asked in bench.asked[1:])  # type: ignore[attr-defined]


async def test_a_newer_study_does_not_do_what_an_older_one_left_for_later() -> None:
    async with open_desk() as (queue, _, outbox):
        queue.ask(QueuedStudy(7, "landscape", 0, Counting("small", 3, Counting("large", 2))))
        assert await sent(outbox, 2) == ["small 0", "small 1"]
        queue.ask(queued(8, "landscape"))
        rest = await sent(outbox, 3)
        assert ("superseded", 7) in rest
        assert [each for each in rest if "large" in each] == []
        assert rest[-1] == ("ok", 8)


async def test_a_study_without_an_id_gets_no_ok() -> None:
    async with open_desk() as (queue, _, outbox):
        queue.ask(queued(None, "race"))
        assert await sent(outbox, 1) == ["raceNone 0"]
        await nothing_comes(outbox)


async def test_kinds_take_turns() -> None:
    async with open_desk() as (queue, _, outbox):
        queue.ask(queued(1, "race", 3))
        queue.ask(queued(2, "basins", 2))
        assert await sent(outbox, 7) == [
            "race1 0",
            "basins2 0",
            "race1 1",
            "basins2 1",
            ("ok", 2),
            "race1 2",
            ("ok", 1),
        ]


async def test_the_newest_of_a_kind_takes_the_place_of_an_older_one_at_once() -> None:
    async with open_desk() as (queue, bench, outbox):
        bench.go.clear()
        queue.ask(queued(1, "race", 9))
        await asyncio.sleep(0)
        assert [each.id for each in bench.asked] == [1]  # it is under way
        queue.ask(queued(2, "race"))
        queue.ask(queued(3, "race"))
        bench.go.set()
        assert await sent(outbox, 4) == [
            ("superseded", 1),
            ("superseded", 2),
            "race3 0",
            ("ok", 3),
        ]
        assert [each.id for each in bench.asked] == [1, 3]


async def test_a_part_that_waits_to_be_sent_is_dropped_with_its_study() -> None:
    async with open_desk() as (queue, bench, outbox):
        queue.ask(queued(1, "race", 9))
        for _ in range(5):
            await asyncio.sleep(0)
        queue.ask(queued(2, "race"))
        assert await sent(outbox, 3) == [("superseded", 1), "race2 0", ("ok", 2)]
        assert len(bench.asked) == 2


async def test_a_part_of_another_kind_that_waits_is_not_dropped() -> None:
    async with open_desk() as (queue, _, outbox):
        queue.ask(queued(1, "race"))
        for _ in range(5):
            await asyncio.sleep(0)
        queue.ask(queued(2, "basins"))
        queue.ask(queued(3, "basins"))
        assert await sent(outbox, 5) == [
            ("superseded", 2),
            "race1 0",
            ("ok", 1),
            "basins3 0",
            ("ok", 3),
        ]


async def test_nothing_is_computed_ahead_of_a_slow_reader() -> None:
    async with open_desk() as (queue, bench, outbox):
        queue.ask(queued(1, "race", 10_000))
        for _ in range(100):
            await asyncio.sleep(0)
        assert len(bench.asked) == 1
        await sent(outbox, 3)
        for _ in range(100):
            await asyncio.sleep(0)
        assert len(bench.asked) == 4


async def test_frames_and_replies_go_before_parts() -> None:
    async with open_desk() as (queue, _, outbox):
        queue.ask(queued(1, "race", 2))
        for _ in range(5):
            await asyncio.sleep(0)
        outbox.show(1, b"frame")
        outbox.put('{"type": "ok", "id": 9}')
        assert await sent(outbox, 3) == [("ok", 9), "frame", "race1 0"]


async def test_what_is_not_ready_to_be_shown_counts_as_no_part() -> None:
    async with open_desk() as (queue, bench, outbox):
        bench.silent = True
        bench.go.clear()
        queue.ask(queued(1, "basins", 3))
        await asyncio.sleep(0)
        bench.go.set()
        assert await sent(outbox, 1) == [("ok", 1)]
        assert [each.part for each in bench.asked] == [0, 0, 0]


async def test_a_fault_of_our_own_is_told_and_logged_and_the_desk_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with open_desk() as (queue, bench, outbox):
        bench.error = ZeroDivisionError("made to fail")
        queue.ask(queued(1, "race"))
        assert await sent(outbox, 1) == [("internal", 1)]
        assert "made to fail" in caplog.text
        bench.error = None
        queue.ask(queued(2, "race"))
        assert await sent(outbox, 2) == ["race2 0", ("ok", 2)]


async def test_what_a_worker_finds_wrong_is_named_from_the_message_on() -> None:
    async with open_desk() as (queue, bench, outbox):
        problem = engine.Problem("axes.names.0", "b", "a name")
        bench.error = engine.SpecError(problem)
        queue.ask(queued(1, "landscape"))
        reply = json.loads(str(await outbox.next()))
        assert (reply["code"], reply["id"]) == ("bad_spec", 1)
        assert reply["problems"] == [
            {"path": "what.axes.names.0", "value": "b", "allowed": "a name"}
        ]


@pytest.mark.parametrize("error", [ZeroDivisionError(), engine.SpecError()])
async def test_faults_of_what_nobody_wants_any_more_are_not_told(error: Exception) -> None:
    async with open_desk() as (queue, bench, outbox):
        bench.error = error
        bench.go.clear()
        queue.ask(queued(1, "race"))
        await asyncio.sleep(0)
        queue.ask(queued(2, "race"))
        assert await sent(outbox, 1) == [("superseded", 1)]
        bench.go.set()
        assert (await sent(outbox, 1))[0][1] == 2


async def test_the_plane_of_the_last_landscape_is_remembered() -> None:
    async with open_desk() as (queue, bench, outbox):
        assert queue.plane is None
        bench.plane = PlacedPlane("plane", "layout")  # type: ignore[arg-type]
        queue.ask(queued(1, "landscape", 2))
        await sent(outbox, 3)
        assert queue.plane is bench.plane
        bench.plane = None
        queue.ask(queued(2, "race"))
        await sent(outbox, 2)
        assert queue.plane is not None


async def test_who_asks_without_end_and_reads_nothing_is_stopped() -> None:
    async with open_desk() as (queue, _, _outbox):
        for number in range(CAPACITY + 1):
            queue.ask(queued(number, "race"))
        with pytest.raises(OverflowedError):
            queue.ask(queued(CAPACITY + 1, "race"))
