"""The pool: workers that share nothing, die with the server, and are replaced when they die or hang."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from app.workers import pool as pools
from app.workers import worker
from app.workers.pool import Pool
from app.workers.process import Ticket, WorkerLostError
from tests.app import faults

ROOT = Path(__file__).parents[3]
SIZE = 2
PATIENCE = 1.0
LOAD = "app.stream.preload"
"""Seconds after which a worker of these tests counts as hung."""

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform == "win32", reason="kills and stops with signals"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pool() -> AsyncIterator[Pool]:
    async with Pool(SIZE, PATIENCE, LOAD) as running:
        yield running


async def whole(pool: Pool, lost: set[int] | None = None) -> None:
    """Wait until all workers are there and answer, and the lost ones are not among them."""
    async with asyncio.timeout(60):
        while not await pool.answers(5) or (lost or set()) & set(pool.pids):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


def signal_all(pool: Pool, number: signal.Signals) -> None:
    """Send every worker a signal."""
    for pid in pool.pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def processes() -> set[int]:
    """The children of this process that are alive or stopped."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found |= {int(pid) for pid in (task / "children").read_text().split()}
    return found


async def test_results_errors_and_odd_results_come_back(pool: Pool) -> None:
    assert await pool.run(worker.ping, 3) == 3
    assert len(await pool.run(faults.large, 3 * 2**20)) == 3 * 2**20
    assert await pool.run(len, bytes(3 * 2**20)) == 3 * 2**20
    with pytest.raises(ZeroDivisionError, match="made to fail") as caught:
        await pool.run(faults.fail, None)
    assert "faults.py" in caught.value.__notes__[0]
    with pytest.raises(RuntimeError, match="UnpackableError: made to fail"):
        await pool.run(faults.fail_unpackably, None)
    with pytest.raises(Exception, match="pickle"):
        await pool.run(faults.unpackable, None)
    with pytest.raises(Exception, match="pickle"):
        await pool.run(worker.ping, lambda: 3)  # type: ignore[arg-type]
    assert await pool.answers(5)


async def test_jobs_get_their_turn_in_order(pool: Pool) -> None:
    done = await asyncio.gather(*(pool.run(faults.signed, number) for number in range(200)))
    assert sorted(number for number, _ in done) == list(range(200))
    for pid in pool.pids:
        taken = [at for number, (at, by) in done if by == pid]
        assert taken == sorted(taken), "each worker took them in the order in which they came"


async def test_a_job_that_nobody_waits_for_any_more_leaves_its_worker_whole(pool: Pool) -> None:
    pids = set(pool.pids)
    jobs = [asyncio.create_task(pool.run(faults.nap, 0.2)) for _ in range(2 * SIZE)]
    await asyncio.sleep(0)
    for each in jobs:
        each.cancel()
    await asyncio.wait(jobs)
    assert await asyncio.gather(*(pool.run(worker.ping, n) for n in range(20))) == list(range(20))
    assert set(pool.pids) == pids


async def test_a_job_whose_worker_dies_runs_again(pool: Pool, tmp_path: Path) -> None:
    assert await pool.run(faults.die_once, tmp_path / "flag") == "survived"
    await whole(pool)


