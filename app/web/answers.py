"""What is computed for HTTP requests: on a worker, one at a time, and once for all who ask for the same."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar

from fastapi import HTTPException, Request

from app.stream.workers import Workers
from app.web.assets import Asset
from app.workers.process import WorkerLostError
from engine.words import N_

log = logging.getLogger(__name__)

WAITING = 32
"""How many may be under way or wait for their turn."""
CAPACITY = 4 * 2**20
"""Bytes of answers that are kept."""
BUSY = N_(
    "The server has many other pictures and tables to make at the moment. Try again in a few seconds."
)
LOST = N_("The server could not make this picture or table. Try again in a few seconds.")
PATIENCE = 2
"""Seconds after which to try again."""

Job = TypeVar("Job", bound=Hashable)
Result = TypeVar("Result")


class Answers:
    """Computes answers of functions and jobs that can be pickled.

    After each there is a rest as long as it took: whoever asks, and however much, all of them together get at
    most half of one worker.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._kept: OrderedDict[Hashable, Asset] = OrderedDict()
        self._size = 0
        self._under_way: dict[Hashable, asyncio.Task[Any]] = {}
        self._turn = asyncio.Lock()
        self._rested = 0.0

    async def once(self, make: Callable[[Job], Result], job: Job) -> Result:
        """What `make(job)` returns or raises in a worker.

        Raises HTTPException 503 where too many wait, and where the job is lost with its workers.
        """
        key = (make, job)
        if key not in self._under_way:
            if len(self._under_way) >= WAITING:
                raise _later(BUSY)
            task = asyncio.create_task(self._make(make, job))
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._end(key, done))
        # a caller who leaves does not take it from the others
        try:
            found: Result = await asyncio.shield(self._under_way[key])
        except WorkerLostError as lost:
            log.error("an answer could not be made: %s", lost)
            raise _later(LOST) from None
        return found

    async def kept(self, make: Callable[[Job], Asset], job: Job) -> Asset:
        """The same for what stays as it is: the newest are kept, in CAPACITY bytes."""
        key = (make, job)
        if key not in self._kept:
            made = await self.once(make, job)
            if key not in self._kept:
                self._kept[key] = made
                self._size += made.size
            while self._size > CAPACITY:
                self._size -= self._kept.popitem(last=False)[1].size
            return made
        self._kept.move_to_end(key)
        return self._kept[key]

    async def _make(self, make: Callable[[Job], Result], job: Job) -> Result:
        async with self._turn:
            await asyncio.sleep(self._rested - monotonic())
            begun = monotonic()
            try:
                return await self._workers.run(make, job)
            finally:
                self._rested = 2 * monotonic() - begun

    def _end(self, key: Hashable, done: asyncio.Task[Any]) -> None:
        """Forget a task, whose error has been told to those who waited for it, if there still are any."""
        del self._under_way[key]
        if not done.cancelled():
            done.exception()


def _later(said: str) -> HTTPException:
    """503, and when to try again."""
    return HTTPException(503, said, {"Retry-After": str(PATIENCE)})


def answers_of(request: Request) -> Answers:
    """Those of the application."""
    found: Answers = request.app.state.answers
    return found
