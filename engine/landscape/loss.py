"""The loss of a network at many parameters at once: over a plane, and along the paths of training.

It is the loss of evaluation, as in `engine.metrics`: batch normalization uses running statistics, and dropout
is off. Where a number overflows, the loss is infinite; of no points at all it is NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.catalog.losses import LOSSES
from engine.core.arrays import Array
from engine.core.errors import position
from engine.landscape.planes import Plane
from engine.landscape.trajectory import Trajectory
from engine.network.forward import outputs
from engine.network.layout import parts
from engine.spec.run_spec import RunSpec
from engine.training.data import arrays, train_points
from engine.training.metrics import penalties
from engine.training.state import State, expect_state

Half = Literal["train", "test"]
"""Which points the loss is the mean over."""


@dataclass(frozen=True, eq=False)
class Landscape:
    """The loss over a plane: the network's own, with the running statistics (R,) that it has now."""

    plane: Plane
    spec: RunSpec
    running: Array
    half: Half = "train"
    penalty: bool = False

    @classmethod
    def of(
        cls,
        state: State,
        plane: Plane,
        half: Half = "train",
        *,
        penalty: bool = False,
        member: int = 0,
    ) -> Landscape:
        """The landscape of one member; penalty: whether what its penalty adds is part of the loss.

        Raises PositionError for a member that the population lacks.
        """
        expect_state("Landscape.of", state)
        member = position("member", member, len(state.specs))
        return cls(plane, state.specs[member], state.running[member], half, penalty)

    def losses(self, places: Array) -> Array:
        """The loss (K,) at places (K, 2) of the plane, the same bits however they are cut into calls."""
        places = np.asarray(places, np.float64)
        found = np.empty(len(places))
        penalty = self.spec if self.penalty else None
        for part in parts(self.spec, len(places), _count(self.spec, self.half)):
            theta = self.plane.at(places[part])
            found[part] = _losses(self.spec, theta, self.running[None], self.half, penalty)
        return found


def losses(
    spec: RunSpec,
    theta: Array,
    running: Array,
    half: Half = "train",
    *,
    penalty: RunSpec | None = None,
) -> Array:
    """The loss (K,) of networks theta (K, P) with running statistics (K, R), in float64.

    penalty: the spec whose penalty is part of the loss; None for none.
    """
    found = np.empty(len(theta))
    for part in parts(spec, len(theta), _count(spec, half)):
        found[part] = _losses(spec, theta[part], running[part], half, penalty)
    return found


def path_losses(
    specs: Sequence[RunSpec],
    trajectory: Trajectory,
    half: Half = "train",
    *,
    penalty: RunSpec | None = None,
) -> Array:
    """The loss (T, M) where the paths have been, each member's with its own spec and running statistics.

    penalty: the spec whose penalty is part of every member's loss, so that all are measured by one λ, as the
    landscape under them is; None for none.
    """
    members = [
        losses(spec, trajectory.theta[:, i], trajectory.running[:, i], half, penalty=penalty)
        for i, spec in enumerate(specs)
    ]
    return np.stack(members, axis=1)


def _losses(
    spec: RunSpec, theta: Array, running: Array, half: Half, penalty: RunSpec | None
) -> Array:
    """`losses` of so many networks as are evaluated together; one row of running statistics serves all."""
    if half == "test" and not spec.has_test_points:
        return np.full(len(theta), np.nan)
    chosen = _points(spec, half)
    inputs, targets = (part[:, chosen] for part in arrays(spec))
    with np.errstate(all="ignore"):
        theta = theta.astype(spec.dtype, copy=False)
        output = outputs(spec, theta, running, inputs)
        values = LOSSES[spec.loss.kind].value(output, targets, spec.loss.knobs)
        found: Array = values.mean(axis=-1, dtype=np.float64)
        if penalty:
            found += penalties(penalty, theta).sum(axis=0)
    # ∞ − ∞ and 0 · ∞ are no numbers either, and come from overflow too
    return np.where(np.isfinite(found), found, np.inf)


def _points(spec: RunSpec, half: Half) -> slice:
    train = train_points(spec)
    return {"train": slice(train), "test": slice(train, None)}[half]


def _count(spec: RunSpec, half: Half) -> int:
    """How many points there are to evaluate; 1 where there are none, since that costs next to nothing too."""
    return max(len(range(spec.points)[_points(spec, half)]), 1)
