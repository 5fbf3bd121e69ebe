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
from engine.products import product

EPSILON = 1e-5
MOMENTUM = 0.1


@dataclass(frozen=True)
class Parameters:
    """Views: scale γ and shift β into theta or its gradient, (M, U, 1), or (U, 1) if M = 1."""

    gamma: Array
    beta: Array


@dataclass(frozen=True)
class Statistics:
    """A view: means and then variances, (M, 2, U, 1), or (2, U, 1) if M = 1."""

    both: Array

    @property
    def mean(self) -> Array:
        """(M, U, 1), or (U, 1) if M = 1."""
        mean: Array = self.both[..., 0, :, :]
        return mean

    @property
    def variance(self) -> Array:
        """(M, U, 1), or (U, 1) if M = 1."""
        variance: Array = self.both[..., 1, :, :]
        return variance


def normalize(z: Array, scale: Parameters, running: Statistics) -> Array:
    """Evaluation: y from running statistics, in a new array."""
    y: Array = (z - running.mean) / np.sqrt(running.variance + EPSILON) * scale.gamma + scale.beta
    return y


class BatchNorm:
    """One layer's normalization in training, on buffers for one batch length.

    Means over the batch are products with a column of 1/B, which is quicker than a sum over a short axis.
    """

    def __init__(
        self, shape: tuple[int, ...], scale: Parameters, grad: Parameters, running: Statistics
    ) -> None:
        dtype = scale.gamma.dtype
        length = shape[-1]
        self._scale, self._grad, self._running = scale, grad, running
        self._length = np.array(length, dtype)
        self._average = np.full((length, 1), 1 / length, dtype)
        self._centred, self._t = np.empty(shape, dtype), np.empty(shape, dtype)
        self._batch = Statistics(np.empty_like(running.both))
        self._mean, self._variance = self._batch.mean, self._batch.variance
        column = (*shape[:-1], 1)
        self._sigma, self._factor, self._g_x_hat, self._g_mean = (
            np.empty(column, dtype) for _ in range(4)
        )
        # how far the running statistics go towards the batch's; the variance's is divided by B − 1
        unbiased = length / max(length - 1, 1)
        self._toward = np.empty_like(running.both)
        self._toward[..., 0, :, :], self._toward[..., 1, :, :] = MOMENTUM, MOMENTUM * unbiased
        self._step = np.empty_like(running.both)
        self._epsilon = np.array(EPSILON, dtype)
        self._keep = np.array(1 - MOMENTUM, dtype)

    def forward(self, z: Array) -> None:
        """z <- y in place, and the running statistics take a step."""
        product(z)(self._average, self._mean)
        np.subtract(z, self._mean, out=self._centred)
        np.multiply(self._centred, self._centred, out=self._t)
        product(self._t)(self._average, self._variance)
        self._follow()
        np.add(self._variance, self._epsilon, out=self._sigma)
        np.sqrt(self._sigma, out=self._sigma)
        np.divide(self._scale.gamma, self._sigma, out=self._factor)
        np.multiply(self._centred, self._factor, out=z)
        np.add(z, self._scale.beta, out=z)

    def _follow(self) -> None:
        """r <- (1 − m) r + m (batch's), for the mean and the unbiased variance at once."""
        running, step = self._running.both, self._step
        np.multiply(running, self._keep, out=running)
        np.multiply(self._batch.both, self._toward, out=step)
        np.add(running, step, out=running)

    def backward(self, g: Array) -> None:
        """g = dL/dy becomes dL/dz in place; fills dL/dγ and dL/dβ.

        dz = γ/σ (g − mean g − x̂ mean(g x̂)), since mean and variance depend on every point of the batch.
        """
        t, g_x_hat, g_mean = self._t, self._g_x_hat, self._g_mean
        np.multiply(g, self._centred, out=t)
        product(t)(self._average, g_x_hat)
        np.divide(g_x_hat, self._sigma, out=g_x_hat)  # mean(g x̂)
        np.multiply(g_x_hat, self._length, out=self._grad.gamma)
        product(g)(self._average, g_mean)
        np.multiply(g_mean, self._length, out=self._grad.beta)
        np.divide(g_x_hat, self._sigma, out=g_x_hat)
        np.multiply(self._centred, g_x_hat, out=t)
        np.subtract(g, t, out=g)
        np.subtract(g, g_mean, out=g)
        np.multiply(g, self._factor, out=g)
