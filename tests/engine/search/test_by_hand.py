"""Optimism of the chosen trial, duels and the band of starts, against networks trained in plain NumPy."""

from functools import cache
from typing import Any

import numpy as np
import pytest

import engine
from engine.search import Search, open_seal, seed_band
from tests.engine.searches import run_duels, run_search
from tests.reference import search_by_hand as by_hand

UPDATES, TRIALS, BATCH = 80, 36, 10
RATE, L2 = (0.03, 3.0), (1e-5, 0.1)
KNOBS = [
    {"path": "optimizer.learning_rate", "low": RATE[0], "high": RATE[1], "scale": "log"},
    {"path": "penalty.l2", "low": L2[0], "high": L2[1], "scale": "log"},
]
DATA_SEEDS = range(1, 9)
DUELS = 20


def base(data_seed: int = 1) -> dict[str, Any]:
    """240 points: 80 that train, 40 that validate, 120 that are sealed."""
    data = {"kind": "moons", "noise": 0.4, "points": 240, "train_share": 1 / 3, "seed": data_seed}
    return {
        "data": data,
        "layers": [{"units": 5, "activation": "tanh"}],
        "loss": "logistic",
        "batch_size": BATCH,
        "dtype": "float64",
    }


def values(trials: int, data_seed: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "base": base(data_seed),
        "knobs": KNOBS,
        "updates": UPDATES,
        "budget": UPDATES * trials,
        "validation_share": 0.25,
    } | more


def losses(data_seed: int, places: np.ndarray, weights_seeds: list[int]) -> np.ndarray:
    """Those of trained networks on validation and on sealed points, (2, M)."""
    spec = engine.RunSpec.from_dict(base(data_seed))
    drawn = engine.sample(spec)
    x, labels = np.asarray(drawn.points, np.float64), np.asarray(drawn.labels, np.float64)
    starts = [spec.replace({"weights_seed": seed}) for seed in weights_seeds]
    theta = np.array(engine.start(starts).theta)
    rates, l2 = by_hand.on_scale(places[:, 0], *RATE), by_hand.on_scale(places[:, 1], *L2)
    theta = by_hand.trained(theta, x[:80], labels[:80], UPDATES, BATCH, rates, l2)
    parts = (slice(80, 120), slice(120, 240))
    return np.array([by_hand.losses(theta, x[part], labels[part]) for part in parts])


@cache
def searched(data_seed: int) -> Search:
    return run_search(values(TRIALS, data_seed))


def test_every_trial_is_worth_what_the_script_finds() -> None:
    found = losses(1, by_hand.uniform(1, TRIALS, 2), [1] * TRIALS)
    ours = [trial.median for trial in searched(1).trials]
    np.testing.assert_allclose(ours, found[0], rtol=1e-6)


def test_the_optimism_of_the_chosen_trial() -> None:
    """On each data set, and on average over all: the best looks better than it is."""
    verdicts = [open_seal(searched(seed)) for seed in DATA_SEEDS]
    ours = [verdict.optimism for verdict in verdicts if verdict]
    theirs, chance = [], []
    for seed in DATA_SEEDS:
        validation, test = losses(seed, by_hand.uniform(1, TRIALS, 2), [1] * TRIALS)
        theirs.append(test[validation.argmin()] - validation.min())
        chance.append(np.mean(test - validation))
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-8)
    # beside what any trial shows, as points differ from points
    assert np.mean(theirs) > np.mean(chance)


def test_the_winners_of_duels_against_a_moved_grid() -> None:
    grid = {"kind": "grid", "shift": True}
    search = values(9, strategy=grid)
    duels, ended = run_duels({"search": search, "against": "random", "duels": DUELS})
    assert duels.done
    best = []
    for number in range(DUELS):
        seed = 1 + 2 * number
        sides = (by_hand.moved_grid(seed, 3), by_hand.uniform(seed + 1, 9, 2))
        best.append([losses(1, side, [1 + number] * 9)[0].min() for side in sides])
    np.testing.assert_allclose([duel.scores for duel in ended], best, rtol=1e-6)
    first = sum(one < other for one, other in best)
    assert (duels.tally.first, duels.tally.second) == (first, DUELS - first)
    assert 0 < first < DUELS


def test_the_band_of_other_starts() -> None:
    search = searched(1)
    band = seed_band(search, starts=21)
    assert band is not None
    assert search.best is not None
    place = by_hand.uniform(1, TRIALS, 2)[[search.best.number] * 21]
    found = losses(1, place, list(range(2, 23)))[0]
    assert (band.low, band.middle, band.high) == pytest.approx(by_hand.quantiles(found), rel=1e-6)
