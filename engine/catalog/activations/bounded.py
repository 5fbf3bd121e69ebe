"""Activations that saturate or wave, and none at all.

Sine: Sitzmann et al. (2020), "Implicit Neural Representations with Periodic Activation Functions".
"""

from __future__ import annotations

import numpy as np

from engine.catalog.activations.record import Activation
from engine.catalog.scripts import Torch
from engine.core.arrays import Array, Numbers
from engine.words import N_


def _linear(z: Array, a: Array, t: Array, k: Numbers) -> None:
    np.copyto(a, z)


def _linear_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    """f' = 1: nothing to do."""


def sigmoid(z: Array, a: Array, t: Array, k: Numbers) -> None:
    # 1/(1 + e^-z) = (1 + tanh(z/2))/2, which cannot overflow
    np.multiply(z, 0.5, out=a)
    np.tanh(a, out=a)
    np.multiply(a, 0.5, out=a)
    np.add(a, 0.5, out=a)


def sigmoid_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    np.multiply(a, a, out=t)
    np.subtract(a, t, out=t)
    np.multiply(g, t, out=g)


def _tanh(z: Array, a: Array, t: Array, k: Numbers) -> None:
    np.tanh(z, out=a)


def _tanh_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    # g (1 - a²) as g - g a², one constant fewer to broadcast
    np.multiply(a, a, out=t)
    np.multiply(g, t, out=t)
    np.subtract(g, t, out=g)


def _sine(z: Array, a: Array, t: Array, k: Numbers) -> None:
    np.sin(z, out=a)


def _sine_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    np.cos(z, out=t)
    np.multiply(g, t, out=g)


BOUNDED: tuple[Activation, ...] = (
    Activation(
        kind="linear",
        label=N_("Linear"),
        script_name="Linear",
        torch=Torch("nn.Identity"),
        help=N_(
            "Passes its input on unchanged, so any number of such layers still draws a straight line."
        ),
        formula="f(x) = x",
        forward=_linear,
        backward=_linear_backward,
    ),
    Activation(
        kind="sigmoid",
        label=N_("Sigmoid"),
        script_name="Sigmoid",
        torch=Torch("nn.Sigmoid"),
        help=N_(
            "Squeezes its input into (0, 1); it saturates on both sides and is not zero-centred."
        ),
        formula="f(x) = 1 / (1 + e⁻ˣ)",
        saturates=True,
        forward=sigmoid,
        backward=sigmoid_backward,
    ),
    Activation(
        kind="tanh",
        label=N_("Tanh"),
        script_name="Tanh",
        torch=Torch("nn.Tanh"),
        help=N_("Squeezes its input into (−1, 1) around zero; it saturates on both sides."),
        formula="f(x) = tanh x",
        saturates=True,
        forward=_tanh,
        backward=_tanh_backward,
    ),
    Activation(
        kind="sine",
        label=N_("Sine"),
        script_name="Sine",
        help=N_("A wave, so that a few neurons draw many stripes; it never saturates for good."),
        formula="f(x) = sin x",
        forward=_sine,
        backward=_sine_backward,
    ),
)
