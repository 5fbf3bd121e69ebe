"""Descents on surfaces: the worked example, slices, groups, failures, noise, schedules and clipping."""

import pickle
from typing import Any

import numpy as np
import pytest

from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.surfaces import SURFACES
from engine.catalog.surfaces.formula_parser import FormulaError
from engine.race.descent import Descent, begin, descend, gradient_at, journal_of, surface_at
from engine.race.noise import gradient_noise
from engine.spec.reader import Choice
from engine.spec.run_spec import RunSpec


def ground(kind: str, **knobs: Any) -> Choice:
    return Choice(kind, tuple((SURFACES[kind].defaults | knobs).items()))


def rule(kind: str = "sgd", schedule: Any = None, clip: Any = None, **knobs: float) -> RunSpec:
    parts = {"schedule": schedule, "clip": clip}
    chosen = {name: part for name, part in parts.items() if part}
    return RunSpec.from_dict({"optimizer": {"kind": kind, **knobs}, **chosen})


def path_of(descent: Descent, steps: int) -> tuple[Descent, np.ndarray]:
    """Where a descent is after each of its next updates, (n, M, 2)."""
    after, journal = journal_of(descent, steps)
    return after, np.concatenate([journal.theta, after.theta[None]])[1:]


def same(one: Descent, other: Descent) -> None:
    np.testing.assert_array_equal(one.theta, other.theta)
    assert one.slots.keys() == other.slots.keys()
    for name, slot in one.slots.items():
        np.testing.assert_array_equal(slot, other.slots[name])
    assert (one.step, one.failures, one.clipped) == (other.step, other.failures, other.clipped)


def noise_of(seed: int, step: int, row: int) -> np.ndarray:
    """The noise of one row, for two members."""
    return gradient_noise(seed, step, [row, row])


def everyone(noise: float = 0.5) -> Descent:
    """Every optimizer twice, with a schedule and a clip here and there; one of them diverges."""
    rules = [rule(kind, learning_rate=rate) for kind in OPTIMIZERS for rate in (0.01, 0.02)]
    rules += [
        rule("momentum", {"kind": "cosine", "length": 30}, learning_rate=0.01),
        rule("adam", None, {"kind": "norm", "limit": 0.5}, learning_rate=0.05),
        rule("sgd", learning_rate=10),
    ]
    starts = np.random.default_rng(1).uniform(-1, 1, (len(rules), 2)).tolist()
    return begin(ground("three_hump_camel"), rules, starts, noise, noise_seed=3)


