"""The executor: workers that share nothing, die with the server and are replaced."""

import asyncio
import platform
import signal
import sys
from collections.abc import AsyncIterator
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from app import protocol, worker
from app.settings import Settings
from app.studies.job import Errand, Piece
from app.workers import Workers
from tests.app import faults

ROOT = Path(__file__).parents[2]


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


async def test_a_job_whose_worker_dies_runs_again(workers: Workers, tmp_path: Path) -> None:
    assert await workers.run(faults.die_once, tmp_path / "flag") == "survived"


async def test_a_job_that_kills_every_worker_is_given_up(workers: Workers) -> None:
    with pytest.raises(BrokenExecutor):
        await workers.run(faults.die, None)
    assert await workers.run(worker.ping, 3) == 3


class Idle:
    """An executor that never does anything."""

    def submit(self, *_: object) -> Future[None]:
        return Future()


async def test_workers_that_hang_do_not_answer() -> None:
    hanging = Workers(Settings(workers=1, ready_timeout=0.01), lambda _: Idle())  # type: ignore[arg-type,return-value]
    assert not await hanging.answer()


@pytest.mark.parametrize(("busy", "least", "most"), [(0, 0.012, 0.012), (19, 0.001, 0.004)])
async def test_a_slice_is_shorter_the_more_sessions_train(
    busy: int, least: float, most: float
) -> None:
    many = Workers(Settings(workers=2), lambda _: Idle())  # type: ignore[arg-type,return-value]
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


PARENT = """
import asyncio
from app.settings import Settings
from app.workers import Workers

async def main():
    async with Workers(Settings(workers=2)):
        print("ready", flush=True)
        await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
async def test_workers_end_when_the_server_is_killed() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"ready\n"
    parent.kill()
    # the workers hold the pipe open as long as they live
    assert await asyncio.wait_for(parent.stdout.read(), 20) == b""
    await parent.wait()
