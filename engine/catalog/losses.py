"""Losses: how far the network's output is from the target.

A loss brings its *head*: how many outputs the network has, the activation on them, and what they are
compared with. Every value is a mean over the batch. Penalties on weights are not part of it.

Shapes: output and target are (M, K, B) with K outputs, a unit's values side by side as in
`engine.network.backprop`; labels are (N,): class indices from 0, or real targets in regression.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.core.arrays import Array, Numbers
from engine.core.registry import Family, Knob, Record
from engine.words import N_

Task = Literal["two_class", "multi_class", "regression"]


@dataclass(frozen=True, kw_only=True)
class Loss(Record):
    """A loss and the output head that belongs to it.

    tasks: what the loss can learn.
    outputs(task, classes): K, the number of output units.
    head(task): the kind of activation on the outputs.
    targets(labels, task, classes, k): what the outputs are compared with, (K, N) float64.
    value(output, target, k): the loss of each point, (M, B), not yet averaged.
    gradient(output, target, g, t, u, k): g <- d(loss of each point)/d(output); t and u are scratch; all
        (M, K, B).
    probabilities(output): (..., K, B) to (..., C, B), what the output says of each class.
    log_probabilities(scores): their logarithms, from the sums (..., K, B) that the head's activation takes:
        exact where a probability or the activation rounds to 0 or 1. Neither is called in regression.
    """

    tasks: tuple[Task, ...]
    outputs: Callable[[Task, int], int]
    head: Callable[[Task], str]
    targets: Callable[[Array, Task, int, Numbers], Array]
    value: Callable[[Array, Array, Numbers], Array]
    gradient: Callable[[Array, Array, Array, Array, Array, Numbers], None]
    probabilities: Callable[[Array], Array]
    log_probabilities: Callable[[Array], Array]


def one_hot(labels: Array, classes: int) -> Array:
    """Class indices (N,) as columns of the identity, (C, N)."""
    return np.eye(classes)[:, labels.astype(np.intp)]


def softmax(scores: Array) -> Array:
    """p_i = e^{f_i} / Σ_j e^{f_j} over the K axis, with the largest score taken off first."""
    t = np.exp(scores - scores.max(axis=-2, keepdims=True))
    p: Array = t / t.sum(axis=-2, keepdims=True)
    return p


def log_softmax(scores: Array) -> Array:
    """ln p_i = f_i − ln Σ_j e^{f_j} over the K axis.

    With the largest score taken off first its own term is 1, and ln(1 + the others) keeps others that are
    nothing beside 1: ln p is −e⁻⁵⁰, not 0, where the lead is 50.
    """
    shifted = scores - scores.max(axis=-2, keepdims=True)
    others = np.exp(shifted)
    np.put_along_axis(others, scores.argmax(axis=-2, keepdims=True), 0, axis=-2)
    log_p: Array = shifted - np.log1p(others.sum(axis=-2, keepdims=True))
    return log_p


def softplus(f: Array) -> Array:
    """ln(1 + e^f) = max(f, 0) + ln(1 + e^−|f|), which neither overflows nor loses what is beside 1."""
    return np.maximum(f, 0) + np.log1p(np.exp(-np.abs(f)))


def _squared_outputs(task: Task, classes: int) -> int:
    return classes if task == "multi_class" else 1


def _squared_head(task: Task) -> str:
    return "linear" if task == "regression" else "tanh"


def _squared_targets(labels: Array, task: Task, classes: int, k: Numbers) -> Array:
    if task == "regression":
        return labels[None].astype(np.float64)
    if task == "two_class":
        return 2.0 * labels[None] - 1.0
    return 2.0 * one_hot(labels, classes) - 1.0


def _squared_value(output: Array, target: Array, k: Numbers) -> Array:
    loss: Array = 0.5 * np.square(output - target).sum(axis=-2)
    return loss


def _squared_gradient(
    output: Array, target: Array, g: Array, t: Array, u: Array, k: Numbers
) -> None:
    np.subtract(output, target, out=g)


def _squared_probabilities(output: Array) -> Array:
    p = (np.clip(output, -1, 1) + 1) / 2
    if output.shape[-2] == 1:
        return np.concatenate([1 - p, p], axis=-2)
    total = p.sum(axis=-2, keepdims=True)
    return np.where(total > 0, p / np.where(total > 0, total, 1), 1 / output.shape[-2])


def _squared_log_probabilities(scores: Array) -> Array:
    # (1 + tanh f)/2 = σ(2f) of each output; several are divided by their sum
    if scores.shape[-2] == 1:
        return _logistic_log_probabilities(2 * scores)
    return log_softmax(-softplus(-2 * scores))


def _softmax_outputs(task: Task, classes: int) -> int:
    return classes


def _softmax_head(task: Task) -> str:
    return "linear"


def _smooth(target: Array, classes: int, k: Numbers) -> Array:
    """Take the share s from the true class and spread it over all: y (1 − s) + s / C."""
    smoothed: Array = target * (1 - k["smoothing"]) + k["smoothing"] / classes
    return smoothed


def _softmax_targets(labels: Array, task: Task, classes: int, k: Numbers) -> Array:
    return _smooth(one_hot(labels, classes), classes, k)


def _softmax_value(output: Array, target: Array, k: Numbers) -> Array:
    # −Σ y ln p = ln Σ e^f − Σ y f where Σ y = 1, from f − max f so that no score overflows; in float64, since
    # the loss of one who is right and sure is little beside the 1 of the largest score
    shifted = output - output.max(axis=-2, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=-2, dtype=np.float64))
    loss: Array = log_sum - (target * shifted).sum(axis=-2)
    return loss


def _softmax_gradient(
    output: Array, target: Array, g: Array, t: Array, u: Array, k: Numbers
) -> None:
    # d(−Σ y ln p)/df = p − y
    row = t[..., :1, :]
    np.maximum.reduce(output, axis=-2, keepdims=True, out=row)
    np.subtract(output, row, out=g)
    np.exp(g, out=g)
    np.add.reduce(g, axis=-2, keepdims=True, out=row)
    np.divide(g, row, out=g)
    np.subtract(g, target, out=g)


def _logistic_outputs(task: Task, classes: int) -> int:
    return 1


def _logistic_targets(labels: Array, task: Task, classes: int, k: Numbers) -> Array:
    return _smooth(labels[None].astype(np.float64), 2, k)


def _logistic_value(output: Array, target: Array, k: Numbers) -> Array:
    # −y ln σ(f) − (1 − y) ln(1 − σ(f)) = ln(1 + e^f) − y f, where max(f, 0) − y f is exact for y = 0 and 1
    f = output[..., 0, :]
    loss: Array = np.maximum(f, 0) - target[..., 0, :] * f + np.log1p(np.exp(-np.abs(f)))
    return loss


def _logistic_gradient(
    output: Array, target: Array, g: Array, t: Array, u: Array, k: Numbers
) -> None:
    # σ(f) − y, with σ(f) = (1 + tanh(f/2))/2
    np.multiply(output, 0.5, out=g)
    np.tanh(g, out=g)
    np.multiply(g, 0.5, out=g)
    np.add(g, 0.5, out=g)
    np.subtract(g, target, out=g)


def _logistic_probabilities(output: Array) -> Array:
    p = 0.5 + 0.5 * np.tanh(0.5 * output)
    return np.concatenate([1 - p, p], axis=-2)


def _logistic_log_probabilities(scores: Array) -> Array:
    return -np.concatenate([softplus(scores), softplus(-scores)], axis=-2)


def _hinge_targets(labels: Array, task: Task, classes: int, k: Numbers) -> Array:
    return one_hot(labels, classes)


def _hinge_value(output: Array, target: Array, k: Numbers) -> Array:
    true = (output * target).sum(axis=-2, keepdims=True)
    margins = np.maximum(output - true + 1, 0) * (1 - target)
    loss: Array = margins.sum(axis=-2)
    return loss


def _hinge_gradient(output: Array, target: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    # m_j = (1 − y_j) [f_j − Σ y f + 1 > 0]; dL/df_j = m_j − y_j Σ m
    row = t[..., :1, :]
    np.multiply(output, target, out=g)
    np.add.reduce(g, axis=-2, keepdims=True, out=row)
    np.subtract(output, row, out=g)
    np.add(g, 1, out=g)
    np.sign(g, out=g)
    np.maximum(g, 0, out=g)
    np.subtract(1, target, out=u)
    np.multiply(g, u, out=g)
    np.add.reduce(g, axis=-2, keepdims=True, out=row)
    np.multiply(target, row, out=u)
    np.subtract(g, u, out=g)


SMOOTHING = Knob(
    name="smoothing",
    label=N_("Label smoothing"),
    help=N_(
        "The share of each label that is spread over all classes, so that no score has to be infinite."
    ),
    default=0.0,
    minimum=0,
    maximum=0.9,
    step=0.05,
    live=True,
)

LOSSES: Family[Loss] = Family(
    N_("loss"),
    Loss(
        kind="squared_error",
        label=N_("Squared error"),
        help=N_(
            "Half the squared distance to the target; two classes are one tanh output against ±1."
        ),
        formula="L = ½ Σ (o − y)²",
        tasks=("two_class", "multi_class", "regression"),
        outputs=_squared_outputs,
        head=_squared_head,
        targets=_squared_targets,
        value=_squared_value,
        gradient=_squared_gradient,
        probabilities=_squared_probabilities,
        log_probabilities=_squared_log_probabilities,
    ),
    Loss(
        kind="cross_entropy",
        label=N_("Softmax cross-entropy"),
        help=N_(
            "Minus the logarithm of the probability that softmax gives to the true class, in nats."
        ),
        formula="L = −Σ y ln p,  p = softmax(f)",
        knobs=(SMOOTHING,),
        tasks=("two_class", "multi_class"),
        outputs=_softmax_outputs,
        head=_softmax_head,
        targets=_softmax_targets,
        value=_softmax_value,
        gradient=_softmax_gradient,
        probabilities=softmax,
        log_probabilities=log_softmax,
    ),
    Loss(
        kind="logistic",
        label=N_("Logistic"),
        help=N_(
            "Cross-entropy of two classes from one score, whose sigmoid is the probability of the second."
        ),
        formula="L = ln(1 + eᶠ) − y f",
        knobs=(SMOOTHING,),
        tasks=("two_class",),
        outputs=_logistic_outputs,
        head=_softmax_head,
        targets=_logistic_targets,
        value=_logistic_value,
        gradient=_logistic_gradient,
        probabilities=_logistic_probabilities,
        log_probabilities=_logistic_log_probabilities,
    ),
    Loss(
        kind="hinge",
        label=N_("Multi-class hinge"),
        help=N_(
            "Asks that the true class's score lead every other by 1, and is content beyond that."
        ),
        formula="L = Σⱼ max(0, fⱼ − fᵧ + 1) over j ≠ y",
        tasks=("two_class", "multi_class"),
        outputs=_softmax_outputs,
        head=_softmax_head,
        targets=_hinge_targets,
        value=_hinge_value,
        gradient=_hinge_gradient,
        probabilities=softmax,
        log_probabilities=log_softmax,
    ),
)
