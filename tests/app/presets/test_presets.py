"""Every preset does on the engine what it says, with other weights and other points too."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.ndimage import label

import engine
from app.presets import LESSONS, PRESETS
from engine.network.layout import blocks
from tests.app import http
from tests.app.brackets import is_marked
from tests.app.conftest import Server

SEEDS = (1, 2, 3, 4, 5)
NEVER_RIGHT = 0.7
"""No more than this share is told right by a network that cannot draw what is asked for."""
GUESSING = np.log(2)


def spec_of(name: str, seed: int) -> engine.RunSpec:
    changes = {"weights_seed": seed, "batches_seed": seed, "data.seed": seed}
    return PRESETS[name].recipe.spec.replace(changes)


@lru_cache
def start(name: str) -> engine.State:
    """The preset as it is, and with other weights and points."""
    return engine.start([spec_of(name, seed) for seed in SEEDS])


@lru_cache
def trained(name: str, epochs: int | None = None) -> engine.State:
    """After as many epochs as the preset says it takes."""
    preset = PRESETS[name]
    steps = preset.steps * (epochs or preset.epochs) // preset.epochs
    return engine.train(start(name), steps)[0]


def metric(name: str, what: str, epochs: int | None = None) -> Any:
    """(5,): one of `engine.metrics` of every seed."""
    return engine.metrics(trained(name, epochs))[what]


def looked(state: engine.State, what: str) -> list[Any]:
    """What the statistics of the layers say of each seed."""
    views = (engine.View(grid=8, neurons=0, member=i, layers=True) for i in range(len(SEEDS)))
    return [engine.observe(state, view)[what] for view in views]


def gradient_ratio(name: str) -> Any:
    """How long the gradient of the first layer is at step 0, measured by the last hidden layer's."""
    norms = [numbers[:-1, 1, 0] for numbers in looked(start(name), "layer_numbers")]
    return np.array([each[0] / each[-1] for each in norms])


def weights(name: str, layer: int) -> Any:
    """(5, n_in, n_out): one layer's weights after training."""
    state = trained(name)
    block = blocks(state.spec)[layer]
    return block.weights(state.theta)


def learns(name: str, accuracy: float, epochs: int | None = None) -> None:
    for share in ("train_accuracy", "test_accuracy"):
        assert (metric(name, share, epochs) > accuracy).all(), share


def cannot(name: str, most: float = NEVER_RIGHT) -> None:
    assert (metric(name, "train_accuracy") < most).all()


def failed(name: str, steps: int) -> None:
    """Every seed leaves the finite numbers within so many steps."""
    state, _ = engine.train(start(name), steps)
    assert {failure.member for failure in state.failures} == set(range(len(SEEDS)))


def maps(name: str, epochs: int | None = None, grid: int = 96) -> list[Any]:
    """The decision map (grid, grid) of each seed: above 0 for the inner class."""
    views = (engine.View(grid=grid, neurons=0, member=i) for i in range(len(SEEDS)))
    return [engine.observe(trained(name, epochs), view)["boundary"][0] for view in views]


def regions(inside: Any) -> list[tuple[int, bool]]:
    """Each connected part of a map: how large it is, and whether it reaches the edge of the map."""
    parts, count = label(inside)
    rim = np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]])
    return [(int((parts == i).sum()), bool((rim == i).any())) for i in range(1, count + 1)]


def is_closed(decision: Any) -> bool:
    """Whether the inner class has one region, all of it inside of the map, and the outer class all around."""
    inner, outer = regions(decision > 0), regions(decision <= 0)
    return len(inner) == 1 and not inner[0][1] and len(outer) == 1


def length(decision: Any) -> float:
    """How long a map's border is beside that of a square of the same area."""
    inside = decision > 0
    sides = sum(np.diff(inside, axis=axis).sum() for axis in (0, 1))
    return float(sides / (4 * np.sqrt(inside.sum())))


def test_playground() -> None:
    """Every number of TensorFlow Playground's default, as its source has it."""
    spec = PRESETS["playground"].recipe.spec.to_dict()
    layer = {"activation": {"kind": "tanh"}, "batch_norm": False, "dropout": 0.0}
    data = {"kind": "circle", "points": 500, "noise": 0, "train_share": 0.5, "balance": 0.5}
    assert spec["data"] | data == spec["data"]
    assert spec["layers"] == [layer | {"units": 4}, layer | {"units": 2}]
    assert spec["features"] == ["x1", "x2"]
    assert spec["loss"] == {"kind": "squared_error"}
    assert spec["optimizer"] == {"kind": "sgd", "learning_rate": 0.03}
    assert spec["schedule"] == {"kind": "constant"}
    assert spec["initializer"] == {"kind": "uniform", "limit": 0.5, "bias": 0.1}
    assert spec["penalty"] == {"l1": 0, "l2": 0}
    assert spec["clip"]["kind"] == spec["stop"]["kind"] == "none"
    assert (spec["batch_size"], spec["shuffle"], spec["standardize"]) == (10, False, False)
    learns("playground", 0.97)
    assert all(map(is_closed, maps("playground")))


