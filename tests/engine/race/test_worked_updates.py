"""The arithmetic written out: the worked example by hand, and every line equal to what the updater does."""

import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine.catalog.clipping import CLIPS
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.schedules import SCHEDULES
from engine.race.race import advance_race, begin_race
from engine.race.spec import RaceSpec
from engine.race.worked_updates import Arithmetic, work_out
from tests.engine.race.strategies import race_dicts

OPTIONS: dict[str, dict[str, Any]] = {
    **{kind: {"optimizer": {"kind": kind}} for kind in OPTIMIZERS},
    "adam without correction": {"optimizer": {"kind": "adam", "bias_correction": False}},
    "amsgrad without correction": {"optimizer": {"kind": "amsgrad", "bias_correction": False}},
    "adamw without correction": {"optimizer": {"kind": "adamw", "bias_correction": False}},
    "adam with other betas": {"optimizer": {"kind": "adam", "beta1": 0, "beta2": 0.7}},
    "rmsprop with momentum": {"optimizer": {"kind": "rmsprop", "momentum": 0.8}},
    "adamw that decays": {"optimizer": {"kind": "adamw", "weight_decay": 0.4}},
    "lion that decays": {"optimizer": {"kind": "lion", "weight_decay": 0.4}},
    "momentum that loses nothing": {"optimizer": {"kind": "momentum", "momentum": 1}},
    **{
        f"momentum, {kind}": {
            "optimizer": {"kind": "momentum"},
            "schedule": {"kind": kind, **({"length": 40} if kind == "cosine" else {})},
        }
        for kind in SCHEDULES
    },
    **{f"adam, clipped by {kind}": {"optimizer": "adam", "clip": {"kind": kind}} for kind in CLIPS},
    "everything": {
        "optimizer": {"kind": "adamw", "learning_rate": 0.1},
        "schedule": {"kind": "warmup_cosine", "warmup": 5, "length": 30},
        "clip": {"kind": "norm", "limit": 0.7},
    },
}


def worked(racer: dict[str, Any], **race: Any) -> tuple[RaceSpec, Arithmetic]:
    spec = RaceSpec.from_dict({"surface": "booth", "steps": 60, **race, "racers": [racer]})
    return spec, work_out(spec, 0, 0)


def line(arithmetic: Arithmetic, name: str) -> np.ndarray:
    """What a line comes to in each update, (T, 2)."""
    (place,) = (i for i, line in enumerate(arithmetic.lines) if line.name == name)
    return arithmetic.results[:, place]


def value(arithmetic: Arithmetic, name: str) -> np.ndarray:
    """What a name stands for in each update, (T, 2)."""
    return arithmetic.values[:, arithmetic.names.index(name)]


def test_the_worked_example() -> None:
    # f = x² + 2y² from (1, 1), η = 0.1, μ = 0.9; the gradient is (2x, 4y)
    racer = {"optimizer": {"kind": "momentum", "learning_rate": 0.1, "momentum": 0.9}}
    _, found = worked(racer, surface="bowl", steps=3)
    assert [(line.symbol, line.rule) for line in found.lines] == [
        ("v", "μ v + g"),
        ("w", "w − η v"),
    ]
    assert found.lines[0].numbers == "{momentum}·{velocity} + {g}"
    assert found.lines[1].numbers == "{w} − {rate}·{velocity_next}"
    close: dict[str, Any] = {"rtol": 1e-12, "atol": 1e-15}
    np.testing.assert_allclose(value(found, "w"), [[1.0, 1.0], [0.8, 0.6], [0.46, 0]], **close)
    np.testing.assert_allclose(value(found, "g"), [[2.0, 4.0], [1.6, 2.4], [0.92, 0]], **close)
    np.testing.assert_allclose(
        value(found, "velocity"), [[0.0, 0.0], [2.0, 4.0], [3.4, 6]], **close
    )
    np.testing.assert_allclose(
        line(found, "velocity_next"), [[2.0, 4.0], [3.4, 6], [3.98, 5.4]], **close
    )
    np.testing.assert_allclose(
        line(found, "w_next"), [[0.8, 0.6], [0.46, 0], [0.062, -0.54]], **close
    )


