"""A population of networks: one array theta, and what each part of it means.

Glossary of shapes, used in every docstring of the engine:

    M members, B points of a batch, N points, D features, U units, K outputs, C classes, P parameters,
    G grid side.

All parameters of a population are one array theta (M, P). In it, layer by layer, stand the weights W
(n_in, n_out) row by row and then the biases b (n_out). A layer's weights and biases are views.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from engine.activations import ACTIVATIONS, Activation, Array
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.seeds import Purpose, generator
from engine.spec import RunSpec


@dataclass(frozen=True)
class Block:
    """Where one layer's parameters stand in theta: W (n_in, n_out) at `offset`, b (n_out) behind it."""

    name: str
    offset: int
    n_in: int
    n_out: int

    @property
    def end(self) -> int:
        """The offset behind the biases."""
        return self.offset + (self.n_in + 1) * self.n_out

    def view(self, theta: Array) -> Array:
        """W with b as its last row, (M, n_in + 1, n_out): a view into theta (M, P)."""
        return theta[:, self.offset : self.end].reshape(-1, self.n_in + 1, self.n_out)

    def weights(self, theta: Array) -> Array:
        """W (M, n_in, n_out): a view into theta."""
        return self.view(theta)[:, :-1]

    def bias(self, theta: Array) -> Array:
        """b (M, 1, n_out): a view into theta."""
        return self.view(theta)[:, -1:]


def blocks(spec: RunSpec) -> tuple[Block, ...]:
    """The blocks of theta in order, the output layer last."""
    found: list[Block] = []
    offset = 0
    hidden = len(spec.layers)
    for i, (n_in, n_out) in enumerate(pairwise(spec.units)):
        found.append(Block(f"layers.{i}" if i < hidden else "output", offset, n_in, n_out))
        offset = found[-1].end
    return tuple(found)


def parameters(spec: RunSpec) -> int:
    """P, how many parameters the network has."""
    return blocks(spec)[-1].end


def layout(spec: RunSpec) -> list[tuple[str, int, tuple[int, ...]]]:
    """Name, offset in theta and shape of every array in it, such as ("layers.0.W", 0, (2, 4))."""
    places: list[tuple[str, int, tuple[int, ...]]] = []
    for block in blocks(spec):
        size = block.n_in * block.n_out
        places.append((f"{block.name}.W", block.offset, (block.n_in, block.n_out)))
        places.append((f"{block.name}.b", block.offset + size, (block.n_out,)))
    return places


def weight_mask(spec: RunSpec) -> Array:
    """(1, P): 1 where theta holds a weight, 0 where it holds a bias."""
    mask = np.zeros((1, parameters(spec)))
    for block in blocks(spec):
        block.weights(mask)[:] = 1
    return mask


def activations(spec: RunSpec) -> tuple[tuple[Activation, dict[str, Any]], ...]:
    """Each layer's activation and its knobs, the output head last."""
    hidden = [(ACTIVATIONS[layer.activation.kind], layer.activation.knobs) for layer in spec.layers]
    head = ACTIVATIONS[LOSSES[spec.loss.kind].head(spec.task)]
    return (*hidden, (head, {}))


def initial(specs: Sequence[RunSpec]) -> Array:
    """The weights every member starts from, (M, P) in the specs' dtype."""
    theta = np.empty((len(specs), parameters(specs[0])))
    for member, spec in enumerate(specs):
        chosen = spec.initializer
        record = INITIALIZERS[chosen.kind]
        for i, block in enumerate(blocks(spec)):
            rng = generator(spec.weights_seed, Purpose.WEIGHTS, i)
            mine = block.view(theta[member : member + 1])[0]
            mine[:-1] = record.draw(rng, block.n_in, block.n_out, chosen.knobs)
            mine[-1] = chosen.knobs.get("bias", 0.0)
    return theta.astype(specs[0].dtype)


def forward(spec: RunSpec, theta: Array, inputs: Array) -> list[Array]:
    """Evaluate networks of one architecture: every layer's activations, [(M, U, N), ...], outputs last.

    theta is (M, P); inputs are features (D, N), or (M, D, N) where members see different points.
    """
    a = inputs if inputs.ndim == 3 else inputs[None]
    outputs = []
    for block, (activation, knobs) in zip(blocks(spec), activations(spec), strict=True):
        z = np.matmul(block.weights(theta).swapaxes(1, 2), a)
        z += block.bias(theta).swapaxes(1, 2)
        a = np.empty_like(z)
        activation.forward(z, a, np.empty_like(z), knobs)
        outputs.append(a)
    return outputs
