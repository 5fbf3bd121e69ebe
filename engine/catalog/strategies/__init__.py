"""Strategies: in which order the settings of a search are tried, and how long each is trained.

Every knob of a search runs from 0 to 1 on its own scale, so that a strategy sees only the unit cube: K knobs,
and trials as places in it, (n, K).
"""

from engine.catalog.strategies.adaptive import ADAPTIVE
from engine.catalog.strategies.record import (
    Draw,
    Strategy,
    cost_of,
    most_trials,
    survivors,
)
from engine.catalog.strategies.spread import SPREAD
from engine.core.registry import Family
from engine.words import N_

STRATEGIES: Family[Strategy] = Family(N_("strategy"), *SPREAD, *ADAPTIVE)

__all__ = ["STRATEGIES", "Draw", "Strategy", "cost_of", "most_trials", "survivors"]
