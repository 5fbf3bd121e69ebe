"""What is wrong with the points that only test: too few points to split, or points learned by heart."""

from __future__ import annotations

import numpy as np

from engine.core.numerals import numeral
from engine.insight.diagnosis import remedies
from engine.insight.diagnosis.case import GOOD, Case
from engine.insight.diagnosis.finding import Finding
from engine.insight.diagnosis.progress import ROWS
from engine.training.data import train_points
from engine.words import N_

FEW = 10
"""Of fewer training points each one that is held back for the test is missed."""
RISEN = 0.15
"""Test loss has risen by this share of the loss at chance since it was lowest."""
APART = 1.5
"""Over-fitting shows in a test loss that is so many times the training loss."""


def few_points(case: Case) -> Finding | None:
    """So few points that those held back for the test are missed in training."""
    spec, train = case.spec, train_points(case.spec)
    train_loss, test_loss = case.now("train_loss"), case.now("test_loss")
    if (
        train >= FEW
        or not test_loss > APART * train_loss
        or test_loss < (1 - GOOD) * case.chance_loss
    ):
        return None
    text = N_(
        "The network learns from only {train} of the {points} points: the rest are kept for the test, where "
        "the loss is {loss}.",
        train=train,
        points=spec.points,
        loss=numeral(test_loss, 3),
    )
    return Finding("few_points", N_("Too few points to split"), text, remedies.coverage(spec))


def over_fitting(case: Case) -> Finding | None:
    """Test loss rises while training loss falls."""
    step, train, test = (case.column(name) for name in ("step", "train_loss", "test_loss"))
    if len(step) < ROWS or not case.spec.has_test_points:
        return None
    now = slice(-max(len(step) // 20, 3), None)
    # medians, since one batch more or less moves both
    train_now, test_now = float(np.median(train[now])), float(np.median(test[now]))
    best = int(np.argmin(test))
    risen = test_now - test[best] > RISEN * case.chance_loss
    if not (risen and test_now > APART * train_now and train_now < train[best]):
        return None
    lowest, test_said, train_said = (numeral(each, 3) for each in (test[best], test_now, train_now))
    text = N_(
        "The test loss was {lowest} at step {step} and is {test} now, while the training loss has fallen to "
        "{train}: the network learns the points by heart.",
        lowest=lowest,
        step=f"{step[best]:,.0f}",
        test=test_said,
        train=train_said,
    )
    return Finding("over_fitting", N_("Over-fitting"), text, remedies.generalization(case.spec))
