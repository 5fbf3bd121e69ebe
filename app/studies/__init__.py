"""Studies: what is computed beside a run. One file a kind, each with a job that a worker can work on."""

from __future__ import annotations

import engine
from app.protocol import Study
from app.protocol import studies as asked
from app.session import Session
from app.studies.job import Errand, Job
from app.studies.landscape import Survey

WITHIN = "what."
"""What is wrong with a study is named from its message on."""


def errand(study: Study, session: Session) -> Errand:
    """What is to be done for a study of this session as it is now. Raises SpecError."""
    return Errand(study.id, study.what.kind, 0, _job(study, session))


def _job(study: Study, session: Session) -> Job:
    """The job of a study."""
    match study.what:
        case asked.LandscapeStudy() as what:
            return Survey.of(what, session.state, session.recorder.trail(session.state))
        case other:
            raise engine.SpecError(engine.Problem("kind", other.kind, "landscape"))
