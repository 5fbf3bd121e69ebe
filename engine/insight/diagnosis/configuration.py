"""What is wrong from the start: the penalty, the layers, the inputs, the initial weights, the batches."""

from __future__ import annotations

import numpy as np

from engine.core.arrays import Array
from engine.core.numerals import numeral
from engine.insight.diagnosis import fixes, remedies
from engine.insight.diagnosis.case import Case
from engine.insight.diagnosis.finding import Finding
from engine.insight.diagnosis.progress import resting, span
from engine.network.layout import initial, weight_mask
from engine.spec.run_spec import RunSpec
from engine.training.data import raw_inputs
from engine.words import N_, NN_, Message, sentences

LEARNED = 0.9
"""Below this share of the loss at chance, something has been learned and more may come."""
SHRUNK = 0.03
"""Weights that are this small in root mean square let nothing through."""
BLIND = 0.5
"""Inputs hide the answer where their neighbours get no further than this share of the way from chance to what
can be reached; networks get further than neighbours do among several inputs."""
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
        seen = N_(
            "The penalty costs {penalty} and the data loss {loss}, so training shrinks the weights, not the "
            "loss.",
            penalty=numeral(price, 3),
            loss=numeral(loss, 3),
        )
    elif size < SHRUNK:
        seen = N_(
            "The weights have shrunk to {size} on average, so training shrinks them, not the loss.",
            size=numeral(size, 2),
        )
    else:
        return None
    # weights that are almost 0 are almost equal, and take very long to part
    return Finding(
        "over_penalty",
        N_("The penalty is too strong"),
        sentences(seen, case.score_words),
        remedies.freedom(case.spec),
        restart=size < SHRUNK,
    )


def blind_inputs(case: Case) -> Finding | None:
    """Inputs from which nothing could tell the answer, whatever the network makes of them."""
    spec, told = case.spec, case.yardstick.inputs
    chance = case.yardstick.chance
    seen_through = told - chance >= BLIND * (case.reachable - chance)
    if seen_through or set(fixes.COORDINATES) <= set(spec.features):
        return None
    if spec.classes:
        seen = N_(
            "These inputs alone can tell about {share} of points right; with x₁ and x₂, {reachable}.",
            share=f"{told:.0%}",
            reachable=f"{case.reachable:.0%}",
        )
    else:
        seen = N_(
            "From these inputs alone, R² can reach about {score}; with x₁ and x₂, {reachable}.",
            score=f"{told:.2f}",
            reachable=f"{case.reachable:.2f}",
        )
    title = N_("The inputs hide the answer")
    return Finding("blind_inputs", title, seen, remedies.insight(spec))


def linear(case: Case) -> Finding | None:
    """A straight line, and data that none can tell apart."""
    spec, line = case.spec, case.yardstick.linear
    if line >= case.enough or any(not _is_linear(layer.activation.kind) for layer in spec.layers):
        return None
    why = sentences(_straightness(spec), case.score_words)
    return Finding("linear", N_("Only a straight line"), why, remedies.nonlinearity(spec))


def _straightness(spec: RunSpec) -> Message:
    """Why a network with nothing nonlinear in it cannot do better."""
    if spec.task == "regression":
        if spec.layers:
            return N_("Without a nonlinear activation, all layers together are one flat plane.")
        return N_("Without a hidden layer, the network is only one flat plane.")
    if spec.layers:
        return N_("Without a nonlinear activation, all layers together are one straight cut.")
    return N_("Without a hidden layer, the network can only draw one straight cut.")


def _is_linear(kind: str) -> bool:
    return kind == "linear"


def unscaled_inputs(case: Case) -> Finding | None:
    """Inputs that weights and learning rates are not made for."""
    if not raw_inputs(case.spec):
        return None
    least, most = span(case)
    text = N_(
        "The inputs lie between {least} and {most}, but weights are made for numbers near 0 and 1.",
        least=least,
        most=most,
    )
    return Finding(
        "inputs",
        N_("The inputs are not scaled"),
        sentences(text, case.score_words),
        remedies.rescaling(case.spec),
    )


def symmetry(case: Case) -> Finding | None:
    """Neurons that started alike and still are."""
    here = slice(case.member, case.member + 1)
    begin = initial(case.state.start_specs[here])
    if not all(_symmetric(case, theta) for theta in (begin, case.state.theta[here])):
        return None
    if begin[weight_mask(case.spec) > 0].any():
        why = N_(
            "The neurons of a layer start with the same weights, get the same gradient and stay copies of "
            "each other."
        )
    else:
        why = N_(
            "All weights start at zero, so the neurons of a layer get the same gradient and stay copies of "
            "each other."
        )
    text = sentences(why, N_("Random weights break the symmetry."))
    return Finding("symmetry", N_("All neurons are the same"), text, remedies.asymmetry(case.spec))


def _symmetric(case: Case, theta: Array) -> bool:
    """Whether all neurons of some hidden layer have the same weights, which they keep."""
    weights = (each.block.weights(theta)[0] for each in case.hidden if each.block.n_out > 1)
    return any(bool(np.ptp(w, axis=1).max() <= 1e-6 * np.abs(w).max()) for w in weights)


def small_batches(case: Case) -> Finding | None:
    """Batch normalization over a few points at a time."""
    spec = case.spec
    if spec.batch_size >= UNSTEADY or not any(layer.batch_norm for layer in spec.layers):
        return None
    text = NN_(
        "The mean and variance come from {count} point at a time and jump from batch to batch.",
        "The mean and variance come from {count} points at a time and jump from batch to batch.",
        spec.batch_size,
    )
    return Finding(
        "small_batches",
        N_("Batches too small to normalize"),
        sentences(text, case.score_words),
        remedies.steadiness(spec),
    )
