"""Strategies that know beforehand where they look: a grid, chance, and chance that is spread evenly."""

from __future__ import annotations

import math

import numpy as np

from engine.catalog.strategies.record import Draw, Levels, Strategy
from engine.core.arrays import Array, Numbers
from engine.core.registry import Knob
from engine.words import N_


def grid_levels(trials: int, levels: Levels) -> list[int]:
    """How many values of each knob a grid of at most so many trials has.

    The knob with the fewest is given one more, as long as the grid has room for it and the knob has one.

    >>> grid_levels(64, (None, None, None)), grid_levels(20, (None, None)), grid_levels(20, (2, None))
    ([4, 4, 4], [5, 4], [2, 10])
    """
    counts = [1] * len(levels)
    while True:
        room = [
            i
            for i, (count, most) in enumerate(zip(counts, levels, strict=True))
            if (most is None or count < most) and math.prod(counts) // count * (count + 1) <= trials
        ]
        if not room:
            return counts
        counts[min(room, key=counts.__getitem__)] += 1


def _grid_size(trials: int, levels: Levels) -> int:
    return math.prod(grid_levels(trials, levels))


def _grid(draw: Draw, k: Numbers) -> Array:
    """u = (i + s) / g: the i-th of g values of a knob, with s = ½, or one random s for each knob.

    Every combination, the last knob varying fastest. A grid that stays in its place is good or bad luck: what
    it finds is decided by where its columns fall. A shifted one is the same, moved at random inside its cells
    (Cranley and Patterson 1976, Randomization of Number Theoretic Methods for Multiple Integration).

    >>> _grid(Draw(np.zeros((4, 4)), (None, None)), {"shift": False})
    array([[0.25, 0.25],
           [0.25, 0.75],
           [0.75, 0.25],
           [0.75, 0.75]])
    """
    counts = grid_levels(draw.trials, draw.levels)
    shift = draw.random[0, : len(counts)] if k["shift"] else np.full(len(counts), 0.5)
    axes = [(np.arange(count) + s) / count for count, s in zip(counts, shift, strict=True)]
    return np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1)


def _random(draw: Draw, k: Numbers) -> Array:
    """u ~ U(0, 1) for every trial and knob.

    Where few of the knobs matter, n random trials try n values of each, a grid of K knobs the K-th root of n:
    Bergstra and Bengio 2012, Random Search for Hyper-Parameter Optimization.

    >>> _random(Draw(np.array([[0.1, 0.9, 0.3, 0.3]]), (None, None)), {})
    array([[0.1, 0.9]])
    """
    return draw.halves[0]


def _latin_hypercube(draw: Draw, k: Numbers) -> Array:
    """u = (π(i) + v) / n: every knob's range in n strata, one trial in each, in random order π.

    v ~ U(0, 1) is the place inside the stratum. The order is that of random numbers: the trial with the
    lowest has the first stratum. McKay, Beckman and Conover 1979, A Comparison of Three Methods for Selecting
    Values of Input Variables.

    >>> _latin_hypercube(Draw(np.array([[0.9, 0.5], [0.1, 0.5]]), (None,)), {})
    array([[0.75],
           [0.25]])
    """
    numbers, inside = draw.halves
    strata = numbers.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return np.asarray((strata + inside) / draw.trials)


_PLACE = ("u", N_("place in a setting's range, from 0 to 1"))
_TRIALS = ("n", N_("number of trials"))

SPREAD = (
    Strategy(
        kind="grid",
        label=N_("Grid"),
        help=N_(
            "Every combination of a few values of each setting, evenly spaced on the setting's own scale."
        ),
        formula="u = (i + s) / g",
        terms=(
            _PLACE,
            ("i", N_("which of the values, from 0")),
            ("s", N_("½, or one random number for each setting")),
            ("g", N_("how many values the setting gets")),
        ),
        knobs=(
            Knob(
                "shift",
                N_("Random shift"),
                N_(
                    "Moves the whole grid by chance inside its cells: where its columns fall is luck."
                ),
                default=False,
                type="boolean",
            ),
        ),
        place=_grid,
        fits=_grid_size,
    ),
    Strategy(
        kind="random",
        label=N_("Random"),
        help=N_(
            "Draws every setting of every trial at random: each trial tries new values of all of them."
        ),
        formula="u ~ U(0, 1)",
        terms=(_PLACE,),
        place=_random,
    ),
    Strategy(
        kind="latin_hypercube",
        label=N_("Latin hypercube"),
        help=N_(
            "Chance without gaps: each setting's range has as many strata as there are trials, with one "
            "trial in each."
        ),
        formula="u = (π(i) + v) / n",
        terms=(
            _PLACE,
            ("π", N_("a random order of the strata")),
            ("i", N_("which of the trials, from 0")),
            ("v", N_("a random number from 0 to 1")),
            _TRIALS,
        ),
        place=_latin_hypercube,
    ),
)
