"""Directions in the space of a network's parameters.

Random ones with filter normalization are those of Li et al. (2018), "Visualizing the Loss Landscape of
Neural Nets".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array
from engine.core.random import Purpose, generator
from engine.network.layout import blocks
from engine.spec.run_spec import RunSpec
from engine.words import N_

SAME = 1e-6
"""A direction is not another one where less than this share of it stands at right angles to it."""
NOTHING = 1e-12
"""A principal direction with a smaller share of the variance than this is rounding."""
MOST = 256
"""As many points as this, spread over all of them, say what their principal directions are."""
PRINCIPAL = (N_("First principal direction"), N_("Second principal direction"))


@dataclass(frozen=True, eq=False)
class Direction:
    """A direction (P,) and a word for it."""

    label: str
    vector: Array


def filter_normalized(spec: RunSpec, theta: Array, rng: np.random.Generator) -> Array:
    """A random direction (P,) on the scale of a network's own weights theta (P,).

    The weights that come into a unit are drawn from N(0, 1) and rescaled to the norm of those the unit has,
    so that a step of 1 means as much in every unit. Biases, γ and β are not moved, as in the paper's code.
    """
    direction = np.zeros((1, theta.size))
    for block in blocks(spec):
        drawn = rng.normal(size=(block.n_in, block.n_out))
        own = np.linalg.norm(block.weights(theta[None])[0], axis=0)
        block.weights(direction)[0] = drawn * (own / np.linalg.norm(drawn, axis=0))
    made: Array = direction[0]
    return made


def random(spec: RunSpec, theta: Array, seed: int) -> Iterator[Direction]:
    """Random directions without end: two with filter normalization, then such as move everything as far.

    The others are for networks whose weights are all zero, or are a single one.
    """
    scale = np.linalg.norm(theta) or 1
    for count in range(2):
        rng = generator(seed, Purpose.DIRECTIONS, count)
        yield Direction(N_("Random direction"), filter_normalized(spec, theta, rng))
    rng = generator(seed, Purpose.DIRECTIONS, 2)
    while True:
        yield Direction(N_("Random direction"), scale * _unit(rng.normal(size=theta.size)))


def principal(offsets: Array) -> list[Direction]:
    """The directions in which offsets (n, P) reach furthest: the first two of PCA, or as many as there are.

    The sum of the squared offsets along the first is the largest there is, and along the second the largest
    at right angles to it. They are of length 1 and point to where the offsets are on the whole negative.
    """
    if min(offsets.shape) > MOST:
        offsets = offsets[np.linspace(0, len(offsets) - 1, MOST).round().astype(np.intp)]
    # the eigenvectors of XᵀX, or where that is smaller those of XXᵀ, which X turns into them
    few = len(offsets) <= offsets.shape[1]
    values, vectors = np.linalg.eigh(offsets @ offsets.T if few else offsets.T @ offsets)
    found = []
    for label, value, vector in zip(PRINCIPAL, values[::-1], vectors.T[::-1], strict=False):
        if value <= NOTHING * values[-1]:
            break
        direction = vector @ offsets / np.sqrt(value) if few else vector
        sign = -1 if (offsets @ direction).sum() > 0 else 1
        found.append(Direction(label, sign * direction))
    return found


def independent(candidates: Iterable[Direction]) -> tuple[Direction, Direction]:
    """The first two of these that are not zero and not the same direction."""
    found: list[Direction] = []
    for candidate in candidates:
        rest = _across(candidate.vector, [kept.vector for kept in found])
        if np.linalg.norm(rest) > SAME * np.linalg.norm(candidate.vector):
            found.append(candidate)
        if len(found) == 2:
            return found[0], found[1]
    raise ValueError(N_("there are no two independent directions among these"))


def orthonormal(pair: Array) -> Array:
    """Directions (2, P) made length 1 and orthogonal, the second to the first."""
    first = _unit(pair[0])
    # twice, since rounding leaves a part of the first where they are close
    across = _unit(_across(_unit(_across(pair[1], [first])), [first]))
    return np.stack([first, across])


def _across(vector: Array, others: list[Array]) -> Array:
    """What of a vector stands at right angles to another."""
    for other in others:
        unit = _unit(other)
        vector = vector - (unit @ vector) * unit
    return vector


def _unit(vector: Array) -> Array:
    unit: Array = vector / np.linalg.norm(vector)
    return unit
