"""How sharply the loss curves where a network is: λmax, the largest eigenvalue of its Hessian.

Lanczos' method finds it from a few products H v, each a difference of two gradients,
(∇L(θ + h v) − ∇L(θ − h v)) / 2h, which a population of two takes side by side. Gradient descent is stable
while λmax stays below the *edge*, 2/η for SGD. Trained on all points at once, many networks grow sharper
until they are at that edge, and stay there.

Cohen, Kaur, Li, Kolter and Talwalkar 2021, Gradient Descent on Neural Networks Typically Occurs at the Edge
of Stability; Lanczos 1950, An iteration method for the solution of the eigenvalue problem.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.core.arrays import Array
from engine.insight.inspection import SAMPLE, sample
from engine.network.backprop import Backprop
from engine.network.layout import blocks
from engine.spec.run_spec import RunSpec
from engine.training.cost import cost
from engine.training.data import arrays
from engine.training.freezing import frozen_mask
from engine.training.grid import Population, one_of
from engine.training.metrics import learning_rate
from engine.training.state import State

MOST_PRODUCTS = 24
"""More products with the Hessian are not made, as good as what they lead to may get."""
PASSES = 6
"""A product takes so many times as long as a pass forward: each of its two gradients as long as three."""
CLOSE = 1e-6
"""It is known when what is left of H v − λ v is this share of λ."""
STEP = 1e-5
"""How far along v the two gradients are apart from the middle."""


@dataclass(frozen=True)
class Sharpness:
    """λmax of a network, not finite where its loss is not.

    points: how many of the training points it is of, at most SAMPLE.
    products: how many with the Hessian it took.
    formula: the edge in signs, and edge: what it is with the learning rate of the next update; None for an
        optimizer that scales each direction by itself.
    """

    value: float
    points: int
    products: int
    formula: str | None
    edge: float | None


def sharpness(state: State | Population, member: int = 0) -> Sharpness:
    """How sharply a member's loss curves, the mean over its training points with its L2 penalty.

    Without dropout and clipping; batch normalization has the statistics of the points. Parameters that are
    frozen have no part in it. Raises PositionError for a member that there is not.
    """
    state, member = one_of(state, member)
    spec = state.specs[member]
    times, free = _hessian(state, member)
    with np.errstate(all="ignore"):
        value, products = _largest(times, free)
    edge = OPTIMIZERS[spec.optimizer.kind].edge
    rate = float(learning_rate(state)[member])
    return Sharpness(
        value,
        len(range(spec.points)[sample(spec)]),
        products,
        edge.formula if edge else None,
        edge.times_rate(spec.optimizer.knobs) / rate if edge and rate else None,
    )


def sharpness_seconds(spec: RunSpec) -> float:
    """At most about how long `sharpness` takes on one slow core, told from the spec as by `engine.cost`.

    >>> spec = RunSpec.from_dict({})
    >>> sharpness_seconds(spec) < sharpness_seconds(spec.replace({"layers.0.units": 64}))
    True
    """
    share = min(SAMPLE / spec.points, 1)
    return PASSES * MOST_PRODUCTS * share * cost([spec]).evaluation


def _hessian(state: State, member: int) -> tuple[Callable[[Array], Array], Array]:
    """v (P,) -> H v, and which parameters are free (P,), 0 or 1."""
    spec, theta = state.specs[member], state.theta[member].astype(np.float64)
    exact = replace(spec, dtype="float64")
    x, target = (part[:, sample(spec)] for part in arrays(exact))
    x = np.concatenate([x, np.ones_like(x[:1])])
    both = np.stack([theta, theta])
    gradients, length = np.zeros_like(both), x.shape[1]
    running = np.repeat(state.running[member : member + 1].astype(np.float64), 2, axis=0)
    nothing = [None] * (len(spec.layers) + 1)
    backprop = Backprop([exact, exact], both, gradients, running, nothing, length)
    points, targets = (np.ascontiguousarray(np.stack([part, part])) for part in (x, target))
    held, decayed = frozen_mask([spec]), _decayed(spec, theta)
    free = np.ones_like(theta) if held is None else 1.0 - held[0]

    def times(v: Array) -> Array:
        both[0], both[1] = theta + STEP * v, theta - STEP * v
        backprop.gradient(points, targets, state.step)
        return np.asarray(free * ((gradients[0] - gradients[1]) / (2 * STEP) + decayed * v))

    return times, free


def _largest(times: Callable[[Array], Array], free: Array) -> tuple[float, int]:
    """The largest eigenvalue, and how many products it took.

    The vectors are made orthogonal to all before them, so that rounding brings no eigenvalue twice.
    """
    # any start does that is orthogonal to no eigenvector, and the same one gives the same answer
    q = np.random.default_rng(1).standard_normal(len(free)) * free
    length = np.linalg.norm(q)
    if length == 0:
        return 0.0, 0
    found = [q / length]
    diagonal: list[float] = []
    beside: list[float] = []
    while True:
        w = times(found[-1])
        diagonal.append(float(w @ found[-1]))
        for _ in range(2):
            w -= np.array(found).T @ (np.array(found) @ w)
        rest = float(np.linalg.norm(w))
        if not (math.isfinite(rest) and math.isfinite(diagonal[-1])):
            return math.nan, len(diagonal)
        values, vectors = np.linalg.eigh(
            np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)
        )
        largest = float(values[-1])
        is_known = rest * abs(vectors[-1, -1]) <= CLOSE * abs(largest)
        if is_known or len(diagonal) >= min(MOST_PRODUCTS, len(free)):
            return largest, len(diagonal)
        beside.append(rest)
        found.append(w / rest)


def _decayed(spec: RunSpec, theta: Array) -> Array:
    """λ₂ for each weight, 0 for each other parameter, (P,)."""
    decayed = np.zeros_like(theta)
    for block in blocks(spec):
        block.weights(decayed[None])[...] = spec.penalty["l2"]
    return decayed
