"""When trouble is looked for."""

import engine
from app.session.diagnosis_schedule import PERIOD, DiagnosisSchedule
from engine.words import N_

FOUND = (engine.insight.Finding("linear", N_("A line"), N_("Only a line."), ()),)


def test_it_is_time_now_and_then_and_whenever_the_run_rests() -> None:
    checkup = DiagnosisSchedule()
    assert checkup.due(100, resting=False)
    assert not checkup.due(100 + 0.9 * PERIOD, resting=False)
    assert checkup.due(100 + PERIOD, resting=False)
    assert checkup.due(100 + PERIOD, resting=True)


def test_a_run_that_moved_unseen_is_overdue() -> None:
    checkup = DiagnosisSchedule()
    checkup.take(FOUND, moved=True)
    assert not checkup.overdue
    checkup.take(None, moved=True)
    assert checkup.overdue
    assert checkup.findings == FOUND  # what was found stands until somebody looks again
    checkup.take(None, moved=False)
    assert not checkup.overdue


def test_a_new_run_has_no_findings() -> None:
    checkup = DiagnosisSchedule()
    checkup.take(FOUND, moved=True)
    checkup.begin()
    assert checkup.findings == ()
    assert checkup.due(0, resting=False)
