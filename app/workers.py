"""The executor: worker processes that run slices, replaced when they die."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from dataclasses import replace
from time import monotonic
from types import TracebackType
from typing import Self, TypeVar

from app import worker
from app.settings import Settings
from app.slices import Slice, Sliced, run_slice
from app.studies import job

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often a job is tried when its worker dies under it."""
OVERHEAD = 0.001
"""Seconds a slice costs besides training: looking, packing, passing on."""
CYCLE = 1 / 30
"""Seconds in which every session that wants to train should get its slice."""
SHORTEST = 0.0005
STUDY_BUDGET = 0.015
"""The longest a piece of a study is worked on: play on the same worker waits no longer than that."""

Job = TypeVar("Job")
Result = TypeVar("Result")

DIAGNOSIS = 0.002
"""Seconds that looking for trouble takes."""


def process_pool(workers: int) -> Executor:
    """A pool of fresh processes, each with one BLAS thread, that end with this one."""
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=worker.prepare,
    )


class Workers:
    """Runs jobs on an executor. A job whose worker dies runs again: it is a pure function.

    Use it as an async context manager: it starts the workers and stops them.
    """

    def __init__(self, settings: Settings, pool: Callable[[int], Executor] = process_pool) -> None:
        self._settings = settings
        self._new_pool = pool
        self._pool = pool(settings.workers)
        self._preparing = asyncio.Semaphore(1)
        self._long = asyncio.Semaphore(max(settings.workers - 1, 1))
        self.busy = 0
        """How many jobs are under way or waiting."""

    async def __aenter__(self) -> Self:
        await self._ping()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self._pool.shutdown, wait=True, cancel_futures=True)

    async def run(self, function: Callable[[Job], Result], job: Job) -> Result:
        """What `function(job)` returns or raises. Raises BrokenExecutor if it kills every worker."""
        self.busy += 1
        try:
            for _ in range(ATTEMPTS - 1):
                pool = self._pool
                try:
                    return await asyncio.wrap_future(pool.submit(function, job))
                except BrokenExecutor:
                    self._replace(pool)
            return await asyncio.wrap_future(self._pool.submit(function, job))
        finally:
            self.busy -= 1

    async def long(self, function: Callable[[Job], Result], job: Job) -> Result:
        """Run a job that may take longer than a slice: one worker at least is left to slices."""
        async with self._long:
            return await self.run(function, job)

    async def prepare(self, function: Callable[[Job], Result], job: Job) -> Result:
        """Run a long job that a message asks for: one by one, with as long a rest after each."""
        await self._preparing.acquire()
        begun = monotonic()
        try:
            return await self.long(function, job)
        finally:
            rest = monotonic() - begun
            asyncio.get_running_loop().call_later(rest, self._preparing.release)

    async def slice(self, job: Slice) -> Sliced:
        """Run a slice with a budget that shrinks as more sessions want to train.

        Where it has shrunk so far that looking for trouble would take longer than training, nobody looks.
        """
        budget = self.budget()
        course = job.course if budget > DIAGNOSIS else None
        now = replace(job, budget=budget, course=course)
        return await (self.long if job.slow else self.run)(run_slice, now)

    async def study(self, errand: job.Errand) -> job.Made:
        """Work on a study for about as long as a slice takes."""
        return await self.run(job.work, replace(errand, budget=self.budget(STUDY_BUDGET)))

    def budget(self, most: float | None = None) -> float:
        """Seconds to work in one slice, `most` or fewer, so that every session gets one in a cycle."""
        share = CYCLE * self._settings.workers / (self.busy + 1) - OVERHEAD
        return max(SHORTEST, min(self._settings.slice_budget if most is None else most, share))

    async def answer(self) -> bool:
        """Whether the workers answer within the time-out."""
        try:
            async with asyncio.timeout(self._settings.ready_timeout):
                await self._ping()
        except (TimeoutError, BrokenExecutor):
            return False
        return True

    async def _ping(self) -> None:
        """Give every worker something to do; this also starts them."""
        async with asyncio.TaskGroup() as group:
            for number in range(self._settings.workers):
                group.create_task(self.run(worker.ping, number))

    def _replace(self, broken: Executor) -> None:
        """Put a new pool in place of a broken one, once."""
        if self._pool is broken:
            log.warning("a worker died; starting new ones")
            broken.shutdown(wait=False, cancel_futures=True)
            self._pool = self._new_pool(self._settings.workers)
