"""Shares, lines, rungs and intervals of random searches, against the same reckoned in plain Python."""

import math
from typing import Any

import numpy as np
import pytest

from engine.search import Search, best_so_far, importance, wilson
from tests.engine.searches import run_duels, run_search
from tests.reference import search_accounts as accounts

UPDATES, BUDGET = 24, 24 * 64
KNOBS: list[dict[str, Any]] = [
    {"path": "optimizer.learning_rate", "low": 0.003, "high": 100, "scale": "log"},
    {"path": "penalty.l2", "low": 1e-5, "high": 1, "scale": "log"},
    {"path": "initializer.limit", "low": 0.1, "high": 2},
    {"path": "layers.0.units", "values": [1, 2, 6]},
    {"path": "optimizer.kind", "values": ["sgd", "adam"]},
]
STRATEGIES: list[dict[str, Any]] = [
    {"kind": "random"},
    {"kind": "latin_hypercube"},
    {"kind": "grid", "shift": True},
    {"kind": "coarse_to_fine", "rounds": 3},
    {"kind": "halving", "eta": 3, "rungs": 3},
]


def searched(seed: int) -> Search:
    """A search of one of the strategies, over random knobs with random numbers."""
    dice = np.random.default_rng(seed)
    knobs = [KNOBS[0], *(KNOBS[i] for i in sorted(dice.choice([1, 2, 3, 4], 2, replace=False)))]
    data = {"kind": "moons", "points": 60, "noise": 0.3, "seed": int(dice.integers(1, 99))}
    return run_search(
        {
            "base": {"data": data, "layers": [{"units": 3}]},
            "knobs": knobs,
            "strategy": STRATEGIES[seed],
            "budget": BUDGET,
            "updates": UPDATES,
            "search_seed": int(dice.integers(1, 99)),
        }
    )


SEARCHES = [searched(seed) for seed in range(len(STRATEGIES))]


def rows(search: Search) -> list[accounts.Row]:
    """The trials as numbers."""
    return [
        accounts.Row(each.number, each.round, each.steps, each.updates, each.median, each.cut)
        for each in search.trials
    ]


@pytest.mark.parametrize("search", SEARCHES, ids=lambda each: each.spec.strategy.kind)
def test_shares_are_those_of_binned_means(search: Search) -> None:
    trials = [each for each in search.trials if not each.cut]
    if len(trials) < 20:
        assert importance(search) == ()
        return
    worst = max(each.median for each in trials if math.isfinite(each.median))
    scores = [math.log(min(each.median, worst)) for each in trials]
    for i, (axis, found) in enumerate(zip(search.spec.axes, importance(search), strict=True)):
        places = [each.place[i] for each in trials]
        given = places, axis.over.levels, scores
        assert found.share == pytest.approx(accounts.share(*given), abs=1e-9)
        low, high = accounts.interval(*given, resamples=400)
        # two bootstraps of 400 differ by their dice
        assert (found.low, found.high) == pytest.approx((low, high), abs=0.1)


@pytest.mark.parametrize("search", SEARCHES, ids=lambda each: each.spec.strategy.kind)
def test_lines_of_the_best_so_far_add_up(search: Search) -> None:
    spent, lowest = best_so_far(search)
    assert list(zip(spent.tolist(), lowest.tolist(), strict=True)) == accounts.best_line(
        rows(search), UPDATES
    )
    assert spent[-1] == search.spent <= BUDGET


@pytest.mark.parametrize("search", SEARCHES, ids=lambda each: each.spec.strategy.kind)
def test_a_trial_pays_for_the_updates_that_it_made(search: Search) -> None:
    for each in search.trials:
        lost = None if each.diverged is None else each.diverged - 1
        assert each.updates == (each.steps if lost is None else lost)
    if search.spec.strategy.kind == "halving":
        ends, counts, paid = accounts.halving(BUDGET, UPDATES, eta=3, rungs=3)
        assert search.spec.rungs == tuple(ends)
        reached = [sum(each.steps >= end or not each.cut for each in search.trials) for end in ends]
        assert reached == counts
        assert paid <= BUDGET < paid + ends[0] * 3
        assert search.spent <= paid
    else:
        assert len(search.trials) * UPDATES <= BUDGET
        assert not any(each.cut for each in search.trials)


def test_the_interval_of_duels_solves_its_equation() -> None:
    base = {"data": {"kind": "moons", "points": 60, "noise": 0.3}, "layers": [{"units": 2}]}
    question = {"base": base, "knobs": KNOBS[:2], "budget": 40, "updates": 10}
    duels, _ = run_duels({"search": question, "against": "latin_hypercube", "duels": 12})
    first, second = duels.tally.first, duels.tally.second
    assert first + second + duels.tally.equal == 12
    assert duels.tally.interval == pytest.approx(accounts.wilson(second, first + second))
    for count in (1, 5, 60, 200):
        for wins in range(count + 1):
            assert wilson(wins, count) == pytest.approx(accounts.wilson(wins, count), abs=1e-9)
