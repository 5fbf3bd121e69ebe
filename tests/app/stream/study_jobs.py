"""Works on jobs as workers do, one piece after the other."""

from __future__ import annotations

import json
import pickle
from typing import Any

from app import protocol
from app.session.session import Session
from app.studies import queued
from app.studies.job import Chunk, Job
from tests.app.session.test_session import Driver

IMPATIENT, PATIENT = 0.0, 60.0
"""Budgets in seconds: as little as can be at a time, and everything in one go where that is allowed."""


def job_of(what: dict[str, Any], session: Session | None = None) -> Job:
    """The job of a study, of a session's run where it needs one."""
    message = protocol.parse(json.dumps({"type": "study", "what": what}))
    assert isinstance(message, protocol.Study)
    return queued(message, session or Driver().session).job


def pieces(job: Job | None, budget: float = PATIENT) -> list[Chunk]:
    """Everything that comes of a job. Between two pieces it goes to another process, as bytes."""
    found, later = [], None
    while job:
        piece = pickle.loads(pickle.dumps(job)).work(budget)  # noqa: S301 - our own bytes
        found.append(piece)
        later = piece.later or later
        job = piece.rest
        if job is None:
            job, later = later, None
    return found


def shown(job: Job, budget: float = PATIENT) -> list[Chunk]:
    """Those of its pieces that are sent."""
    return [piece for piece in pieces(job, budget) if piece.header is not None]
