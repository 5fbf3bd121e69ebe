"""How training gets on: whether the loss runs away, or stays where it is."""

from __future__ import annotations

import numpy as np

from engine.core.numerals import numeral
from engine.insight.diagnosis import remedies
from engine.insight.diagnosis.case import Case
from engine.insight.diagnosis.finding import Finding
from engine.insight.layer_statistics import FLAT as NO_SLOPE
from engine.training.data import arrays, raw_inputs, sample, train_points
from engine.training.metrics import answers

GROWN = 5
"""The loss has run away at so many times its start, or its value at chance; noise makes it twice as large."""
FLAT = 0.03
"""The loss stays where it is if it falls by less than this share in the last half of the run."""
PATIENCE_STEPS, PATIENCE_EPOCHS = 300, 30
"""How long that half must be at least; shorter rests are common before a boundary bends."""
ROWS = 6
"""So many rows of a history are the fewest that show a course."""
MOSTLY = 0.5
"""A layer is saturated if more than this share of its neurons is."""


def diverged(case: Case) -> Finding | None:
    """The member failed, or its loss has grown far beyond its start."""
    for failure in case.state.failures:
        if failure.member == case.member:
            text = (
                f"Step {failure.step} gave a number that is {failure.cause}: each step went further than the "
                f"one before{too_large(case)}."
            )
            return Finding(
                "diverged", "Training blew up", text, remedies.runaway(case.spec), restart=True
            )
    loss = case.column("train_loss")
    if len(loss) < 2 or loss[-1] <= GROWN * max(loss[0], case.chance_loss):
        return None
    text = (
        f"The training loss has grown from {numeral(loss[0], 3)} to {numeral(loss[-1], 3)}: "
        f"each step overshoots{too_large(case)}."
    )
    return Finding(
        "diverged", "The loss runs away", text, remedies.runaway(case.spec), restart=True
    )


def plateau(case: Case) -> Finding | None:
    """The loss has stayed where it is, far from what can be reached, and nothing else says why."""
    window = resting(case)
    if window is None:
        return None
    since, loss = window
    rests = f"The training loss has stayed near {numeral(loss, 3)} since step {since:,}"
    if _sure_and_wrong(case):
        text = f"{rests}: where the network is wrong, its outputs are flat and give next to no gradient."
        return Finding(
            "saturated", "Saturated outputs", text, remedies.decision(case.spec), restart=True
        )
    text = f"{rests}: {case.score_words}."
    return Finding("plateau", "Training is stuck", text, remedies.progress(case.spec))


def resting(case: Case) -> tuple[int, float] | None:
    """Since which step the loss stays where it is, and where; None while it still falls."""
    step, epoch, loss = (case.column(name) for name in ("step", "epoch", "train_loss"))
    edits = case.state.edits
    begin = max(step[-1] / 2, edits[-1].step if edits else 0)
    window = np.flatnonzero(step >= begin)
    if len(window) < ROWS:
        return None
    steps, epochs = (x[-1] - x[window[0]] for x in (step, epoch))
    third = len(window) // 3
    first, last = loss[window[:third]], loss[window[-third:]]
    # the lowest values too, since those of a jumpy loss may fall while its middle stays
    falls = any(f(last) < f(first) * (1 - FLAT) for f in (np.median, np.min))
    if steps < PATIENCE_STEPS or epochs < PATIENCE_EPOCHS or falls:
        return None
    return int(step[window[0]]), float(np.median(last))


def _sure_and_wrong(case: Case) -> bool:
    """Whether the outputs are flat at most points that are told wrong."""
    outputs = case.passes[-1]
    if not (case.spec.classes and outputs.activation.saturates):
        return False
    labels = sample(case.spec).labels[: train_points(case.spec)]
    wrong = answers(outputs.a[0]) != labels
    slopes = np.abs(outputs.slope[0]).max(axis=0)
    return bool((slopes[wrong] < NO_SLOPE).mean() > MOSTLY)


def too_large(case: Case) -> str:
    """The end of a sentence that says why steps go too far, where the inputs are why."""
    return f", since the inputs lie between {span(case)}" if raw_inputs(case.spec) else ""


def span(case: Case) -> str:
    """The least and the largest input of a training point."""
    x = arrays(case.spec)[0][:, : train_points(case.spec)]
    return f"{numeral(x.min(), 3)} and {numeral(x.max(), 3)}"
