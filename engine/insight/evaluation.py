"""How good a network's answers are, in more detail than one loss: confusion, R², information, penalties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.catalog.losses import LOSSES, one_hot
from engine.core.arrays import Array
from engine.insight.information import cross_entropy_of_logs, entropy_of_logs, kl_divergence_of_logs
from engine.insight.inspection import Inspection
from engine.spec.run_spec import RunSpec
from engine.training.data import arrays, sample
from engine.training.grid import Population, one_of
from engine.training.metrics import answers, mean, penalties, right
from engine.training.state import State


@dataclass(frozen=True, eq=False)
class Evaluation:
    """One member's answers at the training points and at the test points, in this order.

    Where no points are kept back, the numbers of the test points are NaN and their counts 0.

    losses (4,): the mean data loss of both, then what the L1 and the L2 penalty add to what is trained.
    confusion (2, C, C): how many points of each class (rows) are taken for which (columns); C = 0 in
        regression.
    right (N,): 1 for each point that is told right, else 0; NaN in regression. Training points first.
    r_squared (2,): 1 − Σ(y − o)² / Σ(y − mean y)², NaN where there are classes.
    information (3, N): for each point, training points first, the entropy of the predicted
        probabilities p, the cross-entropy H(y, p) with the label y, and KL(y‖p), in nats; a smoothed label
        has an entropy of its own. Where cross-entropy is the loss, it is the loss of the point. N = 0 in
        regression.
    mean_information (2, 3): their means.
    """

    losses: Array
    confusion: Array
    right: Array
    r_squared: Array
    information: Array
    mean_information: Array


def evaluate(
    state: State | Population, member: int = 0, seen: Inspection | None = None
) -> Evaluation:
    """Look at one member's answers. Raises PositionError for a member that there is not.

    seen: what has been found out about this state already.
    """
    state, member = one_of(state, member)
    spec, theta = state.specs[member], state.theta[member : member + 1]
    targets = arrays(spec)[1]
    mine = sample(spec)
    halves = (slice(mine.train), slice(mine.train, None))
    with np.errstate(all="ignore"):
        scores, output = (seen or Inspection(state)).answers(member)
        loss = LOSSES[spec.loss.kind].value(output, targets, spec.loss.knobs)[0].astype(np.float64)
        given = _information(spec, scores[0], mine.labels)
        told = answers(output[0])
        return Evaluation(
            losses=np.array(
                [*(mean(loss[half]) for half in halves), *penalties(spec, theta)[:, 0]]
            ),
            confusion=np.array(
                [confusion(mine.labels[half], told[half], spec.classes) for half in halves]
            ),
            right=right(spec, output[0], mine.labels),
            r_squared=np.array(
                [_r_squared(spec, output[0, 0, half], mine.labels[half]) for half in halves]
            ),
            information=given,
            mean_information=np.array(
                [mean(given[:, half]) if spec.classes else [np.nan] * 3 for half in halves]
            ),
        )


def confusion(labels: Array, told: Array, classes: int) -> Array:
    """How many points of each class are taken for which, (C, C): row the label, column the answer."""
    if not classes:
        return np.zeros((0, 0), np.int64)
    pairs = labels.astype(np.intp) * classes + told
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def r_squared(target: Array, output: Array) -> float:
    """1 − Σ(y − o)² / Σ(y − mean y)²: 1 is perfect, 0 no better than the mean, and NaN if all y are equal."""
    if not len(target):
        return float("nan")
    residual = np.square(target - output.astype(np.float64)).sum()
    total = np.square(target - target.mean()).sum()
    return float(1 - residual / total) if total else float("nan")


def _r_squared(spec: RunSpec, output: Array, labels: Array) -> float:
    return float("nan") if spec.classes else r_squared(labels, output)


def _information(spec: RunSpec, scores: Array, labels: Array) -> Array:
    """(3, N) as in `Evaluation`, from the sums (K, N) that the outputs' activation takes."""
    if not spec.classes:
        return np.zeros((3, 0))
    smoothing = spec.loss.knobs.get("smoothing", 0.0)
    y = one_hot(labels, spec.classes) * (1 - smoothing) + smoothing / spec.classes
    log_p = LOSSES[spec.loss.kind].log_probabilities(scores.astype(np.float64))
    return np.stack(
        [
            entropy_of_logs(log_p, -2),
            cross_entropy_of_logs(y, log_p, -2),
            kl_divergence_of_logs(y, log_p, -2),
        ]
    )
