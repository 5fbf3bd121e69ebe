"""What a network says at one point, exactly: scores, probabilities, and how unsure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.catalog.losses import LOSSES
from engine.core.arrays import Array
from engine.insight.information import entropy_of_logs
from engine.insight.points import point_of
from engine.network.forward import scores_and_outputs
from engine.training.data import Inputs
from engine.training.grid import Population, one_of
from engine.training.state import State


@dataclass(frozen=True, eq=False)
class Probe:
    """A network's answer at one point, in float64.

    point: (x1, x2). scores (K,): the outputs that the loss compares with its targets.
    probabilities (C,): what they say of each class; None in regression.
    entropy: H(p) of these, in nats: 0 where the answer is certain, ln C where it is open; None in regression.
    """

    point: tuple[float, float]
    scores: Array
    probabilities: Array | None
    entropy: float | None


def probe(state: State | Population, point: Sequence[float] | Array, member: int = 0) -> Probe:
    """Ask one member at a point, as in evaluation.

    Raises ValueError unless it is two finite numbers, PositionError for a member that there is not.
    """
    (x1, x2), (state, member) = point_of(point), one_of(state, member)
    spec, here = state.specs[member], slice(member, member + 1)
    inputs = Inputs.of(spec).compute(np.array([[x1, x2]]))
    theta, running = state.theta[here].astype(np.float64), state.running[here].astype(np.float64)
    with np.errstate(all="ignore"):
        scores, output = (part[0] for part in scores_and_outputs(spec, theta, running, inputs))
        if spec.task == "regression":
            return Probe((x1, x2), output[:, 0], None, None)
        loss = LOSSES[spec.loss.kind]
        p, log_p = loss.probabilities(output)[:, 0], loss.log_probabilities(scores)[:, 0]
        return Probe((x1, x2), output[:, 0], p, float(entropy_of_logs(log_p)))
