"""The gradient of the loss by the chain rule, for a whole population, without allocating an array.

Every buffer is made once for one batch length. Arrays are stored *feature-major*, (M, U, B): a unit's
values over the batch lie side by side. Then a layer's input can carry a row of ones, so that one product
gives weights and bias together, and the rest is still contiguous, which elementwise arithmetic is fast on.
A single network (M = 1) drops the member axis: plain 2-D products have half the call overhead.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from engine.catalog.activations import Activation
from engine.catalog.losses import LOSSES
from engine.core.arrays import Array, Numbers
from engine.core.calls import Calls, calls_of
from engine.network.batch_norm import BatchNorm, Parameters, RunningAverages, Statistics
from engine.network.dropout import Dropout
from engine.network.layout import Block, activations, blocks
from engine.network.matmul import Product, product
from engine.spec.run_spec import RunSpec


def column(values: Sequence[float], dtype: str, ndim: int) -> Array:
    """One number for all members as a 0-d array, or one for each as (M, 1, ...) of `ndim` axes."""
    first = values[0]
    if all(value == first for value in values):
        return np.array(first, dtype)
    return np.array(values, dtype).reshape(-1, *[1] * (ndim - 1))


def plain(array: Array) -> Array:
    """The array without its member axis if there is only one member."""
    return array[0] if len(array) == 1 else array


class DenseLayer:
    """An affine map, batch normalization, an activation and dropout, and the chain rule back through them.

    z = Wᵀx + b, normalized where the layer is; a = f(z), times the mask of dropout where there is one.
    """

    def __init__(
        self,
        block: Block,
        theta: Array,
        grad: Array,
        length: int,
        activation: Activation,
        knobs: Numbers,
        dropout: Dropout | None,
    ) -> None:
        shape = (len(theta), block.n_out, length)
        with_ones = np.ones((len(theta), block.n_out + 1, length), theta.dtype)
        self.output = plain(with_ones)
        self._passed_on = plain(with_ones[:, :-1])
        self._z, self.t, self.u, g = (plain(np.empty(shape, theta.dtype)) for _ in range(4))
        self._take_gradients_in(g)
        # dropout needs the activation as it was before the mask, to go back through it; and with a row of
        # ones behind each member's, arithmetic would be slower than with a copy
        self._copies = dropout is None and len(theta) > 1
        self.a = np.empty_like(self._z) if dropout or self._copies else self._passed_on
        self._affine = product(plain(block.view(theta)).swapaxes(-1, -2))
        self._down = product(plain(block.weights(theta)))
        self._d_block, self._d_bias = plain(block.view(grad)), plain(block.bias(grad))
        self._activation, self._knobs = activation, knobs
        self._dropout = dropout
        self._mask = np.ones_like(self._z) if dropout else np.empty(0, theta.dtype)
        self._length = length
        self.norm: BatchNorm | None = None

    def normalize_with(self, scale: Parameters, grad: Parameters, moves: Statistics) -> None:
        """Put batch normalization before the activation."""
        self.norm = BatchNorm(self._z, scale, grad, moves)
        self._take_gradients_in(self.norm.g)

    def _take_gradients_in(self, g: Array) -> None:
        self.g, self._g_transposed = g, g.swapaxes(-1, -2)

    def draw(self, step: int) -> None:
        """Have the mask of dropout of this step, where there is one."""
        if self._dropout:
            np.copyto(self._mask, self._dropout.mask(step, self._length))

    def take(self, x: Array) -> None:
        """z <- Wᵀx + b of x (M, n_in + 1, B) with its row of ones."""
        self._affine(x, self._z)

    def give(self, times_x: Product) -> None:
        """Fill dW and db from dL/dz; times_x: the product with x (M, n_in + 1, B) from the left."""
        times_x(self._g_transposed, self._d_block)
        if self.norm:
            # the mean takes the bias out again: what stands there is rounding, which a rule that looks at
            # signs alone would follow
            self._d_bias.fill(0)

    def sums(self, x: Array) -> Calls:
        """What `take` does."""
        return (partial(self._affine, x, self._z),)

    def gradients(self, times_x: Product) -> Calls:
        """What `give` does."""
        if self.norm:
            return (partial(self.give, times_x),)
        return (partial(times_x, self._g_transposed, self._d_block),)

    def forward(self) -> Calls:
        """What makes the layer's output with its row of ones, from its sums."""
        normalization = self.norm.forward if self.norm else ()
        arrays = (self._z, self.a, self.t, self._knobs)
        activation = calls_of(self._activation.forward, *arrays)
        passing_on: Calls = ()
        if self._dropout:
            passing_on = (partial(np.multiply, self.a, self._mask, self._passed_on),)
        elif self._copies:
            passing_on = (partial(np.copyto, self._passed_on, self.a),)
        return (*normalization, *activation, *passing_on)

    def slope(self) -> Array:
        """f'(z) of the last batch, as g (M, U, B); not its mask of dropout."""
        found = np.ones_like(self._z)
        self._activation.backward(self._z, self.a, found, self.t, self.u, self._knobs)
        return found

    @property
    def mask(self) -> Array | None:
        """The last batch's mask of dropout, None where there is no dropout."""
        return self._mask if self._dropout else None

    def backward(self) -> Calls:
        """What makes dL/dz of dL/da, in g."""
        mask = (partial(np.multiply, self.g, self._mask, self.g),) if self._dropout else ()
        arrays = (self._z, self.a, self.g, self.t, self.u, self._knobs)
        activation = calls_of(self._activation.backward, *arrays)
        return (*mask, *activation, *(self.norm.backward if self.norm else ()))

    def down(self, below: Array) -> Calls:
        """What makes dL/dx of dL/dz, in `below`."""
        return (partial(self._down, self.g, below),)


