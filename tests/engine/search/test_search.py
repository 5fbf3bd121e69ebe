"""Searches: the trials that are proposed and trained, however a search is cut into pieces."""

import pickle
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.strategies import STRATEGIES
from engine.search import (
    Search,
    SearchSpec,
    Trial,
    advance_search,
    begin_search,
    best_so_far,
    ranked,
)

BASE = {
    "data": {"kind": "moons", "noise": 0.3, "points": 200},
    "layers": [{"units": 4}],
    "loss": "logistic",
    "dtype": "float64",
}
RATE = {"path": "optimizer.learning_rate", "low": 0.01, "high": 10}
L2 = {"path": "penalty.l2", "low": 1e-5, "high": 0.1, "scale": "log"}
UNITS = {"path": "layers.0.units", "values": [2, 5]}


def spec_of(*knobs: Any, **values: Any) -> SearchSpec:
    small = {"base": BASE, "updates": 60, "budget": 720, "knobs": list(knobs or (RATE, UNITS))}
    return SearchSpec.from_dict(small | values)


def run(spec: SearchSpec, budget: int = 10**9) -> tuple[Search, list[Trial]]:
    """A search to its end, in pieces of so many updates, and all looks on the way."""
    search = begin_search(spec)
    looks: list[Trial] = []
    proposed: list[Trial] = []
    while not search.done:
        before = search.spent
        search, piece = advance_search(search, budget)
        assert search.spent > before or search.done
        looks += piece.looks
        proposed += piece.proposed
    assert [trial.number for trial in proposed] == list(range(spec.trials))
    return search, looks


@pytest.mark.parametrize("kind", STRATEGIES)
@pytest.mark.parametrize("budget", [1, 37, 500])
def test_where_it_is_cut_changes_nothing(kind: str, budget: int) -> None:
    spec = spec_of(strategy=kind, seeds=3, budget=1440)
    whole, looks = run(spec)
    cut, same = run(spec, budget)
    assert cut.trials == whole.trials
    assert same == looks
    assert cut.spent == whole.spent
    np.testing.assert_array_equal(cut.boxes, whole.boxes)


def test_it_goes_on_where_it_was_sent_to() -> None:
    spec = spec_of(strategy="halving", budget=1000)
    search, _ = advance_search(begin_search(spec), 300)
    sent = pickle.loads(pickle.dumps(search))  # noqa: S301 - made here
    assert advance_search(sent, 10**9)[0].trials == advance_search(search, 10**9)[0].trials


def test_a_piece_has_about_the_updates_that_were_asked_for() -> None:
    search, _ = advance_search(begin_search(spec_of(RATE)), 100)
    # 12 networks that train in lockstep: looks after 1, 2, … of their updates, and one of each at least
    assert 100 <= search.spent < 112
    assert not search.done
    with pytest.raises(ValueError, match="budget must be a whole number from 1"):
        advance_search(search, 0)


def test_trials_are_those_of_networks_trained_by_hand() -> None:
    spec = spec_of(RATE, UNITS, seeds=3)
    search, _ = run(spec)
    for trial in search.trials:
        scores = []
        for start in range(3):
            seeds = {"weights_seed": 1 + start, "batches_seed": 1 + start}
            own = engine.RunSpec.from_dict(BASE).replace({**trial.changes, **seeds})
            state, _ = engine.train(engine.start(own), 60)
            # 200 points: 100 train, the next 50 judge
            drawn = engine.sample(own)
            points, labels = drawn.points[100:150], drawn.labels[100:150].astype(int)
            told = engine.predict(state, points)[0]
            scores.append(-np.log(told[np.arange(50), labels]).mean())
        np.testing.assert_allclose(trial.scores, scores, rtol=1e-6)
        assert trial.median == sorted(trial.scores)[1]
        assert trial.range == (min(trial.scores), max(trial.scores))


def test_the_error_is_the_share_told_wrong() -> None:
    search, _ = run(spec_of(RATE, score="error"))
    for trial in search.trials:
        own = engine.RunSpec.from_dict(BASE).replace(trial.changes)
        state, _ = engine.train(engine.start(own), 60)
        drawn = engine.sample(own)
        told = engine.predict(state, drawn.points[100:150])[0].argmax(axis=1)
        assert trial.median == pytest.approx((told != drawn.labels[100:150]).mean())


