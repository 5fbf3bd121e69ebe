"""Does what a session's controls say and runs its slices, one after the other."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from time import monotonic
from typing import NoReturn

import engine
from app import protocol, slices, studies
from app.export import files
from app.outbox import Outbox
from app.protocol import Control, Hello, ProtocolError, spec_error
from app.session import Session
from app.status import history, signature, status
from app.studies import place
from app.studies.desk import Desk
from app.workers import Workers

log = logging.getLogger(__name__)

WAITING = 64
"""How many controls may wait while a slice is under way; then reading pauses."""
HERE = (
    protocol.Play,
    protocol.Step,
    protocol.Set,
    protocol.DropEdits,
    protocol.Export,
    protocol.Study,
    protocol.Place,
)
"""Controls that speak of the step that is shown: they wait until the step sought is."""
APOLOGY = (
    "The server could not compute this. Training is paused; change a setting or reset to go on."
)


class Runner:
    """Owns a session while a connection is up: nothing else touches it.

    `inbox` takes controls, and the errors of those that were wrong, so that all answers are in order.
    `wake` is to be set when there is something in it or a frame was acknowledged.
    """

    def __init__(self, session: Session, workers: Workers, outbox: Outbox) -> None:
        self.inbox: asyncio.Queue[Control | ProtocolError] = asyncio.Queue(WAITING)
        self.wake = asyncio.Event()
        self._session = session
        self._workers = workers
        self._outbox = outbox
        self.desk = Desk(workers, outbox)
        """Works on studies meanwhile."""
        self._told: tuple[object, ...] = ()
        self._curves = session.curves

    async def run(self, hello: Hello) -> NoReturn:
        """Tell all there is to know, then work until cancelled. Raises OverflowedError."""
        await self._greet(hello)
        while True:
            self.wake.clear()
            while not self.inbox.empty():
                await self._answer(self.inbox.get_nowait())
                await asyncio.sleep(0)  # lets the answers go out before there are too many
            work = self._session.next(monotonic()) if self._outbox.credit else None
            if isinstance(work, slices.Slice):
                await self._slice(work)
            else:
                await self._sleep(work)

    async def _greet(self, hello: Hello) -> None:
        """Begin the run if it is new, and show everything from the start."""
        if self._session.starting:
            await self._begin(self._session.starting)
        self._session.show(hello.view)
        self._curves = self._session.curves
        self._tell()
        self._outbox.put(self._session.scene)
        if len(self._session.history.rows):
            self._outbox.put(history(self._session))
        self._confirm(hello.id)

    async def _sleep(self, until: float | None) -> None:
        """Wait for something to do, at most until a time."""
        delay = None if until is None else max(until - monotonic(), 0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay):
                await self.wake.wait()

    async def _answer(self, control: Control | ProtocolError) -> None:
        """Do what a control says; answer with `ok` or `error`."""
        if isinstance(control, ProtocolError):
            self._outbox.put(control.reply())
            return
        if isinstance(control, HERE):
            await self._jump()
        if isinstance(control, protocol.Study):
            self._study(control)
            return
        try:
            if isinstance(control, protocol.Export):
                await self._export(control)
            else:
                self._session.apply(self._meant(control), monotonic())
            starting = self._session.starting
            if starting:
                await self._begin(starting)
        except engine.SpecError as error:
            self._outbox.put(spec_error(error, control.id).reply())
        except ProtocolError as error:
            self._outbox.put(error.reply())
        except Exception:
            log.exception("a %s failed", control.type)
            self._apologize(control.id)
        else:
            # what a seek changed is told with its first picture: most are over before a word of them
            if not isinstance(control, protocol.Seek):
                self._tell()
            if starting:
                self._outbox.put(self._session.scene)
            self._confirm(control.id)

    def _study(self, study: protocol.Study) -> None:
        """Hand a study over to the desk, which answers when it is done."""
        try:
            errand = studies.errand(study, self._session, self.desk.site)
        except engine.SpecError as error:
            self._outbox.put(spec_error(error, study.id, studies.WITHIN).reply())
        else:
            self.desk.ask(errand)

    def _meant(self, control: Control) -> Control:
        """A place on the landscape stands for weights. Raises ProtocolError."""
        if isinstance(control, protocol.Place):
            return place.setting(control, self.desk.site, self._session.state.spec)
        return control

    async def _export(self, control: protocol.Export) -> None:
        """Send a file of the run as it is."""
        session = self._session
        member = session.shown
        job = files.Export(control.what, session.state, session.history.of_member(member), member)
        try:
            made = await self._workers.run(files.make, job)
        except ValueError as error:
            raise ProtocolError("bad_message", f"{error}.", reply_to=control.id) from error
        self._outbox.put(protocol.file(control.id, made.name, made.media, made.content))

    async def _jump(self) -> None:
        """Do the slices that lead to a step sought."""
        while self._session.jumping:
            work = self._session.next(monotonic())
            if isinstance(work, slices.Slice):
                await self._slice(work)
            elif work is not None:
                await asyncio.sleep(max(work - monotonic(), 0))

    async def _begin(self, starting: slices.Start) -> None:
        """Begin a new run; frames of the old one that still wait are not sent any more."""
        started = await self._workers.run(slices.start, starting)
        self._outbox.forget_frame()
        self._session.started(started, monotonic())

    async def _slice(self, job: slices.Slice) -> None:
        """Run a slice and show what came of it."""
        try:
            result = await self._workers.slice(job)
        except Exception:
            log.exception("a slice failed")
            self._apologize(None)
            return
        self._session.take(result, monotonic())
        for error in result.refused:
            self._outbox.put(spec_error(error).reply())
        if result.frame:
            self._tell()
            self._outbox.show(job.frame, result.frame)

    def _tell(self) -> None:
        """Send a status if something changed since the last one, and the curves if they are others."""
        now = signature(self._session)
        if now != self._told:
            self._told = now
            self._outbox.put(status(self._session))
        if self._session.curves != self._curves:
            self._curves = self._session.curves
            self._outbox.put(history(self._session))

    def _confirm(self, reply_to: int | None) -> None:
        if reply_to is not None:
            self._outbox.put(protocol.dump("ok", id=reply_to))

    def _apologize(self, reply_to: int | None) -> None:
        """Stop, and say that an error of our own is why."""
        self._session.give_up()
        self._outbox.put(ProtocolError("internal", APOLOGY, reply_to=reply_to).reply())
        self._tell()
