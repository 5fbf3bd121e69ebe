"""Initializers: the weights a network starts from.

They decide whether signals and gradients keep their scale from layer to layer. Each record draws one
layer's weights W (n_in, n_out); its biases are all the knob `bias`.

Xavier and Glorot: Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward
neural networks", where 1/n_in is their starting point and 2/(n_in + n_out) their proposal. He: He et al.
(2015), "Delving Deep into Rectifiers". Orthogonal: Saxe et al. (2013), "Exact solutions to the nonlinear
dynamics of learning in deep linear neural networks".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array, Numbers
from engine.core.registry import Family, Knob, Record
from engine.words import N_, NC_


@dataclass(frozen=True, kw_only=True)
class Initializer(Record):
    """draw(rng, n_in, n_out, k) -> W, (n_in, n_out) float64."""

    draw: Callable[[np.random.Generator, int, int, Numbers], Array]


def _bias(default: float) -> Knob:
    return Knob(
        name="bias",
        label=N_("Bias"),
        help=N_("The value that every bias starts from."),
        default=default,
        minimum=-10,
        maximum=10,
        step=0.1,
    )


def _zeros(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
    return np.zeros((n_in, n_out))


def _constant(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
    return np.full((n_in, n_out), k["value"])


def _normal(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
    return rng.normal(0, k["std"], (n_in, n_out))


def _uniform(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
    return rng.uniform(-k["limit"], k["limit"], (n_in, n_out))


Variance = Callable[[int, int], float]
"""The variance of a layer's weights, from its numbers of inputs and outputs."""


def _normal_with(variance: Variance) -> Callable[..., Array]:
    def draw(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
        return rng.normal(0, np.sqrt(variance(n_in, n_out)), (n_in, n_out))

    return draw


def _uniform_with(variance: Variance) -> Callable[..., Array]:
    def draw(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
        limit = np.sqrt(3 * variance(n_in, n_out))  # U(−a, a) has variance a²/3
        return rng.uniform(-limit, limit, (n_in, n_out))

    return draw


def _xavier(n_in: int, n_out: int) -> float:
    return 1 / n_in


def _glorot(n_in: int, n_out: int) -> float:
    return 2 / (n_in + n_out)


def _he(n_in: int, n_out: int) -> float:
    return 2 / n_in


def _orthogonal(rng: np.random.Generator, n_in: int, n_out: int, k: Numbers) -> Array:
    # QR of a normal matrix; the signs of R's diagonal make it uniform over orthogonal matrices
    normal = rng.normal(size=(max(n_in, n_out), min(n_in, n_out)))
    q, r = np.linalg.qr(normal)
    q = q * np.sign(np.diagonal(r))
    scaled: Array = k["gain"] * (q if n_in >= n_out else q.T)
    return scaled


INITIALIZERS: Family[Initializer] = Family(
    N_("initializer"),
    Initializer(
        kind="zeros",
        label=N_("Zeros"),
        help=N_("All weights alike: the neurons of a layer stay copies of each other forever."),
        formula="W = 0",
        knobs=(_bias(0.0),),
        draw=_zeros,
    ),
    Initializer(
        kind="constant",
        label=NC_("initial weights", "Constant"),
        help=N_("Every weight the same, so a layer's neurons never learn to differ."),
        formula="W = c",
        knobs=(
            Knob(
                name="value",
                label=N_("Value"),
                help=N_("The value that every weight starts from."),
                default=0.1,
                minimum=-10,
                maximum=10,
                step=0.1,
            ),
            _bias(0.0),
        ),
        draw=_constant,
    ),
    Initializer(
        kind="normal",
        label=N_("Normal"),
        help=N_(
            "Normal, equally wide in all layers: too narrow and signals fade, too wide and they blow up."
        ),
        formula="W ~ N(0, s²)",
        knobs=(
            Knob(
                name="std",
                label=N_("Standard deviation"),
                help=N_("How far weights scatter around zero."),
                default=0.5,
                minimum=0,
                maximum=100,
                step=0.1,
                choices=(0.01, 0.1, 0.5, 1.0, 3.0),
            ),
            _bias(0.0),
        ),
        draw=_normal,
    ),
    Initializer(
        kind="uniform",
        label=N_("Uniform"),
        help=N_(
            "Every weight is equally likely anywhere between −limit and +limit, in every layer."
        ),
        formula="W ~ U(−a, a)",
        knobs=(
            Knob(
                name="limit",
                label=N_("Limit"),
                help=N_("The largest weight that can be drawn."),
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
        label=N_("Xavier"),
        help=N_(
            "Normal with variance 1/inputs, which keeps the signal's scale for tanh and sigmoid."
        ),
        formula="W ~ N(0, 1/nᵢₙ)",
        knobs=(_bias(0.0),),
        draw=_normal_with(_xavier),
    ),
    Initializer(
        kind="xavier_uniform",
        label=N_("Xavier, uniform"),
        help=N_("Like Xavier, with weights spread evenly up to a limit."),
        formula="W ~ U(−a, a),  a² = 3/nᵢₙ",
        knobs=(_bias(0.0),),
        draw=_uniform_with(_xavier),
    ),
    Initializer(
        kind="glorot",
        label=N_("Glorot"),
        help=N_(
            "Xavier's full form: a compromise between the signal forward and the gradient backward."
        ),
        formula="W ~ N(0, 2/(nᵢₙ + nₒᵤₜ))",
        knobs=(_bias(0.0),),
        draw=_normal_with(_glorot),
    ),
    Initializer(
        kind="glorot_uniform",
        label=N_("Glorot, uniform"),
        help=N_("Like Glorot, with weights spread evenly up to a limit."),
        formula="W ~ U(−a, a),  a² = 6/(nᵢₙ + nₒᵤₜ)",
        knobs=(_bias(0.0),),
        draw=_uniform_with(_glorot),
    ),
    Initializer(
        kind="he",
        label=N_("He"),
        help=N_("Normal with variance 2/inputs, which makes up for the half that ReLU blocks."),
        formula="W ~ N(0, 2/nᵢₙ)",
        knobs=(_bias(0.0),),
        draw=_normal_with(_he),
    ),
    Initializer(
        kind="he_uniform",
        label=N_("He, uniform"),
        help=N_("Like He, with weights spread evenly up to a limit."),
        formula="W ~ U(−a, a),  a² = 6/nᵢₙ",
        knobs=(_bias(0.0),),
        draw=_uniform_with(_he),
    ),
    Initializer(
        kind="orthogonal",
        label=N_("Orthogonal"),
        help=N_(
            "Turns the signal without stretching it, so that depth neither shrinks nor grows it."
        ),
        formula="WᵀW = g² I",
        knobs=(
            Knob(
                name="gain",
                label=N_("Gain"),
                help=N_("How much each layer stretches the signal."),
                default=1.0,
                minimum=0,
                maximum=10,
                step=0.1,
            ),
            _bias(0.0),
        ),
        draw=_orthogonal,
    ),
)