def test_linear() -> None:
    cannot("linear")
    assert (metric("linear", "train_accuracy", 300) < NEVER_RIGHT).all()


def test_hidden_layer() -> None:
    learns("hidden-layer", 0.97)
    assert all(map(is_closed, maps("hidden-layer")))


def test_linear_layers() -> None:
    cannot("linear-layers")
    state = trained("linear-layers")
    maps = engine.observe(state, engine.View(grid=8, neurons=9))["neurons"][:-1]
    bends = np.diff(maps, 2, axis=1), np.diff(maps, 2, axis=2)
    assert max(np.abs(bend).max() for bend in bends) < 1e-4 * np.abs(maps).max()


def test_features() -> None:
    learns("features", 0.97)
    assert all(map(is_closed, maps("features", 5)))


def test_two_neurons() -> None:
    assert (metric("two-neurons", "train_accuracy") < 0.93).all()
    assert (metric("two-neurons", "train_loss") > 0.1).all()
    assert all(reaches for each in maps("two-neurons") for _, reaches in regions(each > 0))


def edges(name: str) -> list[int]:
    """Of how many straight pieces the border of each seed is made: so many folds of the plane it passes."""
    found = []
    for member, decision in enumerate(maps(name, grid=200)):
        view = engine.View(grid=8, neurons=200, member=member)
        neurons = engine.observe(trained(name), view)["neurons"][:-1]
        inside = np.pad(decision > 0, 1)
        core = inside[2:, 1:-1] & inside[:-2, 1:-1] & inside[1:-1, 2:] & inside[1:-1, :-2]
        border = (decision > 0) & ~core
        # between two folds the same neurons are at work all along
        found.append(len(np.unique((neurons > 0)[:, border], axis=1).T))
    return found


def test_three_neurons() -> None:
    learns("three-neurons", 0.97)
    assert all(map(is_closed, maps("three-neurons")))
    assert set(edges("three-neurons")) <= {4, 5, 6}


def test_with_more_neurons_there_are_more_edges() -> None:
    """What it says to try next."""
    six = [{"units": 6, "activation": {"kind": "relu"}}]
    state = engine.start([spec.replace({"layers": six}) for spec in start("three-neurons").specs])
    state, _ = engine.train(state, PRESETS["three-neurons"].steps)
    for member in range(len(SEEDS)):
        found = engine.observe(state, engine.View(grid=96, neurons=0, member=member))["boundary"][0]
        assert is_closed(found)
        assert length(found) <= length(maps("three-neurons")[member]) + 0.05


def test_shallow_spiral() -> None:
    cannot("shallow-spiral", 0.9)
    assert (metric("shallow-spiral", "train_loss") > 0.2).all()


def test_spiral() -> None:
    learns("spiral", 0.97)


def test_checkerboard() -> None:
    learns("checkerboard", 0.9)


def test_sure_and_wrong() -> None:
    assert (metric("sure-and-wrong", "train_accuracy") == 0).all()
    assert (metric("sure-and-wrong", "train_loss") > 1.99).all()


def test_cross_entropy() -> None:
    assert (engine.metrics(start("cross-entropy"))["train_accuracy"] == 0).all()
    learns("cross-entropy", 0.97)


def test_three_classes() -> None:
    learns("three-classes", 0.97)
    assert PRESETS["three-classes"].recipe.spec.classes == 3


def test_hinge() -> None:
    learns("hinge", 0.97)
    assert (metric("hinge", "train_loss") == 0).all()
    assert (metric("three-classes", "train_loss") > 0).all()
    later = trained("hinge", 2 * PRESETS["hinge"].epochs)
    assert (later.theta == trained("hinge").theta).all()


def test_regression() -> None:
    assert (metric("regression", "test_loss") < metric("regression", "test_loss", 5)).all()
    variance = [np.var(engine.scene(spec)["labels"]) for spec in trained("regression").specs]
    explained = 1 - 2 * metric("regression", "test_loss") / np.array(variance)
    assert (explained > 0.9).all()


