"""Expressions in x and y as trees, evaluated together with their exact derivatives.

The chain rule is applied at every node on the way up (forward-mode differentiation), to whole arrays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from engine.core.arrays import Array


def _power(u: Any, v: Any) -> Any:
    """uᵛ. Cubes and so on are products, which NumPy multiplies many times faster than it raises."""
    if np.ndim(v) == 0 and v in range(3, 9):
        return reduce(np.multiply, [u] * int(v))
    return u**v


def _power_by_base(u: Any, v: Any) -> Any:
    """v uᵛ⁻¹, and 0 where v = 0, as u⁰ = 1, and for roots of 0, as for √u."""
    flat = (v == 0) | ((u == 0) & (v > 0) & (v < 1))
    return np.where(flat, 0, v * _power(u, v - 1))


def _sqrt_slope(u: Any) -> Any:
    """1/(2√u), and 0 where u = 0: there a root is at its lowest, and 0 is a subgradient."""
    return np.where(u == 0, 0, 0.5 / np.sqrt(u))


def _power_by_exponent(u: Any, v: Any) -> Any:
    """uᵛ ln u, which goes to 0 with u where v > 0."""
    return np.where((u == 0) & (v > 0), 0, _power(u, v) * np.log(u))


def _above(u: Any, v: Any) -> Any:
    """1 where u > v, ½ where they are equal, else 0: the derivative by u of the larger, as in PyTorch."""
    return np.heaviside(u - v, 0.5)


def _below(u: Any, v: Any) -> Any:
    """The derivative by u of the smaller."""
    return _above(v, u)


def _log_slope(u: Any) -> Any:
    """1/u; none where there is no logarithm."""
    return np.where(u < 0, np.nan, 1 / u)


def _sigmoid(u: Any) -> Any:
    """1/(1 + e⁻ᵘ), for u < 0 as eᵘ/(1 + eᵘ): so it overflows nowhere and keeps its digits near 0."""
    return np.exp(np.minimum(u, 0)) / (1 + np.exp(-np.abs(u)))


Rule = tuple[Callable[..., Any], ...]
"""A function of u, or of u and v, followed by its derivative by each of them."""

ARITHMETIC: Mapping[str, Rule] = {
    "negative": (np.negative, lambda _: -1.0),
    "+": (np.add, lambda *_: 1.0, lambda *_: 1.0),
    "-": (np.subtract, lambda *_: 1.0, lambda *_: -1.0),
    "*": (np.multiply, lambda _, v: v, lambda u, _: u),
    "/": (np.divide, lambda _, v: 1 / v, lambda u, v: -u / (v * v)),
    "^": (_power, _power_by_base, _power_by_exponent),
}
FUNCTIONS: Mapping[str, Rule] = {
    "sin": (np.sin, np.cos),
    "cos": (np.cos, lambda u: -np.sin(u)),
    "tan": (np.tan, lambda u: 1 / np.cos(u) ** 2),
    "exp": (np.exp, np.exp),
    "log": (np.log, _log_slope),
    "sqrt": (np.sqrt, _sqrt_slope),
    "abs": (np.abs, np.sign),
    "sinh": (np.sinh, np.cosh),
    "cosh": (np.cosh, np.sinh),
    # not 1 − tanh² and σ(1 − σ), which lose their digits where they are small
    "tanh": (np.tanh, lambda u: 1 / np.cosh(u) ** 2),
    "sigmoid": (_sigmoid, lambda u: 1 / (2 * np.cosh(u / 2)) ** 2),
    "max": (np.maximum, _above, lambda u, v: _above(v, u)),
    "min": (np.minimum, _below, lambda u, v: _below(v, u)),
}
RULES: Mapping[str, Rule] = {**ARITHMETIC, **FUNCTIONS}
COSTS: Mapping[str, float] = {
    **dict.fromkeys(("negative", "+", "-", "*", "/", "abs"), 6),
    "^": 100,
}
"""Nanoseconds that a rule and its derivatives take at one of many points, where it is not 25."""
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
VARIABLES = ("x", "y")


@dataclass(frozen=True)
class Operation:
    """A rule by its name, and what it works on."""

    rule: str
    arguments: tuple[Node, ...]


Node = np.float64 | str | Operation
"""A number, the name of a variable, or an operation."""

Dual = tuple[Any, Any, Any]
"""A value and its derivatives by x and by y; None is a derivative that is zero everywhere."""


def evaluate(node: Node, x: Any, y: Any, by_x: float | None, by_y: float | None) -> Dual:
    """The value at x and y, and the derivatives: 1.0 asks for one, None leaves it out.

    By the chain rule, an operation f(u, v) has df = ∂f/∂u du + ∂f/∂v dv.
    """
    if isinstance(node, str):
        return (x, by_x, None) if node == "x" else (y, None, by_y)
    if not isinstance(node, Operation):
        return node, None, None
    duals = [evaluate(argument, x, y, by_x, by_y) for argument in node.arguments]
    values = [value for value, _, _ in duals]
    function, *derivatives = RULES[node.rule]
    dx = dy = None
    for derivative, (_, ux, uy) in zip(derivatives, duals, strict=True):
        if ux is not None or uy is not None:
            slope = derivative(*values)
            dx, dy = _sum(dx, slope, ux), _sum(dy, slope, uy)
    return function(*values), dx, dy


def _sum(total: Any, slope: Any, inner: Any) -> Any:
    """total + slope · inner, where None is zero."""
    if inner is None:
        return total
    return slope * inner if total is None else total + slope * inner


@dataclass(frozen=True)
class Expression:
    """A tree with its value and gradient.

    Results are finite or NaN, without a warning: NaN where the number is infinite, complex or not
    defined, such as ln x at 0. A kink has the derivative in its middle: that of |x| at 0 is 0. So is that
    of a root, where what it is of is 0: √(x² + y²) rests in its tip.
    """

    root: Node

    def value(self, x: Array, y: Array) -> Array:
        """f(x, y), of the shape of x."""
        f, _, _ = self._evaluate(x, y, None)
        return f

    @property
    def cost(self) -> float:
        """About how many nanoseconds the gradient at one of many points takes."""
        return _cost(self.root)

    def gradient(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The derivatives of f by x and by y, each of the shape of x."""
        _, dx, dy = self._evaluate(x, y, 1.0)
        return dx, dy

    def _evaluate(self, x: Array, y: Array, seed: float | None) -> tuple[Array, Array, Array]:
        shape = np.shape(x)
        x, y = (np.atleast_1d(np.asarray(variable, np.float64)) for variable in (x, y))
        with np.errstate(all="ignore"):
            f, dx, dy = (_finite(part, x) for part in evaluate(self.root, x, y, seed, seed))
        return f.reshape(shape), dx.reshape(shape), dy.reshape(shape)


def _cost(node: Node) -> float:
    if not isinstance(node, Operation):
        return 2
    own = COSTS.get(node.rule, 25)
    if node.rule == "^" and isinstance(node.arguments[1], float):
        own /= 2
    return own + sum(map(_cost, node.arguments))


def _finite(part: Any, x: Array) -> Array:
    """The part as a new array of the shape of x, with NaN for what is not finite."""
    if part is None:
        return np.zeros_like(x)
    return np.where(np.isfinite(part), part, np.full_like(x, np.nan))
