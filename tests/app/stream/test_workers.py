"""What the workers are used for, and what a worker is like."""

import platform
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from app import protocol
from app.settings import Settings
from app.stream.workers import Workers
from app.studies.job import Errand, Piece
from app.workers import worker
from tests.app import faults


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    async with Workers(Settings(workers=1)) as running:
        yield running


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


@dataclass(frozen=True)
class Telling:
    """A study that tells the budget it is given."""

    def work(self, budget: float) -> Piece:
        return Piece(None, {"budget": budget})


@pytest.mark.parametrize(("busy", "least", "most"), [(0, 0.015, 0.015), (10, 0.001, 0.004)])
async def test_a_piece_of_a_study_is_shorter_the_more_there_is_to_do(
    workers: Workers, busy: int, least: float, most: float
) -> None:
    workers.busy += busy
    made = await workers.study(Errand(1, "race", 0, Telling()))
    workers.busy -= busy
    assert least <= protocol.decode(made.frame)[0]["budget"] <= most
    assert workers.busy == 0
