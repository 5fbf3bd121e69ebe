"""Dropout: in each training step random units are silent, and the survivors speak louder.

Inverted dropout: with rate p a unit is kept with probability 1 − p and then scaled by 1/(1 − p), so that
evaluation needs no change. Srivastava et al. (2014), "Dropout: A Simple Way to Prevent Neural Networks
from Overfitting".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.core.arrays import Array
from engine.core.random import Purpose, generator
from engine.spec.run_spec import RunSpec

BLOCK = 16
"""Masks are drawn for this many steps at once, since making a generator costs as much as a step."""


def masks(spec: RunSpec, layer: int, step: int) -> Array:
    """The masks (BLOCK, U, B) of a hidden layer for the block of steps that `step` is in.

    Each entry is 0 or 1/(1 − p). They depend on the batches seed, the layer and the block alone; row
    step % BLOCK is the step's own. B is the batch size; a smaller batch uses the first columns. With batch
    normalization there is one more column, for the point that may join a batch.
    """
    rng = generator(spec.batches_seed, Purpose.DROPOUT, step // BLOCK, layer)
    chance = rng.random((BLOCK, spec.layers[layer].units, spec.batch_size), dtype=np.float32)
    if spec.normalizes:
        one_more = rng.random((*chance.shape[:2], 1), dtype=np.float32)
        chance = np.concatenate([chance, one_more], axis=2)
    rate = spec.layers[layer].dropout
    kept = (chance >= rate).astype(spec.dtype)
    kept *= 1 / (1 - rate)
    return kept


class Dropout:
    """One hidden layer's masks, for every member, as training goes on."""

    def __init__(self, specs: Sequence[RunSpec], layer: int) -> None:
        self._specs, self._layer = specs, layer
        self._block = -1
        self._masks = np.empty(0)

    def mask(self, step: int, length: int) -> Array:
        """The mask (M, U, B) of one step, for a batch of this length; no member axis if M = 1."""
        if step // BLOCK != self._block:
            self._block = step // BLOCK
            drawn = [masks(spec, self._layer, step) for spec in self._specs]
            self._masks = drawn[0] if len(drawn) == 1 else np.stack(drawn, axis=1)
        found: Array = self._masks[step % BLOCK, ..., :length]
        return found
