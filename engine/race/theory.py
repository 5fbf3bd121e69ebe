"""What theory says of gradient descent on a quadratic, to be laid beside what a race does.

On f = ½ wᵀH w every eigenvector of H goes its way by itself: with its eigenvalue λ, the gradient is λ w, and
a step of a linear rule multiplies (w, w before) by a fixed 2 × 2 matrix. In the long run the distance to
the minimum is multiplied, in every step, by the largest spectral radius of these matrices: the *factor*.
Below 1 the rule is stable. With l the smallest eigenvalue and L the largest:

- SGD: |1 − ηλ|, best at η = 2/(l + L), where it is (κ − 1)/(κ + 1) with the condition number κ = L/l.
- Momentum: best at η = 4/(√L + √l)² and μ = ((√L − √l)/(√L + √l))², where it is √μ.

Polyak 1964, Some methods of speeding up the convergence of iteration methods; Nesterov 2004, Introductory
Lectures on Convex Optimization, section 2.1; Lessard, Recht and Packard 2016, Analysis and Design of
Optimization Algorithms via Integral Quadratic Constraints, for Nesterov's rule.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from engine.core.arrays import Array
from engine.race.quadratic import eigenvalues_of, stationary
from engine.race.race import Race
from engine.race.spec import Racer

FEWEST = 12
"""The fewest rows of a path that a factor is measured from."""
NEAR = 1e-11
"""Closer to a minimum than this, as a share of its distance from the origin, rounding takes over."""
SMALLEST = 1e-280
"""Closer to a minimum than this numbers lose their digits."""


@dataclass(frozen=True)
class BestMomentum:
    """The best constant learning rate and momentum, and the factor they reach."""

    learning_rate: float
    momentum: float
    factor: float


@dataclass(frozen=True)
class Measured:
    """The factor of a path, from the step `first` to the step `last`."""

    factor: float
    first: int
    last: int


@dataclass(frozen=True)
class Prediction:
    """One racer: the factor that theory predicts, the one measured on its path, and whether it is stable.

    None where theory has no answer: for a rule that is not linear, or whose learning rate changes.
    first, last: the steps that were measured between.
    meeting: where the two roots of the rule meet, so nearly that these steps cannot tell them apart, the
        factor that is to be measured there: the distance is about t · rᵗ then, and nears the factor r slowly.
    """

    predicted: float | None
    measured: float | None
    stable: bool | None
    first: int | None = None
    last: int | None = None
    meeting: float | None = None


@dataclass(frozen=True)
class Theory:
    """What is known of a quadratic. The best settings are None where it has no single minimum."""

    eigenvalues: tuple[float, float]
    condition: float | None
    best_rate: float | None
    best_factor: float | None
    best_momentum: BestMomentum | None
    racers: tuple[Prediction, ...]

    def to_dict(self) -> dict[str, Any]:
        """The theory as it goes over the wire."""
        return asdict(self) | {"eigenvalues": list(self.eigenvalues)}


def theory(race: Race) -> Theory | None:
    """Theory beside practice, for a race on a quadratic; None on any other surface."""
    spec = race.spec
    found = eigenvalues_of(spec)
    if found is None:
        return None
    low, high = found
    racers = []
    for i, racer in enumerate(spec.racers):
        factor = predicted(racer, found)
        practice = _measured(race, i) if race.away.shape[1] else None
        stable = None if factor is None else factor < 1
        if practice is None:
            racers.append(Prediction(factor, None, stable))
            continue
        first, last = practice.first, practice.last
        meeting = _meeting(racer, found, first, last)
        racers.append(Prediction(factor, practice.factor, stable, first, last, meeting))
    if low <= 0:
        return Theory(found, None, None, None, None, tuple(racers))
    best = 2 / (low + high)
    return Theory(
        eigenvalues=found,
        condition=high / low,
        best_rate=best,
        best_factor=(high - low) / (high + low),
        best_momentum=best_momentum(low, high),
        racers=tuple(racers),
    )


def best_momentum(low: float, high: float) -> BestMomentum:
    """Polyak's choice for eigenvalues from `low` to `high`, both above 0."""
    less, more = math.sqrt(low), math.sqrt(high)
    factor = (more - less) / (more + less)
    return BestMomentum(4 / (more + less) ** 2, factor**2, factor)


