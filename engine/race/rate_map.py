"""A map of settings: how low gradient descent gets with each learning rate and each momentum.

All settings are members of one descent from the race's first start; `engine.race.descent.descend` runs it.
"""

from __future__ import annotations

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.core.arrays import Array
from engine.core.errors import position
from engine.race.descent import Descent, begin, heights_of
from engine.race.hessian import hessians
from engine.race.quadratic import eigenvalues_of
from engine.race.spec import Racer, RaceSpec
from engine.spec.reader import Choice

LEAST, MOST = 0.01, 10.0
"""The learning rates go from this to that, over the largest curvature: up to 2 over it SGD is stable."""
MOST_MOMENTUM = 0.99


def rates_axes(spec: RaceSpec, grid: int) -> tuple[Array, Array]:
    """Learning rates (G,), evenly spaced in the logarithm and rising, and momenta (G,), falling to 0."""
    # a click on the map sets a racer to its place, so that the knob must take it
    (knob,) = (k for k in OPTIMIZERS["momentum"].knobs if k.name == "learning_rate")
    curvature = _curvature(spec)
    least, most = np.clip([LEAST / curvature, MOST / curvature], knob.minimum, knob.maximum)
    return np.geomspace(least, most, grid), np.linspace(MOST_MOMENTUM, 0, grid)


def begin_rates(spec: RaceSpec, racer: int, grid: int, part: slice = slice(None)) -> Descent:
    """Momentum with every setting of a grid, or some, row by row; Nesterov's where the racer's optimizer is.

    The racer's schedule and clip apply, and all get the same noise. Raises PositionError where the race has
    no such racer.
    """
    own = spec.racers[position("racer", racer, len(spec.racers))]
    kind = "nesterov" if own.optimizer.kind == "nesterov" else "momentum"
    rates, momenta = (axis.tolist() for axis in rates_axes(spec, grid))
    rules = []
    for place in range(grid**2)[part]:
        knobs = (("learning_rate", rates[place % grid]), ("momentum", momenta[place // grid]))
        rules.append(Racer(Choice(kind, knobs), own.schedule, own.clip))
    starts, rows = [spec.points[0]] * len(rules), [0] * len(rules)
    return begin(spec.surface, rules, starts, spec.noise, spec.noise_seed, rows)


def rates_of(spec: RaceSpec, descent: Descent) -> Array:
    """f at the end of each setting so far, (G, G): row 0 the largest momentum; infinite where it diverged."""
    grid = round(len(descent.theta) ** 0.5)
    return heights_of(descent).reshape(grid, grid)


def _curvature(spec: RaceSpec) -> float:
    """The largest curvature in any direction, of a quadratic or at the first start; 1 where it has none."""
    values = eigenvalues_of(spec)
    if values is not None:
        return max(map(abs, values)) or 1.0
    (hessian,) = hessians(spec, np.array(spec.points[:1]))
    if not np.isfinite(hessian).all():
        return 1.0
    return float(np.abs(np.linalg.eigvalsh(hessian)).max()) or 1.0
