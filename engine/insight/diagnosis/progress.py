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
from engine.words import N_, Message, sentences

GROWN = 5
"""The loss has run away at so many times its start, or its value at chance; noise makes it twice as large."""
FLAT = 0.03
"""The loss stays where it is if it falls by less than this share in the last half of the run."""
PATIENCE_STEPS, PATIENCE_EPOCHS = 300, 30
"""How long that half must be at least; shorter rests are common before a boundary bends."""
ROWS = 6
"""So many rows of a history are the fewest that show a trend."""
MOSTLY = 0.5
"""A layer is saturated if more than this share of its neurons is."""


def diverged(case: Case) -> Finding | None:
    """The member failed, or its loss has grown far beyond its start."""
    for failure in case.state.failures:
        if failure.member == case.member:
            text = N_(
                "Step {step} gave a value that is {cause}: each step went further than the last.",
                step=failure.step,
                cause=failure.cause,
            )
            return _runaway(case, N_("Training blew up"), text)
    loss = case.column("train_loss")
    if len(loss) < 2 or loss[-1] <= GROWN * max(loss[0], case.chance_loss):
        return None
    text = N_(
        "The training loss has grown from {first} to {last}: each step overshoots.",
        first=numeral(loss[0], 3),
        last=numeral(loss[-1], 3),
    )
    return _runaway(case, N_("The loss runs away"), text)


def _runaway(case: Case, title: Message, text: Message) -> Finding:
    """Steps that go too far, and the inputs where they are why."""
    if raw_inputs(case.spec):
        least, most = span(case)
        why = N_(
            "The inputs, between {least} and {most}, make the steps too long.",
            least=least,
            most=most,
        )
        text = sentences(text, why)
    return Finding("diverged", title, text, remedies.runaway(case.spec), restart=True)


def plateau(case: Case) -> Finding | None:
    """The loss has stayed where it is, far from what can be reached, and nothing else says why."""
    window = resting(case)
    if window is None:
        return None
    since, loss = window
    rests = N_(
        "The training loss has stayed near {loss} since step {step}.",
        loss=numeral(loss, 3),
        step=f"{since:,}",
    )
    if _sure_and_wrong(case):
        why = N_("Where the network is wrong, its outputs are flat and give next to no gradient.")
        return Finding(
            "saturated",
            N_("Saturated outputs"),
            sentences(rests, why),
            remedies.decision(case.spec),
            restart=True,
        )
    return Finding(
        "plateau",
        N_("Training is stuck"),
        sentences(rests, case.score_words),
        remedies.progress(case.spec, faded=case.faded),
    )


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


def span(case: Case) -> tuple[str, str]:
    """The least and the largest input of a training point."""
    x = arrays(case.spec)[0][:, : train_points(case.spec)]
    return numeral(x.min(), 3), numeral(x.max(), 3)