def predicted(racer: Racer, eigenvalues: tuple[float, float]) -> float | None:
    """The largest spectral radius over the eigenvalues; None where the rule is not linear.

    Clipping acts far from the minimum only, so it does not count in the long run; noise is left out.
    """
    rules = _linear(racer, eigenvalues)
    return None if rules is None else max(_radius(a, b) for a, b in rules)


def multipliers(racer: Racer, eigenvalues: tuple[float, float]) -> tuple[float, float] | None:
    """By what an update multiplies the error along each eigenvector in the long run; None as for `predicted`.

    For a rule without memory, it is 1 − ηλ with its sign, in every update.
    """
    rules = _linear(racer, eigenvalues)
    if rules is None:
        return None
    flat, steep = (a if b == 0 else _radius(a, b) for a, b in rules)
    return flat, steep


def _linear(racer: Racer, eigenvalues: tuple[float, float]) -> list[tuple[float, float]] | None:
    """a and b of wₙ₊₁ = a wₙ − b wₙ₋₁ along each eigenvector; None where the rule is not linear.

    SGD: a = 1 − ηλ, b = 0. Momentum: a = 1 + μ − ηλ, b = μ. Nesterov: a = (1 + μ)(1 − ηλ), b = μ(1 − ηλ).
    """
    kind, rate = racer.optimizer.kind, racer.optimizer["learning_rate"]
    if kind not in ("sgd", "momentum", "nesterov") or racer.schedule.kind != "constant":
        return None
    momentum = racer.optimizer.knobs.get("momentum", 0.0)
    if kind == "nesterov":
        kept = [1 - rate * value for value in eigenvalues]
        return [((1 + momentum) * share, momentum * share) for share in kept]
    return [(1 + momentum - rate * value, momentum) for value in eigenvalues]


def _radius(a: float, b: float) -> float:
    """|z| of the larger root of z² − a z + b."""
    under = a * a / 4 - b
    return math.sqrt(b) if under < 0 else abs(a) / 2 + math.sqrt(under)


def _meeting(racer: Racer, eigenvalues: tuple[float, float], first: int, last: int) -> float | None:
    """The factor from one step to another where the two roots meet in the slowest directions.

    There wₜ = w₀ (1 + c t) zᵗ with z = a/2 and c = (a − b)/z − 1, as the first update leads to (a − b) w₀.
    They meet where their difference is so small beside z that it does not show by the last step.
    """
    rules = _linear(racer, eigenvalues) or []
    radius = max((_radius(a, b) for a, b in rules), default=0.0)
    growths = []
    for a, b in rules:
        apart = math.sqrt(abs(a * a / 4 - b))
        if a and b and _radius(a, b) > 0.999 * radius and apart * last < radius:
            c = 2 * (a - b) / a - 1
            growths.append(abs((1 + c * last) / (1 + c * first)))
    if not growths:
        return None
    growth = math.exp(sum(map(math.log, growths)) / len(growths))
    return float(radius * growth ** (1 / (last - first)))


def _measured(race: Race, racer: int) -> Measured | None:
    """The factor of a racer's path, from the second half of what can be measured.

    From the highest point of that half's first third to the highest of its last third: where the distance
    swings, as momentum's does, that is from peak to peak. None where the path is too short, or rests.
    """
    member = racer * len(race.spec.points)
    away = race.away[:, racer]
    ends = [f.step for f in race.descent.failures if f.member == member]
    away = away[: min(ends, default=len(away))]
    x, y = stationary(race.spec) or (0.0, 0.0)
    usable = (away > SMALLEST + NEAR * math.hypot(x, y)) & np.isfinite(away)
    count = len(usable) if usable.all() else int(usable.argmin())
    if count < FEWEST:
        return None
    heights = np.log(away[count // 2 : count])
    third = len(heights) // 3
    before = _peak(heights, 0, third)
    after = _peak(heights, len(heights) - third, len(heights))
    factor = math.exp((heights[after] - heights[before]) / (after - before))
    return Measured(factor, count // 2 + before, count // 2 + after)


def _peak(heights: Array, begin: int, end: int) -> int:
    """Where the highest of some rows is."""
    return begin + int(heights[begin:end].argmax())
