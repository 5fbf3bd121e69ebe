"""What the workers are used for, and what a worker is like."""

import platform
import signal
import sys
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
import pytest_asyncio

from app.settings import Settings
from app.stream.workers import REST, STUDY, Workers
from app.workers import worker
from tests.app import faults
from tests.app.client import Client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    async with Workers(Settings(workers=1)) as running:
        yield running


Serve = Callable[..., Any]

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_workers_answer(workers: Workers) -> None:
    assert await workers.answer()


@pytest.mark.skipif(sys.platform != "linux", reason="counts the threads in /proc")
async def test_a_worker_has_one_thread_for_arithmetic(workers: Workers) -> None:
    count, limits = await workers.run(faults.threads_of, None)
    assert count == 2  # the main one, and the one that watches the parent
    assert {limits[name] for name in worker.THREAD_LIMITS} == {"1"}


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries decide themselves")
async def test_a_worker_keeps_the_memory_of_its_maps(workers: Workers) -> None:
    pages = 4 * 2**20 // 4096
    assert await workers.run(faults.page_faults, 20) < pages


async def test_ctrl_c_is_not_for_workers(workers: Workers) -> None:
    handler = await workers.run(signal.getsignal, signal.SIGINT)
    assert handler is signal.SIG_IGN


async def test_an_error_is_raised_where_the_job_was_given(workers: Workers) -> None:
    with pytest.raises(ZeroDivisionError, match="made to fail"):
        await workers.run(faults.fail, None)
    assert await workers.run(worker.ping, 3) == 3
    assert workers.busy == 0


@pytest.mark.parametrize(("busy", "least", "most"), [(0, 0.012, 0.012), (19, 0.001, 0.004)])
async def test_a_slice_is_shorter_the_more_sessions_train(
    busy: int, least: float, most: float
) -> None:
    many = Workers(Settings(workers=2))
    many.busy = busy
    assert least <= many.budget() <= most


@pytest.mark.parametrize(("busy", "least", "most"), [(0, 0.015, 0.015), (10, 0.001, 0.004)])
async def test_a_piece_of_a_study_is_shorter_the_more_there_is_to_do(
    busy: int, least: float, most: float
) -> None:
    many = Workers(Settings(workers=1))
    many.busy = busy
    assert least <= many.budget(STUDY) <= most


@pytest.mark.parametrize(
    ("workers", "busy", "seconds"),
    [(2, 0, (0.04, 0.045)), (2, 1, (0.015, 0.015)), (1, 0, (0.015, 0.015))],
)
async def test_a_piece_is_longer_where_nobody_plays_and_another_worker_is_free(
    workers: int, busy: int, seconds: tuple[float, float]
) -> None:
    class Here:
        """Does every job at once."""

        async def run(self, function: Callable[[Any], Any], job: object, *, short: bool) -> Any:
            assert not short
            return function(job)

    many = Workers(Settings(workers=workers), cast(Any, Here()))
    many.busy = busy
    given = await many.study(lambda job: job, lambda piece: piece)
    assert seconds[0] <= given <= seconds[1]


async def test_after_a_long_piece_others_have_three_times_as_long_if_there_are_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = Workers(Settings(workers=2))
    rests: list[float] = []

    async def sleep(seconds: float) -> None:
        rests.append(seconds)

    monkeypatch.setattr("app.stream.workers.asyncio", SimpleNamespace(sleep=sleep))
    await many.rest(0.1)
    many.busy = 1
    await many.rest(STUDY)
    await many.rest(0.1)
    assert rests == [REST * (0.1 - STUDY)]


async def test_a_room_is_crowded_while_many_want_to_work_and_not_for_a_moment() -> None:
    many = Workers(Settings(workers=2))

    def jobs(busy: int, count: int) -> bool:
        many.busy = busy
        for _ in range(count):
            many._notice()
        return many.crowded

    assert not jobs(100, 3)
    assert jobs(40, 200)
    assert jobs(8, 200), "it stays so until there is clearly room again"
    assert not jobs(3, 200)
    assert not jobs(8, 200)


async def test_pictures_are_coarser_in_a_crowded_room_only_while_a_run_plays(serve: Serve) -> None:
    with serve() as server:
        shared = server.app.state.workers
        async with Client.open(server.stream) as client:
            assert not client.status["light"]
            shared._notice = lambda: None
            shared.crowded = True
            await client.ask("play")
            await client.until(lambda: client.frame["arrays"]["boundary"].shape == (1, 32, 32))
            assert client.status["light"]
            assert client.frame["arrays"]["neurons"].shape[1:] == (16, 16)
            await client.ask("pause")
            await client.until(lambda: client.frame["arrays"]["boundary"].shape == (1, 48, 48))
            assert not client.status["light"]
            await client.ask("play")
            await client.until(lambda: client.status["light"])
            shared.crowded = False
            await client.until(lambda: client.frame["arrays"]["boundary"].shape == (1, 48, 48))
            await client.until(lambda: not client.status["light"])