@pytest.mark.parametrize("noise", [0, 0.5], ids=["exact", "noisy"])
@pytest.mark.parametrize("racer", OPTIONS.values(), ids=OPTIONS)
def test_every_line_comes_to_what_the_updater_does(racer: dict[str, Any], noise: float) -> None:
    spec, found = worked(racer, noise=noise)
    race, chunk = advance_race(begin_race(spec), spec.steps)
    steps = np.abs(np.diff(chunk.path[:, 0], axis=0))
    room = 1e-12 * np.maximum(np.abs(chunk.path[1:, 0]), steps)
    assert (np.abs(line(found, "w_next") - chunk.path[1:, 0]) <= room).all()
    np.testing.assert_array_equal(value(found, "w"), chunk.path[:-1, 0])
    for name in OPTIMIZERS[spec.racers[0].optimizer.kind].slots:
        renewed = line(found, f"{name}_next")
        np.testing.assert_allclose(renewed[-1], race.descent.slots[name][0], rtol=1e-12)
        if name in found.names:
            # what it becomes is what the next update finds
            np.testing.assert_allclose(renewed[:-1], value(found, name)[1:], rtol=1e-12)
            np.testing.assert_array_equal(value(found, name)[0], 0)


@pytest.mark.parametrize("noise", [0, 0.5], ids=["exact", "noisy"])
@pytest.mark.parametrize("racer", OPTIONS.values(), ids=OPTIONS)
def test_the_numbers_put_in_come_to_the_result(racer: dict[str, Any], noise: float) -> None:
    _, found = worked(racer, noise=noise, steps=3)
    for t, axis in ((0, 0), (2, 1)):
        numbers = dict(zip(found.names, found.values[t, :, axis].tolist(), strict=True))
        for place, written in enumerate(found.lines):
            if "⋯" in written.numbers:
                continue  # a product over all updates so far cannot be written out
            result = found.results[t, place, axis]
            assert reckon(written.numbers, numbers) == pytest.approx(result, rel=1e-12), written


def test_the_worked_example_in_parts() -> None:
    # g = (2x, 4y); v ← 0.9 v + g; Δw = −0.1 v
    racer = {"optimizer": {"kind": "momentum", "learning_rate": 0.1, "momentum": 0.9}}
    _, found = worked(racer, surface="bowl", steps=2)
    assert [(part.label, part.symbol, part.units, part.lines) for part in found.parts] == [
        ("gradient", "−g", "gradient", ()),
        ("velocity", "−v", "gradient", (0,)),
        ("step", "Δw", "map", (1,)),
    ]
    wanted = np.array(
        [[[-2, -4], [-2, -4], [-0.2, -0.4]], [[-1.6, -2.4], [-3.4, -6], [-0.34, -0.6]]]
    )
    np.testing.assert_allclose(found.arrows, wanted, rtol=1e-12)


@pytest.mark.parametrize("noise", [0, 0.5], ids=["exact", "noisy"])
@pytest.mark.parametrize("racer", OPTIONS.values(), ids=OPTIONS)
def test_the_step_is_the_rate_times_the_part_before_it(racer: dict[str, Any], noise: float) -> None:
    spec, found = worked(racer, noise=noise)
    _, chunk = advance_race(begin_race(spec), spec.steps)
    w, w_next = chunk.path[:-1, 0], chunk.path[1:, 0]
    rules = spec.racers[0]
    room = 1e-12 * (np.abs(w) + np.abs(w_next) + np.abs(w_next - w))
    assert (np.abs(found.arrows[:, -1] - (w_next - w)) <= room).all()
    factor = SCHEDULES[rules.schedule.kind].factor(np.arange(60.0), rules.schedule.knobs)
    rate = rules.optimizer["learning_rate"] * np.broadcast_to(factor, 60)[:, None]
    decayed = rate * rules.optimizer.knobs.get("weight_decay", 0) * w
    assert (np.abs(rate * found.arrows[:, -2] - decayed - (w_next - w)) <= room).all()
    clipped = value(found, "g") if rules.clip.kind == "none" else line(found, "g")
    np.testing.assert_array_equal(found.arrows[:, 0], -clipped)


