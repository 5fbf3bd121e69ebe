"""How jobs share the workers, so that everyone gets a turn. What a job is, its owner knows."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Protocol, Self, TypeVar

from app.settings import Settings
from app.workers.cluster import Cluster, ClusterLostError
from app.workers.pool import Pool

PRELOAD = "app.stream.preload"
"""The module that whoever runs jobs loads first."""
OVERHEAD = 0.0006
"""Seconds a slice costs besides training: looking, packing, passing on."""
CYCLE = 1 / 45
"""Seconds in which every session that wants to train should get its slice."""
SHORTEST = 0.0005
"""However many want to train: less would be spent on looking alone."""
CROWDED, ROOMY = 5, 3
"""Where so many jobs for each worker are under way or wait pictures become coarser, and fine again."""
STUDY, ALONE, CLUSTER_STUDY = 0.015, 0.045, 0.15
"""Seconds that a piece of a study is worked on. Here play on the same worker waits as long: it is longer
only where nobody plays and another worker is free. A cluster takes ten milliseconds for the way alone."""
REST = 3.0
"""How often as long others have the workers as a piece of a study was too long."""
NEWEST = 0.02
"""The weight of the newest job in the mean of how many there are."""

Job = TypeVar("Job")
Result = TypeVar("Result")


class Executor(Protocol):
    """What runs jobs. It knows nothing of what they are."""

    async def __aenter__(self) -> object: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    async def run(
        self, function: Callable[[Job], Result], job: Job, *, short: bool = False
    ) -> Result:
        """What `function(job)` returns or raises. Raises WorkerLostError if it cannot be run.

        short: whether it takes a few milliseconds only.
        """

    async def answers(self, seconds: float) -> bool:
        """Whether all of it answers within so many seconds."""


class Workers:
    """Hands jobs to an executor and knows how much there is to do.

    Use it as an async context manager: it starts the executor and stops it.
    """

    def __init__(self, settings: Settings, pool: Executor | None = None) -> None:
        self._settings = settings
        self.pool = pool or Pool(settings.workers, settings.job_timeout, PRELOAD)
        self.cluster = (
            None
            if settings.studies == "here"
            else Cluster(settings.studies, settings.job_timeout, PRELOAD)
        )
        self._preparing = asyncio.Semaphore(1)
        self._long = asyncio.Semaphore(max(settings.workers - 1, 1))
        self.busy = 0
        """How many jobs are under way or waiting."""
        self.crowded = False
        """Whether so many want to work that less should be done for each."""
        self._usual = 0.0

    async def __aenter__(self) -> Self:
        await self.pool.__aenter__()
        if self.cluster:
            await self.cluster.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.cluster:
            await self.cluster.__aexit__(kind, error, trace)
        await self.pool.__aexit__(kind, error, trace)

    async def run(
        self, function: Callable[[Job], Result], job: Job, *, short: bool = False
    ) -> Result:
        """What `function(job)` returns or raises. Raises WorkerLostError if it kills its workers.

        short: whether it takes a few milliseconds only.
        """
        self.busy += 1
        self._notice()
        try:
            return await self.pool.run(function, job, short=short)
        finally:
            self.busy -= 1

    def _notice(self) -> None:
        """See how many there usually are: a moment in which many come together is no crowd."""
        self._usual += NEWEST * (self.busy - self._usual)
        most = (ROOMY if self.crowded else CROWDED) * self._settings.workers
        self.crowded = self._usual > most

    async def long(self, function: Callable[[Job], Result], job: Job) -> Result:
        """Run a job that may take longer than a slice: one worker at least is left to slices."""
        async with self._long:
            return await self.run(function, job)

    async def study(
        self, function: Callable[[Job], Result], job_within: Callable[[float], Job]
    ) -> Result:
        """Run a piece of a study, made for so many seconds: on the cluster if it is there, else here."""
        if self.cluster and self.cluster.is_up:
            with contextlib.suppress(ClusterLostError):  # which is told in the log
                return await self.cluster.run(function, job_within(CLUSTER_STUDY))
        alone = self.busy == 0 and self._settings.workers > 1
        return await self.run(function, job_within(self.budget(ALONE if alone else STUDY)))

    async def rest(self, seconds: float) -> None:
        """After a piece of a study that took so long: leave the workers to others, if there are any.

        What cannot be cut as short as it should be, such as a search of thousands of networks, has a quarter
        of a worker's time.
        """
        if self.busy and seconds > STUDY:
            await asyncio.sleep(REST * (seconds - STUDY))

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

    def budget(self, most: float | None = None) -> float:
        """Seconds to work in one slice, `most` or fewer, so that every session gets one in a cycle."""
        share = CYCLE * self._settings.workers / (self.busy + 1) - OVERHEAD
        return max(SHORTEST, min(self._settings.slice_budget if most is None else most, share))

    async def answer(self) -> bool:
        """Whether all workers answer within the time-out."""
        return await self.pool.answers(self._settings.ready_timeout)