class Backprop:
    """The gradient of the mean loss over one batch of a fixed length.

    theta and grad are (M, P), running (M, R); `gradient` reads theta, fills grad and moves running. All
    `specs` share an architecture and its rules; their numbers may differ.
    """

    def __init__(
        self,
        specs: Sequence[RunSpec],
        theta: Array,
        grad: Array,
        running: Array,
        dropouts: Sequence[Dropout | None],
        length: int,
    ) -> None:
        spec, dtype = specs[0], specs[0].dtype
        each = [activations(other) for other in specs]
        self._averages = RunningAverages(running) if running.size else None
        self.layers = []
        for i, (block, (activation, names)) in enumerate(zip(blocks(spec), each[0], strict=True)):
            knobs = {
                name: column([member[i][1][name] for member in each], dtype, 3) for name in names
            }
            layer = DenseLayer(block, theta, grad, length, activation, knobs, dropouts[i])
            if self._averages and block.batch_norm:
                moves = block.statistics(self._averages.moves)
                layer.normalize_with(block.scale(theta), block.scale(grad), moves)
            self.layers.append(layer)
        self._dropping = [layer for layer in self.layers if layer.mask is not None]
        self.length = length
        self._loss, self._share = LOSSES[spec.loss.kind], np.array(1 / length, dtype)
        self._loss_knobs = {
            name: column([other.loss[name] for other in specs], dtype, 3)
            for name in spec.loss.knobs
        }
        self._target = np.empty(0, dtype)
        self._calls: Calls = ()

    def gradient(self, x: Array, target: Array, step: int) -> None:
        """Fill grad for one batch at one step, which decides the masks of dropout.

        x (M, D + 1, B) has a last row of ones, target is (M, K, B); no member axis if M = 1.
        """
        if target.shape != self._target.shape:
            self._target = np.empty_like(target)
            self._calls = self._put_together()
        for layer in self._dropping:
            layer.draw(step)
        np.copyto(self._target, target)
        first = self.layers[0]
        first.take(x)
        for call in self._calls:
            call()
        first.give(product(x))

    def _put_together(self) -> Calls:
        """All from the first layer's sums to its dL/dz: the same calls on the same arrays in each step."""
        first = self.layers[0]
        calls = [*first.forward()]
        for below, layer in pairwise(self.layers):
            calls += (*layer.sums(below.output), *layer.forward())
        if self._averages:
            calls.append(self._averages.follow)
        last = self.layers[-1]
        arrays = (last.a, self._target, last.g, last.t, last.u, self._loss_knobs)
        calls += calls_of(self._loss.gradient, *arrays)
        calls.append(partial(np.multiply, last.g, self._share, last.g))  # the mean over the batch
        for below, layer in reversed([*pairwise(self.layers)]):
            calls += (*layer.backward(), *layer.gradients(product(below.output)))
            calls += layer.down(below.g)
        return (*calls, *first.backward())


def dropouts(specs: Sequence[RunSpec]) -> list[Dropout | None]:
    """Each layer's dropout, None where no member has any; the outputs never have."""
    found: list[Dropout | None] = []
    for i in range(len(specs[0].layers)):
        some = any(spec.layers[i].dropout for spec in specs)
        found.append(Dropout(specs, i) if some else None)
    return [*found, None]
