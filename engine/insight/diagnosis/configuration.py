"""What is wrong from the start: the penalty, the layers, the inputs, the first weights, the batches."""

from __future__ import annotations

import numpy as np

from engine.core.arrays import Array
from engine.core.numerals import numeral
from engine.insight.diagnosis import fixes, remedies
from engine.insight.diagnosis.case import Case
from engine.insight.diagnosis.finding import Finding
from engine.insight.diagnosis.progress import resting, span
from engine.network.layout import initial, weight_mask
from engine.training.data import raw_inputs

LEARNED = 0.9
"""Below this share of the loss at chance, something has been learned and more may come."""
SHRUNK = 0.03
"""Weights that are this small in root mean square let nothing through."""
UNSTEADY = 4
"""Batches of fewer points have means and variances that jump from one to the next."""


def over_penalty(case: Case) -> Finding | None:
    """The price on weights is what training makes small."""
    if not fixes.pulls(case.spec):
        return None
    theta = case.state.theta[case.member : case.member + 1]
    weights = theta[weight_mask(case.spec) > 0].astype(np.float64)
    size = float(np.sqrt(np.mean(np.square(weights))))
    price, loss = case.now("penalty"), case.now("train_loss")
    if price > loss and (loss > LEARNED * case.chance_loss or resting(case)):
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
        remedies.freedom(case.spec),
        restart=size < SHRUNK,
    )


def linear(case: Case) -> Finding | None:
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
        "linear", "Only a straight line", f"{why}: {case.score_words}.", remedies.nonlinearity(spec)
    )


def _is_linear(kind: str) -> bool:
    return kind == "linear"


def unscaled_inputs(case: Case) -> Finding | None:
    """Inputs that weights and learning rates are not made for."""
    if not raw_inputs(case.spec):
        return None
    text = (
        f"The inputs lie between {span(case)}, but weights are made for numbers near 0 and 1: "
        f"{case.score_words}."
    )
    return Finding("inputs", "The inputs are not scaled", text, remedies.rescaling(case.spec))


def symmetry(case: Case) -> Finding | None:
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
    return Finding("symmetry", "All neurons are the same", text, remedies.asymmetry(case.spec))


def _symmetric(case: Case, theta: Array) -> bool:
    """Whether all neurons of some hidden layer have the same weights, which they keep."""
    weights = (each.block.weights(theta)[0] for each in case.hidden if each.block.n_out > 1)
    return any(bool(np.ptp(w, axis=1).max() <= 1e-6 * np.abs(w).max()) for w in weights)


def small_batches(case: Case) -> Finding | None:
    """Batch normalization over a few points at a time."""
    spec = case.spec
    if spec.batch_size >= UNSTEADY or not any(layer.batch_norm for layer in spec.layers):
        return None
    points = "one point" if spec.batch_size == 1 else f"{spec.batch_size} points"
    text = f"Mean and variance come from {points} at a time and jump from batch to batch: {case.score_words}."
    return Finding(
        "small_batches", "Batches too small to normalize", text, remedies.steadiness(spec)
    )
