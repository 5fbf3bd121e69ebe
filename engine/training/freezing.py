"""Freezing: parameters that training leaves as they are, bit for bit.

As where PyTorch's `requires_grad` is False: a frozen parameter has no gradient, which therefore does not
count for clipping, and neither the optimizer's memory nor a penalty moves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from engine.core.arrays import Array
from engine.network.layout import parameters
from engine.spec.parameter_names import place
from engine.spec.run_spec import RunSpec


def frozen_mask(specs: Sequence[RunSpec]) -> Array | None:
    """(M, P): True where a member's parameter is frozen; None where nothing is."""
    if not any(spec.frozen for spec in specs):
        return None
    mask = np.zeros((len(specs), parameters(specs[0])), np.bool_)
    for member, spec in enumerate(specs):
        mask[member, _places(tuple(spec.arrays.items()), spec.frozen)] = True
    return mask


@lru_cache(maxsize=64)
def _places(arrays: tuple[tuple[str, tuple[int, ...]], ...], names: tuple[str, ...]) -> Array:
    """Where in theta these parameters are. Names take long to read, and every call of `train` asks."""
    shapes = dict(arrays)
    return np.array([place(shapes, name) for name in names], np.intp)


class Freezer:
    """Keeps the parameters of theta (M, P) that a mask (M, P) names at what they are now."""

    def __init__(self, mask: Array, theta: Array) -> None:
        self._mask, self._theta, self._kept = mask, theta, theta.copy()

    def keep(self) -> None:
        """From now on keep them as they are now."""
        np.copyto(self._kept, self._theta)

    def stop(self, g: Array) -> None:
        """Take the frozen parameters out of a gradient (M, P)."""
        np.copyto(g, 0, where=self._mask)

    def hold(self) -> None:
        """Put them back where an update has moved them."""
        np.copyto(self._theta, self._kept, where=self._mask)
