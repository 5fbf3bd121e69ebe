"""Initializers: the weights a network starts from.

They decide whether signals and gradients keep their scale from layer to layer. Each record draws one
layer's weights W (n_in, n_out); its biases are all the knob `bias`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import Array, Numbers
from engine.registry import Family, Knob, Record


@dataclass(frozen=True, kw_only=True)
class Initializer(Record):
    """draw(rng, n_in, n_out, k) -> W, (n_in, n_out) float64."""

    draw: Callable[[np.random.Generator, int, int, Numbers], Array]


def _bias(default: float) -> Knob:
    return Knob(
        name="bias",
        label="Bias",
        help="The value that every bias starts from.",
        default=default,
        minimum=-10,
        maximum=10,
        step=0.1,
    )


def _uniform(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
    return rng.uniform(-k["limit"], k["limit"], (n_in, n_out))


def _xavier(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
    return rng.normal(0, np.sqrt(1 / n_in), (n_in, n_out))


def _he(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
    return rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))


INITIALIZERS: Family[Initializer] = Family(
    "initializer",
    Initializer(
        kind="uniform",
        label="Uniform",
        help="Every weight is equally likely anywhere between −limit and +limit, in every layer.",
        formula="W ~ U(−a, a)",
        knobs=(
            Knob(
                name="limit",
                label="Limit",
                help="The largest weight that can be drawn.",
                default=0.5,
                minimum=0,
                maximum=100,
                step=0.1,
                choices=(0.01, 0.1, 0.5, 1.0, 3.0),
            ),
            _bias(0.1),
        ),
        draw=_uniform,
    ),
    Initializer(
        kind="xavier",
        label="Xavier",
        help="Normal with variance 1/inputs, which keeps the signal's scale for tanh and sigmoid.",
        formula="W ~ N(0, 1/nᵢₙ)",
        knobs=(_bias(0.0),),
        draw=_xavier,
    ),
    Initializer(
        kind="he",
        label="He",
        help="Normal with variance 2/inputs, which makes up for the half that ReLU blocks.",
        formula="W ~ N(0, 2/nᵢₙ)",
        knobs=(_bias(0.0),),
        draw=_he,
    ),
)
