"""A population of networks: one array theta, and what each part of it means.

Glossary of shapes, used in every docstring of the engine:

    M members, B points of a batch, N points, D features, U units, K outputs, C classes, P parameters,
    R running statistics of batch normalization, G grid side.

All parameters of a population are one array theta (M, P). In it, layer by layer, stand the weights W
(n_in, n_out) row by row and then the biases b (n_out). A layer's weights and biases are views.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from engine.catalog.activations import ACTIVATIONS, Activation
from engine.catalog.initializers import INITIALIZERS
from engine.catalog.losses import LOSSES
from engine.core.arrays import Array
from engine.core.random import Purpose, generator
from engine.network.batch_norm import Parameters, Statistics
from engine.spec.reader import Choice
from engine.spec.run_spec import RunSpec

CACHE = 2**19
"""So many bytes of one layer's activations stay in a core's cache until the next layer reads them."""


@dataclass(frozen=True)
class Block:
    """Where one layer's parameters stand in theta.

    W (n_in, n_out) at `offset`, b (n_out) behind it; with batch normalization then γ and β (n_out each),
    and in the running statistics at `running` the mean and the variance (n_out each).
    """

    name: str
    offset: int
    n_in: int
    n_out: int
    batch_norm: bool
    running: int

    @property
    def affine_end(self) -> int:
        """The offset behind the biases."""
        return self.offset + (self.n_in + 1) * self.n_out

    @property
    def end(self) -> int:
        """The offset behind the last parameter."""
        return self.affine_end + 2 * self.n_out * self.batch_norm

    def view(self, theta: Array) -> Array:
        """W with b as its last row, (M, n_in + 1, n_out): a view into theta (M, P)."""
        return theta[:, self.offset : self.affine_end].reshape(-1, self.n_in + 1, self.n_out)

    def scale(self, theta: Array) -> Parameters:
        """γ and β of batch normalization, (M, 2, n_out, 1): a view into theta."""
        return Parameters(theta[:, self.affine_end : self.end].reshape(-1, 2, self.n_out, 1))

    def statistics(self, running: Array) -> Statistics:
        """Running means and variances, (M, 2, n_out, 1): a view into running (M, R)."""
        end = self.running + 2 * self.n_out
        return Statistics(running[:, self.running : end].reshape(-1, 2, self.n_out, 1))

    def weights(self, theta: Array) -> Array:
        """W (M, n_in, n_out): a view into theta."""
        return self.view(theta)[:, :-1]

    def bias(self, theta: Array) -> Array:
        """b (M, 1, n_out): a view into theta."""
        return self.view(theta)[:, -1:]


def blocks(spec: RunSpec) -> tuple[Block, ...]:
    """The blocks of theta in order, the output layer last."""
    return _blocks(spec.units, tuple([layer.batch_norm for layer in spec.layers]))


@lru_cache(maxsize=256)
def _blocks(units: tuple[int, ...], normalized: tuple[bool, ...]) -> tuple[Block, ...]:
    found: list[Block] = []
    offset = running = 0
    for i, (n_in, n_out) in enumerate(pairwise(units)):
        hidden = i < len(normalized)
        name = f"layers.{i}" if hidden else "output"
        batch_norm = hidden and normalized[i]
        found.append(Block(name, offset, n_in, n_out, batch_norm, running))
        offset = found[-1].end
        running += 2 * n_out * batch_norm
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
        if block.batch_norm:
            places.append((f"{block.name}.gamma", block.affine_end, (block.n_out,)))
            places.append((f"{block.name}.beta", block.affine_end + block.n_out, (block.n_out,)))
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
    """The weights every member starts from, (M, P) in the specs' dtype; who starts alike is drawn once."""
    theta = np.empty((len(specs), parameters(specs[0])))
    drawn: dict[tuple[Choice, int], int] = {}
    for member, spec in enumerate(specs):
        chosen = spec.initializer
        first = drawn.setdefault((chosen, spec.weights_seed), member)
        if first < member:
            theta[member] = theta[first]
            continue
        record = INITIALIZERS[chosen.kind]
        for i, block in enumerate(blocks(spec)):
            rng = generator(spec.weights_seed, Purpose.WEIGHTS, i)
            mine = block.view(theta[member : member + 1])[0]
            mine[:-1] = record.draw(rng, block.n_in, block.n_out, chosen.knobs)
            mine[-1] = chosen.knobs.get("bias", 0.0)
            if block.batch_norm:
                scale = block.scale(theta[member : member + 1])
                scale.gamma[:], scale.beta[:] = 1, 0
    return theta.astype(specs[0].dtype)


def initial_running(specs: Sequence[RunSpec]) -> Array:
    """Running statistics before the first step, (M, R): means 0, variances 1."""
    size = sum(2 * block.n_out for block in blocks(specs[0]) if block.batch_norm)
    running = np.zeros((len(specs), size), specs[0].dtype)
    for block in blocks(specs[0]):
        if block.batch_norm:
            block.statistics(running).variance[:] = 1
    return running


def parts(spec: RunSpec, members: int, points: int) -> Iterator[slice]:
    """Cuts of so many members into as many as are quickly evaluated together at so many points."""
    one = max(spec.units) * points * np.dtype(spec.dtype).itemsize
    size = max(CACHE // one, 1)
    return (slice(begin, begin + size) for begin in range(0, members, size))
