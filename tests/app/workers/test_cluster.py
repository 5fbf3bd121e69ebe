"""Studies on a Dask cluster of real processes: the same answers, errors, and what happens when it is lost."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

import engine
from app.stream.workers import PRELOAD, Workers
from app.studies.job import work
from app.workers.cluster import Cluster, ClusterLostError
from tests.app import faults
from tests.app.client import PATIENCE, Client
from tests.app.conftest import Server, serving

ROOT = Path(__file__).parents[3]
STARTING = 60
LANDSCAPE = {"kind": "landscape", "size": 25}

# Dask takes seconds to load, in each of three processes
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]


@dataclass
class Processes:
    """A scheduler and a worker, as Dask's commands start them."""

    address: str
    scheduler: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]


def start(command: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{command}", *arguments, "--no-dashboard"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def running(folder: Path) -> Iterator[Processes]:
    told = folder / "scheduler.json"
    scheduler = start(
        "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)
    )
    worker = start("dask_worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny")
    try:
        yield Processes(address_in(told), scheduler, worker)
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()


def address_in(told: Path) -> str:
    """What the scheduler wrote down when it was up."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        if told.exists() and (text := told.read_text()):
            address: str = json.loads(text)["address"]
            return address.replace("tcp://", "dask://")
        time.sleep(0.05)
    raise TimeoutError("the scheduler does not start")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(STARTING):
        while not condition():  # noqa: ASYNC110 - it comes true in another process
            await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with running(tmp_path_factory.mktemp("dask")) as processes:
        yield processes


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cluster(processes: Processes) -> AsyncIterator[Cluster]:
    async with Cluster(processes.address, 30, PRELOAD) as cluster:
        await until(lambda: cluster.is_up)
        yield cluster


async def test_a_job_runs_in_another_process(cluster: Cluster, processes: Processes) -> None:
    _, (_, pid) = await cluster.run(faults.signed, 1)
    assert pid == processes.worker.pid


async def test_the_same_job_asked_for_again_is_computed_again(cluster: Cluster) -> None:
    assert await cluster.run(faults.signed, 1) != await cluster.run(faults.signed, 1)


async def test_an_error_is_raised_where_the_job_was_given(cluster: Cluster) -> None:
    with pytest.raises(ZeroDivisionError, match="made to fail"):
        await cluster.run(faults.fail, None)
    with pytest.raises(engine.SpecError, match="nothing"):
        await cluster.run(engine.RunSpec.from_dict, {"nothing": 1})
    assert cluster.is_up


async def test_who_gives_up_waiting_leaves_the_cluster_as_it_was(cluster: Cluster) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await cluster.run(faults.nap, 1.0)
    assert cluster.is_up
    assert await cluster.run(faults.nap, 0.0) == 0


async def test_without_a_cluster_a_job_is_told_so_at_once() -> None:
    async with Cluster("dask://127.0.0.1:1", patience=30) as cluster:
        assert not cluster.is_up
        with pytest.raises(ClusterLostError):
            await cluster.run(faults.nap, 0.0)


async def landscape(server: Server) -> list[Any]:
    """The last picture of a landscape, and how many parts there were."""
    async with Client.open(server.stream) as client, asyncio.timeout(PATIENCE):
        await client.ask("step", count=20)
        await client.until(lambda: client.frame["step"] == 20)
        await client.say("study", id=100, what=LANDSCAPE)
        parts = []
        while (message := await client.receive())["type"] not in {"ok", "error"} or message.get(
            "id"
        ) != 100:
            if message["type"] == "study":
                parts.append(message)
        assert message["type"] == "ok"
    return parts


def functions_run_by(workers: Workers) -> list[object]:
    """What this server's own workers run from now on."""
    ran: list[object] = []
    run = workers.pool.run

    async def watched(function: Callable[[Any], Any], job: object, **how: bool) -> object:
        ran.append(function)
        return await run(function, job, **how)

    workers.pool.run = watched  # type: ignore[method-assign, assignment]
    return ran


async def test_a_study_is_the_same_there_and_here(processes: Processes) -> None:
    with serving() as here, serving(studies=processes.address, job_timeout=30) as server:
        expected = await landscape(here)
        workers = server.app.state.workers
        await until(lambda: workers.cluster.is_up)
        ran = functions_run_by(workers)
        there = await landscape(server)
        assert work not in ran
        processes.scheduler.kill()  # nobody needs it after this
        after = await landscape(server)
        assert work in ran
    for found in (there, after):
        assert found[-1]["arrays"].keys() == expected[-1]["arrays"].keys()
        for name, array in found[-1]["arrays"].items():
            np.testing.assert_array_equal(array, expected[-1]["arrays"][name])
