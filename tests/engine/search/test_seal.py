"""The seal: how much better the chosen trial looks than it is, against a script of its own."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import engine
from engine.search import Search, begin_search, open_seal, seed_band
from tests.engine.searches import run_search

UPDATES, TRIALS = 150, 64
DATA_SEEDS = range(1, 13)


def base(seed: int) -> dict[str, object]:
    """300 points: 100 that train, 50 that validate, 150 that are sealed."""
    data = {"kind": "moons", "noise": 0.4, "points": 300, "train_share": 1 / 3, "seed": seed}
    return {"data": data, "layers": [{"units": 6}], "loss": "logistic", "dtype": "float64"}


@cache
def searched(seed: int) -> Search:
    return run_search(
        {
            "base": base(seed),
            "knobs": [{"path": "optimizer.learning_rate", "low": 0.01, "high": 3}],
            "budget": TRIALS * UPDATES,
            "updates": UPDATES,
            "validation_share": 0.25,
        }
    )


@cache
def by_hand(seed: int) -> np.ndarray:
    """The same without `engine.search`: losses (2, trials) on validation and on test points."""
    spec = engine.RunSpec.from_dict(base(seed))
    rates = [
        0.01
        * 300 ** np.random.Generator(np.random.PCG64(np.random.SeedSequence((1, 8, 0, i)))).random()
        for i in range(TRIALS)
    ]
    specs = [spec.replace({"optimizer.learning_rate": rate}) for rate in rates]
    state, _ = engine.train(engine.start(specs), UPDATES)
    drawn = engine.sample(spec)
    labels = drawn.labels.astype(int)
    told = engine.predict(state, drawn.points)  # (M, N, classes)
    losses = -np.log(told[:, np.arange(300), labels])
    return np.array([losses[:, 100:150].mean(axis=1), losses[:, 150:].mean(axis=1)])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_chosen_trial_is_the_one_that_a_script_chooses(seed: int) -> None:
    validation, test = by_hand(seed)
    verdict = open_seal(searched(seed))
    assert verdict is not None
    best = searched(seed).best
    assert best is not None
    assert best.number == validation.argmin()
    np.testing.assert_allclose(verdict.validation, validation.min(), rtol=1e-6)
    np.testing.assert_allclose(verdict.test, test[validation.argmin()], rtol=1e-6)
    np.testing.assert_allclose(verdict.validation, best.scores, rtol=1e-6)


def test_the_best_looks_better_than_it_is() -> None:
    """Beside what any trial shows, as the points that train it are others: that of a trial at random."""

    def optimism(trials: int) -> float:
        gaps = []
        for seed in DATA_SEEDS:
            validation, test = by_hand(seed)[:, :trials]
            gaps.append(test[validation.argmin()] - validation.min())
        return float(np.mean(gaps))

    verdicts = [open_seal(searched(seed)) for seed in DATA_SEEDS]
    found = np.mean([each.test[0] - each.validation[0] for each in verdicts if each])
    assert found == pytest.approx(optimism(TRIALS))
    assert optimism(TRIALS) > optimism(1)


def test_scores_of_both_parts_are_the_test_loss_of_a_run() -> None:
    """A run without a search tests on both: 50 and 150 points."""
    search = searched(1)
    verdict = open_seal(search)
    assert verdict is not None
    assert search.best is not None
    own = engine.RunSpec.from_dict(base(1)).replace(search.best.changes)
    state, _ = engine.train(engine.start(own), UPDATES)
    both = (50 * verdict.validation[0] + 150 * verdict.test[0]) / 200
    assert engine.metrics(state)["test_loss"][0] == pytest.approx(both, rel=1e-6)


def test_the_band_is_that_of_other_starts() -> None:
    search = searched(1)
    band = seed_band(search, starts=20)
    assert band is not None
    assert search.best is not None
    own = engine.RunSpec.from_dict(base(1)).replace(search.best.changes)
    starts = [own.replace({"weights_seed": 2 + i, "batches_seed": 2 + i}) for i in range(20)]
    state, _ = engine.train(engine.start(starts), UPDATES)
    drawn = engine.sample(own)
    told = engine.predict(state, drawn.points[100:150])
    labels = drawn.labels[100:150].astype(int)
    losses = np.sort(-np.log(told[:, np.arange(50), labels]).mean(axis=1))
    # of 20 the second lowest and the second highest: 5 % lie below, 5 % above
    np.testing.assert_allclose([band.low, band.high], losses[[1, 18]], rtol=1e-6)
    assert band.middle == pytest.approx(np.median(losses), rel=1e-6)
    assert [each.number for each in search.trials if band.holds(each)] == [
        each.number for each in search.trials if each.median <= band.high
    ]


def test_without_a_best_there_is_nothing_to_open() -> None:
    nothing = begin_search(searched(1).spec)
    assert open_seal(nothing) is None
    assert seed_band(nothing) is None
    assert replace(nothing, trials=searched(1).trials).best is not None