def test_a_trial_is_drawn_for_itself() -> None:
    few = run(spec_of(RATE, L2))[0].trials
    many = run(spec_of(RATE, L2, budget=900))[0].trials
    assert [trial.place for trial in many[: len(few)]] == [trial.place for trial in few]
    other = run(spec_of(RATE, L2, search_seed=2))[0].trials
    assert {trial.place for trial in other}.isdisjoint(trial.place for trial in few)
    # the documented key: search seed, purpose, round, trial
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence((1, 8, 0, 5))))
    assert few[5].place == tuple(rng.random(4)[:2])
    assert few[5].changes["optimizer.learning_rate"] == pytest.approx(
        0.01 * 1000 ** few[5].place[0]
    )


def test_all_trials_begin_from_the_same_starts() -> None:
    spec = spec_of(RATE, seeds=5, base=BASE | {"weights_seed": 2**31 - 2})
    made = spec.space.specs({"optimizer.learning_rate": 0.5}, 5)
    assert [each.weights_seed for each in made] == [2**31 - 2, 2**31 - 1, 0, 1, 2]
    assert [each.batches_seed for each in made] == [1, 2, 3, 4, 5]
    assert {each.optimizer["learning_rate"] for each in made} == {0.5}


def test_halving_lets_the_best_at_each_rung_go_on() -> None:
    knobs = {"kind": "halving", "eta": 3, "rungs": 2}
    spec = spec_of(RATE, L2, strategy=knobs, budget=800)
    search, _ = run(spec)
    # 20 trials up to 20 updates, 6 of them up to 60: 20·20 + 6·40 = 640; 24 and 8 would be 800
    assert (spec.rungs, spec.trials) == ((20, 60), 24)
    assert search.spent == 24 * 20 + 8 * 40
    # the same places, all trained to the end: who was ahead after 20 updates?
    everyone, _ = run(spec_of(RATE, L2, budget=24 * 60))
    at_rung = {trial.number: dict(trial.curve).get(20) for trial in everyone.trials}
    early = {trial.number: dict(trial.curve)[20] for trial in search.trials}
    assert all(at_rung[i] is None or at_rung[i] == pytest.approx(early[i]) for i in early)
    best = sorted(early, key=lambda number: early[number])[:8]
    assert {trial.number for trial in search.trials if not trial.cut} == set(best)
    assert {(trial.steps, trial.updates) for trial in search.trials if trial.cut} == {(20, 20)}
    for number in best:
        assert search.trials[number].median == pytest.approx(everyone.trials[number].median)
    # whoever was cut comes after whoever was not
    assert [trial.number for trial in search.ranking[:8]] == sorted(
        best, key=lambda number: search.trials[number].median
    )


def test_coarse_to_fine_looks_around_the_best_so_far() -> None:
    knobs = {"kind": "coarse_to_fine", "rounds": 3, "shrink": 0.5}
    search, _ = run(spec_of(RATE, UNITS, strategy=knobs))
    assert [trial.round for trial in search.trials] == [0] * 4 + [1] * 4 + [2] * 4
    for number in (1, 2):
        known = [trial for trial in search.trials if trial.round < number]
        best = min(known, key=lambda trial: trial.median).place[0]
        low, high = search.boxes[number - 1][:, 0]
        width = high - low
        if min(best - low, high - best) >= 0.1 * width:
            width *= 0.5
        expected = min(
            max(best - width / 2, -1), 1 - width
        )  # the knob ends at 10, where the range does
        np.testing.assert_allclose(search.boxes[number][:, 0], [expected, expected + width])
        np.testing.assert_array_equal(search.boxes[number][:, 1], [0, 1])
        places = np.array([trial.place for trial in search.trials if trial.round == number])
        assert (search.boxes[number][0] <= places).all()
        assert (places <= search.boxes[number][1]).all()


def test_a_box_leaves_the_range_after_a_best_at_its_edge() -> None:
    low = {"path": "optimizer.learning_rate", "low": 0.0001, "high": 0.001}
    knobs = {"kind": "coarse_to_fine", "rounds": 4}
    search, _ = run(spec_of(low, strategy=knobs, budget=60 * 40))
    rates = [trial.changes["optimizer.learning_rate"] for trial in search.trials]
    assert max(rates[:10]) <= 0.001 < max(rates[10:])
    assert search.best is not None
    assert search.best.changes["optimizer.learning_rate"] > 0.001


