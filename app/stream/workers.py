"""What the workers are used for: slices and pieces of studies, as long as everyone gets a turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from types import TracebackType
from typing import Protocol, Self, TypeVar

from app.session.slices import Slice, Sliced, run_slice
from app.settings import Settings
from app.studies import job
from app.workers.pool import Pool

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


class Executor(Protocol):
    """What runs jobs. It knows nothing of what they are."""

    async def __aenter__(self) -> object: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    async def run(self, function: Callable[[Job], Result], job: Job) -> Result:
        """What `function(job)` returns or raises. Raises WorkerLostError if it cannot be run."""

    async def answers(self, seconds: float) -> bool:
        """Whether all of it answers within so many seconds."""


class Workers:
    """Hands jobs to an executor and knows how much there is to do.

    Use it as an async context manager: it starts the executor and stops it.
    """

    def __init__(self, settings: Settings, pool: Executor | None = None) -> None:
        self._settings = settings
        self.pool = pool or Pool(settings.workers, settings.job_timeout, "app.stream.preload")
        self._preparing = asyncio.Semaphore(1)
        self._long = asyncio.Semaphore(max(settings.workers - 1, 1))
        self.busy = 0
        """How many jobs are under way or waiting."""

    async def __aenter__(self) -> Self:
        await self.pool.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.pool.__aexit__(kind, error, trace)

    async def run(self, function: Callable[[Job], Result], job: Job) -> Result:
        """What `function(job)` returns or raises. Raises WorkerLostError if it kills its workers."""
        self.busy += 1
        try:
            return await self.pool.run(function, job)
        finally:
            self.busy -= 1

    async def long(self, function: Callable[[Job], Result], job: Job) -> Result:
        """Run a job that may take longer than a slice: one worker at least is left to slices."""
        async with self._long:
            return await self.run(function, job)

    async def prepare(self, function: Callable[[Job], Result], job: Job) -> Result:
        """Run a long job that a message asks for: one by one, with as long a rest after each."""
        await self._preparing.acquire()
        rest = 0.0
        try:
            async with self._long:
                begun = monotonic()
                try:
                    return await self.run(function, job)
                finally:
                    rest = monotonic() - begun
        finally:
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
        """Whether all workers answer within the time-out."""
        return await self.pool.answers(self._settings.ready_timeout)