@pytest.mark.parametrize("racer", OPTIONS.values(), ids=OPTIONS)
def test_every_line_belongs_to_one_part(racer: dict[str, Any]) -> None:
    _, found = worked(racer, noise=0.5, steps=2)
    numbers = [number for part in found.parts for number in part.lines]
    assert sorted(numbers) == list(range(len(found.lines)))
    assert (found.parts[0].label, found.parts[-1].label) == ("gradient", "step")
    assert found.lines[found.parts[0].lines[0]].rule == "∂f + noise"
    assert "w_next" in [found.lines[number].name for number in found.parts[-1].lines]


def reckon(template: str, numbers: dict[str, float]) -> float:
    """What a template comes to, as a person reckons it."""
    text = template.format(**{name: f"({number!r})" for name, number in numbers.items()})
    for sign, python in {"·": "*", "−": "-", "²": "**2", "^": "**", "½": "0.5"}.items():
        text = text.replace(sign, python)
    text = re.sub(r"√\(", "sqrt(", text)
    known = {"sqrt": math.sqrt, "max": max, "min": min, "sign": np.sign}
    return float(eval(text, {"__builtins__": {}}, known))  # noqa: S307


@given(race_dicts())
def test_the_lines_of_any_racer_come_to_its_path(values: dict[str, Any]) -> None:
    spec = RaceSpec.from_dict(values)
    found = work_out(spec, 0, 0)
    _, chunk = advance_race(begin_race(spec), spec.steps)
    before, after = (
        chunk.path[: len(found.results), 0],
        chunk.path[1 : len(found.results) + 1, 0],
    )
    with np.errstate(over="ignore"):
        room = 1e-9 * (np.abs(before) + np.abs(after) + np.abs(after - before))
        away = np.abs(line(found, "w_next") - after)
    assert (away <= room + 1e-300).all()


def test_noise_clipping_and_the_schedule_are_lines_too() -> None:
    racer = {
        "optimizer": "sgd",
        "schedule": {"kind": "exponential", "gamma": 0.5},
        "clip": {"kind": "norm", "limit": 1},
    }
    spec, found = worked(racer, surface="bowl", noise=0.3, starts=[[3, 2]], steps=4)
    assert [line.symbol for line in found.lines] == ["g", "‖g‖", "g", "η(t)", "w"]
    assert found.lines[3].rule == "η γᵗ"
    # the gradient of x² + 2y² at (3, 2) is (6, 8)
    np.testing.assert_allclose(value(found, "slope")[0], [6, 8], rtol=1e-12)
    np.testing.assert_allclose(np.hypot(*line(found, "g").T), 1, rtol=1e-12)
    rates = spec.racers[0].optimizer["learning_rate"] * np.array([1, 0.5, 0.25, 0.125])
    np.testing.assert_allclose(line(found, "rate")[:, 0], rates, rtol=1e-12)


def test_a_racer_that_fails_is_worked_out_as_far_as_it_came() -> None:
    # |y| = 399ⁿ passes 1.8e308 in update 119
    racer = {"optimizer": {"kind": "sgd", "learning_rate": 100}}
    _, found = worked(racer, surface="bowl", steps=200)
    assert found.values.shape == (118, len(found.names), 2)
    assert found.results.shape == (118, 1, 2)


def test_members_are_those_of_the_race() -> None:
    spec = RaceSpec.from_dict({"noise": 0.5, "starts": [[1, 2], [2, -1]], "steps": 30})
    _, chunk = advance_race(begin_race(spec), 30)
    for racer in range(3):
        for start in range(2):
            found = work_out(spec, racer, start)
            path = chunk.path[:-1, racer * 2 + start]
            np.testing.assert_allclose(value(found, "w"), path, rtol=1e-12)
    with pytest.raises(IndexError):
        work_out(spec, 3, 0)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_lines_renew_every_slot_and_w(kind: str) -> None:
    record = OPTIMIZERS[kind]
    lines = [line for line in record.lines if line.when(record.defaults)]
    renewed = [line.name for line in lines]
    assert len(set(renewed)) == len(renewed)
    assert {f"{slot}_next" for slot in record.slots} | {"w_next"} <= set(renewed)
