"""Does what a session's controls say and runs its slices, one after the other."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from time import monotonic
from typing import NoReturn

import engine
from app import protocol, studies
from app.export import files
from app.operations.counts import COUNTS
from app.protocol import Control, Hello, ProtocolError, spec_error
from app.session import opening, slices
from app.session.session import Phase, Session
from app.session.status import history, signature, status
from app.session.warm import run_slice
from app.stream import inbox
from app.stream.inbox import Inbox
from app.stream.outbox import Outbox
from app.stream.study_queue import StudyQueue
from app.stream.workers import Workers
from app.studies import place
from app.workers.process import WorkerLostError
from engine.words import N_

log = logging.getLogger(__name__)

GAP, SHORT_GAP = 1 / 60, 1 / 250
"""Seconds between two batches of controls such as a slider sends, and between others: more is a flood."""
DIAGNOSIS = 0.002
"""Seconds that looking for trouble takes."""
SHORT = 0.004
"""A slice with a smaller budget takes a moment only."""
SEEKING = 0.003
"""Seconds for a slice on the way to a step sought, however many play: whoever comes back from a lost server
waits for it, and most of these slices make no picture."""
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
APOLOGY = N_(
    "The server could not compute this. Training is paused; change a setting or reset to go on."
)

NOT_CHANGED = N_("The server could not change the race now; try again.")


class Runner:
    """Owns a session while a connection is up: nothing else touches it.

    `inbox` takes controls, and the errors of those that were wrong, so that all answers are in order.
    `wake` is to be set when there is something in it or a frame was acknowledged.
    """

    def __init__(self, session: Session, workers: Workers, outbox: Outbox) -> None:
        self.inbox = Inbox()
        self._answer_at = 0.0
        self.wake = asyncio.Event()
        self._session = session
        self._workers = workers
        self._outbox = outbox
        self.studies = StudyQueue(workers, outbox)
        """Works on studies meanwhile."""
        self._told: tuple[object, ...] = ()
        self._curves = session.seen.curves

    async def run(self, hello: Hello) -> NoReturn:
        """Tell all there is to know, then work until cancelled.

        Raises OverflowedError, and WorkerLostError where the run cannot be begun; it can be tried again.
        """
        await self._greet(hello)
        while True:
            self.wake.clear()
            waiting = len(self.inbox)
            while waiting > 0:
                # what comes too fast waits, and is done with what comes meanwhile
                await asyncio.sleep(max(self._answer_at - monotonic(), 0))
                batch = self.inbox.take()
                waiting -= len(batch)
                await self._answer_all(batch)
                together = isinstance(batch[0], inbox.TOGETHER)
                self._answer_at = monotonic() + (GAP if together else SHORT_GAP)
                await asyncio.sleep(0)  # lets the answers go out before there are too many
            work = self._session.next(monotonic()) if self._outbox.credit else None
            if isinstance(work, slices.Slice):
                await self._slice(work)
            else:
                await self._sleep(work)

    async def _greet(self, hello: Hello) -> None:
        """Begin the run if it is new, and show everything from the start."""
        await self._begun()
        self._session.show(hello.view)
        self._curves = self._session.seen.curves
        self._tell()
        self._outbox.put(self._session.run.scene)
        if len(self._session.run.history.rows):
            self._outbox.put(history(self._session))
        self._confirm(hello.id)

    async def _sleep(self, until: float | None) -> None:
        """Wait for something to do, at most until a time."""
        delay = None if until is None else max(until - monotonic(), 0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay):
                await self.wake.wait()

    async def _answer_all(self, batch: list[Control | ProtocolError]) -> None:
        """Do what controls say that came together."""
        controls = [each for each in batch if not isinstance(each, ProtocolError)]
        if len(controls) > 1 and await self._done_together(controls):
            return
        for control in batch:
            await self._answer(control)

    async def _done_together(self, batch: list[Control]) -> bool:
        """Do controls of the kinds TOGETHER, and tell once what came of it before all are answered.

        False, and nothing is done, where their changes one by one come to something else.
        """
        sets = [control for control in batch if isinstance(control, protocol.Set)]
        if sets:
            await self._jump()
        try:
            wrong = self._session.set_together(sets)
            if wrong is None:
                return False
            scene = await self._begun()
        except Exception as failure:  # noqa: BLE001 - it is logged there
            for control in batch:
                self._apologize(control.id, control.type, failure)
            return True
        found, replies = iter(wrong), list[str]()
        for control in batch:
            error = next(found) if isinstance(control, protocol.Set) else self._wrong(control)
            replies += self._reply(control, error)
        if not isinstance(batch[0], protocol.Seek):
            self._tell()
        for message in scene:
            self._outbox.put(message)
        for reply in replies:
            self._outbox.put(reply)
        return True

    def _wrong(self, control: Control) -> engine.SpecError | None:
        """Do what a control says; what is wrong with it, if something is."""
        try:
            self._session.apply(control, monotonic())
        except engine.SpecError as error:
            return error
        return None

    async def _answer(self, control: Control | ProtocolError) -> None:
        """Do what a control says; answer with `ok` or `error`."""
        if isinstance(control, ProtocolError):
            self._outbox.refuse(control)
            return
        if isinstance(control, HERE):
            await self._jump()
        if isinstance(control, protocol.Study):
            self._study(control)
            return
        if isinstance(control, protocol.ChangeRace):
            await self._change_race(control)
            return
        try:
            await self._do(control)
            scene = await self._begun()
        except engine.SpecError as error:
            self._outbox.refuse(spec_error(error, control.id))
        except ProtocolError as error:
            self._outbox.refuse(error)
        except Exception as error:  # noqa: BLE001 - it is logged there
            self._apologize(control.id, control.type, error)
        else:
            # what a seek changed is told with its first picture: most are over before a word of them
            if not isinstance(control, protocol.Seek):
                self._tell()
            for message in scene:
                self._outbox.put(message)
            self._confirm(control.id)

    async def _do(self, control: Control) -> None:
        """Do what a control says. Raises SpecError and ProtocolError."""
        if isinstance(control, protocol.Export):
            await self._export(control)
        elif isinstance(control, protocol.Load):
            run = self._workers.prepare if opening.is_long(control) else self._workers.run
            self._session.load(await run(opening.plan, control))
        else:
            self._session.apply(self._meant(control), monotonic())

    def _study(self, study: protocol.Study) -> None:
        """Hand a study over to the queue, which answers when it is done."""
        try:
            language = self._outbox.language
            queued = studies.queued(study, self._session, self.studies.plane, language)
        except engine.SpecError as error:
            self._outbox.refuse(spec_error(error, study.id, studies.WITHIN))
        else:
            self.studies.ask(queued)

    async def _change_race(self, asked: protocol.ChangeRace) -> None:
        """Say what changes make of a race. It is no part of the run."""
        try:
            race = await self._workers.run(studies.changed_race, asked)
        except engine.SpecError as wrong:
            self._outbox.refuse(spec_error(wrong, asked.id))
        except WorkerLostError:
            self._outbox.refuse(ProtocolError("internal", NOT_CHANGED, reply_to=asked.id))
        else:
            self._outbox.put(protocol.dump("ok", id=asked.id, race=race))

    def _meant(self, control: Control) -> Control:
        """A place on the landscape stands for weights. Raises ProtocolError."""
        if isinstance(control, protocol.Place):
            return place.setting(control, self.studies.plane, self._session.state.spec)
        return control

    async def _export(self, control: protocol.Export) -> None:
        """Send a file of the run as it is."""
        session = self._session
        member = session.shown
        rows, language = session.run.history.of_member(member), self._outbox.language
        job = files.Export(control.what, session.state, rows, member, language)
        try:
            made = await self._workers.run(files.make, job)
        except ValueError as error:
            raise ProtocolError("bad_message", str(error), reply_to=control.id) from error
        self._outbox.put(protocol.file(control.id, made.name, made.media, [made.content]))

    async def _jump(self) -> None:
        """Do the slices that lead to a step sought."""
        while self._session.jumping:
            work = self._session.next(monotonic())
            if isinstance(work, slices.Slice):
                await self._slice(work)
            elif work is not None:
                await asyncio.sleep(max(work - monotonic(), 0))

    async def _begun(self) -> tuple[bytes, ...]:
        """Begin the new run if there is one to begin, and give its scene.

        Frames of the old one that still wait are not sent any more.
        """
        starting = self._session.starting
        if not starting:
            return ()
        started = await self._workers.run(slices.start, starting)
        self._outbox.forget_frame()
        self._session.started(started, monotonic())
        return (self._session.run.scene,)

    async def _slice(self, job: slices.Slice) -> None:
        """Run a slice and show what came of it."""
        begun, before = monotonic(), self._session.state.step
        try:
            result = await self._work(job)
        except Exception as failure:  # noqa: BLE001 - it is logged there
            self._apologize(None, "slice", failure)
            return
        self._session.take(result, monotonic())
        COUNTS.slices.add(monotonic() - begun)
        COUNTS.steps += max(self._session.state.step - before, 0)
        for error in result.refused:
            self._outbox.refuse(spec_error(error))
        if result.frame:
            self._tell()
            self._outbox.show(job.frame, result.frame)

    async def _work(self, job: slices.Slice) -> slices.Sliced:
        """Run a slice with a budget that shrinks as more sessions want to train.

        Where it has shrunk so far that looking for trouble would take longer than training, nobody looks.
        """
        budget = max(self._workers.budget(), SEEKING if self._session.phase is Phase.SEEKING else 0)
        now = job.changed(
            budget=budget,
            history=job.history if budget > DIAGNOSIS else None,
            view=self._session.coarse(job.view) if self._is_light else job.view,
        )
        if job.slow:
            return await self._workers.long(run_slice, now)
        return await self._workers.run(run_slice, now, short=job.short and budget < SHORT)

    @property
    def _is_light(self) -> bool:
        """Whether pictures are coarser: while many play. Those of who does not play stay fine."""
        return self._workers.crowded and self._session.phase is Phase.PLAYING

    def _tell(self) -> None:
        """Send a status if something changed since the last one, and the curves if they are others."""
        light = self._is_light
        now = (*signature(self._session), light)
        if now != self._told:
            self._told = now
            self._outbox.put(status(self._session, light=light, language=self._outbox.language))
        if self._session.seen.curves != self._curves:
            self._curves = self._session.seen.curves
            self._outbox.put(history(self._session))

    def _reply(self, control: Control, error: engine.SpecError | None) -> list[str]:
        """The answer to a control, if it gets one."""
        if error:
            return [spec_error(error, control.id).reply(self._outbox.language)]
        return [] if control.id is None else [protocol.dump("ok", id=control.id)]

    def _confirm(self, reply_to: int | None) -> None:
        if reply_to is not None:
            self._outbox.put(protocol.dump("ok", id=reply_to))

    def _apologize(self, reply_to: int | None, what: str, error: Exception) -> None:
        """Stop, and say that an error of our own is why. What killed its workers has no trace to log."""
        if isinstance(error, WorkerLostError):
            log.error("a %s was given up: %s", what, error)
        else:
            log.error("a %s failed", what, exc_info=error)
        self._session.give_up()
        self._outbox.refuse(ProtocolError("internal", APOLOGY, reply_to=reply_to))
        self._tell()
