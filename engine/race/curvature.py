"""How a surface curves where a racer is, beside the curvature up to which its steps are stable.

Along an eigenvector of the Hessian with eigenvalue λ, a step of a linear rule on a quadratic multiplies the
error by a fixed factor, for SGD by 1 − ηλ. It shrinks as long as λ is below the *edge*: 2/η for SGD,
2(1+μ)/η for momentum, 2(1+μ)/((1+2μ)η) for Nesterov; or as long as η is below the *limit*, the same with λ
and η exchanged. On other surfaces that holds as far as they are like a quadratic.

Cohen, Kaur, Li, Kolter and Talwalkar 2021, Gradient Descent on Neural Networks Typically Occurs at the Edge
of Stability.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.core.arrays import Array
from engine.race.hessian import hessians
from engine.race.quadratic import directions_of, eigenvalues_of, stationary
from engine.race.race import PathChunk
from engine.race.spec import Racer, RaceSpec
from engine.race.theory import multipliers


@dataclass(frozen=True, eq=False)
class Curvature:
    """How the surface curves at n rows of a race, for each of its R racers from one start.

    eigenvalues (n, R, 2): of the Hessian, the smaller first; not finite where f is not.
    edges (n, R): the curvature up to which the racer's steps are stable, with its learning rate then; NaN
        where there is none.
    errors (n, R, 2): on a quadratic, how far the racer is from where the gradient is zero, along the
        eigenvector of each eigenvalue; (n, R, 0) elsewhere.
    """

    eigenvalues: Array
    edges: Array
    errors: Array


@dataclass(frozen=True)
class Along:
    """What one update does along an eigenvector of a quadratic, in the long run.

    factor: by which it multiplies the error; for SGD with its sign, 1 − ηλ.
    limit: the learning rate below which that shrinks, None where it never does.
    """

    factor: float
    limit: float | None


def curvature(spec: RaceSpec, rows: PathChunk, start: int) -> Curvature:
    """How the surface curves at the places of these rows, from one start."""
    mine = slice(start, None, len(spec.points))
    path, rates = rows.path[:, mine], rows.learning_rate[:, mine].astype(np.float64)
    found = hessians(spec, path.reshape(-1, 2)).reshape(*path.shape, 2)
    with np.errstate(all="ignore"):
        middle = (found[..., 0, 0] + found[..., 1, 1]) / 2
        apart = np.hypot((found[..., 0, 0] - found[..., 1, 1]) / 2, found[..., 0, 1])
        factors = np.array([_edge(racer) for racer in spec.racers])
        return Curvature(
            np.stack([middle - apart, middle + apart], axis=-1),
            factors / rates,
            _errors(spec, path),
        )


def along(spec: RaceSpec) -> tuple[tuple[Along, Along] | None, ...] | None:
    """What an update of each racer does along the two eigenvectors, the flatter first.

    None on a surface that is no quadratic, and for a racer whose rule is not linear or whose rate changes.
    """
    values = eigenvalues_of(spec)
    if values is None:
        return None
    found: list[tuple[Along, Along] | None] = []
    for racer in spec.racers:
        factors = multipliers(racer, values)
        if factors is None:
            found.append(None)
            continue
        edge = _edge(racer)
        flat, steep = (
            Along(factor, edge / value if value > 0 else None)
            for factor, value in zip(factors, values, strict=True)
        )
        found.append((flat, steep))
    return tuple(found)


def edge_formula(racer: Racer) -> str | None:
    """The edge in signs, None where a racer has none."""
    edge = OPTIMIZERS[racer.optimizer.kind].edge
    return edge.formula if edge else None


def _edge(racer: Racer) -> float:
    """The edge times the learning rate, NaN where there is none."""
    edge = OPTIMIZERS[racer.optimizer.kind].edge
    return edge.times_rate(racer.optimizer.knobs) if edge else math.nan


def _errors(spec: RaceSpec, path: Array) -> Array:
    """How far each place (n, R, 2) is from the stationary point, along each eigenvector of a quadratic."""
    point, directions = stationary(spec), directions_of(spec)
    if point is None or directions is None:
        return np.empty((*path.shape[:2], 0))
    return np.asarray(np.abs((path - point) @ directions))
