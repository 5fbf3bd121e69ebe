"""Activations: the nonlinearity between two affine maps.

Without one, layers of affine maps are a single affine map. Each record is a function f and its
derivative f', both applied element by element and written into arrays the caller owns, so that a
training step allocates nothing. At a kink the derivative is PyTorch's.

Shapes: every array here is (M, B, U), or any other shape, the same for all arguments.
"""

from engine.catalog.activations.bounded import BOUNDED
from engine.catalog.activations.gated import GATED
from engine.catalog.activations.record import Activation
from engine.catalog.activations.rectified import RECTIFIED
from engine.core.registry import Family
from engine.words import N_

ACTIVATIONS: Family[Activation] = Family(N_("activation"), *BOUNDED, *RECTIFIED, *GATED)

__all__ = ["ACTIVATIONS", "Activation"]
