"""Studies: what is computed beside a run. One file a kind, each with a job that a worker can work on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import engine
from app.protocol import ChangeRace, Study
from app.protocol import studies as asked
from app.protocol.fields import JsonObject
from app.session.session import Phase, Session
from app.studies.basins import BasinsMap
from app.studies.curvature import CurvatureJob
from app.studies.duel import ReadDuel
from app.studies.gallery import ReadGallery
from app.studies.job import Job, PlacedPlane, QueuedStudy
from app.studies.landscape import FindPlane
from app.studies.race import RaceJob
from app.studies.race_file import RaceFileJob
from app.studies.rate_map import RatesMap
from app.studies.search import NoSearch, ReadSearch
from app.studies.search_file import SearchFileJob
from app.studies.surface import SurfaceMap
from app.studies.trace import TraceJob
from app.studies.trial import ReadTrial
from app.studies.truth import ReadTruth
from app.studies.worked_updates import WorkedUpdatesJob
from engine.words import ENGLISH, Language

WITHIN = "what."
"""What is wrong with a study is named from its message on."""


def queued(
    study: Study,
    session: Session,
    before: PlacedPlane | None = None,
    language: Language = ENGLISH,
) -> QueuedStudy:
    """What is to be done for a study of this session as it is now; `before` is its last landscape's plane.

    language: the one that its words are in. Raises SpecError.
    """
    job = _job(study, session, before)
    if isinstance(job, RaceFileJob):
        job = replace(job, language=language)
    return QueuedStudy(study.id, study.what.kind, 0, job, language=language)


def _job(study: Study, session: Session, before: PlacedPlane | None) -> Job:
    """The job of a study."""
    what = study.what
    if isinstance(what, asked.LandscapeStudy):
        # at rest the picture is what a link gives, whatever went before it
        like = before if session.phase is Phase.PLAYING else None
        return FindPlane.of(
            what, session.state, session.run.recorder.trajectory(session.state), like
        )
    if isinstance(what, asked.TraceStudy):
        return TraceJob.of(what, session.run.number, session.state)
    if isinstance(what, asked.SurfaceStudy):
        view = {"view": list(what.view)} if what.view else {}
        race = engine.race.RaceSpec.from_dict({"surface": what.surface, **view})
        return SurfaceMap(race, what.grid)
    if isinstance(what, asked.OfSearch):
        return _search_job(what)
    return _race_job(what, _race(what.race))


def _search_job(what: asked.OfSearch) -> Job:
    """The job of a study of a search."""
    match what:
        case asked.SearchStudy():
            return NoSearch() if what.search is None else ReadSearch(what.search)
        case asked.DuelStudy():
            return NoSearch() if what.duel is None else ReadDuel(what.duel)
        case asked.TruthStudy():
            return NoSearch() if what.truth is None else ReadTruth(what.truth)
        case asked.BandStudy() | asked.SealStudy() | asked.StartsStudy():
            most = what.steps if isinstance(what, asked.StartsStudy) else None
            return ReadTrial(what.kind, what.search, what.changes, most)
        case asked.GalleryStudy():
            return ReadGallery(what.search, what.trials)
        case asked.SearchFileStudy():
            return SearchFileJob(what.search, what.file)


def _race_job(what: asked.OfRace, race: engine.race.RaceSpec) -> Job:
    """The job of a study of a race."""
    match what:
        case asked.RaceStudy():
            return RaceJob.of(race)
        case asked.ArithmeticStudy():
            return WorkedUpdatesJob(race, what.racer, what.start)
        case asked.CurvatureStudy():
            return CurvatureJob(race, what.start)
        case asked.BasinsStudy():
            return BasinsMap(race, what.racer, what.grid)
        case asked.RatesStudy():
            return RatesMap(race, what.racer, what.grid)
        case asked.RaceFileStudy():
            return RaceFileJob(race, what.file)


def changed_race(asked: ChangeRace) -> dict[str, Any]:
    """What changes make of a race, whole. Raises SpecError."""
    return engine.race.RaceSpec.from_dict(asked.race).replace(asked.changes).to_dict()


def _race(values: JsonObject) -> engine.race.RaceSpec:
    """The race of a study. Raises SpecError."""
    try:
        return engine.race.RaceSpec.from_dict(values)
    except engine.SpecError as error:
        raise error.within("race") from error
