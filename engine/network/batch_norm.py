"""Batch normalization: after the affine map and before the activation.

x̂ = (z − mean) / √(var + ε), y = γ x̂ + β. In training the mean and the variance (divided by B) are the
batch's; in evaluation they are running averages, r <- 0.9 r + 0.1 (batch's), for which the variance is
divided by B − 1, as in PyTorch. So a batch has two points or more: a spec with batches of one is refused, and
a single last point of an epoch joins the batch before it (`engine.training.batches`).

Ioffe and Szegedy (2015), "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
Covariate Shift".

Shapes are feature-major as in `engine.network.backprop`: z is (M, U, B); γ, β and statistics are (M, U, 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.core.arrays import Array
from engine.core.calls import Calls

EPSILON = 1e-5
MOMENTUM = 0.1


@dataclass(frozen=True)
class Parameters:
    """A view into theta or its gradient: scales γ and then shifts β, (M, 2, U, 1)."""

    both: Array

    @property
    def gamma(self) -> Array:
        """(M, U, 1)."""
        gamma: Array = self.both[:, 0]
        return gamma

    @property
    def beta(self) -> Array:
        """(M, U, 1)."""
        beta: Array = self.both[:, 1]
        return beta


@dataclass(frozen=True)
class Statistics:
    """A view into running statistics: means and then variances, (M, 2, U, 1)."""

    both: Array

    @property
    def mean(self) -> Array:
        """(M, U, 1)."""
        mean: Array = self.both[:, 0]
        return mean

    @property
    def variance(self) -> Array:
        """(M, U, 1)."""
        variance: Array = self.both[:, 1]
        return variance


def normalize(z: Array, scale: Parameters, running: Statistics) -> Array:
    """Evaluation: y from running statistics, in a new array."""
    y: Array = (z - running.mean) / np.sqrt(running.variance + EPSILON) * scale.gamma + scale.beta
    return y


class RunningAverages:
    """The running statistics (M, R) of all layers, which follow those of a batch in one go.

    Each layer puts into `moves` (M, R) how far its own are to go: m times the batch's.
    """

    def __init__(self, running: Array) -> None:
        self._running, self.moves = running, np.empty_like(running)
        self._keep = np.array(1 - MOMENTUM, running.dtype)

    def follow(self) -> None:
        """r <- (1 − m) r + m (batch's)."""
        np.multiply(self._running, self._keep, out=self._running)
        np.add(self._running, self.moves, out=self._running)


class BatchNorm:
    """One layer's normalization in training, in place on its sums z (M, U, B), for one batch length.

    Which member a unit belongs to makes no difference: each is a row of a matrix (rows, B), and what there
    is one of for each row is a column. What comes in pairs (γ and β, mean and variance) stands one behind
    the other, so that one call does for both. Two things are quicker here than they look. A mean over the
    batch is a product with a column of 1/B: a sum over a short axis takes four times as long. And a column
    is copied along its rows before it meets a matrix: arithmetic that broadcasts takes longer than both.

    g (M, U, B) takes dL/dy, and is dL/dz after `backward`.
    """

    def __init__(self, z: Array, scale: Parameters, grad: Parameters, moves: Statistics) -> None:
        """Reads γ and β from `scale`, writes their gradients to `grad` and m times the batch's to `moves`."""
        members, _, units, _ = scale.both.shape
        length = z.shape[-1]
        self._matrix, self._column = (members * units, length), (members * units, 1)
        self._average = np.full((length, 1), 1 / length, z.dtype)
        self._x_hat, self._sigma, self._t = (np.empty(self._matrix, z.dtype) for _ in range(3))
        self._scale, products = (np.empty((2, *self._matrix), z.dtype) for _ in range(2))
        self.g = products[1].reshape(z.shape)
        self.forward = self._forward_calls(z.reshape(self._matrix), scale.both, moves.both)
        """z <- y in place, and what the batch adds to the running statistics."""
        self.backward = self._backward_calls(products, grad.both)
        """g = dL/dy becomes dL/dz in place; fills dL/dγ and dL/dβ."""

    def _forward_calls(self, z: Array, scale: Array, moves: Array) -> Calls:
        """x̂ = (z − mean)/σ with σ = √(var + ε), y = γ x̂ + β."""
        x_hat, sigma, t, (gamma, beta) = self._x_hat, self._sigma, self._t, self._scale
        moments, root = np.empty((2, *self._column), z.dtype), np.empty(self._column, z.dtype)
        mean, variance = moments
        # the variance that runs is divided by B − 1
        length = len(self._average)
        toward = np.full_like(moments, MOMENTUM)
        toward[1] *= length / (length - 1)
        return (
            partial(z.dot, self._average, mean),
            partial(np.copyto, t, mean),
            partial(np.subtract, z, t, x_hat),
            partial(np.multiply, x_hat, x_hat, t),
            partial(t.dot, self._average, variance),
            partial(np.multiply, *(_by_member(x, moves) for x in (moments, toward)), _pairs(moves)),
            partial(np.add, variance, np.array(EPSILON, z.dtype), root),
            partial(np.sqrt, root, root),
            partial(np.copyto, sigma, root),
            partial(np.divide, x_hat, sigma, x_hat),
            partial(np.copyto, _by_member(self._scale, scale), _pairs(scale)),
            partial(np.multiply, x_hat, gamma, z),
            partial(np.add, z, beta, z),
        )

    def _backward_calls(self, products: Array, grad: Array) -> Calls:
        """dz = γ/σ (g − mean g − x̂ mean(g x̂)), since mean and var depend on every point of the batch."""
        x_hat, sigma, t, gamma = self._x_hat, self._sigma, self._t, self._scale[0]
        g_x_hat, g = products
        means, wide = np.empty((2, *self._column), t.dtype), np.empty_like(products)
        length = np.array(len(self._average), t.dtype)
        return (
            partial(np.multiply, g, x_hat, g_x_hat),
            partial(
                products.reshape(-1, len(self._average)).dot, self._average, means.reshape(-1, 1)
            ),
            partial(np.multiply, _by_member(means, grad), length, _pairs(grad)),
            partial(np.copyto, wide, means),
            partial(np.multiply, x_hat, wide[0], t),
            partial(np.subtract, g, t, g),
            partial(np.subtract, g, wide[1], g),
            partial(np.multiply, g, gamma, g),
            partial(np.divide, g, sigma, g),
        )


def _pairs(view: Array) -> Array:
    """A view into theta or the like, (M, 2, U, 1), as (2, M, U, 1)."""
    return view.swapaxes(0, 1)


def _by_member(pair: Array, view: Array) -> Array:
    """A pair of columns or matrices (2, M · U, 1 or B) as (2, M, U, 1 or B), where `view` is (M, 2, U, 1)."""
    members, _, units, _ = view.shape
    return pair.reshape(2, members, units, -1)
