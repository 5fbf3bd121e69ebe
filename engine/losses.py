"""Losses: how far the network's output is from the target.

A loss brings its *head*: how many outputs the network has, the activation on them, and what they are
compared with. Every value is a mean over the batch. Penalties on weights are not part of it.

Shapes: output and target are (M, K, B) with K outputs, a unit's values side by side as in
`engine.backprop`; labels are (N,): class indices from 0, or real targets in regression.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.activations import Array, Numbers
from engine.registry import Family, Record

Task = Literal["two_class", "multi_class", "regression"]


@dataclass(frozen=True, kw_only=True)
class Loss(Record):
    """A loss and the output head that belongs to it.

    tasks: what the loss can learn.
    outputs(task, classes): K, the number of output units.
    head(task): the kind of activation on the outputs.
    targets(labels, task, classes): what the outputs are compared with, (K, N) float64.
    value(output, target, k): the loss of each point, (M, B), not yet averaged.
    gradient(output, target, g, t, k): g <- d(mean loss)/d(output); t is scratch, both (M, K, B).
    probabilities(output): (..., K, B) to (..., C, B), what the output says of each class.
    """

    tasks: tuple[Task, ...]
    outputs: Callable[[Task, int], int]
    head: Callable[[Task], str]
    targets: Callable[[Array, Task, int], Array]
    value: Callable[[Array, Array, Numbers], Array]
    gradient: Callable[[Array, Array, Array, Array, Numbers], None]
    probabilities: Callable[[Array], Array]


def one_hot(labels: Array, classes: int) -> Array:
    """Class indices (N,) as columns of the identity, (C, N)."""
    return np.eye(classes)[:, labels.astype(np.intp)]


def softmax(scores: Array) -> Array:
    """p_i = e^{f_i} / Σ_j e^{f_j} over the K axis, with the largest score taken off first."""
    t = np.exp(scores - scores.max(axis=-2, keepdims=True))
    p: Array = t / t.sum(axis=-2, keepdims=True)
    return p


def _squared_outputs(task: Task, classes: int) -> int:
    return classes if task == "multi_class" else 1


def _squared_head(task: Task) -> str:
    return "linear" if task == "regression" else "tanh"


def _squared_targets(labels: Array, task: Task, classes: int) -> Array:
    if task == "regression":
        return labels[None].astype(np.float64)
    if task == "two_class":
        return 2.0 * labels[None] - 1.0
    return 2.0 * one_hot(labels, classes) - 1.0


def _squared_value(output: Array, target: Array, k: Numbers) -> Array:
    loss: Array = 0.5 * np.square(output - target).sum(axis=-2)
    return loss


def _squared_gradient(output: Array, target: Array, g: Array, t: Array, k: Numbers) -> None:
    np.subtract(output, target, out=g)
    np.multiply(g, 1 / output.shape[-1], out=g)


def _squared_probabilities(output: Array) -> Array:
    p = (np.clip(output, -1, 1) + 1) / 2
    if output.shape[-2] == 1:
        return np.concatenate([1 - p, p], axis=-2)
    total = p.sum(axis=-2, keepdims=True)
    return np.where(total > 0, p / np.where(total > 0, total, 1), 1 / output.shape[-2])


def _softmax_outputs(task: Task, classes: int) -> int:
    return classes


def _softmax_head(task: Task) -> str:
    return "linear"


def _softmax_targets(labels: Array, task: Task, classes: int) -> Array:
    return one_hot(labels, classes)


def _softmax_value(output: Array, target: Array, k: Numbers) -> Array:
    # −Σ y ln p = log Σ e^f − Σ y f, computed from f − max f so that no score overflows
    shifted = output - output.max(axis=-2, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=-2))
    loss: Array = log_sum - (target * shifted).sum(axis=-2)
    return loss


def _softmax_gradient(output: Array, target: Array, g: Array, t: Array, k: Numbers) -> None:
    # d(−Σ y ln p)/df = p − y
    row = t[..., :1, :]
    np.maximum.reduce(output, axis=-2, keepdims=True, out=row)
    np.subtract(output, row, out=g)
    np.exp(g, out=g)
    np.add.reduce(g, axis=-2, keepdims=True, out=row)
    np.divide(g, row, out=g)
    np.subtract(g, target, out=g)
    np.multiply(g, 1 / output.shape[-1], out=g)


LOSSES: Family[Loss] = Family(
    "loss",
    Loss(
        kind="squared_error",
        label="Squared error",
        help="Half the squared distance to the target; two classes are one tanh output against ±1.",
        formula="L = ½ Σ (o − y)²",
        tasks=("two_class", "multi_class", "regression"),
        outputs=_squared_outputs,
        head=_squared_head,
        targets=_squared_targets,
        value=_squared_value,
        gradient=_squared_gradient,
        probabilities=_squared_probabilities,
    ),
    Loss(
        kind="cross_entropy",
        label="Softmax cross-entropy",
        help="Minus the logarithm of the probability that softmax gives to the true class, in nats.",
        formula="L = −Σ y ln p,  p = softmax(f)",
        tasks=("two_class", "multi_class"),
        outputs=_softmax_outputs,
        head=_softmax_head,
        targets=_softmax_targets,
        value=_softmax_value,
        gradient=_softmax_gradient,
        probabilities=softmax,
    ),
)
