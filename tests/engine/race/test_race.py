"""Races: what the rows are, that slices change no bit, and that anything valid can be raced."""

import pickle
from dataclasses import fields
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.race.noise import gradient_noise
from engine.race.race import PathChunk, Race, advance_race, begin_race
from engine.race.spec import RaceSpec
from tests.engine.race.strategies import race_dicts

ROWS = [field.name for field in fields(PathChunk) if field.name != "first"]


def run(
    values: dict[str, Any], cuts: list[int] | None = None
) -> tuple[Race, dict[str, np.ndarray]]:
    """The whole race, sliced as `cuts` say in turn."""
    race = begin_race(RaceSpec.from_dict(values))
    parts: list[PathChunk] = []
    at = 0
    while not race.done:
        steps = cuts[at % len(cuts)] if cuts else race.spec.steps
        race, part = advance_race(race, steps)
        assert part.first == sum(len(part.path) for part in parts)
        parts.append(part)
        at += 1
    return race, {name: np.concatenate([getattr(part, name) for part in parts]) for name in ROWS}


def racers(*optimizers: Any) -> list[dict[str, Any]]:
    return [{"optimizer": optimizer} for optimizer in optimizers]


SGD = {"kind": "sgd", "learning_rate": 0.1}
MOMENTUM = {"kind": "momentum", "learning_rate": 0.1, "momentum": 0.9}


def test_rows_are_points_and_the_updates_that_follow() -> None:
    # f = x² + 2y² from (1, 1) with η = 0.1: x <- 0.8 x, y <- 0.6 y
    race, rows = run({"surface": "bowl", "racers": racers(SGD), "steps": 2})
    assert race.rows == 3
    np.testing.assert_allclose(
        rows["path"][:, 0], [[1.0, 1.0], [0.8, 0.6], [0.64, 0.36]], rtol=1e-14
    )
    np.testing.assert_allclose(rows["value"][:, 0], [3, 0.64 + 2 * 0.36, 0.4096 + 2 * 0.1296])
    np.testing.assert_allclose(
        rows["gradient"][:, 0], [[2.0, 4.0], [1.6, 2.4], [1.28, 1.44]], rtol=1e-6
    )
    norms = [np.hypot(2, 4), np.hypot(1.6, 2.4), np.hypot(1.28, 1.44)]
    np.testing.assert_allclose(rows["gradient_norm"][:, 0], norms, rtol=1e-6)
    np.testing.assert_allclose(rows["rate"][:, 0], [0.1, 0.1, np.nan], rtol=1e-6)
    np.testing.assert_allclose(rows["learning_rate"][:, 0], [0.1] * 3, rtol=1e-6)
    distances = [np.hypot(1, 1), np.hypot(0.8, 0.6), np.hypot(0.64, 0.36)]
    np.testing.assert_allclose(rows["distance"][:, 0], distances, rtol=1e-6)
    assert [rows[name].dtype.str for name in ROWS] == ["<f8"] * 2 + ["<f4"] * 5


def test_a_race_says_how_long_a_step_is_beside_its_gradient() -> None:
    # v = (2, 4), then (3.4, 6): steps of η|v| along gradients (2, 4), (1.6, 2.4)
    _, rows = run({"surface": "bowl", "racers": racers(MOMENTUM), "steps": 2})
    np.testing.assert_allclose(
        rows["rate"][:2, 0], [0.1, 0.1 * np.hypot(3.4, 6) / np.hypot(1.6, 2.4)], rtol=1e-6
    )


def test_learning_rates_are_those_after_the_schedule() -> None:
    scheduled = {"optimizer": SGD, "schedule": {"kind": "step", "every": 2, "gamma": 0.5}}
    values = {"surface": "bowl", "racers": [scheduled, *racers(SGD)], "steps": 5}
    _, rows = run(values | {"starts": [[1, 1], [0, 1]]}, [2])
    halved = [0.1, 0.1, 0.05, 0.05, 0.025, 0.025]
    np.testing.assert_allclose(rows["learning_rate"].T, [halved] * 2 + [[0.1] * 6] * 2, rtol=1e-6)
    np.testing.assert_allclose(rows["rate"][:-1, 0], halved[:-1], rtol=1e-6)


