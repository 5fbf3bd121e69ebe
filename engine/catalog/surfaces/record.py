"""What a surface is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.core.arrays import Array, Numbers
from engine.core.registry import Record

Point = tuple[float, float]
Height = Any
"""f(x, y), an array of the shape of x."""
Gradient = tuple[Array, Array]
"""The derivatives by x and by y, each of the shape of x."""

LIBRARY = "Surjanovic and Bingham, Virtual Library of Simulation Experiments (2013)"


@dataclass(frozen=True, kw_only=True)
class Surface(Record):
    """A function f of x and y.

    value(x, y, k) and gradient(x, y, k): f, and its derivatives by x and by y; `k` holds the knobs.
    minimum: the lowest value there is, at each point of `minima`; None, and no points, where there is none.
    local_minima: the other minima in view, where they are known.
    view: what to show of it, (x_min, x_max, y_min, y_max).
    start: where to begin unless a person says otherwise.
    eigenvalues(k): for a quadratic, those of its Hessian, smaller first; they decide how it converges.
    source: who published it.
    """

    value: Callable[[Array, Array, Numbers], Array]
    gradient: Callable[[Array, Array, Numbers], Gradient]
    view: tuple[float, float, float, float]
    start: Point
    minimum: float | None = None
    minima: tuple[Point, ...] = ()
    local_minima: tuple[Point, ...] = ()
    eigenvalues: Callable[[Numbers], tuple[Any, Any]] | None = None
    source: str = ""

    @property
    def quadratic(self) -> bool:
        """True where the Hessian is the same everywhere, so that theory predicts every step."""
        return self.eigenvalues is not None


def bottom(near: float, slope: Callable[[float], float], curvature: float) -> float:
    """The root of a slope, from a point near it, by Newton's method with a fixed curvature."""
    for _ in range(60):
        near -= slope(near) / curvature
    return near
