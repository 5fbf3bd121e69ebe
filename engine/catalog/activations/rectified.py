"""Rectifiers: the positive side passes, the negative side is held back.

ReLU: Nair and Hinton (2010). Leaky ReLU: Maas et al. (2013). ELU: Clevert et al. (2015). SELU:
Klambauer et al. (2017), "Self-Normalizing Neural Networks". Softplus: Dugas et al. (2001).
"""

from __future__ import annotations

import numpy as np

from engine.catalog.activations.bounded import sigmoid
from engine.catalog.activations.record import Activation
from engine.catalog.scripts import Torch
from engine.core.arrays import Array, Numbers
from engine.core.registry import Knob
from engine.words import N_


def _relu(z: Array, a: Array, t: Array, k: Numbers) -> None:
    np.maximum(z, 0, out=a)


def _relu_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    np.sign(a, out=t)
    np.multiply(g, t, out=g)


def _leaky_relu(z: Array, a: Array, t: Array, k: Numbers) -> None:
    # max(z, slope z) holds because 0 <= slope <= 1
    np.multiply(z, k["slope"], out=a)
    np.maximum(z, a, out=a)


def _leaky_relu_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    # max(sign z, slope) is 1 for z > 0 and the slope elsewhere
    np.sign(z, out=t)
    np.maximum(t, k["slope"], out=t)
    np.multiply(g, t, out=g)


def _elu(z: Array, a: Array, t: Array, k: Numbers) -> None:
    # alpha (e^min(z, 0) − 1) is zero where max(z, 0) is not
    np.minimum(z, 0, out=a)
    np.expm1(a, out=a)
    np.multiply(a, k["alpha"], out=a)
    np.maximum(z, 0, out=t)
    np.add(a, t, out=a)


def _elu_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    # f' = 1 for z > 0, else a + alpha; as a sum over both sides: min(a, 0) + alpha + (1 − alpha) [z > 0]
    np.sign(z, out=u)
    np.maximum(u, 0, out=u)
    np.multiply(u, 1 - k["alpha"], out=u)
    np.minimum(a, 0, out=t)
    np.add(t, k["alpha"], out=t)
    np.add(t, u, out=t)
    np.multiply(g, t, out=g)


# Klambauer et al. (2017): the fixed point of mean 0 and variance 1
SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805
_SELU = {"alpha": SELU_ALPHA}


def _selu(z: Array, a: Array, t: Array, k: Numbers) -> None:
    _elu(z, a, t, _SELU)
    np.multiply(a, SELU_SCALE, out=a)


def _selu_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    # f' = scale for z > 0, else a + scale alpha
    np.sign(z, out=u)
    np.maximum(u, 0, out=u)
    np.multiply(u, SELU_SCALE * (1 - SELU_ALPHA), out=u)
    np.minimum(a, 0, out=t)
    np.add(t, SELU_SCALE * SELU_ALPHA, out=t)
    np.add(t, u, out=t)
    np.multiply(g, t, out=g)


def _softplus(z: Array, a: Array, t: Array, k: Numbers) -> None:
    # log(1 + e^z) = max(z, 0) + log(1 + e^−|z|), which cannot overflow
    np.abs(z, out=a)
    np.negative(a, out=a)
    np.exp(a, out=a)
    np.log1p(a, out=a)
    np.maximum(z, 0, out=t)
    np.add(a, t, out=a)


def _softplus_backward(z: Array, a: Array, g: Array, t: Array, u: Array, k: Numbers) -> None:
    sigmoid(z, t, u, k)
    np.multiply(g, t, out=g)


RECTIFIED: tuple[Activation, ...] = (
    Activation(
        kind="relu",
        label=N_("ReLU"),
        script_name="ReLU",
        torch=Torch("nn.ReLU"),
        help=N_(
            "Keeps positive inputs and blocks negative ones; a neuron that is always negative is dead."
        ),
        formula="f(x) = max(0, x)",
        dies=True,
        forward=_relu,
        backward=_relu_backward,
    ),
    Activation(
        kind="leaky_relu",
        label=N_("Leaky ReLU"),
        script_name="LeakyReLU",
        torch=Torch("nn.LeakyReLU", {"slope": "negative_slope"}),
        help=N_("A ReLU that lets a little of the negative side through, so that no neuron dies."),
        formula="f(x) = max(a x, x)",
        knobs=(
            Knob(
                name="slope",
                label=N_("Slope"),
                help=N_("The slope a for negative inputs; 0 is ReLU and 1 is linear."),
                default=0.01,
                minimum=0,
                maximum=1,
                step=0.01,
                choices=(0.01, 0.1, 0.2, 0.3),
                symbol="a",
                meaning=N_("slope"),
            ),
        ),
        forward=_leaky_relu,
        backward=_leaky_relu_backward,
    ),
    Activation(
        kind="elu",
        label=N_("ELU"),
        script_name="ELU",
        torch=Torch("nn.ELU"),
        help=N_(
            "Like ReLU above zero; below it bends smoothly to −a, so its mean stays closer to zero."
        ),
        formula="f(x) = x if x > 0, else a (eˣ − 1)",
        knobs=(
            Knob(
                name="alpha",
                label=N_("Alpha"),
                help=N_("How far below zero the negative side goes (a)."),
                default=1.0,
                minimum=0,
                maximum=10,
                step=0.1,
                symbol="a",
                meaning=N_("alpha"),
            ),
        ),
        forward=_elu,
        backward=_elu_backward,
    ),
    Activation(
        kind="selu",
        label=N_("SELU"),
        script_name="SELU",
        torch=Torch("nn.SELU"),
        help=N_("An ELU scaled so that deep networks keep mean 0 and variance 1 by themselves."),
        formula="f(x) = 1.0507 · ELU(x; 1.6733)",
        forward=_selu,
        backward=_selu_backward,
    ),
    Activation(
        kind="softplus",
        label=N_("Softplus"),
        script_name="Softplus",
        # from its threshold on PyTorch takes the identity, in float64 a little early
        torch=Torch("nn.Softplus", always={"threshold": 40}),
        help=N_("A smooth ReLU whose slope is the sigmoid."),
        formula="f(x) = ln(1 + eˣ)",
        forward=_softplus,
        backward=_softplus_backward,
    ),
)
