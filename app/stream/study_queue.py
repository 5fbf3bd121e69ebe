"""The queue of studies: takes a session's studies on, and has them worked on beside its run, in pieces."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import NoReturn

import engine
from app import protocol
from app.protocol import ProtocolError, spec_error
from app.stream.outbox import Outbox
from app.stream.workers import Workers
from app.studies import WITHIN
from app.studies.job import Job, PlacedPlane, QueuedStudy, work
from engine.words import N_

log = logging.getLogger(__name__)

APOLOGY = N_("The server could not compute this. Ask for something else, or for less of it.")
NEWER = N_("A newer study of the same kind was asked for.")


class StudyQueue:
    """One study of a kind at a time, the newest; one piece of one study is under way at a time.

    The kinds take turns. The next piece is begun only when the last one is on its way to the browser, so
    that a slow one costs no memory.
    """

    def __init__(self, workers: Workers, outbox: Outbox) -> None:
        self._workers = workers
        self._outbox = outbox
        self._waiting: dict[str, QueuedStudy] = {}  # by kind; the first has its turn next
        self._later: dict[str, Job] = {}  # what of them is to be done when that is
        self._sending: QueuedStudy | None = None
        self._asked = asyncio.Event()
        self.plane: PlacedPlane | None = None
        """The plane of the last landscape."""

    def ask(self, study: QueuedStudy) -> None:
        """Take a study on, in place of an older one of its kind. Raises OverflowedError."""
        older = self._waiting.pop(study.kind, None)
        self._later.pop(study.kind, None)
        if older:
            if older is self._sending:
                self._outbox.forget_part()
            self._outbox.refuse(ProtocolError("superseded", NEWER, reply_to=older.id))
        self._waiting[study.kind] = study
        self._asked.set()

    async def run(self) -> NoReturn:
        """Work until cancelled. Raises OverflowedError."""
        while True:
            self._asked.clear()
            while self._waiting:
                await self._work(next(iter(self._waiting.values())))
            await self._asked.wait()

    async def _work(self, study: QueuedStudy) -> None:
        """Have one piece of a study made and sent."""
        try:
            is_last = study.kind not in self._later
            made = await self._workers.study(
                work, lambda budget: replace(study, is_last=is_last, budget=budget)
            )
        except engine.SpecError as error:
            self._refuse(study, spec_error(error, study.id, WITHIN))
            return
        except Exception:
            log.exception("a study of the kind %s failed", study.kind)
            self._refuse(study, ProtocolError("internal", APOLOGY, reply_to=study.id))
            return
        if made.plane and self._is_wanted(study):
            self.plane = made.plane
        if made.frame and self._is_wanted(study):
            self._sending = study
            await self._outbox.pass_on(made.frame)
            self._sending = None
        if not self._is_wanted(study):
            return
        del self._waiting[study.kind]
        if made.later:
            self._later[study.kind] = made.later
        rest = made.rest or self._later.pop(study.kind, None)
        if rest is None:
            if study.id is not None:
                self._outbox.put(protocol.dump("ok", id=study.id))
        else:
            sent = study.part + bool(made.frame)
            self._waiting[study.kind] = replace(study, part=sent, job=rest)
            await self._workers.rest(made.seconds)

    def _is_wanted(self, study: QueuedStudy) -> bool:
        """Whether no newer one has taken its place."""
        return self._waiting.get(study.kind) is study

    def _refuse(self, study: QueuedStudy, error: ProtocolError) -> None:
        """Say why a study comes to nothing, unless a newer one has taken its place."""
        if self._is_wanted(study):
            del self._waiting[study.kind]
            self._later.pop(study.kind, None)
            self._outbox.refuse(error)