WILD: dict[str, Any] = {
    "base": {"data": "plane", "layers": [{"units": 8, "activation": "relu"}]},
    "knobs": [{"path": "optimizer.learning_rate", "values": [0.01, 5, 10]}],
    "strategy": "grid",
    "budget": 1500,
    "updates": 500,
}


def test_a_trial_that_diverges_comes_last_with_its_step() -> None:
    search, _ = run(SearchSpec.from_dict(WILD))
    assert search.best is not None
    assert search.best.changes == {"optimizer.learning_rate": 0.01}
    for trial in search.ranking[1:]:
        own = engine.RunSpec.from_dict(WILD["base"]).replace(trial.changes)
        (failure,) = engine.train(engine.start(own), 500)[1].failures
        assert (trial.diverged, trial.median) == (failure.step, np.inf)
        assert trial.updates == failure.step - 1
    later, earlier = search.ranking[1:]
    assert (later.diverged or 0) >= (earlier.diverged or 0)


def test_where_all_diverge_there_is_no_best() -> None:
    wild = WILD | {"knobs": [{"path": "optimizer.learning_rate", "values": [5, 10]}]}
    search, _ = run(SearchSpec.from_dict(wild), 100)
    assert search.done
    assert search.best is None


def trial(number: int, score: float, **values: Any) -> Trial:
    return Trial(number, 0, (0.5,), {}, scores=(score,), **values)


def test_ranks() -> None:
    trials = [
        trial(0, np.inf, diverged=30),
        trial(1, 0.1, cut=True, steps=10),
        trial(2, 0.5),
        trial(3, np.inf, diverged=70),
        trial(4, 0.2, cut=True, steps=40),
        trial(5, 0.3),
        trial(6, 0.3),
    ]
    assert [each.number for each in ranked(trials)] == [5, 6, 2, 4, 1, 3, 0]


def test_half_of_the_networks_decide_whether_a_trial_diverged() -> None:
    deep = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}] * 2}
    search, _ = run(SearchSpec.from_dict(WILD | {"base": deep, "seeds": 3, "budget": 4500}))
    trial = search.trials[1]
    own = search.spec.space.specs(trial.changes, 3)
    failures = engine.train(engine.start(own), 500)[1].failures
    steps = sorted(failure.step for failure in failures)
    assert len(set(steps)) == 3
    # the update with which the second of three was lost, and so the median
    assert trial.diverged == steps[1]
    assert trial.updates == sum(steps) - 3


def test_best_so_far_counts_what_was_trained_to_the_end() -> None:
    search, _ = run(spec_of(RATE, L2))
    spent, lowest = best_so_far(search)
    np.testing.assert_array_equal(spent, 60 * np.arange(1, 13))
    scores = [trial.median for trial in search.trials]
    np.testing.assert_array_equal(lowest, np.minimum.accumulate(scores))
    search, _ = run(spec_of(RATE, L2, strategy={"kind": "halving", "eta": 3, "rungs": 2}))
    spent, lowest = best_so_far(search)
    assert spent[-1] == search.spent
    cut = sum(trial.cut for trial in search.trials)
    assert np.isinf(lowest[:cut]).all()
    assert search.best is not None
    assert lowest[-1] == search.best.median


@pytest.mark.parametrize(
    "knobs",
    [
        (RATE, L2),
        (RATE, UNITS),
        ({"path": "optimizer.kind", "values": ["momentum", "adam"]}, RATE),
        ({"path": "features", "values": [["x1"], ["x2", "x1"]]}, L2),
        (
            {"path": "layers.0.dropout", "low": 0, "high": 0.5},
            {"path": "batch_size", "values": [5, 10]},
        ),
        ({"path": "layers", "values": [[{"units": 3}], [{"units": 2}, {"units": 2}]]}, RATE),
    ],
)
def test_settings_of_a_space_are_read_once_and_come_out_as_if_each_had_been(knobs: Any) -> None:
    space = spec_of(*knobs).space
    places = np.random.default_rng(1).uniform(-0.5, 1.5, (20, len(knobs)))
    changes = [space.changes(place) for place in places]
    assert space.all_specs(changes, 3) == [space.specs(each, 3) for each in changes]
