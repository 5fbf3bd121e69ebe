"""Smooth rectifiers that multiply the input by a gate between 0 and 1.

GELU: Hendrycks and Gimpel (2016). SiLU: Elfwing et al. (2017). Mish: Misra (2019).
"""

from __future__ import annotations

import numpy as np

from engine.catalog.activations.bounded import sigmoid
from engine.catalog.activations.record import Activation
from engine.catalog.scripts import Torch
from engine.core.arrays import Array, Numbers
from engine.words import N_

GELU_SCALE = 0.7978845608028654  # √(2/π)
GELU_CUBIC = 0.044715
GELU_LIMIT = 12.0
"""Beyond it h is ±1 to the last bit, so that 1 − h² is 0 and what it is multiplied by must only be finite."""


def _gelu_tanh(z: Array, a: Array) -> None:
    """a <- tanh(√(2/π) (z + 0.044715 z³))."""
    np.multiply(z, z, out=a)
    np.multiply(a, GELU_SCALE * GELU_CUBIC, out=a)
    np.add(a, GELU_SCALE, out=a)
    np.multiply(a, z, out=a)
    np.tanh(a, out=a)


def _gelu(z: Array, a: Array, t: Array, k: Numbers) -> None:
    _gelu_tanh(z, a)
    np.add(a, 1, out=a)
    np.multiply(a, 0.5, out=a)
    np.multiply(a, z, out=a)


def _gelu_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    # f' = ½(1 + h) + ½ z (1 − h²) s (1 + 3c z²), where h is the tanh
    np.minimum(z, GELU_LIMIT, out=u)
    np.maximum(u, -GELU_LIMIT, out=u)
    np.multiply(u, u, out=t)
    np.multiply(t, 3 * GELU_CUBIC * GELU_SCALE, out=t)
    np.add(t, GELU_SCALE, out=t)
    np.multiply(u, t, out=u)
    np.multiply(u, g, out=u)
    _gelu_tanh(z, t)
    np.add(t, 1, out=t)
    np.multiply(g, t, out=g)
    np.multiply(g, 0.5, out=g)
    # 1 − h² = (1 + h)(1 − h) = t (2 − t)
    np.multiply(u, t, out=u)
    np.subtract(2, t, out=t)
    np.multiply(u, t, out=u)
    np.multiply(u, 0.5, out=u)
    np.add(g, u, out=g)


def _silu(z: Array, a: Array, t: Array, k: Numbers) -> None:
    sigmoid(z, a, t, k)
    np.multiply(a, z, out=a)


def _silu_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    # f' = σ + z σ (1 − σ) = σ (1 + z − a), where z − a is exactly 0 as soon as σ is 1
    sigmoid(z, t, u, k)
    np.subtract(z, a, out=u)
    np.add(u, 1, out=u)
    np.multiply(t, u, out=t)
    np.multiply(g, t, out=g)


MISH_LIMIT = 43.0
"""Beyond it e^z squared overflows in float32; tanh(softplus(z)) is 1 to the last bit long before. As large as
it can be, since f' takes z e⁻²ᶻ for 0 there."""


def _mish(z: Array, a: Array, t: Array, k: Numbers) -> None:
    # tanh(log(1 + e)) = w / (w + 2) with e = e^z, w = e (e + 2)
    np.minimum(z, MISH_LIMIT, out=t)
    np.exp(t, out=t)
    np.add(t, 2, out=a)
    np.multiply(a, t, out=a)
    np.add(a, 2, out=t)
    np.divide(a, t, out=a)
    np.multiply(a, z, out=a)


def _mish_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    # f' = w / (w + 2) + z · 4 e (e + 1) / (w + 2)²
    np.minimum(z, MISH_LIMIT, out=t)
    np.exp(t, out=t)
    np.add(t, 2, out=u)
    np.multiply(u, t, out=u)
    np.add(u, 2, out=u)  # w + 2
    # 4 z e (e + 1) / (w + 2)
    np.multiply(t, t, out=t)
    np.subtract(u, 2, out=u)
    np.add(t, u, out=t)  # e² + w = 2 e (e + 1)
    np.add(u, 2, out=u)
    np.divide(t, u, out=t)
    np.multiply(t, 2, out=t)
    np.multiply(t, z, out=t)
    np.add(t, u, out=t)
    np.subtract(t, 2, out=t)
    np.divide(t, u, out=t)
    np.multiply(g, t, out=g)


GATED: tuple[Activation, ...] = (
    Activation(
        kind="gelu",
        label=N_("GELU"),
        script_name="GELU",
        torch=Torch("nn.GELU", always={"approximate": "tanh"}),
        help=N_("A smooth ReLU that dips below zero; used in transformers, here in its tanh form."),
        formula="f(x) = ½x (1 + tanh(√(2/π) (x + 0.044715 x³)))",
        forward=_gelu,
        backward=_gelu_backward,
    ),
    Activation(
        kind="silu",
        label=N_("SiLU"),
        script_name="SiLU",
        torch=Torch("nn.SiLU"),
        help=N_(
            "The input times its sigmoid: smooth, and a little below zero on the negative side."
        ),
        formula="f(x) = x · sigmoid(x)",
        forward=_silu,
        backward=_silu_backward,
    ),
    Activation(
        kind="mish",
        label=N_("Mish"),
        script_name="Mish",
        torch=Torch("nn.Mish"),
        help=N_("The input times tanh of its softplus: smooth, close to SiLU."),
        formula="f(x) = x · tanh(ln(1 + eˣ))",
        forward=_mish,
        backward=_mish_backward,
    ),
)
