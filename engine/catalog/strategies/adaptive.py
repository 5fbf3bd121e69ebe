"""Strategies that learn on the way: where to look next, or which trials are worth more training."""

from __future__ import annotations

import numpy as np

from engine.catalog.strategies.record import Draw, Strategy
from engine.core.arrays import Array, Numbers
from engine.core.registry import Knob
from engine.words import N_

EDGE = 0.1
"""The best lies at an edge where it is nearer to it than this share of the box's width."""


def _random(draw: Draw, k: Numbers) -> Array:
    return draw.halves[0]


def _even_rounds(trials: int, k: Numbers) -> tuple[int, ...]:
    """The trials in as many rounds of about the same size, the first ones the larger.

    >>> _even_rounds(18, {"rounds": 4}), _even_rounds(2, {"rounds": 4})
    ((5, 5, 4, 4), (1, 1))
    """
    count = min(int(k["rounds"]), trials)
    each, more = divmod(trials, count)
    return tuple(each + (i < more) for i in range(count))


def _narrow(box: Array, best: Array, limits: Array, k: Numbers) -> Array:
    """w ← s w around the best; where the best lies at an edge of the box, the box moves and keeps its width.

    A minimum at the edge may lie beyond it: then the next box, with the best in its middle, leaves the range,
    as far as the knob allows. Ng 2017, Improving Deep Neural Networks, has it as "coarse to fine".

    With s = ½, the best of a box from 0 to 1 at 0.4 gives the one from 0.15 to 0.65; at 0.95 the one from
    0.45 to 1.45:

    >>> box, limits = np.array([[0.0, 0], [1, 1]]), np.array([[-1.0, -1], [2, 2]])
    >>> _narrow(box, np.array([0.4, 0.95]), limits, {"shrink": 0.5})
    array([[0.15, 0.45],
           [0.65, 1.45]])
    """
    low, high = box
    width = high - low
    at_edge = np.minimum(best - low, high - best) < EDGE * width
    width = np.where(at_edge, width, k["shrink"] * width)
    corner = np.clip(best - width / 2, limits[0], limits[1] - width)
    return np.stack([corner, corner + width])


def _rungs(updates: int, k: Numbers) -> tuple[int, ...]:
    """rᵢ = T / ηᴿ⁻ⁱ, rounded up, for the rungs i = 1 to R; where that gives two alike, one.

    At each of them one trial of η goes on, so that all rungs cost about the same. Who is ahead early must be
    ahead later: on a plateau that is no better than chance. Jamieson and Talwalkar 2016, Non-stochastic Best
    Arm Identification and Hyperparameter Optimization.

    >>> _rungs(1000, {"eta": 4, "rungs": 3})
    (63, 250, 1000)
    """
    eta, count = int(k["eta"]), int(k["rungs"])
    return tuple(sorted({-(-updates // eta**i) for i in range(count)}))


def _one_of_eta(k: Numbers) -> int:
    return int(k["eta"])


ADAPTIVE = (
    Strategy(
        kind="coarse_to_fine",
        label=N_("Coarse to fine"),
        help=N_(
            "Random rounds, each in a smaller box around the best so far; at an edge the box moves on."
        ),
        formula="w ← s w",
        terms=(("w", N_("width of the box")),),
        knobs=(
            Knob(
                "rounds",
                N_("Rounds"),
                N_("How many times the search looks closer; the rounds share the trials."),
                default=4,
                type="integer",
                minimum=2,
                maximum=10,
                step=1,
            ),
            Knob(
                "shrink",
                N_("Shrink"),
                N_(
                    "How wide each box is, as a share of the one before: a small share is quick, and misses "
                    "good settings elsewhere."
                ),
                default=0.55,
                minimum=0.1,
                maximum=0.9,
                step=0.05,
                symbol="s",
            ),
        ),
        place=_random,
        rounds=_even_rounds,
        narrow=_narrow,
    ),
    Strategy(
        kind="halving",
        label=N_("Successive halving"),
        help=N_(
            "Many random trials, trained briefly; at each rung only the best go on and train longer."
        ),
        formula="n ← n / η,  r ← η r",
        terms=(("n", N_("number of trials that go on")), ("r", N_("updates up to the next rung"))),
        knobs=(
            Knob(
                "eta",
                N_("Keep one of"),
                N_("Out of this many trials one goes on at each rung."),
                default=4,
                type="integer",
                minimum=2,
                maximum=8,
                step=1,
                symbol="η",
                meaning=N_("out of this many trials one goes on"),
            ),
            Knob(
                "rungs",
                N_("Rungs"),
                N_(
                    "How many times trials are compared, the last time at the end of their training."
                ),
                default=3,
                type="integer",
                minimum=2,
                maximum=6,
                step=1,
            ),
        ),
        place=_random,
        rungs=_rungs,
        kept=_one_of_eta,
    ),
)
