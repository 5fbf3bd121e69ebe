"""One evaluation of networks, with everything kept that lies between their inputs and their outputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from engine.catalog.activations import Activation
from engine.core.arrays import Array
from engine.network.batch_norm import normalize
from engine.network.layout import Block, activations, blocks
from engine.spec.run_spec import RunSpec

LAYER_BYTES = 2**23
"""What the activations of one layer may take; a few of the kind are needed at a time."""


@dataclass(eq=False)  # not frozen, which takes longer to make than the sums of a small layer
class LayerPass:
    """One layer's way from its input to its output, for M members and N points.

    x (M, n_in, N) is what comes in, sums (M, U, N) = Wᵀx + b, z (M, U, N) the sums after batch normalization
    where there is one, a (M, U, N) = f(z).
    """

    block: Block
    activation: Activation
    knobs: dict[str, Any]
    x: Array
    sums: Array
    z: Array
    a: Array

    @cached_property
    def slope(self) -> Array:
        """f'(z), (M, U, N)."""
        g = np.ones_like(self.z)
        t, u = np.empty_like(self.z), np.empty_like(self.z)
        self.activation.backward(self.z, self.a, g, t, u, self.knobs)
        return g


def forward(spec: RunSpec, theta: Array, running: Array, inputs: Array) -> list[Array]:
    """Evaluate networks of one architecture: every layer's activations, [(M, U, N), ...], outputs last.

    theta is (M, P), running (M, R); inputs are features (D, N), or (M, D, N) where members see different
    points. Batch normalization uses running statistics; dropout is off.
    """
    return Network(spec, theta, running).activations_at(inputs)


def outputs(spec: RunSpec, theta: Array, running: Array, inputs: Array) -> Array:
    """The outputs (M, K, N) alone, as `forward` has them; no layer is kept longer than the next one needs it.

    So many points that a layer's activations take more than LAYER_BYTES are evaluated in pieces.
    """
    return scores_and_outputs(spec, theta, running, inputs)[1]


def scores_and_outputs(
    spec: RunSpec, theta: Array, running: Array, inputs: Array
) -> tuple[Array, Array]:
    """As `outputs`, and before them the sums (M, K, N) that the outputs' activation took."""
    return Network(spec, theta, running).scores_and_outputs(inputs)


class Network:
    """M networks of one architecture as they are in evaluation: running statistics, no dropout.

    theta is (M, P), running (M, R).
    """

    def __init__(self, spec: RunSpec, theta: Array, running: Array) -> None:
        self.blocks = blocks(spec)
        self._activations = activations(spec)
        self._theta, self._running = theta, running
        self._widest = max(spec.units)
        # Wᵀ and bᵀ of each layer: views, put together once for all that is asked of the network
        self._affine = [
            (block.weights(theta).swapaxes(1, 2), block.bias(theta).swapaxes(1, 2))
            for block in self.blocks
        ]

    def activations_at(self, inputs: Array) -> list[Array]:
        """As `forward` has them."""
        return [layer.a for layer in self.passes(_by_member(inputs))]

    def scores_and_outputs(self, inputs: Array) -> tuple[Array, Array]:
        """As the function of this name has them."""
        x = _by_member(inputs)
        one = len(self._theta) * self._widest * self._theta.itemsize
        size = max(LAYER_BYTES // one, 1)
        if x.shape[-1] <= size:
            return self.last(x)
        pieces = [self.last(x[..., i : i + size]) for i in range(0, x.shape[-1], size)]
        scores, found = (np.concatenate(parts, axis=-1) for parts in zip(*pieces, strict=True))
        return scores, found

    def passes(self, x: Array) -> Iterator[LayerPass]:
        """Every layer's pass, outputs last, each as soon as it is made; inputs x are (M, D, N)."""
        for layer in range(len(self.blocks)):
            found = self.pass_of(layer, x)
            yield found
            x = found.a

    def pass_of(self, layer: int, x: Array) -> LayerPass:
        """One layer's pass at its inputs x (M, n_in, N)."""
        sums = self._sums(layer, x)
        z = self.normalized(layer, sums)
        a = self._activation(layer, z)
        return LayerPass(self.blocks[layer], *self._activations[layer], x, sums, z, a)

    def last(self, x: Array) -> tuple[Array, Array]:
        """What enters the last activation and what leaves it, both (M, K, N), at inputs x (M, D, N)."""
        for layer in self.passes(x):
            z, a = layer.z, layer.a
        return z, a

    def normalized(self, layer: int, sums: Array) -> Array:
        """What enters a layer's activation (M, U, N) where its sums are these."""
        block = self.blocks[layer]
        if not block.batch_norm:
            return sums
        return normalize(sums, block.scale(self._theta), block.statistics(self._running))

    def outputs(self, layer: int, z: Array) -> Array:
        """What the outputs (M, K, N) are where this is what enters a layer's activation."""
        a = self._activation(layer, z)
        for above in range(layer + 1, len(self.blocks)):
            a = self._activation(above, self.normalized(above, self._sums(above, a)))
        return a

    def _sums(self, layer: int, x: Array) -> Array:
        weights, bias = self._affine[layer]
        sums: Array = np.matmul(weights, x)
        sums += bias
        return sums

    def _activation(self, layer: int, z: Array) -> Array:
        activation, knobs = self._activations[layer]
        a = np.empty_like(z)
        activation.forward(z, a, np.empty_like(z), knobs)
        return a


def _by_member(inputs: Array) -> Array:
    """Inputs (D, N) or (M, D, N) with an axis of members."""
    return inputs if inputs.ndim == 3 else inputs[None]
