"""A search in plain NumPy, without the engine: networks 2-U-1 of tanh units, and what is chosen among them.

What it is given are points, labels 0 and 1, initial weights, and random numbers from 0 to 1;
the rest is here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def uniform(search_seed: int, trials: int, knobs: int) -> Numbers:
    """The numbers of each trial of a search's first round, (trials, knobs)."""
    keys = [np.random.SeedSequence((search_seed, 8, 0, trial)) for trial in range(trials)]
    return np.array(
        [np.random.Generator(np.random.PCG64(key)).random(2 * knobs)[:knobs] for key in keys]
    )


def moved_grid(search_seed: int, side: int) -> Numbers:
    """A grid of side × side places, moved inside its cells, (side², 2); the second knob varies fastest."""
    shift = uniform(search_seed, 1, 2)[0]
    return np.array(
        [[(i + shift[0]) / side, (j + shift[1]) / side] for i in range(side) for j in range(side)]
    )


def on_scale(places: Numbers, low: float, high: float) -> Numbers:
    """Values at places from 0 to 1 of a logarithmic scale."""
    return np.exp(np.log(low) + places * (np.log(high) - np.log(low)))


def scores(theta: Numbers, x: Numbers) -> Numbers:
    """The output before the sigmoid: theta (M, 4U + 1), x (N, 2) to (M, N)."""
    w, b, v, c = _split(theta)
    hidden = np.tanh(np.matmul(x, w) + b[:, None, :])
    return np.asarray((hidden * v[:, None, :]).sum(axis=2) + c)


def losses(theta: Numbers, x: Numbers, labels: Numbers) -> Numbers:
    """The mean cross-entropy of each network, (M,)."""
    s = scores(theta, x)
    return np.asarray((np.logaddexp(0, s) - labels * s).mean(axis=1))


def trained(
    theta: Numbers,
    x: Numbers,
    labels: Numbers,
    updates: int,
    batch: int,
    rates: Numbers,
    l2: Numbers,
) -> Numbers:
    """Each network after so many updates of gradient descent on batches in the order of the points."""
    theta, count = theta.copy(), len(x) // batch
    for update in range(updates):
        part = slice(update % count * batch, update % count * batch + batch)
        theta -= rates[:, None] * _gradient(theta, x[part], labels[part], l2)
    return theta


def quantiles(found: Numbers) -> tuple[float, float, float]:
    """5 %, the middle and 95 % of an odd number of losses: the nearest ones that there are."""
    inside = np.sort(found)
    last = len(inside) - 1
    return (
        float(inside[round(0.05 * last)]),
        float(inside[last // 2]),
        float(inside[round(0.95 * last)]),
    )


def _split(theta: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    units = (theta.shape[1] - 1) // 4
    w, b, v, c = np.split(theta, [2 * units, 3 * units, 4 * units], axis=1)
    return w.reshape(-1, 2, units), b, v, c


def _gradient(theta: Numbers, x: Numbers, labels: Numbers, l2: Numbers) -> Numbers:
    """The mean gradient over the points, with λ w for weights and not for biases, (M, 4U + 1)."""
    w, b, v, c = _split(theta)
    hidden = np.tanh(np.matmul(x, w) + b[:, None, :])
    s = (hidden * v[:, None, :]).sum(axis=2) + c
    error = (1 / (1 + np.exp(-s)) - labels) / len(x)
    back = error[:, :, None] * v[:, None, :] * (1 - hidden**2)
    parts: Sequence[Numbers] = (
        (np.matmul(x.T, back) + l2[:, None, None] * w).reshape(len(theta), -1),
        back.sum(axis=1),
        (error[:, :, None] * hidden).sum(axis=1) + l2[:, None] * v,
        error.sum(axis=1, keepdims=True),
    )
    return np.concatenate(parts, axis=1)
