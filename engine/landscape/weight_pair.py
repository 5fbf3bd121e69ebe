"""The loss over two weights, and where a penalty moves its minimum: why L1 makes zeros and L2 does not.

All other parameters stay as they are, so that of the penalty only R(a, b) = λ₁ (|a| + |b|) + ½ λ₂ (a² + b²)
changes. Its lines of equal value are diamonds for L1, circles for L2, and between the two for both. The least
of L + R lies where a line of L touches one of R: on a diamond that is often a corner, where a weight is 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from engine.core.arrays import Array
from engine.core.errors import Problem, SpecError
from engine.landscape.loss import Landscape
from engine.landscape.planes import Plane
from engine.spec.parameter_names import place as place_of
from engine.spec.run_spec import RunSpec
from engine.training.cost import cost
from engine.training.data import train_points
from engine.training.state import State
from engine.words import N_

SIDE = 17
"""Places a side of the map; odd, so that one of them is 0."""
FINER = 3
"""Each further look at a minimum has places so many times as near to each other."""
LOOKS = 2
REACH = 2.0
"""A map goes at least from −REACH to REACH."""
WIDENINGS = 1
"""It becomes twice as wide where the least loss lies at its border, so many times at most."""
CLOSER = (2 * FINER + 1) ** 2
"""Places of a further look."""
MOST_PLACES = (WIDENINGS + 1) * (SIDE**2 + LOOKS * CLOSER) + LOOKS * CLOSER
"""All together: each map and the looks at its minimum, and those at the minimum with the penalty."""


@dataclass(frozen=True, eq=False)
class WeightPair:
    """The loss of training points over two weights of one member, all others as they are.

    place (2,): the two weights now. reach: the map goes from −reach to +reach in both.
    loss (SIDE, SIDE): without the penalty; row 0 is the top, where the second weight is +reach.
    least, with_penalty (2,): where on the map L is least, and where L + R is, to a ninth of a step; NaN
        where no loss is finite.
    """

    place: Array
    reach: float
    loss: Array
    least: Array
    with_penalty: Array


def weight_pair(state: State, names: tuple[str, str], member: int = 0) -> WeightPair:
    """Look at two weights, such as "layers.0.W.0.0". Raises SpecError unless they are two of this network."""
    spec, theta = state.specs[member], state.theta[member].astype(np.float64)
    one, other = (place_of(spec.arrays, name) if ".W." in name else None for name in names)
    if one is None or other is None or one == other:
        raise SpecError(Problem("names", list(names), N_("the names of two weights")))
    directions = np.zeros((2, theta.size))
    directions[0, one] = directions[1, other] = 1
    here = directions @ theta
    plane = Plane(
        np.where(directions.any(axis=0), 0, theta), directions, here, _square(here), None, names
    )
    l1, l2 = spec.penalty["l1"], spec.penalty["l2"]

    def paid(spots: Array) -> Array:
        sizes: Array = l1 * np.abs(spots).sum(axis=1) + l2 / 2 * np.square(spots).sum(axis=1)
        return sizes

    with np.errstate(all="ignore"):
        for widening in range(WIDENINGS + 1):
            ground = Landscape.of(state, plane, member=member)
            grid, reach = plane.grid(SIDE), float(plane.ranges[0, 1])
            loss = ground.losses(grid)
            least = _least(ground.losses, grid, loss, reach)
            if widening == WIDENINGS or not np.abs(least).max() >= reach:
                break
            plane = replace(plane, ranges=2 * plane.ranges)
        paying = least
        if l1 or l2:
            paying = _least(
                lambda spots: ground.losses(spots) + paid(spots), grid, loss + paid(grid), reach
            )
    return WeightPair(here, reach, loss.reshape(SIDE, SIDE), least, paying)


def weight_pair_seconds(spec: RunSpec) -> float:
    """At most about how long `weight_pair` takes on one slow core, told from the spec as by `engine.cost`.

    >>> spec = RunSpec.from_dict({})
    >>> weight_pair_seconds(spec) < weight_pair_seconds(spec.replace({"data.points": 5000}))
    True
    """
    return MOST_PLACES * train_points(spec) * cost([spec]).place


def _square(here: Array) -> Array:
    """What to show of both weights, (2, 2): ±2, ±4, ±8, … so that there is room around them."""
    largest = float(np.abs(here).max())
    doublings = math.ceil(math.log2(max(1.2 * largest / REACH, 1))) if largest < math.inf else 0
    return np.array([[-1, 1]] * 2) * REACH * 2.0**doublings


def _least(value: Callable[[Array], Array], spots: Array, values: Array, reach: float) -> Array:
    """Where value is least: at one of the spots (K, 2), and then nearer and nearer to it."""
    step = 2 * reach / (SIDE - 1)
    around = np.arange(-FINER, FINER + 1)
    for look in range(LOOKS + 1):
        known = np.where(np.isfinite(values), values, np.inf)
        best: Array = spots[int(known.argmin())]
        if not np.isfinite(known.min()):
            return np.full(2, np.nan)
        if look < LOOKS:
            step /= FINER
            a, b = np.meshgrid(best[0] + around * step, best[1] + around * step)
            spots = np.stack([a.ravel(), b.ravel()], axis=1).clip(-reach, reach)
            values = value(spots)
    return best
