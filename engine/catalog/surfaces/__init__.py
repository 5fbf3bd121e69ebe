"""Surfaces: functions of two parameters to watch an optimizer on, simplest first.

A surface is a population with P = 2: theta (M, 2) holds x and y of every member. Here x and y are two
float64 arrays of one shape, any shape: a grid to draw, or the members of a race. Powers are written as
products, which NumPy multiplies many times faster than it raises to a power. Far outside the view a
polynomial overflows to infinity; what becomes of that is the caller's to say, as it is for optimizers.
"""

from engine.catalog.surfaces.formula import FORMULA, surface_of
from engine.catalog.surfaces.many_minima import MANY_MINIMA
from engine.catalog.surfaces.obstacles import OBSTACLES
from engine.catalog.surfaces.quadratic import QUADRATIC
from engine.catalog.surfaces.record import Gradient, Point, Surface
from engine.catalog.surfaces.valleys import VALLEYS
from engine.core.registry import Family
from engine.words import N_

__all__ = ["SURFACES", "Gradient", "Point", "Surface", "surface_of"]

SURFACES: Family[Surface] = Family(
    N_("surface"), *QUADRATIC, *OBSTACLES, *VALLEYS, *MANY_MINIMA, FORMULA
)
