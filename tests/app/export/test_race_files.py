"""Files of a race: the table has its numbers, and the script, run here, ends where it does."""

import csv
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from app.export.race_files import COLUMNS, make_race_file
from app.export.race_script import script
from engine.catalog.sections import FAMILIES
from engine.catalog.surfaces.expression import FUNCTIONS
from tests.engine.race.strategies import race_dicts


def racing(
    values: dict[str, Any],
) -> tuple[engine.race.RaceSpec, engine.race.Race, engine.race.PathChunk]:
    spec = engine.race.RaceSpec.from_dict(values)
    return spec, *engine.race.advance_race(engine.race.begin_race(spec), spec.steps)


def run(text: str) -> dict[str, Any]:
    """What a script defines."""
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(text, "race.py", "exec"), names)  # noqa: S102 - it is our own
    return names


def one(optimizer: Any = "sgd", **more: Any) -> dict[str, Any]:
    return {"racers": [{"optimizer": optimizer, **more}]}


def typed(text: str) -> dict[str, Any]:
    start = {
        "starts": [[0.7, 0.4]],
        "racers": [{"optimizer": {"kind": "sgd", "learning_rate": 0.01}}],
    }
    return {"surface": {"kind": "formula", "text": text}, **start}


def _cases() -> dict[str, dict[str, Any]]:
    """Every record at least once, and what has more than one form."""
    found: dict[str, dict[str, Any]] = {}
    for kind in FAMILIES["optimizers"]:
        found[f"optimizer {kind}"] = one(kind)
    for kind in FAMILIES["step_schedules"]:
        found[f"schedule {kind}"] = one("momentum", schedule=kind)
    found["warm-up in use"] = one(schedule={"kind": "warmup_cosine", "warmup": 5, "length": 9})
    for kind in FAMILIES["clips"]:
        found[f"clip {kind}"] = one("momentum", clip=kind)
    for kind in FAMILIES["surfaces"]:
        found[f"surface {kind}"] = {"surface": kind, **one({"kind": "sgd", "learning_rate": 1e-3})}
    found["a turned ravine"] = {"surface": {"kind": "ravine", "angle": 25, "condition": 7}}
    for name in FUNCTIONS:
        arguments = "x, y/3" if name in ("max", "min") else "x + y/3"
        found[f"function {name}"] = typed(f"{name}({arguments})^2 + x*y")
    found["powers"] = typed("x^3 - y^0 + 2^x + x^y + (x*y)^-1.5 + x²")
    found["powers of negative numbers"] = typed("(-2)^2^y + (-1.5)^-3*x + (-1)^y")
    tips = ("√(x²+y²)", "(x²+y²)^(1/2)", "|x|^(y²+0.5) + √|y|", "|x|/2 + max(|y|, x)/2")
    for text in tips:  # from the tip, and from where some reach it in four steps
        quarter = {"optimizer": {"kind": "sgd", "learning_rate": 0.25}}
        start = [0, 0] if "√|y|" in text else [1, 0]
        found[f"the tip of {text}"] = typed(text) | {"starts": [start], "racers": [quarter]}
    found["as on paper"] = typed("f(x, y) = 2xy² - 3sin(x)|y-1| + ln(2+x²)/π")
    found["the far end of a sigmoid"] = typed("sigmoid(-50 + x)*1e20 + x²") | {"starts": [[1, 1]]}
    found["a formula of x alone"] = typed("3 - x")
    found["a formula of y alone"] = typed("y/2 + pi")
    found["a number"] = typed("-e")
    found["x"] = typed("x")
    found["some with and some without correction"] = {
        "racers": [{"optimizer": {"kind": "adam", "bias_correction": on}} for on in (True, False)]
    }
    found["without correction"] = one({"kind": "amsgrad", "bias_correction": False})
    found["noise and many starts"] = {
        "noise": 0.4,
        "noise_seed": 7,
        "starts": [[1, 2], [1, 2], [-1, 0.5]],
    }
    found["who fails"] = {
        "surface": "rosenbrock",
        "racers": [
            {"optimizer": {"kind": "sgd", "learning_rate": 1}},
            {"optimizer": "adam"},
        ],
    }
    return {name: {"steps": 60} | values for name, values in found.items()}