def test_unbalanced() -> None:
    assert (metric("unbalanced", "train_accuracy", 10) > 0.9).all()
    assert (metric("unbalanced", "train_accuracy") > 0.9).all()
    assert all((each < 0).all() for each in maps("unbalanced"))
    for member in range(len(SEEDS)):
        view = engine.View(member=member, evaluation=True)
        counts = engine.observe(trained("unbalanced"), view)["confusion"]
        rare, found = counts[..., 1, :].sum(), counts[..., 1, 1].sum()
        assert rare > 10
        assert found < 0.2 * rare


def test_vanishing() -> None:
    assert (gradient_ratio("vanishing") < 0.02).all()
    assert np.allclose(metric("vanishing", "train_loss"), GUESSING, atol=0.01)
    assert np.allclose(metric("vanishing", "train_loss", 300), GUESSING, atol=0.01)


@pytest.mark.parametrize("name", ["vanishing-relu", "vanishing-he", "vanishing-batch-norm"])
def test_vanishing_rescued(name: str) -> None:
    assert (gradient_ratio(name) > 10 * gradient_ratio("vanishing")).all()
    assert (metric(name, "train_loss") < 0.4).all()
    learns(name, 0.85 if name == "vanishing-batch-norm" else 0.97)


def test_batch_normalization_leaves_guessing_behind() -> None:
    assert (metric("vanishing-batch-norm", "train_loss", 10) < 0.95 * GUESSING).all()
    assert (metric("vanishing", "train_loss", 10) > 0.99 * GUESSING).all()


def test_he_hardly_pauses() -> None:
    """Nearly every start: one of five may have a layer that is too silent to begin with."""
    he, relu = (metric(f"vanishing-{kind}", "train_loss", 3) for kind in ("he", "relu"))
    assert (he < 0.7 * GUESSING).sum() >= len(SEEDS) - 1
    assert (relu > 0.9 * GUESSING).all()


def test_exploding() -> None:
    failed("exploding", 10)


def test_exploding_clipped() -> None:
    assert (engine.metrics(start("exploding-clipped"))["train_loss"] > 400).all()
    assert not trained("exploding-clipped").failures
    assert (metric("exploding-clipped", "train_loss") < 0.02).all()


def test_learning_rate_too_large() -> None:
    assert {failure.member for failure in trained("learning-rate-too-large").failures} == set(
        range(len(SEEDS))
    )
    losses = [metric("learning-rate-too-large", "train_loss", epochs) for epochs in (5, 20, 40)]
    assert (losses[0] > 1).all()
    assert (losses[1] > 100 * losses[0]).all()
    assert (losses[2] > 100 * losses[1]).all()


def test_learning_rate_too_small() -> None:
    begin = engine.metrics(start("learning-rate-too-small"))["train_loss"]
    end = metric("learning-rate-too-small", "train_loss")
    assert (end < begin).all()
    assert (end > 0.01).all()
    assert (end > 100 * metric("learning-rate-right", "train_loss")).all()


def test_learning_rate_right() -> None:
    assert (metric("learning-rate-right", "train_loss", 20) < 0.001).all()


def test_sharpening() -> None:
    """λmax over the edge, every 125 steps."""
    state, rows = start("sharpening"), []
    while state.step < PRESETS["sharpening"].steps:
        found = [engine.insight.sharpness(state, member) for member in range(len(SEEDS))]
        assert [each.edge for each in found] == pytest.approx([20] * len(SEEDS))
        rows.append([each.value / 20 for each in found])
        state, _ = engine.train(state, 125)
    shares = np.array(rows)
    assert (shares[0] < 0.15).all()
    for member, there in enumerate((shares > 0.85).argmax(axis=0)):
        assert 0 < there < 16, member
        assert (np.abs(np.log2(shares[there:, member])) < 1.2).all(), member


@pytest.mark.parametrize("better", ["valley-momentum", "valley-adam", "valley-standardized"])
def test_valley(better: str) -> None:
    slow, fast = metric("valley", "train_loss"), metric(better, "train_loss")
    assert (slow > 0.002).all()
    assert (fast < slow / 3).all()


def test_a_larger_step_leaps_out_of_the_valley() -> None:
    state = engine.edit(start("valley"), {"optimizer.learning_rate": 0.01})
    assert (engine.metrics(engine.train(state, 50)[0])["train_loss"] > 100).all()
    state = engine.start(
        [spec.replace({"standardize": False}) for spec in start("valley-standardized").specs]
    )
    assert engine.train(state, 200)[0].failures


def test_standardized_inputs_take_twenty_steps() -> None:
    assert (metric("valley-standardized", "train_loss", 20) < 0.001).all()


