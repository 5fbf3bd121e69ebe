"""The pool: worker processes that run any job, each replaced when it dies or hangs. It knows no job."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from types import TracebackType
from typing import Any, NoReturn, Self, TypeVar

from app.operations.counts import COUNTS
from app.workers import worker
from app.workers.packing import Part, pack
from app.workers.process import (
    STARTING,
    Job,
    NotBegunError,
    Ticket,
    WorkerLostError,
    WorkerProcess,
)

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""How many workers may die under a job, and for no other reason that is seen, before it is given up."""
HANG = 2
"""For how many deaths it counts if a worker does not come back from a job."""
MOST_DEATHS = 30
"""How many may die under it, whatever the reason."""
MEMORY = 1.0
"""Seconds after which a death has nothing to do with another one any more."""
GRACE = 0.2
"""Seconds in which others may die for the same reason."""
PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Seconds before a job runs again, twice as long each time: five attempts outlast a few seconds of deaths."""
WATCH = 1.0
"""Seconds between two looks at a worker that has nothing to do."""

Given = TypeVar("Given")
Result = TypeVar("Result")


class Pool:
    """`size` processes; jobs get them in the order in which they come.

    A job whose worker dies runs again on another: it must be a pure function. A worker that is not back from
    a job after `patience` seconds is killed. `load` names the module that each of them loads first. Use it as
    an async context manager: it starts and stops them.
    """

    def __init__(self, size: int, patience: float, load: str = "") -> None:
        self._size = size
        self._load = load
        self._patience = patience
        self._workers: set[WorkerProcess] = set()  # those that are up
        self._waiting: deque[Job] = deque()
        self._deaths: deque[tuple[float, Ticket | None]] = deque(
            maxlen=64
        )  # when, and under whose job
        self._complete = asyncio.Event()
        self._keepers: list[asyncio.Task[NoReturn]] = []

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that are up."""
        return [each.pid for each in self._workers if each.pid]

    async def __aenter__(self) -> Self:
        self._keepers = [asyncio.create_task(self._keep()) for _ in range(self._size)]
        try:
            async with asyncio.timeout(STARTING):
                await self._complete.wait()
        except BaseException as error:
            await self.__aexit__()
            if isinstance(error, TimeoutError):
                raise WorkerLostError("the workers do not start") from None
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)

    async def run(
        self, function: Callable[[Given], Result], job: Given, *, short: bool = False
    ) -> Result:
        """What `function(job)` returns or raises. Raises WorkerLostError if it kills many workers.

        short: whether it takes a moment only, so that another such job may wait behind it in the worker.
        Deaths at a time when workers die under other jobs, or under none, are not blamed on it.
        """
        parts, ticket = pack((function, job)), Ticket()
        blame, pause = 0, PAUSE
        while ticket.deaths < MOST_DEATHS:
            asked = self._ask(parts, short=short, ticket=ticket)
            try:
                answer: Result = _result(await asked)
            except NotBegunError:
                continue
            except WorkerLostError:
                died = monotonic()
            else:
                return answer
            await asyncio.sleep(GRACE)
            if not self._others_died(died, ticket):
                blame += HANG if ticket.hung else 1
            if blame >= ATTEMPTS:
                break
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        raise WorkerLostError(f"{function.__qualname__} killed one worker after the other")

    async def answers(self, seconds: float) -> bool:
        """Whether all workers are there and answer within so many seconds."""
        if len(self._workers) < self._size:
            return False
        try:
            async with asyncio.timeout(seconds):
                await asyncio.gather(*map(self._hear_from, list(self._workers)))
        except (TimeoutError, WorkerLostError):
            return False
        return True

    def _others_died(self, died: float, ticket: Ticket) -> bool:
        """Whether a worker died that had another job or none, shortly before this time or since.

        That of a job under which one died before says nothing: it may be that job's own doing.
        """
        recent = [whose for when, whose in self._deaths if when > died - MEMORY]
        return any(whose is None or (whose is not ticket and whose.deaths < 2) for whose in recent)

    # Who works on what

    def _ask(
        self, parts: Sequence[Part], *, short: bool, ticket: Ticket | None = None
    ) -> asyncio.Future[Any]:
        """Have a job done as soon as there is a worker for it; who comes first is served first."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(Job(parts, answer, self._patience, short, ticket))
        self._serve()
        return answer

    def _free(self, *, short: bool) -> WorkerProcess | None:
        """The worker with the fewest jobs of those that take such a job."""
        free = [each for each in self._workers if each.takes(short=short)]
        return min(free, key=lambda each: each.jobs, default=None)

    def _serve(self) -> None:
        """Hand jobs to workers, as long as there is one for the job that has waited longest."""
        while self._waiting:
            job = self._waiting[0]
            if not job.answer.done():
                free = self._free(short=job.short)
                if free is None:
                    return
                free.send(job)
                COUNTS.queue.add(monotonic() - job.asked)
            self._waiting.popleft()

    def _done(self, answering: WorkerProcess) -> None:
        """A worker has done a job, or died."""
        if answering.lost.is_set():
            if answering.ticket:
                answering.ticket.deaths += 1
                answering.ticket.hung = answering.hung
            self._deaths.append((monotonic(), answering.ticket))
        else:
            self._serve()

    # Keeping them up

    async def _keep(self) -> NoReturn:
        """Have one worker up, whatever happens to it."""
        pause = 0.0
        while True:
            await asyncio.sleep(pause)
            mine = WorkerProcess(self._done, self._load)
            try:
                await self._live(mine)
            except WorkerLostError:
                log.warning("a worker does not start; trying again")
                pause = min(max(2 * pause, PAUSE), LONGEST_PAUSE)
            else:
                log.warning("a worker %s; starting another", "hung" if mine.hung else "died")
                pause = 0.0
            finally:
                self._workers.discard(mine)
                await mine.end()

    async def _live(self, mine: WorkerProcess) -> None:
        """A worker's life. Raises WorkerLostError if it does not even start."""
        await mine.start()
        COUNTS.worker_starts += 1
        self._workers.add(mine)
        self._serve()
        if len(self._workers) == self._size:
            self._complete.set()
        while not mine.lost.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WATCH):
                    await mine.lost.wait()
            if mine.takes(short=False):
                with contextlib.suppress(WorkerLostError):
                    await self._hear_from(mine)

    async def _hear_from(self, one: WorkerProcess) -> None:
        """Wait for a sign of life: the answer to its jobs, or to a question. Raises WorkerLostError."""
        if one.takes(short=False):
            answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            one.send(Job(pack((worker.ping, 0)), answer, self._patience, short=True))
            await answer
        await one.answered()


def _result(answer: tuple[Any, Exception | None, str]) -> Any:
    """What a worker answers: the result of a job, or what it has raised."""
    result, error, trace = answer
    if error is not None:
        error.add_note(f"In the worker:\n{trace}")
        raise error
    return result
