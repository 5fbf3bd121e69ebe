"""The loss over two weights and its minima, by hand where the loss is a bowl."""

import numpy as np
import pytest

import engine
from engine.landscape import Landscape, weight_pair, weight_pair_seconds
from engine.landscape.weight_pair import FINER, LOOKS, MOST_PLACES, SIDE
from engine.spec.run_spec import RunSpec

NAMES = ("output.W.0.0", "output.W.1.0")


def bowl(penalty: dict[str, float]) -> tuple[engine.State, np.ndarray, np.ndarray]:
    """A straight model of values, and of its loss ½ wᵀHw − gᵀw + … over both weights H and g."""
    values = {"data": "plane", "layers": [], "penalty": penalty, "dtype": "float64"}
    state = engine.start(RunSpec.from_dict(values))
    drawn = engine.sample(state.spec)
    x, y = drawn.points[: drawn.train], drawn.labels[: drawn.train]
    bias = state.theta[0, 2]
    return state, x.T @ x / len(x), x.T @ (y - bias) / len(x)


@pytest.mark.parametrize("l2", [0, 0.5, 5])
def test_l2_moves_the_minimum_as_a_ridge_does(l2: float) -> None:
    state, h, g = bowl({"l2": l2})
    found = weight_pair(state, NAMES)
    near = 2 * found.reach / (SIDE - 1) / FINER**LOOKS
    np.testing.assert_allclose(found.least, np.linalg.solve(h, g), atol=near)
    np.testing.assert_allclose(
        found.with_penalty, np.linalg.solve(h + l2 * np.eye(2), g), atol=near
    )


def test_l1_puts_a_weight_on_zero() -> None:
    state, h, g = bowl({"l1": 1.0})
    found = weight_pair(state, NAMES)
    w = np.zeros(2)
    for _ in range(200):  # coordinate descent with soft thresholds
        for i in range(2):
            rest = g[i] - h[i] @ w + h[i, i] * w[i]
            w[i] = np.sign(rest) * max(abs(rest) - 1.0, 0) / h[i, i]
    near = 2 * found.reach / (SIDE - 1) / FINER**LOOKS
    np.testing.assert_allclose(found.with_penalty, w, atol=near)
    strong = weight_pair(bowl({"l1": 10.0})[0], NAMES)
    assert strong.with_penalty.tolist() == [0, 0]


def test_the_map_is_of_the_runs_own_loss() -> None:
    state, _ = engine.train(engine.start(RunSpec.from_dict({"layers": [{"units": 3}]})), 50)
    found = weight_pair(state, NAMES)
    places = {name: at for name, at, _ in engine.layout(state.spec)}
    at = places["output.W"]
    np.testing.assert_array_equal(found.place, state.theta[0, at : at + 2].astype(float))
    row, column = 3, 15
    steps = np.linspace(-found.reach, found.reach, SIDE)
    theta = state.theta[0].copy()
    theta[at : at + 2] = steps[column], steps[::-1][row]
    there = engine.edit(state, {"theta": theta.tolist()})
    assert found.loss[row, column] == pytest.approx(float(engine.metrics(there)["train_loss"][0]))
    assert (np.abs(found.place) < found.reach).all()


def test_a_map_is_wide_enough_for_its_weights_and_for_the_minimum() -> None:
    state = engine.start(RunSpec.from_dict({"layers": [{"units": 3}]}))
    theta = state.theta[0].tolist()
    at = {name: at for name, at, _ in engine.layout(state.spec)}["output.W"]
    theta[at] = -7.0
    assert weight_pair(engine.edit(state, {"theta": theta}), NAMES).reach >= 16
    blown = engine.edit(state, {"theta": [1e30] * len(theta)})
    assert np.isfinite(weight_pair(blown, NAMES).reach)


@pytest.mark.parametrize(
    "names",
    [("output.W.0.0", "output.W.0.0"), ("output.W.0.0", "output.b.0"), ("output.W.9.0", "x")],
)
def test_other_names_are_refused(names: tuple[str, str]) -> None:
    state = engine.start(RunSpec.from_dict({"layers": [{"units": 3}]}))
    with pytest.raises(engine.SpecError, match="names of two weights"):
        weight_pair(state, names)


def test_no_more_places_are_looked_at_than_the_price_says(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []
    losses = Landscape.losses

    def counted(ground: Landscape, places: np.ndarray) -> np.ndarray:
        counts.append(len(places))
        return losses(ground, places)

    monkeypatch.setattr(Landscape, "losses", counted)
    values = {"layers": [{"units": 8}] * 6, "penalty": {"l1": 0.01}}
    state, _ = engine.train(engine.start(RunSpec.from_dict(values)), 20)
    weight_pair(state, NAMES)
    assert sum(counts) == MOST_PLACES, "wider, and with a penalty"
    more = state.spec.replace({"data.points": 5000})
    assert weight_pair_seconds(more) == pytest.approx(10 * weight_pair_seconds(state.spec))