@pytest.mark.parametrize("name", ["zero-weights", "equal-weights"])
def test_equal_start(name: str) -> None:
    into, out = weights(name, 0), weights(name, 1)
    assert np.ptp(into, axis=-1).max() < 1e-6
    assert np.ptp(out, axis=-2).max() < 1e-6
    assert (metric(name, "train_accuracy") < 0.8).all()


def test_random_weights() -> None:
    learns("random-weights", 0.97)
    assert np.ptp(weights("random-weights", 0), axis=-1).min() > 0.2


def test_weights_too_small() -> None:
    assert np.allclose(metric("weights-too-small", "train_loss"), GUESSING, atol=0.01)
    spreads = [
        numbers[:-1, 2, 2] for numbers in looked(start("weights-too-small"), "layer_numbers")
    ]
    assert all(spread[-1] < 1e-3 * spread[0] for spread in spreads)


def test_weights_too_large() -> None:
    hidden = 4 * 8
    for flags in looked(start("weights-too-large"), "saturated"):
        assert flags.sum() > 0.8 * hidden
    assert (metric("weights-too-large", "train_loss") > 0.4).all()


def test_weights_right() -> None:
    learns("weights-right", 0.97)
    spreads = [numbers[:-1, 2, 2] for numbers in looked(start("weights-right"), "layer_numbers")]
    assert all(spread[-1] > 0.2 * spread[0] for spread in spreads)


def test_dead_relus() -> None:
    before, after = (
        looked(state, "dead") for state in (start("dead-relus"), trained("dead-relus"))
    )
    for first, last in zip(before, after, strict=True):
        assert 3 <= first.sum() <= 6
        assert (last[first == 1] == 1).all()
    assert (metric("dead-relus", "train_loss") > 2 * metric("leaky-relus", "train_loss")).all()


def test_leaky_relus() -> None:
    assert sum(flags.sum() for flags in looked(trained("leaky-relus"), "dead")) == 0
    learns("leaky-relus", 0.9)


def test_over_fitting() -> None:
    assert (metric("over-fitting", "train_accuracy") > 0.97).all()
    assert (metric("over-fitting", "test_loss") > 10 * metric("over-fitting", "train_loss")).all()
    assert (metric("over-fitting", "test_loss") > 2 * metric("over-fitting", "test_loss", 20)).all()
    assert engine.parameters(PRESETS["over-fitting"].recipe.spec) == 105


def test_over_fitting_learns_wrong_labels_by_heart() -> None:
    for member in range(len(SEEDS)):
        scene = engine.scene(start("over-fitting").specs[member])
        points, labels = (scene[part][: scene["train"]] for part in ("points", "labels"))
        wrong = (np.hypot(*points.T) < 2.5) != (labels == 1)
        assert wrong.sum() >= 3
        early, late = (
            engine.insight.evaluate(trained("over-fitting", epochs), member).right[
                : scene["train"]
            ][wrong]
            for epochs in (20, 1000)
        )
        assert early.mean() < 0.7
        assert late.mean() > 0.9


def test_over_fitting_makes_the_border_long() -> None:
    """Dents and arms: it was nearly as short as it can be, and becomes longer in every seed."""
    for early, late in zip(maps("over-fitting", 20), maps("over-fitting"), strict=True):
        assert length(late) > 1.1 * length(early)
        assert length(late) > 1.3


@pytest.mark.parametrize(
    "remedy",
    [
        "dropout",
        "augmentation",
        "l2-penalty",
        "l1-penalty",
        "fewer-neurons",
        "early-stopping",
        "more-data",
    ],
)
def test_remedies(remedy: str) -> None:
    assert (metric(remedy, "test_loss") < 0.6 * metric("over-fitting", "test_loss")).all()
    assert (metric(remedy, "test_accuracy") > 0.88).all()


def test_early_stopping() -> None:
    stops = trained("early-stopping").stops
    assert {stop.member for stop in stops} == set(range(len(SEEDS)))


def test_l1_penalty() -> None:
    weights_of = [weights("l1-penalty", layer) for layer in range(3)]
    zero = sum((each == 0).sum() for each in weights_of) / sum(each.size for each in weights_of)
    assert zero > 0.5