@pytest.mark.parametrize("fault", [faults.die, faults.die_by_signal, faults.exit_quietly])
async def test_a_job_that_kills_its_workers_is_given_up_and_no_other(
    pool: Pool, fault: Callable[[object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "ATTEMPTS", 3)
    poison = asyncio.create_task(pool.run(fault, None))
    served = 0
    while not poison.done():
        assert await pool.run(worker.ping, served) == served
        served += 1
        await asyncio.sleep(0.01)
    with pytest.raises(WorkerLostError, match=fault.__name__):
        poison.result()
    await whole(pool)


async def test_several_jobs_that_kill_are_given_up_too(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "ATTEMPTS", 2)
    found = await asyncio.gather(
        *(pool.run(faults.die, None) for _ in range(3)), return_exceptions=True
    )
    assert [type(each) for each in found] == [WorkerLostError] * 3
    await whole(pool)


async def test_a_job_that_stops_its_workers_is_given_up(pool: Pool) -> None:
    with pytest.raises(WorkerLostError):
        await pool.run(faults.stop, None)
    await whole(pool)


async def test_a_job_that_takes_too_long_is_given_up(
    pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(WorkerLostError):
        await pool.run(faults.nap, 600)
    assert "a worker hung; starting another" in caplog.text
    await whole(pool)


@pytest.mark.parametrize("killed", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
@pytest.mark.parametrize("count", [1, SIZE])
async def test_idle_workers_that_are_lost_are_replaced(
    pool: Pool, killed: signal.Signals, count: int
) -> None:
    await whole(pool)
    lost = sorted(pool.pids)[:count]
    for pid in lost:
        os.kill(pid, killed)
    assert not await pool.answers(0.3)
    await whole(pool, set(lost))
    assert not set(lost) & processes()


@pytest.mark.parametrize("killed", [signal.SIGKILL, signal.SIGSTOP])
async def test_jobs_outlast_the_loss_of_all_workers(pool: Pool, killed: signal.Signals) -> None:
    await whole(pool)
    jobs = [asyncio.create_task(pool.run(faults.nap, 0.3)) for _ in range(3 * SIZE)]
    await asyncio.sleep(0.1)
    signal_all(pool, killed)
    assert await asyncio.gather(*jobs) == [0.3] * 3 * SIZE
    await whole(pool)


@pytest.mark.parametrize("killed", [signal.SIGKILL, signal.SIGSTOP])
async def test_jobs_outlast_deaths_again_and_again(pool: Pool, killed: signal.Signals) -> None:
    await whole(pool)
    over = threading.Event()

    async def work(number: int) -> int:
        done = 0
        while not over.is_set() or not done:
            assert await pool.run(worker.ping, number) == number
            done += 1
        return done

    players = [asyncio.create_task(work(number)) for number in range(6)]
    for _ in range(20):
        signal_all(pool, killed)
        await asyncio.sleep(0.1)
    over.set()
    assert all(await asyncio.gather(*players))
    await whole(pool)


async def test_a_busy_worker_is_there(pool: Pool) -> None:
    await whole(pool)
    jobs = [asyncio.create_task(pool.run(faults.nap, 0.3)) for _ in range(SIZE)]
    await asyncio.sleep(0)
    assert await pool.answers(5)
    assert all(job.done() for job in jobs)


async def test_workers_that_do_not_answer_in_time_do_not_answer(pool: Pool) -> None:
    await whole(pool)
    jobs = [asyncio.create_task(pool.run(faults.nap, 0.5)) for _ in range(SIZE)]
    await asyncio.sleep(0)
    assert not await pool.answers(0.01)
    await asyncio.gather(*jobs)


@pytest.mark.parametrize("busy", [True, False])
async def test_who_hangs_does_not_answer_however_often_it_is_asked(pool: Pool, busy: bool) -> None:
    """Nor when those have left who asked before, or who wanted its job."""
    await whole(pool)
    jobs = [asyncio.create_task(pool.run(faults.nap, 5)) for _ in range(SIZE * busy)]
    await asyncio.sleep(0)
    signal_all(pool, signal.SIGSTOP)
    for job in jobs:
        job.cancel()
    assert [await pool.answers(0.1) for _ in range(4)] == [False] * 4
    await whole(pool)


class Deaths(Pool):
    """A pool that nobody has started."""

    def __init__(self, *deaths: tuple[float, Ticket | None]) -> None:
        super().__init__(1, 1)
        self._deaths.extend(deaths)


def ticket(deaths: int) -> Ticket:
    """One of a job under which so many workers died."""
    made = Ticket()
    made.deaths = deaths
    return made


async def test_whose_deaths_speak_for_a_job() -> None:
    mine = ticket(3)
    assert not Deaths((10.0, mine))._others_died(10.0, mine)
    assert Deaths((10.0, mine), (10.1, None))._others_died(10.0, mine)
    assert Deaths((9.5, ticket(1)), (10.0, mine))._others_died(10.0, mine)
    assert not Deaths((9.5, ticket(2)), (10.0, mine))._others_died(10.0, mine)
    assert not Deaths((10 - pools.MEMORY, None), (10.0, mine))._others_died(10.0, mine)


async def test_five_deaths_outlast_three_seconds() -> None:
    pauses = [min(pools.PAUSE * 2**n, pools.LONGEST_PAUSE) for n in range(pools.ATTEMPTS - 1)]
    assert sum(pauses) + pools.GRACE * (pools.ATTEMPTS - 1) >= 2


async def test_the_end_does_not_wait_for_workers_that_hang() -> None:
    async with Pool(SIZE, 60, LOAD) as running:
        pids = set(running.pids)
        abandoned = asyncio.create_task(running.run(faults.nap, 60))
        await asyncio.sleep(0)
        signal_all(running, signal.SIGSTOP)
        abandoned.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await abandoned
    assert not pids & processes()


async def test_workers_that_never_start_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "serve", faults.die)
    monkeypatch.setattr(pools, "STARTING", 1)
    with pytest.raises(WorkerLostError, match="do not start"):
        async with Pool(1, 1):
            pass


PARENT = """
import asyncio
from app.settings import Settings
from app.stream.workers import Workers

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