CASES = _cases()


@pytest.mark.parametrize("values", CASES.values(), ids=CASES)
def test_the_script_ends_where_the_race_does(values: dict[str, Any]) -> None:
    spec, _, rows = racing(values)
    ends = run(script(spec))["run"]()
    assert ends.shape == (len(spec.racers), len(spec.points), 2)
    expected = rows.path[-1].reshape(ends.shape)
    np.testing.assert_allclose(ends, expected, rtol=1e-9, atol=1e-14)


LONG: dict[str, dict[str, Any]] = {
    **{kind: {"kind": kind} for kind in FAMILIES["optimizers"]},
    "adam, far": {"kind": "adam", "learning_rate": 0.3},
    "adam without correction": {"kind": "adam", "bias_correction": False},
    "amsgrad, other betas": {"kind": "amsgrad", "beta1": 0.5, "beta2": 0.9},
    "adamw that decays": {"kind": "adamw", "weight_decay": 0.3, "learning_rate": 0.1},
    "nadam, far": {"kind": "nadam", "learning_rate": 0.3},
    "nadam, nothing small": {"kind": "nadam", "learning_rate": 0.1, "epsilon": 1e-12},
    "rmsprop with momentum": {"kind": "rmsprop", "momentum": 0.9},
    "lion that decays": {"kind": "lion", "weight_decay": 0.1},
}


@pytest.mark.parametrize("optimizer", LONG.values(), ids=LONG)
def test_the_script_ends_there_after_a_long_race_to_the_last_bit(optimizer: dict[str, Any]) -> None:
    """Where a race swings about, one bit less would be another place."""
    for surface in FAMILIES["surfaces"]:
        spec, _, rows = racing({"surface": surface, "steps": 600, **one(optimizer)})
        with np.errstate(all="ignore"):
            end = run(script(spec))["run"]()[0, 0]
        np.testing.assert_array_equal(end, rows.path[-1, 0], err_msg=surface)


@pytest.mark.parametrize("kind", FAMILIES["optimizers"])
def test_racers_of_one_kind_end_where_each_does_alone(kind: str) -> None:
    """With other knobs beside it an optimizer's powers are taken of arrays, which have their own last bit."""
    names = {"learning_rate": 0.017, "beta1": 0.83, "beta2": 0.97, "decay": 0.95, "momentum": 0.6}
    known = FAMILIES["optimizers"][kind].defaults
    other = {"kind": kind, **{name: number for name, number in names.items() if name in known}}
    racers = [
        {"optimizer": kind, "schedule": {"kind": "exponential", "gamma": 0.999}},
        {"optimizer": other, "schedule": {"kind": "exponential", "gamma": 0.998}},
    ]
    for surface in ("six_hump_camel", "rosenbrock"):
        values = {"surface": surface, "steps": 700, "starts": [[1, 2], [-1, 0.5]]}
        spec, _, rows = racing(values | {"racers": racers})
        ends = run(script(spec))["run"]()
        np.testing.assert_array_equal(ends.reshape(-1, 2), rows.path[-1])
        for place, racer in enumerate(racers):
            _, _, alone = racing(values | {"racers": [racer]})
            np.testing.assert_array_equal(alone.path[-1], ends[place])


@pytest.mark.parametrize("schedule", FAMILIES["step_schedules"])
@pytest.mark.parametrize("clip", FAMILIES["clips"])
def test_schedules_and_clips_are_the_same_to_the_last_bit(schedule: str, clip: str) -> None:
    for optimizer in ("momentum", "nadam", "adamw"):
        spec, _, rows = racing(
            {
                "surface": "himmelblau",
                "steps": 600,
                "noise": 0.3,
                **one({"kind": optimizer, "learning_rate": 0.01}, schedule=schedule, clip=clip),
            }
        )
        end = run(script(spec))["run"]()[0, 0]
        np.testing.assert_array_equal(end, rows.path[-1, 0], err_msg=optimizer)


