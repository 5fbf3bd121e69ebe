"""Optimizers: from a gradient to a step, simplest first.

An optimizer sees only flat arrays: theta and its gradient (M, P), and *slots*, its memory, of the same
shape. So the rule that trains a network also runs on a test surface with P = 2.

A rule is two kinds of function. `constants` and `coefficients` are the arithmetic on a few numbers that a
step needs (a decay, a rate, a bias correction): one number for all members, or (M, 1) arrays in float64.
`update` is the arithmetic on arrays, all of it in place. Conventions are PyTorch's.

In formulas and docstrings: w parameters, g gradient, η learning rate, ε the small constant, v a velocity or
an averaged gradient, r a sum or average of squared gradients, n the number of the update; all powers, roots
and products act element by element.
"""

from engine.catalog.optimizers.adam import ADAM
from engine.catalog.optimizers.adaptive import ADAPTIVE
from engine.catalog.optimizers.gradient_descent import GRADIENT_DESCENT
from engine.catalog.optimizers.nadam import NADAM
from engine.catalog.optimizers.record import Coefficients, Optimizer
from engine.catalog.optimizers.sign_based import SIGNS
from engine.core.registry import Family
from engine.words import N_

OPTIMIZERS: Family[Optimizer] = Family(
    N_("optimizer"), *GRADIENT_DESCENT, *ADAPTIVE, *ADAM, NADAM, *SIGNS
)

__all__ = ["OPTIMIZERS", "Coefficients", "Optimizer"]
