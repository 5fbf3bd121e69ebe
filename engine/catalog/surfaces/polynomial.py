"""Which expressions are polynomials of second degree, and what theory needs to know of them.

Coefficients are worked out on the tree, rule by rule, so that they are exact where the typed numbers are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.catalog.surfaces.expression import Expression, Node, Operation

Coefficients = dict[tuple[int, int], float]
"""Of xⁱyʲ under (i, j), up to i + j = 2."""

FLAT = 1e-12
"""An eigenvalue that is smaller than this beside the other one counts as zero."""
SMALLEST, LARGEST = 1e-100, 1e100
"""With coefficients between these no number of theory overflows."""


@dataclass(frozen=True)
class Quadratic:
    """f = a x² + b xy + c y² + d x + e y + f₀."""

    a: float
    b: float
    c: float
    d: float
    e: float

    @property
    def eigenvalues(self) -> tuple[float, float]:
        """Of the Hessian ((2a, b), (b, 2c)), smaller first: (a + c) ∓ √((a − c)² + b²)."""
        middle, spread = self.a + self.c, math.hypot(self.a - self.c, self.b)
        return middle - spread, middle + spread

    @property
    def lowest(self) -> tuple[float, float] | None:
        """Where the gradient is zero, if that is the one minimum."""
        low, high = self.eigenvalues
        if low <= FLAT * high:
            return None
        hessian = [[2 * self.a, self.b], [self.b, 2 * self.c]]
        x, y = np.linalg.solve(hessian, [-self.d, -self.e]).tolist()
        # a zero of either sign is the same place
        return x + 0.0, y + 0.0


def quadratic(expression: Expression) -> Quadratic | None:
    """The polynomial of second degree that an expression is.

    None if it is none, or one with coefficients of a size that theory has no numbers for.
    """
    found = _coefficients(expression.root)
    if found is None or not all(n == 0 or SMALLEST <= abs(n) <= LARGEST for n in found.values()):
        return None
    a, b, c, d, e = (found.get(p, 0.0) for p in ((2, 0), (1, 1), (0, 2), (1, 0), (0, 1)))
    return Quadratic(a, b, c, d, e) if a or b or c else None


def _coefficients(node: Node) -> Coefficients | None:
    """The coefficients of a tree, or None where it is no polynomial or one of higher degree."""
    if isinstance(node, str):
        return {(1, 0): 1.0} if node == "x" else {(0, 1): 1.0}
    if not isinstance(node, Operation):
        return {(0, 0): float(node)}
    parts = [_coefficients(argument) for argument in node.arguments]
    known = [part for part in parts if part is not None]
    return _combined(node.rule, known[0], known[-1]) if len(known) == len(parts) else None


def _combined(rule: str, one: Coefficients, other: Coefficients) -> Coefficients | None:
    """What a rule makes of two polynomials, or of one that is given twice."""
    constant = other[0, 0] if other.keys() == {(0, 0)} else None
    found = None
    match rule:
        case "negative":
            found = _sum({}, one, -1)
        case "+":
            found = _sum(one, other, 1)
        case "-":
            found = _sum(one, other, -1)
        case "*":
            found = _product(one, other)
        case "/" if constant:
            found = {power: number / constant for power, number in one.items()}
        case "^" if constant == 1:
            found = one
        case "^" if constant == 2:
            found = _product(one, one)
    return found


def _sum(one: Coefficients, other: Coefficients, sign: int) -> Coefficients:
    """one + sign · other."""
    powers = one.keys() | other.keys()
    return {power: one.get(power, 0.0) + sign * other.get(power, 0.0) for power in powers}


def _product(one: Coefficients, other: Coefficients) -> Coefficients | None:
    """one · other, or None where that is of a degree above 2."""
    found: Coefficients = {}
    for (i, j), number in one.items():
        for (k, m), factor in other.items():
            if i + j + k + m > 2 and number * factor:
                return None
            found[i + k, j + m] = found.get((i + k, j + m), 0.0) + number * factor
    return found
