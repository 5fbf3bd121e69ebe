"""What `engine.insight.trace` finds: frozen records of arrays, one name for each number in the chain rule."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from engine.core.arrays import Array


@dataclass(frozen=True, eq=False)
class Gradient:
    """The loss by some parameters: by the chain rule, by finite differences, and how far they are apart.

    difference: |value − numeric| over the larger of the two, or over a least size. All of one shape; the
        last two are NaN where finite differences were not wanted.
    """

    value: Array
    numeric: Array
    difference: Array


@dataclass(frozen=True, eq=False)
class NormTrace:
    """Batch normalization of one layer, all (U,): x̂ = (s − mean)/σ with σ = √(variance + ε), z = γ x̂ + β.

    factor: γ/σ, which takes dL/dz down to δ.
    """

    mean: Array
    variance: Array
    sigma: Array
    gamma: Array
    beta: Array
    x_hat: Array
    factor: Array
    d_gamma: Gradient
    d_beta: Gradient


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """One layer of U units that is given n_in numbers.

    x (n_in,); weights (n_in, U); bias (U,); products (n_in, U) = w x; sums (U,) = Σ products + bias;
    z (U,); a (U,) = f(z); slope (U,) = f'(z).
    carried (U, units above): w δ for each way up, with sum d_a; None at the outputs, whose d_a is dL/do.
    d_a (U,) = dL/da; d_z (U,) = dL/da · f'(z); delta (U,) = dL/ds.
    d_weights (n_in, U) = x δ; d_bias (U,) = δ.
    """

    name: str
    activation: str
    x: Array
    weights: Array
    bias: Array
    products: Array
    sums: Array
    norm: NormTrace | None
    z: Array
    a: Array
    slope: Array
    carried: Array | None
    d_a: Array
    d_z: Array
    delta: Array
    d_weights: Gradient
    d_bias: Gradient


@dataclass(frozen=True, eq=False)
class Information:
    """What the loss of a classifier is made of, in nats: H(p, q) = H(p) + KL(p‖q).

    p is the label, one class alone unless labels are smoothed; q is what the network answers.
    """

    entropy: float
    kl_divergence: float
    cross_entropy: float


@dataclass(frozen=True, eq=False)
class ParameterTrace:
    """What a trace says of each parameter, all (P,) in the order of `engine.layout`.

    terms: what it adds on the way forward: w x of a weight, γ x̂ of a scale, a shift or bias itself.
    carried: w δ of a weight, what goes back along it; NaN for the others.
    gradient: the loss by it.
    """

    theta: Array
    terms: Array
    carried: Array
    gradient: Gradient


@dataclass(frozen=True, eq=False)
class Trace:
    """Everything about one point, inputs first and outputs last.

    point (x1, x2); label: the class, or the target in regression; features: the names of the inputs (D,).
    output (K,) against target (K,) gives the loss; probabilities (C,) and information, None in regression.
    worst: the largest relative difference of any parameter's two gradients.
    """

    point: tuple[float, float]
    label: float
    features: tuple[str, ...]
    inputs: Array
    layers: tuple[LayerTrace, ...]
    output: Array
    target: Array
    probabilities: Array | None
    information: Information | None
    loss: float
    worst: float

    def parameters(self) -> ParameterTrace:
        """The same parameter by parameter, in the order in which theta holds them."""
        parts = [part for layer in self.layers for part in _parameters(layer)]
        theta, terms, carried = (np.concatenate([part[i] for part in parts]) for i in range(3))
        gradients = [part[3] for part in parts]
        value, numeric, difference = (
            np.concatenate([getattr(each, field.name).ravel() for each in gradients])
            for field in fields(Gradient)
        )
        return ParameterTrace(theta, terms, carried, Gradient(value, numeric, difference))

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON values: lists for arrays, None for what is not finite."""
        found: dict[str, Any] = _plain(self)
        return found


def _parameters(layer: LayerTrace) -> Iterator[tuple[Array, Array, Array, Gradient]]:
    """Of each array of a layer, in the order of theta: itself, its terms, what it carries, its gradient."""
    weights, none = layer.weights, np.full_like(layer.bias, np.nan)
    carried = weights * layer.delta
    yield weights.ravel(), layer.products.ravel(), carried.ravel(), layer.d_weights
    yield layer.bias, layer.bias, none, layer.d_bias
    if norm := layer.norm:
        yield norm.gamma, norm.gamma * norm.x_hat, none, norm.d_gamma
        yield norm.beta, norm.beta, none, norm.d_beta


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
