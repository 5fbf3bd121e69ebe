"""Importance: shares of variance against those of functions whose shares are known."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from engine.search import Search, SearchSpec, Trial, importance
from engine.search.importance import bins, share

KNOBS: list[dict[str, Any]] = [
    {"path": "optimizer.learning_rate", "low": 0.01, "high": 1},
    {"path": "penalty.l2", "low": 1e-5, "high": 1, "scale": "log"},
    {"path": "layers.0.units", "values": [2, 4]},
]


def searched(places: np.ndarray, logs: np.ndarray) -> Search:
    """A search that is done, whose trials lie at these places and have these logarithms as scores."""
    spec = SearchSpec.from_dict({"knobs": KNOBS})
    trials = tuple(
        Trial(i, 0, tuple(place), {}, steps=1000, scores=(float(np.exp(score)),))
        for i, (place, score) in enumerate(zip(places.tolist(), logs, strict=True))
    )
    return Search(spec, trials, boxes=(np.zeros((2, 3)),))


def test_shares_of_a_sum_are_those_of_its_parts() -> None:
    # variances of 3u and 4v with u, v ~ U(0, 1) are 9/12 and 16/12; w does nothing
    places = np.random.default_rng(3).random((2000, 3))
    logs = 3 * places[:, 0] + 4 * places[:, 1]
    first, second, third = importance(searched(places, logs))
    # eight bins leave 1/64 of what they explain inside of them
    assert first.share == pytest.approx(9 / 25 * 63 / 64, abs=0.03)
    assert second.share == pytest.approx(16 / 25 * 63 / 64, abs=0.03)
    assert third.share < 0.01
    assert first.low < first.share < first.high < second.low
    assert [each.path for each in (first, second, third)] == [knob["path"] for knob in KNOBS]


def test_a_share_is_that_of_an_analysis_of_variance() -> None:
    rng = np.random.default_rng(1)
    part = rng.integers(4, size=60)
    scores = rng.normal(size=60) + 0.5 * part
    f = stats.f_oneway(*(scores[part == kind] for kind in range(4))).statistic
    # ε² in terms of F, with k = 4 parts and n = 60
    assert share(part, scores) == pytest.approx(3 * (f - 1) / (3 * f + 56))


def test_noise_explains_nothing_on_average() -> None:
    rng = np.random.default_rng(2)
    shares = [share(bins(rng.random(64), None), rng.normal(size=64)) for _ in range(300)]
    # without the correction it would be (8 − 1) / 63 = 0.11
    assert np.mean(shares) < 0.05


def test_nothing_is_said_of_few() -> None:
    places = np.random.default_rng(1).random((20, 3))
    assert len(importance(searched(places, places[:, 0]))) == 3
    assert importance(searched(places[:19], places[:19, 0])) == ()
    going_on = replace(searched(places, places[:, 0]), boxes=())
    assert importance(going_on) == ()


def test_what_diverged_has_the_worst_score() -> None:
    places = np.random.default_rng(1).random((200, 3))
    # the upper half of the first knob diverges: that is all there is to explain
    made = searched(places, np.where(places[:, 0] > 0.5, np.inf, -1 + 0 * places[:, 0]))
    worst = searched(places, np.where(places[:, 0] > 0.5, 0.0, -1.0))
    assert importance(made)[0].share == 0.0
    assert importance(worst)[0].share > 0.9
    mixed = searched(places, np.where(places[:, 0] > 0.5, np.inf, places[:, 0]))
    assert importance(mixed)[0].share > 0.9


def test_beyond_the_range_of_few_whole_numbers_are_parts_too() -> None:
    places = np.array([-0.3, 0.1, 0.6, 1.2] * 5)
    assert bins(places, 2).tolist() == [0, 1, 2, 3] * 5


def test_all_alike_explain_nothing() -> None:
    places = np.random.default_rng(1).random((30, 3))
    assert [each.share for each in importance(searched(places, np.zeros(30)))] == [0, 0, 0]
