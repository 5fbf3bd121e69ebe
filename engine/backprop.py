"""The gradient of the loss by the chain rule, for a whole population, without allocating an array.

Every buffer is made once for one batch length. Arrays are stored *feature-major*, (M, U, B): a unit's
values over the batch lie side by side. Then a layer's input can carry a row of ones, so that one product
gives weights and bias together, and the rest is still contiguous, which elementwise arithmetic is fast on.
A single network (M = 1) drops the member axis: plain 2-D products have half the call overhead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from engine.activations import Activation, Array
from engine.losses import LOSSES
from engine.network import Block, activations, blocks
from engine.spec import RunSpec

Product = Callable[[Array, Array], Any]


def product(left: Array) -> Product:
    """The function that writes left @ right into an array: product(left)(right, out)."""
    return left.dot if left.ndim == 2 else partial(np.matmul, left)


def column(values: Sequence[float], dtype: str, ndim: int) -> Array:
    """One number for all members as a 0-d array, or one for each as (M, 1, ...) of `ndim` axes."""
    first = values[0]
    if all(value == first for value in values):
        return np.array(first, dtype)
    return np.array(values, dtype).reshape(-1, *[1] * (ndim - 1))


class DenseLayer:
    """An affine map and an activation: z = Wᵀx + b, a = f(z), and the chain rule back through both."""

    def __init__(
        self,
        block: Block,
        theta: Array,
        grad: Array,
        length: int,
        activation: Activation,
        knobs: Any,
    ) -> None:
        members, dtype = len(theta), theta.dtype
        shape = (members, block.n_out, length)
        single = members == 1

        def plain(array: Array) -> Array:
            return array[0] if single else array

        with_ones = np.ones((members, block.n_out + 1, length), dtype)
        self.output = plain(with_ones)
        self.a = plain(with_ones[:, :-1])
        self.z, self.g, self.t, self.u = (plain(np.empty(shape, dtype)) for _ in range(4))
        self.affine = product(plain(block.view(theta)).swapaxes(-1, -2))
        self.down = product(plain(block.weights(theta)))
        self.d_block = plain(block.view(grad))
        self.g_transposed = self.g.swapaxes(-1, -2)
        self.activation, self.knobs = activation, knobs

    def forward(self, x: Array) -> Array:
        """a = f(Wᵀx + b), with its row of ones; x (M, n_in + 1, B) has one as well."""
        self.affine(x, self.z)
        self.activation.forward(self.z, self.a, self.t, self.knobs)
        return self.output

    def backward(self, x: Array, below: Array | None) -> None:
        """From g = dL/da to dL/dW and dL/db, and into `below` dL/dx where a layer below wants it."""
        self.activation.backward(self.z, self.a, self.g, self.t, self.u, self.knobs)
        product(x)(self.g_transposed, self.d_block)
        if below is not None:
            self.down(self.g, below)


class Backprop:
    """The gradient of the mean loss over one batch of a fixed length.

    theta and grad are (M, P); `gradient` reads the one and fills the other. All `specs` share an
    architecture and its rules; their numbers may differ.
    """

    def __init__(self, specs: Sequence[RunSpec], theta: Array, grad: Array, length: int) -> None:
        spec, dtype = specs[0], specs[0].dtype
        knobs = [activations(other) for other in specs]
        self.layers = []
        for i, (block, (activation, names)) in enumerate(zip(blocks(spec), knobs[0], strict=True)):
            numbers = {
                name: column([member[i][1][name] for member in knobs], dtype, 3) for name in names
            }
            self.layers.append(DenseLayer(block, theta, grad, length, activation, numbers))
        self.loss = LOSSES[spec.loss.kind]
        self.loss_knobs = {
            name: column([other.loss[name] for other in specs], dtype, 3)
            for name in spec.loss.knobs
        }

    def gradient(self, x: Array, target: Array) -> None:
        """Fill grad. x (M, D + 1, B) with a last row of ones, target (M, K, B); no member axis if M = 1."""
        layers = self.layers
        h = x
        for layer in layers:
            h = layer.forward(h)
        last = layers[-1]
        self.loss.gradient(last.a, target, last.g, last.t, last.u, self.loss_knobs)
        for i in range(len(layers) - 1, 0, -1):
            below = layers[i - 1]
            layers[i].backward(below.output, below.g)
        layers[0].backward(x, None)
