"""One evaluation of a network with everything kept that lies between its inputs and its outputs.

`engine.network.forward` is the same without the parts, for those who want activations alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.activations import Activation, Array
from engine.batch_norm import normalize
from engine.network import Block, activations, blocks
from engine.spec import RunSpec


@dataclass(frozen=True, eq=False)
class Pass:
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

    def slope(self) -> Array:
        """f'(z), (M, U, N)."""
        g = np.ones_like(self.z)
        t, u = np.empty_like(self.z), np.empty_like(self.z)
        self.activation.backward(self.z, self.a, g, t, u, self.knobs)
        return g


class Network:
    """M networks of one architecture as they are in evaluation: running statistics, no dropout.

    theta is (M, P), running (M, R).
    """

    def __init__(self, spec: RunSpec, theta: Array, running: Array) -> None:
        self.blocks = blocks(spec)
        self._activations = activations(spec)
        self._theta, self._running = theta, running

    def passes(self, x: Array) -> list[Pass]:
        """Every layer's pass, outputs last; inputs x are (M, D, N)."""
        found: list[Pass] = []
        for layer in range(len(self.blocks)):
            found.append(self._activate(layer, x, self._sums(layer, x)))
            x = found[-1].a
        return found

    def outputs(self, layer: int, sums: Array) -> Array:
        """What the outputs (M, K, N) are where one layer's sums are these."""
        a = self._activate(layer, sums, sums).a
        for above in range(layer + 1, len(self.blocks)):
            a = self._activate(above, a, self._sums(above, a)).a
        return a

    def _sums(self, layer: int, x: Array) -> Array:
        block = self.blocks[layer]
        sums: Array = np.matmul(block.weights(self._theta).swapaxes(1, 2), x)
        sums += block.bias(self._theta).swapaxes(1, 2)
        return sums

    def _activate(self, layer: int, x: Array, sums: Array) -> Pass:
        block = self.blocks[layer]
        activation, knobs = self._activations[layer]
        z = sums
        if block.batch_norm:
            z = normalize(sums, block.scale(self._theta), block.statistics(self._running))
        a = np.empty_like(z)
        activation.forward(z, a, np.empty_like(z), knobs)
        return Pass(block, activation, knobs, x, sums, z, a)