@pytest.mark.parametrize("values", CASES.values(), ids=CASES)
def test_its_surface_is_the_same(values: dict[str, Any]) -> None:
    spec = engine.race.RaceSpec.from_dict(values)
    surface = run(script(spec))["surface"]
    x_min, x_max, y_min, y_max = spec.extent
    for x, y in np.random.default_rng(3).uniform([x_min, y_min], [x_max, y_max], (40, 2)):
        with np.errstate(all="ignore"):
            found = np.array(surface(np.float64(x), np.float64(y)), float)
        f = spec.ground.value(np.array([x]), np.array([y]), spec.surface.knobs)
        expected = [f, *spec.ground.gradient(np.array([x]), np.array([y]), spec.surface.knobs)]
        wanted = np.concatenate(expected)
        # what is not finite is NaN in the engine
        finite = np.where(np.isfinite(found), found, np.nan)
        np.testing.assert_allclose(finite, wanted, rtol=1e-9, atol=1e-12)


@settings(max_examples=30)
@given(race_dicts())
def test_any_race_becomes_a_script_that_runs(values: dict[str, Any]) -> None:
    spec, _, rows = racing(values | {"steps": min(values["steps"], 12)})
    ends = run(script(spec))["run"]()
    assert np.isfinite(ends).all()
    # a few steps, which enlarge no difference by much
    short, _, rows = racing(values | {"steps": 1})
    np.testing.assert_allclose(
        run(script(short))["run"]().reshape(-1, 2), rows.path[-1], rtol=1e-9, atol=1e-12
    )


def test_the_script_prints_a_table(tmp_path: Path) -> None:
    file = make_race_file(engine.race.RaceSpec.from_dict({}), "numpy")
    assert (file.name, file.media) == ("mlp-playground-race.py", "text/x-python")
    path = tmp_path / file.name
    path.write_bytes(file.content)
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    head, *lines = done.stdout.splitlines()
    assert head.split() == ["racer", "start", "x", "y", "f"]
    assert [line.split()[:2] for line in lines] == [["1", "1"], ["2", "1"], ["3", "1"]]
    assert not done.stderr


def test_ruff_would_change_nothing(tmp_path: Path) -> None:
    for i, values in enumerate(CASES.values()):
        text = script(engine.race.RaceSpec.from_dict(values))
        (tmp_path / f"race_{i}.py").write_text(text, encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    options = ["--isolated", "--no-cache", "--line-length", "100", str(tmp_path)]
    for command in (["format", "--check"], ["check", "--select", "E4,E7,E9,F,I,B"]):
        done = subprocess.run(
            [*ruff, *command, *options], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_table_has_a_line_for_every_row() -> None:
    spec, _, rows = racing({"surface": "booth", "starts": [[1, 2], [3, 4]], "steps": 5})
    file = make_race_file(spec, "csv")
    assert (file.name, file.media) == ("mlp-playground-race.csv", "text/csv")
    head, *lines = csv.reader(file.content.decode().splitlines())
    assert tuple(head) == COLUMNS
    assert len(lines) == 3 * 2 * 6
    paths = [list(part) for _, part in groupby(lines, key=lambda line: line[:3])]
    assert [path[0][:3] for path in paths[:3]] == [
        ["1", "sgd", "1"],
        ["1", "sgd", "2"],
        ["2", "momentum", "1"],
    ]
    for member, path in enumerate(paths):
        assert [line[3] for line in path] == ["0", "1", "2", "3", "4", "5"]
        places = np.array([line[4:6] for line in path], float)
        np.testing.assert_array_equal(places, rows.path[:, member])
        values = np.array([line[6] for line in path], float)
        np.testing.assert_array_equal(values, rows.value[:, member])
        rounded = np.array([line[7:11] for line in path], float)
        gradient = rows.gradient[:, member]
        expected = np.column_stack([gradient, np.hypot(*gradient.T), rows.learning_rate[:, member]])
        np.testing.assert_allclose(rounded, expected, rtol=1e-6)
        assert path[-1][11] == ""  # no update follows the last row
        distances = np.array([line[12] for line in path], float)
        np.testing.assert_allclose(distances, rows.distance[:, member], rtol=1e-6)


def test_where_no_minimum_is_known_the_distance_is_empty() -> None:
    file = make_race_file(engine.race.RaceSpec.from_dict({"surface": "saddle", "steps": 2}), "csv")
    assert all(line.endswith(",") for line in file.content.decode().splitlines()[1:])
