"""Augmentation: training points change a little in every epoch, so that none can be learned by heart.

Each keeps a point's label where the data allows it: turning a circle changes nothing, turning xor does.
Amounts of 0 are off. Those that are on are applied in the order of the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.core.arrays import Array
from engine.core.registry import Family, Knob, Record
from engine.words import N_


@dataclass(frozen=True, kw_only=True)
class Augmentation(Record):
    """change(rng, points, targets, amount) -> new points (N, 2) and targets (K, N).

    Its only knob is the amount; the default is off.
    """

    change: Callable[[np.random.Generator, Array, Array, Any], tuple[Array, Array]]

    @property
    def amount(self) -> Knob:
        """The knob that says how much."""
        return self.knobs[0]


def _flip(
    rng: np.random.Generator, points: Array, targets: Array, direction: str
) -> tuple[Array, Array]:
    mirrored = np.array([direction != "vertical", direction != "horizontal"])
    flipped = mirrored & (rng.random(points.shape) < 0.5)
    return np.where(flipped, -points, points), targets


def _rotate(
    rng: np.random.Generator, points: Array, targets: Array, degrees: float
) -> tuple[Array, Array]:
    angle = np.radians(rng.uniform(-degrees, degrees, len(points)))
    c, s = np.cos(angle), np.sin(angle)
    x1, x2 = points.T
    return np.stack([c * x1 - s * x2, s * x1 + c * x2], axis=1), targets


def _scale(
    rng: np.random.Generator, points: Array, targets: Array, share: float
) -> tuple[Array, Array]:
    return points * rng.uniform(1 - share, 1 + share, (len(points), 1)), targets


def _jitter(
    rng: np.random.Generator, points: Array, targets: Array, spread: float
) -> tuple[Array, Array]:
    return points + rng.normal(0, spread, points.shape), targets


def _mixup(
    rng: np.random.Generator, points: Array, targets: Array, alpha: float
) -> tuple[Array, Array]:
    # Zhang, Cisse, Dauphin and Lopez-Paz, mixup: Beyond Empirical Risk Minimization (2018)
    alpha = max(alpha, 0.001)  # near 0 every share is 0 or 1 to all digits, or not a number
    share = rng.beta(alpha, alpha, len(points))
    partner = rng.permutation(len(points))
    mixed = share[:, None] * points + (1 - share)[:, None] * points[partner]
    return mixed, share * targets + (1 - share) * targets[:, partner]


AUGMENTATIONS: Family[Augmentation] = Family(
    N_("augmentation"),
    Augmentation(
        kind="flip",
        label=N_("Flip"),
        help=N_("Mirrors every second point, drawn anew in each epoch."),
        formula=N_("x₁ ← −x₁ or x₂ ← −x₂, with probability ½"),
        knobs=(
            Knob(
                name="flip",
                label=N_("Flip"),
                help=N_("Mirrors every second point: left to right, top to bottom, or both."),
                default="none",
                type="choice",
                choices=("none", "horizontal", "vertical", "both"),
                choice_labels=(
                    N_("Not at all"),
                    N_("Left to right"),
                    N_("Top to bottom"),
                    N_("Both ways"),
                ),
            ),
        ),
        change=_flip,
    ),
    Augmentation(
        kind="rotation",
        label=N_("Rotation"),
        help=N_("Turns every point around the middle by its own angle, a new one in each epoch."),
        formula="p ← R(θ) p, θ ~ U(−a, a)",
        knobs=(
            Knob(
                name="rotation",
                label=N_("Rotation"),
                help=N_(
                    "The largest angle in degrees by which a point is turned around the middle."
                ),
                default=0.0,
                minimum=0,
                maximum=180,
                step=5,
            ),
        ),
        change=_rotate,
    ),
    Augmentation(
        kind="scale",
        label=N_("Scale"),
        help=N_(
            "Moves every point away from the middle or towards it, by a new factor in each epoch."
        ),
        formula="p ← c p, c ~ U(1 − a, 1 + a)",
        knobs=(
            Knob(
                name="scale",
                label=N_("Scale"),
                help=N_("How far from 1 a factor may be; it moves a point outwards or inwards."),
                default=0.0,
                minimum=0,
                maximum=0.9,
                step=0.05,
            ),
        ),
        change=_scale,
    ),
    Augmentation(
        kind="jitter",
        label=N_("Jitter"),
        help=N_("Moves every point a little, to a new place in each epoch."),
        formula="p ← p + N(0, σ²)",
        knobs=(
            Knob(
                name="jitter",
                label=N_("Jitter"),
                help=N_("The standard deviation of the moves, in units of the plane."),
                default=0.0,
                minimum=0,
                maximum=2,
                step=0.05,
            ),
        ),
        change=_jitter,
    ),
    Augmentation(
        kind="mixup",
        label=N_("Mixup"),
        help=N_(
            "Trains on points between two points, with targets between theirs in the same proportion."
        ),
        formula="p ← λp + (1 − λ)q, y ← λy + (1 − λ)y_q, λ ~ Beta(α, α)",
        knobs=(
            Knob(
                name="mixup",
                label=N_("Mixup"),
                help=N_(
                    "The α of the mixing proportion: small stays near one of two points, 1 allows any mix."
                ),
                default=0.0,
                minimum=0,
                maximum=2,
                step=0.1,
            ),
        ),
        change=_mixup,
    ),
)


def is_on(amounts: Mapping[str, Any]) -> bool:
    """Whether any of these amounts (by kind) changes anything."""
    return any(amounts[kind] != record.amount.default for kind, record in AUGMENTATIONS.items())


def augment(
    rng: np.random.Generator, points: Array, targets: Array, amounts: Mapping[str, Any]
) -> tuple[Array, Array]:
    """Change points (N, 2) and targets (K, N) by these amounts; the arrays passed in stay as they are."""
    for kind, record in AUGMENTATIONS.items():
        if amounts[kind] != record.amount.default:
            points, targets = record.change(rng, points, targets, amounts[kind])
    return points, targets
