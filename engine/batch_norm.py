"""Batch normalization: after the affine map and before the activation.

x̂ = (z − mean) / √(var + ε), y = γ x̂ + β. In training the mean and the variance (divided by B) are the
batch's; in evaluation they are running averages, r <- 0.9 r + 0.1 (batch's), for which the variance is
divided by B − 1, as in PyTorch. Ioffe and Szegedy (2015), "Batch Normalization: Accelerating Deep Network
Training by Reducing Internal Covariate Shift".

Shapes are feature-major as in `engine.backprop`: z is (M, U, B); γ, β and statistics are (M, U, 1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.activations import Array

EPSILON = 1e-5
MOMENTUM = 0.1


@dataclass(frozen=True)
class Parameters:
    """Views: scale γ and shift β into theta or its gradient, (M, U, 1), or (U, 1) if M = 1."""

    gamma: Array
    beta: Array


@dataclass(frozen=True)
class Statistics:
    """Views: running mean and variance, (M, U, 1), or (U, 1) if M = 1."""

    mean: Array
    variance: Array


def normalize(z: Array, scale: Parameters, running: Statistics) -> Array:
    """Evaluation: y from running statistics, in a new array."""
    y: Array = (z - running.mean) / np.sqrt(running.variance + EPSILON) * scale.gamma + scale.beta
    return y


class BatchNorm:
    """One layer's normalization in training, on buffers for one batch length."""

    def __init__(
        self, shape: tuple[int, ...], scale: Parameters, grad: Parameters, running: Statistics
    ) -> None:
        dtype = scale.gamma.dtype
        self._scale, self._grad, self._running = scale, grad, running
        self._length = shape[-1]
        self._x_hat, self._t = np.empty(shape, dtype), np.empty(shape, dtype)
        column = (*shape[:-1], 1)
        self._sum, self._mean, self._deviation = (np.empty(column, dtype) for _ in range(3))
        self._unbiased = self._length / max(self._length - 1, 1)

    def forward(self, z: Array) -> None:
        """z <- y in place, and the running statistics take a step."""
        x_hat, t, mean = self._x_hat, self._t, self._mean
        np.add.reduce(z, axis=-1, keepdims=True, out=mean)
        np.multiply(mean, 1 / self._length, out=mean)
        np.subtract(z, mean, out=x_hat)
        np.multiply(x_hat, x_hat, out=t)
        np.add.reduce(t, axis=-1, keepdims=True, out=self._deviation)
        np.multiply(self._deviation, 1 / self._length, out=self._deviation)
        self._follow()
        np.add(self._deviation, EPSILON, out=self._deviation)
        np.sqrt(self._deviation, out=self._deviation)
        np.divide(x_hat, self._deviation, out=x_hat)
        np.multiply(x_hat, self._scale.gamma, out=z)
        np.add(z, self._scale.beta, out=z)

    def _follow(self) -> None:
        """r <- (1 − m) r + m (batch's), for the mean and the unbiased variance."""
        running, t = self._running, self._sum
        np.multiply(running.mean, 1 - MOMENTUM, out=running.mean)
        np.multiply(self._mean, MOMENTUM, out=t)
        np.add(running.mean, t, out=running.mean)
        np.multiply(running.variance, 1 - MOMENTUM, out=running.variance)
        np.multiply(self._deviation, MOMENTUM * self._unbiased, out=t)
        np.add(running.variance, t, out=running.variance)

    def backward(self, g: Array) -> None:
        """g = dL/dy becomes dL/dz in place; fills dL/dγ and dL/dβ.

        dz = γ/σ (g − mean g − x̂ mean(g x̂)), since mean and variance depend on every point of the batch.
        """
        x_hat, t = self._x_hat, self._t
        np.multiply(g, x_hat, out=t)
        np.add.reduce(t, axis=-1, keepdims=True, out=self._sum)
        np.copyto(self._grad.gamma, self._sum)
        np.multiply(self._sum, 1 / self._length, out=self._sum)
        np.multiply(x_hat, self._sum, out=t)
        np.add.reduce(g, axis=-1, keepdims=True, out=self._sum)
        np.copyto(self._grad.beta, self._sum)
        np.subtract(g, t, out=g)
        np.multiply(self._sum, 1 / self._length, out=self._sum)
        np.subtract(g, self._sum, out=g)
        np.divide(self._scale.gamma, self._deviation, out=self._sum)
        np.multiply(g, self._sum, out=g)
