"""The server's end of one worker process: starts it, hands it jobs, ends it."""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import SpawnProcess
from time import monotonic
from typing import Any, cast

from app.workers import worker
from app.workers.packing import Messages, Part, unpack

STARTING = 60.0
"""Seconds that a worker may take to start: a second of work, on a machine that may be very busy."""
DEPTH = 2
"""So many short jobs a worker has at once: the next one is there when one is done."""
QUICK = 2**20
"""Bytes of an answer that are unpacked at once; what is more is unpacked beside the event loop."""

SPAWN = multiprocessing.get_context("spawn")


class WorkerLostError(Exception):
    """A worker process has died, or was killed because it did not answer in time."""


class NotBegunError(WorkerLostError):
    """A worker was lost before it began this job."""


class Ticket:
    """Stands for one job. deaths: how many workers died under it; hung: whether the last of them hung."""

    deaths = 0
    hung = False


@dataclass(frozen=True, eq=False)
class Job:
    """A packed job: who waits for its answer, which is what the worker packs, and whose it is.

    seconds: how long it may take. asked: when it came.
    short: whether another such job may wait behind it in the worker.
    over: set when the worker has answered or is lost, also where nobody waits for the answer any more.
    """

    parts: Sequence[Part]
    answer: asyncio.Future[Any]
    seconds: float
    short: bool
    ticket: Ticket | None = None
    asked: float = field(default_factory=monotonic)
    over: asyncio.Event = field(default_factory=asyncio.Event)


class WorkerProcess(asyncio.Protocol):
    """One process, and the pipe to it, which the event loop reads.

    It does its jobs in their order; it takes a second one only where both are short. `done` is called
    whenever the process has answered, and when it is lost.
    """

    def __init__(self, done: Callable[[WorkerProcess], None], load: str = "") -> None:
        self._done = done
        self._load = load
        self._process: SpawnProcess | None = None
        self._transport: asyncio.Transport | None = None
        self._launching: asyncio.Future[socket.socket] | None = None
        self._messages = Messages()
        self._pending: deque[Job] = deque()
        self._overdue: asyncio.TimerHandle | None = None
        self.lost = asyncio.Event()
        """Set when it will do nothing any more."""
        self.hung = False
        """Whether it was killed because it did not answer in time."""
        self.ticket: Ticket | None = None
        """Whose job it had when it was lost."""

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid if self._process else None

    @property
    def jobs(self) -> int:
        """How many jobs it has."""
        return len(self._pending)

    def takes(self, *, short: bool) -> bool:
        """Whether it can have one more job now."""
        if self.lost.is_set():
            return False
        return not self._pending or (
            short and len(self._pending) < DEPTH and all(job.short for job in self._pending)
        )

    async def start(self) -> None:
        """Start, and wait until it can work. Raises WorkerLostError."""
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[Any] = loop.create_future()
        self._launching = loop.run_in_executor(None, self._launch)
        try:
            ours = await asyncio.shield(self._launching)
            self._add(Job((), ready, STARTING, short=False))
            await loop.connect_accepted_socket(lambda: self, ours)
        except OSError as error:
            self.lost.set()
            raise WorkerLostError from error
        await ready

    def send(self, job: Job) -> None:
        """Hand it a job that it takes.

        The answer fails with WorkerLostError if the job takes longer than it may, and with NotBegunError
        where the worker is lost over another one. Cancelled, it leaves the worker at the job.
        """
        assert self._transport is not None
        self._add(job)
        for part in job.parts:
            self._transport.write(part)

    async def answered(self) -> None:
        """Wait until it has answered all it was given. Raises WorkerLostError."""
        if self._pending:
            await self._pending[-1].over.wait()
        if self.lost.is_set():
            raise WorkerLostError

    def kill(self) -> None:
        """End the process at once, even a stopped one."""
        if self._process:
            self._process.kill()

    async def end(self) -> None:
        """Kill the process and let go of all that belongs to it."""
        if self._launching:
            await asyncio.wait([self._launching])  # it may be on its way
        self.kill()
        if self._transport:
            self._transport.abort()
        elif self._launching and not self._launching.exception():
            self._launching.result().close()
        if self._process:
            await asyncio.to_thread(self._process.join)

    def _launch(self) -> socket.socket:
        """Start the process; our end of the pipe."""
        ours, theirs = socket.socketpair()
        with theirs:  # else its end would never be seen
            process = SPAWN.Process(target=worker.serve, args=(theirs, self._load), daemon=True)
            try:
                process.start()
            except BaseException:
                ours.close()
                raise
        self._process = process
        ours.setblocking(False)
        return ours

    # What it has to do

    def _add(self, job: Job) -> None:
        self._pending.append(job)
        if len(self._pending) == 1:
            self._watch()

    def _watch(self) -> None:
        """Give the job that comes first its time; it begins now."""
        if self._overdue:
            self._overdue.cancel()
            self._overdue = None
        if self._pending:
            seconds = self._pending[0].seconds
            self._overdue = asyncio.get_running_loop().call_later(seconds, self._give_up)

    def _give_up(self) -> None:
        self.hung = True
        self.kill()

    # What the event loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The pipe is open."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Hand the answers that are complete to those who wait for them."""
        for message in self._messages.feed(data):
            job = self._pending.popleft()
            job.over.set()
            self._watch()
            if sum(part.nbytes for part in message) < QUICK:
                _finish(job.answer, message)
            else:
                asyncio.get_running_loop().run_in_executor(None, unpack, message).add_done_callback(
                    lambda made, job=job: _pass_on(made, job.answer)  # type: ignore[misc]
                )
            self._done(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio gives it
        """The process has ended, or nothing can be said to it any more: all it had to do is lost."""
        self.lost.set()
        pending, self._pending = self._pending, deque()
        self._watch()
        if pending:
            self.ticket = pending[0].ticket
        for place, job in enumerate(pending):
            job.over.set()
            if not job.answer.done():
                job.answer.set_exception(NotBegunError() if place else WorkerLostError())
        self._done(self)


def _finish(answer: asyncio.Future[Any], message: Sequence[memoryview]) -> None:
    """Unpack an answer, unless nobody waits for it any more."""
    if answer.done():
        return
    try:
        answer.set_result(unpack(message))
    except Exception as error:  # noqa: BLE001 - it is raised where the job was given
        answer.set_exception(error)


def _pass_on(made: asyncio.Future[Any], answer: asyncio.Future[Any]) -> None:
    if answer.done():
        return
    error = made.exception()
    if error:
        answer.set_exception(error)
    else:
        answer.set_result(made.result())