def test_l2_penalty() -> None:
    preset = PRESETS["l2-penalty"]
    assert (metric("l2-penalty", "train_loss") > 0.03).all()
    assert (metric("l2-penalty", "test_loss") < 4 * metric("l2-penalty", "train_loss")).all()
    sums = [
        metric("l2-penalty", "train_loss", epochs) + metric("l2-penalty", "penalty", epochs)
        for epochs in (1, 20, 100, preset.epochs // 2)
    ]
    assert (np.diff(sums, axis=0) < 0.005).all()
    # what is said happens when the price is raised on the way
    state = engine.edit(trained("l2-penalty", 100), {"penalty.l2": 0.3})
    found = engine.metrics(engine.train(state, 5000)[0])
    assert (np.abs(found["train_loss"] - GUESSING) < 0.05).all()
    assert (found["penalty"] < 0.01).all()


def test_all_inputs() -> None:
    assert (np.abs(weights("all-inputs", 0)) > 1e-3).all()


def test_l1_chooses() -> None:
    found = np.abs(weights("l1-chooses", 0)[..., 0])
    squares = [2, 3]
    assert (found[:, squares] > 0.3).all()
    others = np.delete(found, squares, axis=1)
    assert (others < 0.02).all()
    assert (others == 0).mean() >= 0.5
    learns("l1-chooses", 0.9)


def test_batch_of_one() -> None:
    learns("batch-of-one", 0.95)


def test_batch_of_all() -> None:
    assert (metric("batch-of-all", "train_loss") > 5 * metric("batch-of-one", "train_loss")).all()
    steps = PRESETS["batch-of-all"].steps
    losses = [metric("batch-of-all", "train_loss", epochs) for epochs in range(1, steps + 1)]
    assert (np.diff(losses, axis=0) < 0).all()


def test_schedule() -> None:
    losses, moved = [], []
    for name in ("constant-rate", "cosine-schedule"):
        late = trained(name, 195)
        end = engine.train(late, PRESETS[name].steps - late.step)[0]
        losses.append(engine.metrics(end)["train_loss"])
        moved.append(np.abs(end.theta - late.theta).max())
    assert (losses[1] < 0.7 * losses[0]).all()
    assert moved[1] < 0.05 * moved[0]


def test_challenge() -> None:
    assert (metric("challenge", "train_accuracy") < NEVER_RIGHT).all()
    solution = {"layers": PRESETS["spiral"].spec["layers"], "optimizer": {"kind": "adam"}}
    solution |= {"initializer": {"kind": "xavier"}}
    state = engine.start([spec.replace(solution) for spec in start("challenge").specs])
    steps = PRESETS["challenge"].steps
    assert (engine.metrics(engine.train(state, steps)[0])["test_accuracy"] > 0.95).all()


def test_every_preset_has_a_check() -> None:
    source = Path(__file__).read_text()
    assert [name for name in PRESETS if f'"{name}"' not in source] == []


def test_texts() -> None:
    for preset in PRESETS.values():
        assert preset.lesson in {lesson.name for lesson in LESSONS}
        for text in (preset.story, preset.look, preset.try_next):
            assert text.endswith((".", "?")), text
            assert len(text) <= 160, text
        said = (preset.title, preset.story, preset.look, preset.try_next, preset.offer)
        assert all(map(is_marked, filter(None, said)))
    for lesson in LESSONS:
        assert is_marked(lesson.title)
        assert is_marked(lesson.text)


def test_what_is_to_be_pressed_is_offered() -> None:
    """Where a text speaks of a button it says what the button says, in any language."""
    for preset in PRESETS.values():
        offered = {each.offer for each in PRESETS.values() if each.family == preset.family}
        for button in re.findall("“([^”]+)”", preset.try_next):
            assert button in offered, preset.try_next


def test_lessons_are_in_order() -> None:
    order = [lesson.name for lesson in LESSONS]
    places = [order.index(preset.lesson) for preset in PRESETS.values()]
    assert places == sorted(places)
    assert set(places) == set(range(len(order)))


def test_families_are_offered() -> None:
    families: dict[str, list[str]] = {}
    for preset in PRESETS.values():
        assert bool(preset.family) == bool(preset.offer), preset.name
        families.setdefault(preset.family, []).append(preset.offer)
    for offers in families.values():
        assert len(offers) == len(set(offers)) or not offers[0]


def test_over_http(server: Server) -> None:
    answer = http.get(f"{server.url}/api/presets")
    assert answer.headers["Content-Encoding"] == "gzip"
    found = answer.json()
    assert [lesson["name"] for lesson in found["lessons"]] == [lesson.name for lesson in LESSONS]
    assert [preset["name"] for preset in found["presets"]] == list(PRESETS)
    for preset in found["presets"]:
        assert engine.RunSpec.from_dict(preset["spec"]).to_dict() == preset["spec"]
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert http.get(f"{server.url}/api/presets", headers=etag).status_code == 304
