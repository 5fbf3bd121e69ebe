"""Our random search beside Optuna's: the same distributions of values, and the same ranks of trials."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2_contingency, ks_2samp

from engine.search import SearchSpec, advance_search, begin_search, ranked

optuna: Any = pytest.importorskip("optuna", reason="python scripts/install_peers.py optuna")

TRIALS = 300
KNOBS = [
    {"path": "optimizer.learning_rate", "low": 0.001, "high": 1, "scale": "log"},
    {"path": "initializer.limit", "low": 0.1, "high": 0.9, "scale": "linear"},
    {"path": "optimizer.kind", "values": ["sgd", "adam", "momentum"]},
]


def spec_of(trials: int) -> SearchSpec:
    base = {
        "data": {"kind": "moons", "noise": 0.2, "points": 40},
        "layers": [{"units": 2}],
        "loss": "logistic",
    }
    return SearchSpec.from_dict(
        {"base": base, "knobs": KNOBS, "updates": 10, "budget": 10 * trials, "search_seed": 3}
    )


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    yield
    optuna.logging.set_verbosity(before)


def suggested(trial: Any) -> dict[str, Any]:
    """The same space in Optuna's words."""
    return {
        "optimizer.learning_rate": trial.suggest_float("rate", 0.001, 1, log=True),
        "initializer.limit": trial.suggest_float("limit", 0.1, 0.9),
        "optimizer.kind": trial.suggest_categorical("kind", ["sgd", "adam", "momentum"]),
    }


def test_random_search_draws_from_the_distributions_that_optuna_draws_from() -> None:
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    theirs = [suggested(study.ask()) for _ in range(TRIALS)]
    search, _ = advance_search(begin_search(spec_of(TRIALS)), 1)
    ours = [trial.changes for trial in search.trials]
    for path in ("optimizer.learning_rate", "initializer.limit"):
        assert ks_2samp(*([each[path] for each in side] for side in (ours, theirs))).pvalue > 0.01
    counts = [
        [
            sum(each["optimizer.kind"] == kind for each in side)
            for kind in ("sgd", "adam", "momentum")
        ]
        for side in (ours, theirs)
    ]
    assert chi2_contingency(counts).pvalue > 0.01
    # a wrong scale does not pass: the same range, drawn evenly
    even = np.random.default_rng(1).uniform(0.001, 1, TRIALS)
    rates = [each["optimizer.learning_rate"] for each in theirs]
    assert ks_2samp(even, rates).pvalue < 1e-6


def test_optuna_ranks_our_trials_as_we_do() -> None:
    """Every trial is told to Optuna as one of its own."""
    spec = spec_of(40)
    search, _ = advance_search(begin_search(spec), spec.budget)
    distributions = {
        "optimizer.learning_rate": optuna.distributions.FloatDistribution(0.001, 1, log=True),
        "initializer.limit": optuna.distributions.FloatDistribution(0.1, 0.9),
        "optimizer.kind": optuna.distributions.CategoricalDistribution(["sgd", "adam", "momentum"]),
    }
    study = optuna.create_study(direction="minimize")
    for trial in search.trials:
        study.add_trial(
            optuna.trial.create_trial(
                params=dict(trial.changes), distributions=distributions, value=trial.median
            )
        )
    assert search.best is not None
    assert study.best_params == search.best.changes
    theirs = sorted(study.trials, key=lambda trial: trial.value)
    assert [trial.number for trial in theirs] == [trial.number for trial in ranked(search.trials)]
