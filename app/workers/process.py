"""The server's end of one worker process: starts it, hands it one job at a time, ends it."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from app.workers import worker

STARTING = 60.0
"""Seconds that a worker may take to start: a second of work, on a machine that may be very busy."""

SPAWN = multiprocessing.get_context("spawn")

Job = TypeVar("Job")
Result = TypeVar("Result")


class WorkerLostError(Exception):
    """A worker process has died, or was killed because it did not answer in time."""


class Ticket:
    """Stands for one job. `deaths` says how many workers died under it."""

    deaths = 0


class WorkerProcess:
    """One process, and the pipe to it.

    A thread of its own writes to the pipe and reads from it, so that neither a large job nor a process that
    does not read holds the event loop up. `done` is called whenever the process has answered, and when it
    is lost.
    """

    def __init__(self, done: Callable[[WorkerProcess], None], load: str = "") -> None:
        self._done = done
        self._load = load
        self._process: SpawnProcess | None = None
        self._channel: Connection | None = None
        self._lane = ThreadPoolExecutor(1, "worker")
        self._answer: asyncio.Future[Any] | None = None
        self.lost = asyncio.Event()
        """Set when it will do nothing any more."""
        self.hung = False
        """Whether it was killed because it did not answer in time."""
        self.ticket: Ticket | None = None
        """Whose job it has, or had last."""

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        """Whether the process is there, even if it hangs."""
        return self._process is not None and self._process.is_alive()

    async def start(self) -> None:
        """Start, and wait until it can work. Raises WorkerLostError."""
        await self._in_time(self._start, STARTING)

    async def call(
        self,
        function: Callable[[Job], Result],
        job: Job,
        seconds: float,
        ticket: Ticket | None = None,
    ) -> Result:
        """What `function(job)` returns or raises. Raises WorkerLostError if it takes longer than `seconds`.

        Cancelled, it leaves the worker at the job.
        """
        self.ticket = ticket
        result, error, trace = await self._in_time(lambda: self._exchange(function, job), seconds)
        if error is not None:
            error.add_note(f"In the worker:\n{trace}")
            raise error
        answer: Result = result
        return answer

    async def answered(self) -> None:
        """Wait until it has answered all it was given. Raises WorkerLostError."""
        if self._answer:
            await asyncio.wait([self._answer])
        if self.lost.is_set():
            raise WorkerLostError

    def kill(self) -> None:
        """End the process at once, even a stopped one."""
        if self._process:
            self._process.kill()

    async def end(self) -> None:
        """Kill the process and let go of all that belongs to it."""
        self.kill()
        await asyncio.to_thread(self._let_go)

    def _let_go(self) -> None:
        """The thread ends with the process, whose end of the pipe is closed then."""
        self._lane.shutdown(cancel_futures=True)
        self.kill()  # it may have been started meanwhile
        if self._channel:
            self._channel.close()
        if self._process:
            self._process.join()

    async def _in_time(self, action: Callable[[], Any], seconds: float) -> Any:
        """Do something in the thread. A process that does not answer in time is killed, which ends it."""
        loop = asyncio.get_running_loop()
        self._answer = loop.run_in_executor(self._lane, action)
        overdue = loop.call_later(seconds, self._give_up)
        self._answer.add_done_callback(lambda answer: self._finish(answer, overdue))
        return await asyncio.shield(self._answer)

    def _give_up(self) -> None:
        self.hung = True
        self.kill()

    def _finish(self, answer: asyncio.Future[Any], overdue: asyncio.TimerHandle) -> None:
        """An answer is here, or will never be; whoever asked may have left."""
        overdue.cancel()
        if answer.cancelled() or isinstance(answer.exception(), WorkerLostError):
            self.lost.set()
        self._done(self)

    def _start(self) -> None:
        try:
            self._channel, theirs = multiprocessing.Pipe()
            with theirs:  # else its end would never be seen
                process = SPAWN.Process(target=worker.serve, args=(theirs, self._load), daemon=True)
                process.start()
            self._process = process
            self._channel.recv_bytes()
        except (EOFError, OSError) as error:
            raise WorkerLostError from error

    def _exchange(self, function: Callable[[Job], Result], job: Job) -> Any:
        assert self._channel is not None
        packed = pickle.dumps((function, job), pickle.HIGHEST_PROTOCOL)
        try:
            self._channel.send_bytes(packed)
            packed = self._channel.recv_bytes()
        except (EOFError, OSError) as error:
            raise WorkerLostError from error
        return pickle.loads(packed)  # noqa: S301 - from our own child
