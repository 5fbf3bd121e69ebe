"""When trouble is looked for."""

import engine
from app.session.diagnosis_schedule import PERIOD, DiagnosisSchedule
from engine.words import N_

FOUND = (engine.insight.Finding("linear", N_("A line"), N_("Only a line."), ()),)


def test_it_is_time_now_and_then_and_whenever_the_run_rests() -> None:
    schedule = DiagnosisSchedule()
    assert schedule.due(100, resting=False)
    assert not schedule.due(100 + 0.9 * PERIOD, resting=False)
    assert schedule.due(100 + PERIOD, resting=False)
    assert schedule.due(100 + PERIOD, resting=True)


def test_a_run_that_moved_unseen_is_overdue() -> None:
    schedule = DiagnosisSchedule()
    schedule.take(FOUND, moved=True)
    assert not schedule.overdue
    schedule.take(None, moved=True)
    assert schedule.overdue
    assert schedule.findings == FOUND  # what was found stands until somebody looks again
    schedule.take(None, moved=False)
    assert not schedule.overdue


def test_a_new_run_has_no_findings() -> None:
    schedule = DiagnosisSchedule()
    schedule.take(FOUND, moved=True)
    schedule.begin()
    assert schedule.findings == ()
    assert schedule.due(0, resting=False)
