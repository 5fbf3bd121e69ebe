"""What goes wrong in training, and what to try: a few sentences a teacher would say looking at the page.

Every finding is judged by the numbers of one member and by `engine.yardstick`: a network that does as well
as its data allows is healthy, whatever its neurons look like inside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.activations import Array
from engine.diagnosis import cures, fixes
from engine.diagnosis.case import COLUMNS, GOOD, Case
from engine.diagnosis.fixes import Fix
from engine.evaluation import answers
from engine.layer_statistics import FLAT as NO_SLOPE
from engine.layer_statistics import dead, saturated
from engine.network import initial, weight_mask
from engine.numerals import numeral
from engine.samples import arrays, raw_inputs, sample, train_points
from engine.state import State

MOST = 3
"""More findings than this are a list that nobody reads."""
FEW = 10
"""Of fewer training points each one that is held back for the test is missed."""
UNSTEADY = 4
"""Batches of fewer points have means and variances that jump from one to the next."""
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

_ROOTS = {"over_penalty", "inputs", "symmetry", "small_batches"}
"""Where one of these is found, idle neurons and gradients that vanish are what follows from it."""


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
            return (replace(blown, fixes=cures.offered(case.spec, blown.fixes)),)
        if not case.long:
            return ()
        causes = [] if case.good else _causes(case)
        memory = _few_points(case) or _over_fitting(case)
        found = [*causes, *([memory] if memory else [])]
        if not found and not case.good:
            stuck = _plateau(case)
            found = [stuck] if stuck else []
    return tuple(replace(each, fixes=cures.offered(case.spec, each.fixes)) for each in found[:MOST])


def _causes(case: Case) -> list[Finding]:
    """What keeps a network from doing well, the worst first; what only follows from another is left out."""
    roots = (_over_penalty, _linear, _raw_inputs, _symmetry, _small_batches)
    found = [each for look in roots if (each := look(case))]
    if any(each.kind in _ROOTS for each in found):
        return found
    # a dead layer lets no gradient through
    signals = [_dead_units(case) or _gradients(case), _saturated(case)]
    return [*found, *(each for each in signals if each)]


def _diverged(case: Case) -> Finding | None:
    """The member failed, or its loss has grown far beyond its start."""
    for failure in case.state.failures:
        if failure.member == case.member:
            text = (
                f"Step {failure.step} gave a number that is {failure.cause}: each step went further than the "
                f"one before{_too_large(case)}."
            )
            return Finding(
                "diverged", "Training blew up", text, cures.runaway(case.spec), restart=True
            )
    loss = case.column("train_loss")
    if len(loss) < 2 or loss[-1] <= GROWN * max(loss[0], case.chance_loss):
        return None
    text = (
        f"The training loss has grown from {numeral(loss[0], 3)} to {numeral(loss[-1], 3)}: "
        f"each step overshoots{_too_large(case)}."
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
        seen = f"The penalty costs {numeral(price, 3)} and the data loss {numeral(loss, 3)}"
    elif size < SHRUNK:
        seen = f"The weights have shrunk to {numeral(size, 2)} on average"
    else:
        return None
    text = f"{seen}, so training shrinks weights, not the loss: {case.score_words}."
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


def _raw_inputs(case: Case) -> Finding | None:
    """Inputs that weights and learning rates are not made for."""
    if not raw_inputs(case.spec):
        return None
    text = (
        f"The inputs lie between {_span(case)}, but weights are made for numbers near 0 and 1: "
        f"{case.score_words}."
    )
    return Finding("inputs", "The inputs are not scaled", text, cures.rescaling(case.spec))


def _too_large(case: Case) -> str:
    """The end of a sentence that says why steps go too far, where the inputs are why."""
    return f", since the inputs lie between {_span(case)}" if raw_inputs(case.spec) else ""


def _span(case: Case) -> str:
    """The least and the largest input of a training point."""
    x = arrays(case.spec)[0][:, : train_points(case.spec)]
    return f"{numeral(x.min(), 3)} and {numeral(x.max(), 3)}"


def _symmetry(case: Case) -> Finding | None:
    """Neurons that started alike and still are."""
    here = slice(case.member, case.member + 1)
    begin = initial(case.state.start_specs[here])
    if not all(_symmetric(case, theta) for theta in (begin, case.state.theta[here])):
        return None
    if begin[weight_mask(case.spec) > 0].any():
        why = "The neurons of a layer start with the same weights, get the same gradient"
    else:
        why = "All weights start at zero, so the neurons of a layer get the same gradient"
    text = f"{why} and stay copies of each other. Random weights break the symmetry."
    return Finding("symmetry", "All neurons are the same", text, cures.asymmetry(case.spec))


def _small_batches(case: Case) -> Finding | None:
    """Batch normalization over a few points at a time."""
    spec = case.spec
    if spec.batch_size >= UNSTEADY or not any(layer.batch_norm for layer in spec.layers):
        return None
    points = "one point" if spec.batch_size == 1 else f"{spec.batch_size} points"
    text = f"Mean and variance come from {points} at a time and jump from batch to batch: {case.score_words}."
    return Finding("small_batches", "Batches too small to normalize", text, cures.steadiness(spec))


def _is_linear(kind: str) -> bool:
    return kind == "linear"


def _dead_units(case: Case) -> Finding | None:
    """Rectifiers that are silent at every training point."""
    counts = [int(dead(layer).sum()) for layer in case.hidden]
    units = [layer.block.n_out for layer in case.hidden]
    if not any(count >= IDLE * n for count, n in zip(counts, units, strict=True)):
        return None
    worst = int(np.argmax(np.array(counts) / units)) + 1
    where = f", most of them in layer {worst}" if len(units) > 1 else ""
    text = (
        f"{sum(counts)} of {sum(units)} hidden neurons give 0 at every training point{where}: without a "
        "gradient they cannot learn their way back."
    )
    return Finding("dead_units", "Dead neurons", text, cures.revival(case.spec), restart=True)


def _saturated(case: Case) -> Finding | None:
    """A layer whose neurons are mostly flat."""
    for number, layer in enumerate(case.hidden, 1):
        count, units = int(saturated(layer).sum()), layer.block.n_out
        if count > MOSTLY * units:
            text = (
                f"{count} of {units} neurons of layer {number} are flat at most points: new weights hardly "
                "change what they give, so they learn slowly."
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
    spoilt = fixes.rate_is_high(case.spec)
    if ratio < VANISHED:
        text = (
            f"At the first layer the gradient is {1 / ratio:,.0f} times smaller than at the last: every "
            "layer on the way back shrinks it, so the first ones hardly learn."
        )
        return Finding(
            "vanishing", "Vanishing gradients", text, cures.flow(case.spec), restart=spoilt
        )
    if ratio > 1 / VANISHED:
        text = (
            f"At the first layer the gradient is {ratio:,.0f} times larger than at the last: every layer on "
            "the way back makes it grow, so that the first ones jump about."
        )
        return Finding(
            "exploding", "Exploding gradients", text, cures.flow(case.spec), restart=spoilt
        )
    return None


def _plateau(case: Case) -> Finding | None:
    """The loss has stayed where it is, far from what can be reached, and nothing else says why."""
    window = _resting(case)
    if window is None:
        return None
    since, loss = window
    rests = f"The training loss has stayed near {numeral(loss, 3)} since step {since:,}"
    if _sure_and_wrong(case):
        text = f"{rests}: where the network is wrong, its outputs are flat and give next to no gradient."
        return Finding(
            "saturated", "Saturated outputs", text, cures.decision(case.spec), restart=True
        )
    text = f"{rests}: {case.score_words}."
    return Finding("plateau", "Training is stuck", text, cures.progress(case.spec))


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


def _symmetric(case: Case, theta: Array) -> bool:
    """Whether all neurons of some hidden layer have the same weights, which they keep."""
    weights = (each.block.weights(theta)[0] for each in case.hidden if each.block.n_out > 1)
    return any(bool(np.ptp(w, axis=1).max() <= 1e-6 * np.abs(w).max()) for w in weights)


def _few_points(case: Case) -> Finding | None:
    """So few points that those held back for the test are missed in training."""
    spec, train = case.spec, train_points(case.spec)
    train_loss, test_loss = case.now("train_loss"), case.now("test_loss")
    if (
        train >= FEW
        or not test_loss > APART * train_loss
        or test_loss < (1 - GOOD) * case.chance_loss
    ):
        return None
    text = (
        f"The network learns from only {train} of the {spec.points} points: the rest is kept for the test, "
        f"where the loss is {numeral(test_loss, 3)}."
    )
    return Finding("few_points", "Too few points to split", text, cures.coverage(spec))


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
    lowest, test_said, train_said = (numeral(each, 3) for each in (test[best], test_now, train_now))
    text = (
        f"The test loss was {lowest} at step {step[best]:,.0f} and is {test_said} now, while the "
        f"training loss has fallen to {train_said}: it learns the points by heart."
    )
    return Finding("over_fitting", "Over-fitting", text, cures.generalization(case.spec))