@given(race_dicts(), st.lists(st.integers(1, 90), min_size=1, max_size=4))
def test_anything_valid_races_and_slices_change_no_bit(
    values: dict[str, Any], cuts: list[int]
) -> None:
    race, rows = run(values)
    members, steps = len(race.spec.members), race.spec.steps
    assert rows["path"].shape == (steps + 1, members, 2)
    assert np.isfinite(rows["path"]).all()
    other, parts = run(values, cuts)
    for name in ROWS:
        np.testing.assert_array_equal(parts[name], rows[name])
    assert other.outcomes == race.outcomes
    np.testing.assert_array_equal(other.away, race.away)


def test_a_race_can_be_sent_between_slices() -> None:
    race = begin_race(RaceSpec.from_dict({"noise": 0.3}))
    race, _ = advance_race(race, 40)
    sent, first = advance_race(pickle.loads(pickle.dumps(race)), 40)  # noqa: S301
    kept, second = advance_race(race, 40)
    np.testing.assert_array_equal(first.path, second.path)
    assert sent.outcomes == kept.outcomes


def test_racers_at_one_start_get_the_same_noise() -> None:
    # two racers of the same settings go the same way; another start gets noise of its own
    values = {"surface": "bowl", "noise": 0.5, "noise_seed": 4, "starts": [[1, 1], [1, 1]]}
    race, rows = run(values | {"racers": racers(SGD, SGD), "steps": 30})
    np.testing.assert_array_equal(rows["path"][:, 0], rows["path"][:, 2])
    np.testing.assert_array_equal(rows["path"][:, 1], rows["path"][:, 3])
    assert (rows["path"][1:, 0] != rows["path"][1:, 1]).all()
    noise = 0.5 * gradient_noise(4, 30, [0, 1])
    slope = rows["path"][-1, :2] * [2, 4]
    np.testing.assert_allclose(rows["gradient"][-1, :2], slope + noise, rtol=1e-6)
    # one racer more changes nobody's path
    _, more = run(values | {"racers": racers(SGD, SGD, MOMENTUM), "steps": 30})
    np.testing.assert_allclose(more["path"][:, :4], rows["path"], rtol=1e-13)
    assert race.spec.noise == 0.5


def test_a_member_that_fails_stays_where_it_was() -> None:
    # on x² + 2y² with η = 100, |y| = 399ⁿ passes 1.8e308 in update 119
    hot = {"kind": "sgd", "learning_rate": 100}
    race, rows = run({"surface": "bowl", "racers": racers(hot, SGD), "steps": 200}, [33])
    failed, fine = race.outcomes
    assert failed.to_dict()["failed"] == {
        "step": 119,
        "cause": "too large for float64",
        "outside": False,
    }
    assert fine.to_dict()["failed"] is None
    np.testing.assert_array_equal(rows["path"][118:, 0], np.tile(rows["path"][118, 0], (83, 1)))
    assert (rows["path"][117, 0] != rows["path"][118, 0]).all()
    assert rows["gradient"][117, 0].any()
    assert not rows["gradient"][118:, 0].any()
    assert np.isnan(rows["rate"][118:, 0]).all()
    assert np.isfinite(rows["rate"][:-1, 1]).all()


def test_a_race_goes_on_when_every_member_has_failed() -> None:
    hot = {"kind": "sgd", "learning_rate": 100}
    race, rows = run({"surface": "bowl", "racers": racers(hot), "steps": 300}, [50])
    assert race.done
    assert rows["path"].shape == (301, 1, 2)
    assert not rows["gradient"][118:].any()


def test_steps_beyond_the_end_are_not_made() -> None:
    race = begin_race(RaceSpec.from_dict({"steps": 10}))
    assert not race.done
    race, part = advance_race(race, 1000)
    assert len(part.path) == 11
    assert race.done
    after, nothing = advance_race(race, 5)
    assert after is race
    assert nothing.path.shape == (0, 3, 2)
    assert nothing.first == 11
    with pytest.raises(ValueError, match="a whole number from 1, not 0"):
        advance_race(race, 0)


@pytest.mark.parametrize("cuts", [[1], [1000], [7, 31]])
def test_every_row_follows_from_the_one_before(cuts: list[int]) -> None:
    values = {"surface": "booth", "racers": racers(SGD | {"learning_rate": 0.05}), "steps": 40}
    _, rows = run(values, cuts)
    for (x, y), (after_x, after_y) in pairwise(rows["path"][:, 0]):
        a, b = x + 2 * y - 7, 2 * x + y - 5
        assert after_x == pytest.approx(x - 0.05 * (2 * a + 4 * b), rel=1e-12, abs=1e-14)
        assert after_y == pytest.approx(y - 0.05 * (4 * a + 2 * b), rel=1e-12, abs=1e-14)
