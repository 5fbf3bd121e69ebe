"""How signals fare on their way forward: what enters each activation, and what is left behind it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.catalog.activations import ACTIVATIONS
from engine.core.arrays import Array, read_only
from engine.insight.inspection import Inspection
from engine.insight.layer_statistics import FLAT, dead, saturated
from engine.network.forward import LayerPass

BARS = 32
"""How many bars a histogram of a panel has."""
LEAST = 6.0
"""Axes of what enters an activation reach at least so far: there sigmoid and tanh have flattened out."""
FARTHEST = 1e30
"""Larger numbers are counted as this one."""


@dataclass(frozen=True, eq=False)
class ActivationFlow:
    """One member at a sample of its training points, in evaluation; L layers, outputs last, and U units.

    points: how many points were looked at.
    reach (L,): the axes of a layer are from −reach to +reach, beyond all that enters it.
    counts (L, BARS): the histogram of all z that enter the layer's activation, over what is finite.
    curves (L, 2, BARS + 1): f and f' at the edges of the bars.
    outputs (L, 3): of what leaves it the mean, the spread over the points, √ of the mean over the units of
        each unit's variance, and the share that is flat: |f'(z)| < FLAT.
    idle (U,): 1 for a dead unit, 2 for a saturated one, else 0, as in `LayerStatistics`; 0 for outputs.
    """

    points: int
    reach: Array
    counts: Array
    curves: Array
    outputs: Array
    idle: Array


def activation_flow(seen: Inspection, member: int = 0) -> ActivationFlow:
    """Look at the activations of one member."""
    with np.errstate(all="ignore"):
        passes = seen.passes(member)
        reach = [reaching(LEAST, layer.z) for layer in passes]
        return ActivationFlow(
            points=passes[0].z.shape[-1],
            reach=np.array(reach),
            counts=np.array(
                [bars(*each) for each in zip((p.z for p in passes), reach, strict=True)]
            ),
            curves=np.array(
                [
                    _curves(layer.activation.kind, tuple(layer.knobs.items()), far)
                    for layer, far in zip(passes, reach, strict=True)
                ]
            ),
            outputs=np.array([_outputs(layer) for layer in passes]),
            idle=np.concatenate([*map(_idle, passes[:-1]), np.zeros(passes[-1].z.shape[1])]),
        )


def reaching(least: float, *values: Array) -> float:
    """The first of least, 2 least, 4 least, … that no finite value is beyond; FARTHEST at most."""
    largest = max(
        float(np.abs(x, where=np.isfinite(x), out=np.zeros_like(x)).max()) for x in values
    )
    doublings = math.ceil(math.log2(max(largest / least, 1)))
    return float(min(least * 2.0**doublings, FARTHEST))


def bars(values: Array, reach: float) -> Array:
    """The histogram (BARS,) of what is finite, from −reach to +reach; what is beyond is in the outermost."""
    x = values[np.isfinite(values)].astype(np.float64)
    place = np.clip((x / reach + 1) * (BARS / 2), 0, BARS - 1).astype(int)
    return np.bincount(place, minlength=BARS)


@lru_cache(maxsize=256)
def _curves(kind: str, knobs: tuple[tuple[str, Any], ...], reach: float) -> Array:
    """f and f' of an activation, (2, BARS + 1): the same in many layers, and in many readings."""
    activation, values = ACTIVATIONS[kind], dict(knobs)
    z = np.linspace(-reach, reach, BARS + 1)
    a, slope = np.empty_like(z), np.ones_like(z)
    t, u = np.empty_like(z), np.empty_like(z)
    activation.forward(z, a, t, values)
    activation.backward(z, a, slope, t, u, values)
    return read_only(np.stack([a, slope]))


def _outputs(layer: LayerPass) -> tuple[float, float, float]:
    a = layer.a[0].astype(np.float64)
    flat = np.abs(layer.slope) < FLAT
    return float(a.mean()), math.sqrt(a.var(axis=1).mean()), float(flat.mean())


def _idle(layer: LayerPass) -> Array:
    found: Array = dead(layer) + 2 * saturated(layer)
    return found
