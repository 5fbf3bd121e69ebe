"""What an activation is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.catalog.scripts import Torch
from engine.core.arrays import Array, Numbers
from engine.core.registry import Record


@dataclass(frozen=True, kw_only=True)
class Activation(Record):
    """An activation function.

    forward(z, a, t, k): a <- f(z).
    backward(z, a, g, t, u, k): g <- g * f'(z), where a = f(z).
    t and u are scratch space of the same shape; k holds the knobs' values.
    saturates: True where f flattens out on both sides, so that f' is near zero for large inputs.
    dies: True where f is zero, with no gradient, for all negative inputs.
    script_name: its class in exported scripts. torch: the module of PyTorch that does the same;
        where there is none, scripts for PyTorch bring their own.
    """

    forward: Callable[[Array, Array, Array, Numbers], None]
    backward: Callable[[Array, Array, Array, Array, Array, Numbers], None]
    saturates: bool = False
    dies: bool = False
    script_name: str
    torch: Torch | None = None