def test_the_worked_example() -> None:
    # f = x² + 2y² from (1, 1), η = 0.1, μ = 0.9: v = (2, 4), (3.4, 6), (3.98, 5.4)
    rules = [rule("momentum", learning_rate=0.1, momentum=0.9), rule(learning_rate=0.1)]
    after, path = path_of(begin(ground("bowl"), rules, [(1, 1), (1, 1)]), 3)
    expected = [[0.8, 0.6], [0.46, 0.0], [0.062, -0.54]]
    np.testing.assert_allclose(path[:, 0], expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(path[:, 1], [[0.8, 0.6], [0.64, 0.36], [0.512, 0.216]], rtol=1e-14)
    np.testing.assert_allclose(after.slots["velocity"], [[3.98, 5.4], [0.0, 0.0]], rtol=1e-12)
    np.testing.assert_array_equal(after.theta, path[-1])
    assert after.step == 3


def test_slices_never_change_a_bit() -> None:
    start = everyone()
    whole, path = path_of(start, 60)
    assert len(whole.failures) == 1
    for cuts in ([1] * 60, [7, 0, 20, 33], [59, 1]):
        part, paths = start, []
        for steps in cuts:
            part, piece = path_of(part, steps)
            paths.append(piece)
        same(part, whole)
        np.testing.assert_array_equal(np.concatenate(paths), path)
    same(descend(start, 60), whole)


def test_a_member_goes_its_way_as_if_alone() -> None:
    start = everyone(noise=0)
    together = descend(start, 40)
    for m, (own, at) in enumerate(zip(start.rules, start.theta, strict=True)):
        alone = descend(begin(start.surface, [own], [tuple(at)]), 40)
        np.testing.assert_allclose(alone.theta[0], together.theta[m], rtol=1e-12, atol=1e-14)
        assert alone.clipped[0] == together.clipped[m]


def test_a_descent_is_never_changed_in_place_and_can_be_sent() -> None:
    start = everyone()
    theta = start.theta.copy()
    after = descend(start, 5)
    np.testing.assert_array_equal(start.theta, theta)
    assert not after.theta.flags.writeable
    same(pickle.loads(pickle.dumps(after)), after)  # noqa: S301
    same(descend(after, 0), after)


def test_a_diverging_member_is_frozen_and_the_others_go_on() -> None:
    # on x² + 2y² with η = 100: x <- −199 x and y <- −399 y, so that |y| = 399ⁿ passes 1.8e308,
    # the largest double, in step 119
    rules = [rule(learning_rate=100), rule(learning_rate=0.1)]
    after, path = path_of(begin(ground("bowl"), rules, [(1, 1), (1, 1)]), 200)
    (failure,) = after.failures
    assert (failure.member, failure.step) == (0, 119)
    assert failure.cause == "too large for float64"
    assert failure.advice
    assert after.step == 200
    assert np.isfinite(path).all()
    np.testing.assert_array_equal(path[118:, 0], np.repeat(path[117:118, 0], 82, axis=0))
    np.testing.assert_allclose(after.theta[1], [0.8**200, 0.6**200])


def test_a_journal_says_what_each_update_started_from() -> None:
    # momentum on x² + 2y² from (1, 1): v is what the gradients (2, 4) and (1.6, 2.4) made of it
    start = begin(ground("bowl"), [rule("momentum", learning_rate=0.1, momentum=0.9)], [(1, 1)])
    after, journal = journal_of(start, 3)
    np.testing.assert_allclose(journal.theta[:, 0], [[1.0, 1.0], [0.8, 0.6], [0.46, 0]], atol=1e-15)
    np.testing.assert_allclose(
        journal.gradient[:, 0], [[2.0, 4.0], [1.6, 2.4], [0.92, 0]], atol=1e-15
    )
    np.testing.assert_allclose(journal.slots["velocity"][:, 0], [[0.0, 0.0], [2.0, 4.0], [3.4, 6]])
    np.testing.assert_allclose(gradient_at(after), [[0.124, -2.16]], rtol=1e-12)


def test_the_gradient_of_a_journal_has_the_noise_and_is_zero_for_frozen_members() -> None:
    start = begin(ground("bowl"), [rule(learning_rate=100)] * 2, [(1, 1), (0, 0)], 0.5, 2, [1, 1])
    expected = 0.5 * noise_of(2, 0, 1) + [[2, 4], [0, 0]]
    np.testing.assert_allclose(gradient_at(start), expected, rtol=1e-14)
    after, journal = journal_of(start, 200)
    np.testing.assert_array_equal(journal.gradient[0], gradient_at(start))
    first = after.failures[0]
    assert journal.gradient[first.step - 2, first.member].all()
    assert not journal.gradient[first.step - 1 :, first.member].any()
    assert not gradient_at(after)[first.member].any()


def test_a_descent_stops_when_no_member_is_left() -> None:
    after, path = path_of(begin(ground("bowl"), [rule(learning_rate=100)], [(1, 1)]), 500)
    assert after.step == 118
    assert path.shape == (118, 1, 2)
    same(descend(after, 10), after)


def test_a_gradient_that_is_not_a_number_freezes_too() -> None:
    after = descend(begin(ground("formula", text="x^x + y^2"), [rule()], [(0, 1)]), 5)
    assert after.failures[0].cause == "not a number (NaN)"
    assert after.theta.tolist() == [[0, 1]]


def test_a_typed_formula_is_a_surface() -> None:
    rules = [rule("adam", learning_rate=0.1), rule("momentum")]
    starts = [(1.2, -0.7), (-1, 0.5)]
    typed = begin(ground("formula", text="x^2 + 2*y^2"), rules, starts)
    kept = begin(ground("bowl"), rules, starts)
    np.testing.assert_allclose(descend(typed, 50).theta, descend(kept, 50).theta, rtol=1e-12)


def test_noise_is_keyed_by_seed_step_and_member() -> None:
    rules, starts = [rule(learning_rate=0.1)] * 4, [(1.0, 1.0)] * 4
    four = descend(begin(ground("bowl"), rules, starts, 0.5, 7), 20)
    two = descend(begin(ground("bowl"), rules[:2], starts[:2], 0.5, 7), 20)
    np.testing.assert_allclose(four.theta[:2], two.theta, rtol=1e-12)
    assert len(np.unique(four.theta)) == 8
    assert not np.isclose(
        four.theta, descend(begin(ground("bowl"), rules, starts, 0.5, 8), 20).theta
    ).any()


def test_noise_has_the_spread_that_is_asked_for() -> None:
    # a first step of SGD from the bottom of a bowl is −η times the noise
    start = begin(ground("bowl"), [rule(learning_rate=1)] * 4000, [(0.0, 0.0)] * 4000, 0.3)
    spread = descend(start, 1).theta.std()
    assert spread == pytest.approx(0.3, rel=4 / np.sqrt(2 * 8000))


def test_schedules_count_a_step_as_an_epoch() -> None:
    # halved after every second step: x <- x (1 − 2η)
    halves = rule("sgd", {"kind": "step", "every": 2, "gamma": 0.5}, learning_rate=0.1)
    _, path = path_of(begin(ground("bowl"), [halves], [(1, 0)]), 4)
    np.testing.assert_allclose(path[:, 0, 0], [0.8, 0.64, 0.576, 0.5184], rtol=1e-14)


def test_clipping_tames_the_cliff() -> None:
    clip = {"kind": "norm", "limit": 1.0}
    rules = [rule("momentum", None, c, learning_rate=0.1) for c in (None, clip)]
    after, path = path_of(begin(ground("cliff"), rules, [SURFACES["cliff"].start] * 2), 400)
    assert path[:, 0].min() < -10  # thrown off the map
    assert path[:, 1].min() >= -3  # never back behind the start
    assert np.hypot(*after.theta[1]) < 0.5
    assert after.clipped[0] == 0
    assert after.clipped[1] > 0


@pytest.mark.parametrize("kind", SURFACES)
def test_every_surface_can_be_gone_down(kind: str) -> None:
    surface = SURFACES[kind]
    after = descend(begin(ground(kind), [rule("adam", learning_rate=0.05)], [surface.start]), 100)
    heights = [
        surface.value(np.array([x]), np.array([y]), surface.defaults).item()
        for x, y in (surface.start, after.theta[0])
    ]
    assert not after.failures
    assert heights[1] < heights[0]


@pytest.mark.parametrize("kind", [k for k in SURFACES if SURFACES[k].quadratic and k != "saddle"])
def test_theory_predicts_the_rate_on_a_quadratic(kind: str) -> None:
    """The best rate 2/(λ₁ + λ₂) shrinks the distance by (κ − 1)/(κ + 1) a step, in the long run."""
    surface = SURFACES[kind]
    assert surface.eigenvalues is not None
    low, high = surface.eigenvalues(surface.defaults)
    best = rule(learning_rate=2 / (low + high))
    # 30 steps from a start where both directions count
    _, path = path_of(begin(ground(kind), [best], [(surface.minima[0][0] + 1, 0.7)]), 30)
    distance = np.hypot(*(path[:, 0] - surface.minima[0]).T)
    predicted = (high / low - 1) / (high / low + 1)
    np.testing.assert_allclose(distance[2::2] / distance[:-2:2], predicted**2, rtol=1e-6)


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(ValueError, match="2 rules need as many starts, not 1"):
        begin(ground("bowl"), [rule(), rule()], [(0, 0)])
    with pytest.raises(KeyError, match="did you mean bowl"):
        begin(Choice("bowel", ()), [rule()], [(0, 0)])
    with pytest.raises(FormulaError):
        begin(ground("formula", text="x +"), [rule()], [(0, 0)])
    with pytest.raises(ValueError, match="a whole number from 0, not -1"):
        descend(begin(ground("bowl"), [rule()], [(0, 0)]), -1)
    assert surface_at(ground("formula", text="x")) is surface_at(ground("formula", text="x"))
