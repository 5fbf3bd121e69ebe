"""Freezing: parameters that training leaves as they are, bit for bit.

As where PyTorch's `requires_grad` is False: a frozen parameter has no gradient, which therefore does not
count for clipping, and neither the optimizer's memory nor a penalty moves it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.activations import Array
from engine.parameters import place
from engine.spec import RunSpec


def frozen_mask(specs: Sequence[RunSpec]) -> Array | None:
    """(M, P): True where a member's parameter is frozen; None where nothing is."""
    if not any(spec.frozen for spec in specs):
        return None
    size = sum(int(np.prod(shape)) for shape in specs[0].arrays.values())
    mask = np.zeros((len(specs), size), np.bool_)
    for member, spec in enumerate(specs):
        for name in spec.frozen:
            mask[member, place(spec.arrays, name)] = True
    return mask


class Freezer:
    """Keeps the parameters of theta (M, P) that a mask (M, P) names at what they are now."""

    def __init__(self, mask: Array, theta: Array) -> None:
        self._mask, self._theta, self._kept = mask, theta, theta.copy()

    def stop(self, g: Array) -> None:
        """Take the frozen parameters out of a gradient (M, P)."""
        np.copyto(g, 0, where=self._mask)

    def hold(self) -> None:
        """Put them back where an update has moved them."""
        np.copyto(self._theta, self._kept, where=self._mask)
