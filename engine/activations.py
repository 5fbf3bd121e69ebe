"""Activations: the nonlinearity between two affine maps.

Without one, layers of affine maps are a single affine map. Each record is a function f and its
derivative f', both applied element by element and written into arrays the caller owns, so that a
training step allocates nothing. At a kink the derivative is PyTorch's.

Shapes: every array here is (M, B, U), or any other shape, the same for all arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.registry import Family, Knob, Record

Array = np.ndarray[Any, np.dtype[Any]]
Numbers = Mapping[str, Any]
"""A record's knob values: each a number, or an array that broadcasts, one number for each member."""


@dataclass(frozen=True, kw_only=True)
class Activation(Record):
    """An activation function.

    forward(z, a, k): a <- f(z).
    backward(z, a, g, t, k): g <- g * f'(z), where a = f(z) and t is scratch space of the same shape.
    `k` holds the knobs' values.
    """

    forward: Callable[[Array, Array, Numbers], None]
    backward: Callable[[Array, Array, Array, Array, Numbers], None]


def _linear(z: Array, a: Array, k: Numbers) -> None:
    np.copyto(a, z)


def _linear_backward(z: Array, a: Array, g: Array, t: Array, k: Numbers) -> None:
    """f' = 1: nothing to do."""


def _sigmoid(z: Array, a: Array, k: Numbers) -> None:
    # 1/(1 + e^-z) = (1 + tanh(z/2))/2, which cannot overflow
    np.multiply(z, 0.5, out=a)
    np.tanh(a, out=a)
    np.multiply(a, 0.5, out=a)
    np.add(a, 0.5, out=a)


def _sigmoid_backward(z: Array, a: Array, g: Array, t: Array, k: Numbers) -> None:
    np.multiply(a, a, out=t)
    np.subtract(a, t, out=t)
    np.multiply(g, t, out=g)


def _tanh(z: Array, a: Array, k: Numbers) -> None:
    np.tanh(z, out=a)


def _tanh_backward(z: Array, a: Array, g: Array, t: Array, k: Numbers) -> None:
    # g (1 - a²) as g - g a², one constant fewer to broadcast
    np.multiply(a, a, out=t)
    np.multiply(g, t, out=t)
    np.subtract(g, t, out=g)


def _relu(z: Array, a: Array, k: Numbers) -> None:
    np.maximum(z, 0, out=a)


def _relu_backward(z: Array, a: Array, g: Array, t: Array, k: Numbers) -> None:
    np.sign(a, out=t)
    np.multiply(g, t, out=g)


def _leaky_relu(z: Array, a: Array, k: Numbers) -> None:
    # max(z, slope z) holds because 0 <= slope <= 1
    np.multiply(z, k["slope"], out=a)
    np.maximum(z, a, out=a)


def _leaky_relu_backward(z: Array, a: Array, g: Array, t: Array, k: Numbers) -> None:
    # max(sign z, slope) is 1 for z > 0 and the slope elsewhere
    np.sign(z, out=t)
    np.maximum(t, k["slope"], out=t)
    np.multiply(g, t, out=g)


ACTIVATIONS: Family[Activation] = Family(
    "activation",
    Activation(
        kind="linear",
        label="Linear",
        help="Passes its input on unchanged, so any number of such layers still draws a straight line.",
        formula="f(x) = x",
        forward=_linear,
        backward=_linear_backward,
    ),
    Activation(
        kind="sigmoid",
        label="Sigmoid",
        help="Squeezes its input into (0, 1); it saturates on both sides and is not zero-centred.",
        formula="f(x) = 1 / (1 + e⁻ˣ)",
        forward=_sigmoid,
        backward=_sigmoid_backward,
    ),
    Activation(
        kind="tanh",
        label="Tanh",
        help="Squeezes its input into (−1, 1) around zero; it saturates on both sides.",
        formula="f(x) = tanh x",
        forward=_tanh,
        backward=_tanh_backward,
    ),
    Activation(
        kind="relu",
        label="ReLU",
        help="Keeps positive inputs and blocks negative ones; a neuron that is always negative is dead.",
        formula="f(x) = max(0, x)",
        forward=_relu,
        backward=_relu_backward,
    ),
    Activation(
        kind="leaky_relu",
        label="Leaky ReLU",
        help="A ReLU that lets a little of the negative side through, so that no neuron dies.",
        formula="f(x) = max(a x, x)",
        knobs=(
            Knob(
                name="slope",
                label="Slope",
                help="The slope a for negative inputs; 0 is ReLU and 1 is linear.",
                default=0.01,
                minimum=0,
                maximum=1,
                step=0.01,
                choices=(0.01, 0.1, 0.2, 0.3),
            ),
        ),
        forward=_leaky_relu,
        backward=_leaky_relu_backward,
    ),
)
