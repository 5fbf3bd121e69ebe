"""Noise in the gradient: what a batch brings to a network, brought to a surface, whose gradient is exact."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.core.arrays import Array
from engine.core.random import Purpose, generator
from engine.core.registry import Knob
from engine.words import N_

AMPLITUDE = Knob(
    name="noise",
    label=N_("Gradient noise"),
    help=N_(
        "How much noise is added to each gradient, as batches add it: the standard deviation of each part."
    ),
    default=0.0,
    minimum=0,
    maximum=100,
    step=0.1,
    choices=(0.0, 0.1, 0.3, 1.0, 3.0, 10.0),
)


def gradient_noise(seed: int, step: int, rows: Sequence[int]) -> Array:
    """Standard normal numbers (M, 2) for update number `step`, to be multiplied by the amplitude.

    Each member names its row, usually its place in the population. A row depends on the seed, the step
    and its own number alone, not on who else is asked for; members with the same row get the same noise.
    """
    if not len(rows):
        return np.zeros((0, 2))
    drawn = generator(seed, Purpose.NOISE, step).standard_normal((max(rows) + 1, 2))
    return np.take(drawn, rows, axis=0)
