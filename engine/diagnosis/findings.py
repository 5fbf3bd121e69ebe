"""What goes wrong in training, and what to try: a few sentences a teacher would say looking at the page.

Every finding is judged by the numbers of one member and by `engine.yardstick`: a network that does as well
as its data allows is healthy, whatever its neurons look like inside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.activations import Array
from engine.diagnosis import cures, fixes
from engine.diagnosis.case import COLUMNS, Case
from engine.diagnosis.fixes import Fix
from engine.evaluation import answers
from engine.layer_statistics import FLAT as NO_SLOPE
from engine.layer_statistics import dead, saturated
from engine.network import weight_mask
from engine.samples import sample, train_points
from engine.state import State

MOST = 3
"""More findings than this are a list that nobody reads."""
GROWN = 5
"""The loss has run away at so many times its start, or its value at chance; noise makes it twice as large."""
FLAT = 0.03
"""The loss stays where it is if it falls by less than this share in the last half of the run."""
PATIENCE_STEPS, PATIENCE_EPOCHS = 300, 30
"""How long that half must be at least; shorter rests are common before a boundary bends."""
ROWS = 6
"""So many rows of a history are the fewest that show a course."""
IDLE = 0.25
"""A layer misses its dead neurons from this share; one in eight it can spare."""
MOSTLY = 0.5
"""A layer is saturated if more than this share of its neurons is."""
VANISHED = 1e-3
"""What the gradient of the first layer is to that of the last: healthy networks of six layers keep 1e-2."""
LEARNED = 0.9
"""Below this share of the loss at chance, something has been learned and more may come."""
SHRUNK = 0.03
"""Weights that are this small in root mean square let nothing through."""
RISEN = 0.15
"""Test loss has risen by this share of the loss at chance since it was lowest."""
APART = 1.5
"""Over-fitting shows in a test loss that is so many times the training loss."""


@dataclass(frozen=True)
class Finding:
    """Something that goes wrong: what it is called, what is seen of it and why, and what to try.

    restart: whether its weights cannot learn their way back, so that a fix works only from the start.
    """

    kind: str
    title: str
    text: str
    fixes: tuple[Fix, ...]
    restart: bool = False


def diagnose(state: State, history: Array, member: int = 0) -> tuple[Finding, ...]:
    """What goes wrong with a member, the worst first; nothing where it does well.

    history (n, 7) has COLUMNS of this member from the start, in order, possibly thinned; NaN where there
    is no number. Raises ValueError for another shape.
    """
    history = np.asarray(history, np.float64)
    if history.ndim != 2 or history.shape[1] != len(COLUMNS):
        raise ValueError(f"history is (n, {len(COLUMNS)}), not {history.shape}")
    case = Case(state, member, history)
    with np.errstate(all="ignore"):
        blown = _diverged(case)
        if blown:
            return (blown,)
        if not case.long:
            return ()
        causes = [] if case.good else [look(case) for look in _CAUSES]
        found = [finding for finding in (*causes, _over_fitting(case)) if finding]
        if not found and not case.good:
            stuck = _plateau(case)
            found = [stuck] if stuck else []
    return tuple(found[:MOST])


def _diverged(case: Case) -> Finding | None:
    """The member failed, or its loss has grown far beyond its start."""
    for failure in case.state.failures:
        if failure.member == case.member:
            text = (
                f"Step {failure.step} gave a number that is {failure.cause}, so training stopped before it. "
                "Each step went too far, and the next one further still."
            )
            return Finding(
                "diverged", "Training blew up", text, cures.runaway(case.spec), restart=True
            )
    loss = case.column("train_loss")
    if len(loss) < 2 or loss[-1] <= GROWN * max(loss[0], case.chance_loss):
        return None
    text = (
        f"The training loss has grown from {loss[0]:.3g} to {loss[-1]:.3g}: "
        "each step goes so far that it overshoots."
    )
    return Finding("diverged", "The loss runs away", text, cures.runaway(case.spec), restart=True)


def _over_penalty(case: Case) -> Finding | None:
    """The price on weights is what training makes small."""
    if not fixes.pulls(case.spec):
        return None
    theta = case.state.theta[case.member : case.member + 1]
    weights = theta[weight_mask(case.spec) > 0].astype(np.float64)
    size = float(np.sqrt(np.mean(np.square(weights))))
    price, loss = case.now("penalty"), case.now("train_loss")
    if price > loss and (loss > LEARNED * case.chance_loss or _resting(case)):
        seen = f"The penalty costs {price:.3g} and the data loss {loss:.3g}"
    elif size < SHRUNK:
        seen = f"The weights have shrunk to {size:.2g} on average"
    else:
        return None
    text = f"{seen}, so training makes weights small instead of the loss: {case.score_words}."
    # weights that are almost 0 are almost equal, and take very long to part
    return Finding(
        "over_penalty",
        "The penalty is too strong",
        text,
        cures.freedom(case.spec),
        restart=size < SHRUNK,
    )


def _linear(case: Case) -> Finding | None:
    """A straight line, and data that none can tell apart."""
    spec, line = case.spec, case.yardstick.linear
    if line >= case.enough or any(not _is_linear(layer.activation.kind) for layer in spec.layers):
        return None
    if spec.layers:
        why = "Without a nonlinear activation, all layers together are one straight cut"
    else:
        why = "Without a hidden layer, the network can only draw one straight cut"
    if spec.task == "regression":
        why = why.replace("straight cut", "flat plane").replace("can only draw", "is only")
    return Finding(
        "linear", "Only a straight line", f"{why}: {case.score_words}.", cures.nonlinearity(spec)
    )


def _is_linear(kind: str) -> bool:
    return kind == "linear"


def _dead_units(case: Case) -> Finding | None:
    """Rectifiers that are silent at every training point."""
    found, missed = [], False
    for number, layer in enumerate(case.hidden, 1):
        count, units = int(dead(layer).sum()), layer.block.n_out
        missed = missed or count >= IDLE * units
        if count:
            found.append(f"{count} of {units} in layer {number}")
    if not missed:
        return None
    text = (
        f"Some neurons give 0 at every training point: {_listed(found)}. "
        "There they have no gradient, so they cannot learn their way back."
    )
    return Finding("dead_units", "Dead neurons", text, cures.revival(case.spec), restart=True)


def _saturated(case: Case) -> Finding | None:
    """A layer whose neurons are mostly flat."""
    for number, layer in enumerate(case.hidden, 1):
        count, units = int(saturated(layer).sum()), layer.block.n_out
        if count > MOSTLY * units:
            text = (
                f"{count} of {units} neurons of layer {number} are flat at most points: their sums are so "
                f"far "
                "from zero that a change of the weights hardly changes what they give, so they learn slowly."
            )
            return Finding(
                "saturated", "Saturated neurons", text, cures.desaturation(case.spec), restart=True
            )
    return None


def _gradients(case: Case) -> Finding | None:
    """A first layer that learns far slower, or far faster, than the last."""
    sizes = case.gradient_sizes()
    if len(sizes) < 3 or not (sizes[-1] > 0 and sizes[0] > 0):
        return None
    ratio = sizes[0] / sizes[-1]
    if ratio < VANISHED:
        text = (
            f"At the first layer the gradient is {1 / ratio:,.0f} times smaller than at the last: every "
            f"layer "
            "on the way back shrinks it, so the first ones hardly learn."
        )
        return Finding("vanishing", "Vanishing gradients", text, cures.flow(case.spec))
    if ratio > 1 / VANISHED:
        text = (
            f"At the first layer the gradient is {ratio:,.0f} times larger than at the last: every layer on "
            "the way back makes it grow, so that the first ones jump about."
        )
        return Finding("exploding", "Exploding gradients", text, cures.flow(case.spec))
    return None


def _plateau(case: Case) -> Finding | None:
    """The loss has stayed where it is, far from what can be reached, and nothing else says why."""
    window = _resting(case)
    if window is None:
        return None
    since, loss = window
    seen = f"The training loss has stayed near {loss:.3g} since step {since:,}: {case.score_words}."
    if _symmetric(case):
        text = (
            f"{seen} All neurons of a layer started alike, so each gets the same gradient as the others and "
            "they stay copies of one."
        )
        return Finding("plateau", "All neurons are the same", text, cures.asymmetry(case.spec))
    if _sure_and_wrong(case):
        text = (
            f"{seen} Where the network is wrong its outputs are flat, so squared error has next to no "
            "gradient there."
        )
        return Finding("saturated", "Saturated outputs", text, cures.decision(case.spec))
    return Finding("plateau", "Training is stuck", seen, cures.progress(case.spec))


def _resting(case: Case) -> tuple[int, float] | None:
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
    slopes = np.abs(outputs.slope()[0]).max(axis=0)
    return bool((slopes[wrong] < NO_SLOPE).mean() > MOSTLY)


def _symmetric(case: Case) -> bool:
    """Whether all neurons of some hidden layer have the same weights, which they keep."""
    theta = case.state.theta[case.member : case.member + 1]
    weights = (each.block.weights(theta)[0] for each in case.hidden if each.block.n_out > 1)
    return any(bool(np.ptp(w, axis=1).max() <= 1e-6 * np.abs(w).max()) for w in weights)


def _over_fitting(case: Case) -> Finding | None:
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
    text = (
        f"The test loss was {test[best]:.3g} at step {step[best]:,.0f} and is {test_now:.3g} now, while the "
        f"training loss has fallen to {train_now:.3g}: the network learns the training points by heart."
    )
    return Finding("over_fitting", "Over-fitting", text, cures.generalization(case.spec))


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


_CAUSES = (_over_penalty, _linear, _dead_units, _saturated, _gradients)
"""What keeps a network from doing well, the worst first."""
