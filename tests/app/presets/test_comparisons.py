"""Every comparison of networks does on the engine what it says, with other weights and other points too."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pytest

import engine
from app.presets.comparisons import COMPARISONS
from engine.landscape import Axes, Landscape, Trajectory, plane_through
from tests.app import http
from tests.app.brackets import is_marked
from tests.app.conftest import Server

SEEDS = (1, 2, 3, 4, 5)


def specs(name: str) -> list[engine.RunSpec]:
    """The networks of every seed, one after the other; those of a seed see the same points and batches."""
    return [
        spec.replace(
            {
                "weights_seed": spec.weights_seed + 10 * (seed - 1),
                "batches_seed": seed,
                "data.seed": seed,
            }
        )
        for seed in SEEDS
        for spec in COMPARISONS[name].recipe.specs
    ]


@lru_cache
def trained(name: str, steps: int) -> engine.State:
    """All networks of all seeds as one population after so many steps."""
    if not steps:
        return engine.start(specs(name))
    earlier = max((step for step in (0, 100, 300, 800, 1600) if step < steps), default=0)
    return engine.train(trained(name, earlier), steps - earlier)[0]


def metric(name: str, steps: int, what: str = "train_loss") -> Any:
    """(5, M): of each network of each seed."""
    return engine.metrics(trained(name, steps))[what].reshape(len(SEEDS), -1)


def weights(name: str, steps: int) -> Any:
    """(5, M, P)"""
    state = trained(name, steps)
    return state.theta.astype(np.float64).reshape(len(SEEDS), -1, state.theta.shape[1])


def test_optimizers() -> None:
    begin, end = weights("optimizers", 0), weights("optimizers", 1600)
    assert (begin == begin[:, :1]).all()  # at the ring
    for steps in (300, 800, 1600):
        losses = metric("optimizers", steps)
        assert (losses.argmax(axis=1) == 0).all()  # SGD is the highest
    way = np.linalg.norm(end - begin, axis=-1)
    assert (way.argmin(axis=1) == 0).all()
    assert (way.argmax(axis=1) == 1).all()


def test_learning_rates() -> None:
    losses = metric("learning-rates", 300)
    assert (losses[:, 0] > 2 * losses[:, 1]).all()  # creeps
    assert (losses[:, 1] > 2 * losses[:, 2]).all()
    rises = []
    state, before = trained("learning-rates", 100), metric("learning-rates", 100)
    for _ in range(60):
        state, _ = engine.train(state, 1)
        now = engine.metrics(state)["train_loss"].reshape(len(SEEDS), -1)
        rises.append(np.maximum(now - before, 0))
        before = now
    climbed = np.sum(rises, axis=0)
    assert (climbed[:, 3] > 10 * climbed[:, 1]).all()  # from wall to wall


def test_initializers() -> None:
    zeros = weights("initializers", 400)[:, 0]
    assert (zeros[:, :-2] == 0).all()
    assert (zeros[:, -2:] != 0).any(axis=1).all()  # only the last bias moves
    losses = metric("initializers", 300)
    assert (losses[:, :2] > 0.68).all()
    assert (losses[:, 2:] < 0.05).all()


def test_penalties() -> None:
    losses = metric("penalties", 800)
    assert (np.diff(losses, axis=1) > 0).all()
    over = metric("penalties", 1600, "test_loss") / metric("penalties", 1600)
    assert (over[:, 0] > 1.5).all()  # without a penalty the noise is learned
    assert (over[:, 0] > over[:, 3]).all()
    assert (np.diff(np.linalg.norm(weights("penalties", 1600), axis=-1), axis=1) < 0).all()


def test_a_penalty_makes_the_floor_a_bowl() -> None:
    state = trained("penalties", 800)
    trajectory = Trajectory.of([trained("penalties", 0), trained("penalties", 300), state])
    for seed in range(len(SEEDS)):
        member = 4 * seed + 3
        plane = plane_through(state, trajectory, Axes("pca", members=(member,)), member)

        def brim(penalty: bool, plane: Any = plane, member: int = member) -> float:
            """How far the lowest place on the rim of the map is above the lowest of all."""
            drawn = Landscape.of(state, plane, "test", penalty=penalty, member=member)
            losses = drawn.losses(plane.grid(25)).reshape(25, 25)
            rim = min(losses[[0, -1]].min(), losses[:, [0, -1]].min())
            return float(rim - losses.min())

        # without it the floor of the valley leads out of the map
        assert brim(penalty=True) > max(0.01, 2 * brim(penalty=False))


def test_seeds() -> None:
    end, begin = weights("seeds", 800), weights("seeds", 0)
    way = np.linalg.norm(end - begin, axis=-1)
    for found, ways in zip(end, way, strict=True):
        apart = np.linalg.norm(found[:, None] - found[None], axis=-1)[np.triu_indices(6, 1)]
        assert apart.min() > 0.5 * ways.mean()
    losses = np.sort(metric("seeds", 800), axis=1)
    assert (losses[:, 3] < 1.5 * losses[:, 0]).all()  # most of them equally low


@pytest.mark.parametrize("each", COMPARISONS.values(), ids=COMPARISONS)
def test_a_comparison_is_valid_and_explains_itself(each: Any) -> None:
    specs = each.recipe.specs
    assert 2 <= len(specs) <= 8
    assert len({spec.data for spec in specs}) == 1
    for text in (each.story, each.look):
        assert text.endswith((".", "?"))
        assert len(text) <= 220
    assert len(each.title) <= 40
    assert all(map(is_marked, (each.title, each.story, each.look)))
    assert each.landscape.keys() <= {"half", "penalty", "axes", "names"}
    assert each.landscape.get("half", "train") in {"train", "test"}


def test_every_comparison_has_a_test_of_its_own() -> None:
    tested = {name.removeprefix("test_").replace("_", "-") for name in globals()}
    assert COMPARISONS.keys() <= tested


def test_the_page_gets_every_comparison(server: Server) -> None:
    answer = http.get(f"{server.url}/api/comparisons")
    presets = answer.json()["presets"]
    assert [preset["name"] for preset in presets] == list(COMPARISONS)
    for preset, each in zip(presets, COMPARISONS.values(), strict=True):
        keys = {"name", "title", "story", "look", "spec", "members", "speed", "landscape"}
        assert preset.keys() == keys
        read = engine.Recipe.from_dict({part: preset[part] for part in ("spec", "members")})
        assert read.spec.to_dict() == preset["spec"]
        assert read == each.recipe
