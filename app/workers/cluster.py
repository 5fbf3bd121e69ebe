"""A Dask cluster as a place for long jobs. It may come and go: what it does not answer is run elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

if TYPE_CHECKING:
    from distributed import Client

log = logging.getLogger(__name__)

CONNECTING = 3.0
"""Seconds that the scheduler may take to answer when it is looked for."""
PAUSE = 2.0
"""Seconds between two attempts to find it."""
WATCH = 1.0
"""Seconds between two looks at whether it and a worker are still there."""
SPARE = 2.0
"""Seconds that a job may take besides its own: on its way, and behind those of others."""

Job = TypeVar("Job")
Result = TypeVar("Result")


class ClusterLostError(Exception):
    """The cluster is not there, or did not come back from a job."""


class Cluster:
    """The cluster whose scheduler is at an address such as `dask://scheduler:8786`.

    Its workers need the code of this server; `load` names the module that they load first. A job must be a
    pure function: it may run twice. Use it as an async context manager: it looks for the scheduler again and
    again, and says in the log when it is found and lost. Nothing waits for that.
    """

    def __init__(self, address: str, patience: float, load: str = "") -> None:
        self._address = address
        self._load = load
        self._patience = patience
        self._client: Client | None = None
        self._keeper: asyncio.Task[NoReturn] | None = None

    @property
    def is_up(self) -> bool:
        """Whether the scheduler and at least one worker were there a moment ago."""
        return self._client is not None

    async def __aenter__(self) -> Self:
        self._keeper = asyncio.create_task(self._keep())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        if self._keeper:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper

    async def run(self, function: Callable[[Job], Result], job: Job) -> Result:
        """What `function(job)` returns or raises, there. Raises ClusterLostError if nothing comes back."""
        if self._client is None:
            raise ClusterLostError(self._address)
        try:
            async with asyncio.timeout(self._patience + SPARE):
                asked = await asyncio.to_thread(_ask, self._client, function, job)
                # Who gives up leaves it to run: to cancel it is to wait for the scheduler.
                (done,) = (await asyncio.wait([asyncio.wrap_future(asked)]))[0]
            result, error = done.result()
        except (Exception, asyncio.CancelledError) as lost:
            if _is_cancelled():
                raise
            self._client = None
            raise ClusterLostError(self._address) from lost
        if error:
            raise error
        answer: Result = result
        return answer

    async def _keep(self) -> NoReturn:
        """Have a client as long as there is a cluster."""
        said = False
        while True:
            client = await asyncio.to_thread(_connected, self._address)
            if client:
                log.info("studies go to the cluster at %s", self._address)
                await self._watch(client)
            if client or not said:
                log.warning("there is no cluster at %s: studies are computed here", self._address)
            said = True
            await asyncio.sleep(PAUSE)

    async def _watch(self, client: Client) -> None:
        """Let the client be used until the cluster is lost."""
        try:
            while await asyncio.to_thread(self._answers, client):
                self._client = client
                await asyncio.sleep(WATCH)
        finally:
            self._client = None
            await asyncio.to_thread(client.close, timeout=CONNECTING)

    def _answers(self, client: Client) -> bool:
        """Whether the scheduler answers and has a worker, and the workers have what jobs need."""
        try:
            if not client.nthreads():
                return False
            if self._load and self._client is None:
                client.run(warm, self._load)
        except (OSError, RuntimeError):  # as all that Dask raises where a line is closed
            return False
        return client.status == "running"


def _is_cancelled() -> bool:
    """Whether it is this task that shall end, and not what it waits for."""
    task = asyncio.current_task()
    return bool(task and task.cancelling())


def warm(load: str) -> None:
    """Load what jobs will need, so that the first one does not wait for it."""
    importlib.import_module(load).warm()


def outcome(function: Callable[[Job], Result], job: Job) -> tuple[Result | None, Exception | None]:
    """What a job returns or raises: the cluster would write down an error and the job that it was about."""
    try:
        return function(job), None
    except Exception as error:  # noqa: BLE001 - it is raised again where the job was given
        return None, error


def _ask(client: Client, function: Callable[[Job], Result], job: Job) -> Future[Any]:
    """Send a job. The same job asked for again is computed again: it is not pure in Dask's sense."""
    asked: Future[Any] = client.get_executor(pure=False).submit(outcome, function, job)
    return asked


def _connected(address: str) -> Client | None:
    """A client of the scheduler, if that answers. Loads Dask, which takes seconds, only now."""
    import dask  # noqa: PLC0415 - whoever has no cluster need not have it

    # What it has to say of jobs may quote what a participant typed; what matters is said here.
    dask.config.set(logging={"distributed": "critical", "distributed.client": "critical"})
    from distributed import Client  # noqa: PLC0415 - it reads this when it is loaded

    try:
        return Client(
            address.replace("dask://", "tcp://", 1), timeout=CONNECTING, set_as_default=False
        )
    except OSError:
        return None
