"""Data sets: labelled points in the plane that a network has to tell apart, or a surface to follow.

The formulas of circle, xor, gauss, spiral, plane and multi-gaussian are those of TensorFlow Playground
(Smilkov and Carter, 2016). `noise` runs from 0 to 0.5. `balance` is the share of the second class; with C
classes the first has weight 1 − balance and every other has weight balance, so that 0.5 makes all equal.
"""

from engine.catalog.datasets.custom import CUSTOM, CUSTOM_VALUES
from engine.catalog.datasets.multi_class import MULTI_CLASS
from engine.catalog.datasets.record import Dataset, Points
from engine.catalog.datasets.regression import REGRESSION
from engine.catalog.datasets.two_class import TWO_CLASS
from engine.core.registry import Family
from engine.words import N_

__all__ = ["DATASETS", "Dataset", "Points"]

DATASETS: Family[Dataset] = Family(
    N_("data set"), *TWO_CLASS, *MULTI_CLASS, *REGRESSION, CUSTOM, CUSTOM_VALUES
)
