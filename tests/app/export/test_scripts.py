"""Scripts of runs without changes: every record of the catalogue, in both libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

import engine
from app.export.source import Snippets
from engine.catalog.sections import FAMILIES
from tests.app.export.conftest import BASE, CASES, WRITERS, assert_same, expected, libraries, source


def test_every_record_is_among_the_cases() -> None:
    seen = repr(CASES)
    families = (
        "activations augmentations clips datasets features initializers losses optimizers schedules"
    )
    for family in families.split():
        for kind in FAMILIES[family]:
            assert f"'{kind}'" in seen or kind == "none", f"{family}: {kind}"


@libraries
@pytest.mark.parametrize("name", CASES)
def test_the_script_gives_the_engines_numbers(name: str, library: str) -> None:
    assert_same(library, CASES[name])


@libraries
def test_they_stay_the_same_for_hundreds_of_steps(library: str) -> None:
    values = {"dtype": "float64", "layers": [{"units": 8}, {"units": 8}], "shuffle": True}
    assert_same(library, values | {"optimizer": {"kind": "adam", "learning_rate": 0.01}}, (), 400)


@libraries
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adagrad", "adam"])
def test_in_float32_they_are_close(optimizer: str, library: str) -> None:
    assert_same(library, {"optimizer": optimizer, "shuffle": True}, (), 100, tolerance=1e-3)


@libraries
@pytest.mark.parametrize("steps", [0, 1])
def test_a_run_of_no_step_or_one(steps: int, library: str) -> None:
    assert_same(library, BASE, (), steps)


@libraries
@pytest.mark.parametrize("keep_best", [True, False])
def test_the_end_after_a_stop_rule_is_the_engines(keep_best: bool, library: str) -> None:
    stop = {"kind": "plateau", "patience": 4, "on": "train", "keep_best": keep_best}
    values = BASE | {"optimizer": {"kind": "sgd", "learning_rate": 0.3}, "stop": stop}
    values |= {"layers": [{"units": 4, "batch_norm": True}]}
    state = engine.replay(engine.RunSpec.from_dict(values), [], 1000)
    assert state.stops, "the rule has to end this run"
    assert_same(library, values, (), state.step)
    assert ("EarlyStopping" in source(library, values, (), state.step)) is keep_best


@libraries
def test_a_script_runs_by_itself_and_prints_a_table(library: str, tmp_path: Path) -> None:
    values = BASE | {"layers": [{"units": 5, "dropout": 0.2}], "augmentation": {"jitter": 0.1}}
    file = tmp_path / "run.py"
    file.write_text(source(library, values, (), 60), encoding="utf-8")
    # -I: neither this folder nor the environment lets it find the project's own modules
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error::RuntimeWarning", file.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    names, *_, last = done.stdout.splitlines()
    table = dict(zip(names.split(), map(float, last.split()), strict=True))
    for name, value in expected(values, (), 60).items():
        assert table[name] == pytest.approx(value, rel=1e-5, abs=0.005 * (name == "epoch"))


@libraries
def test_only_what_a_run_uses_stands_in_its_script(library: str) -> None:
    text = source(library, BASE, (), 10)
    others = "Adam Dropout BatchNorm clip Penalty schedule jitter permutation EarlyStopping math"
    for word in others.split():
        assert word not in text
    assert "engine" not in text


@libraries
def test_names_that_people_gave_stand_in_comments_and_are_never_run(library: str) -> None:
    rows = [[0, 0, 0], [1, 1, 1], [2, 2, 2], [3, 1, 0]]
    harm = '"""; raise SystemExit(7) #'
    names = ["{{ 7 * 7 }}", "\\", harm]
    data = {"kind": "custom", "rows": rows, "train_share": 1}
    plain = source(library, BASE | {"data": data}, (), 10)
    text = source(
        library,
        BASE | {"data": data | {"class_names": names, "column_names": ["Größe", harm, "类"]}},
        (),
        10,
    )
    said = [f"# class {i} is {name}" for i, name in enumerate(names)]
    said = ["# x1 is Größe", f"# x2 is {harm}", "# class is 类", *said]
    added = [line for line in text.splitlines() if line not in plain.splitlines()]
    assert added == said
    assert_same(library, BASE | {"data": data | {"class_names": names}})


def test_a_script_says_how_values_were_scaled() -> None:
    rows = [[0, 0, 100], [1, 1, 250], [2, 2, 400]]
    data = {"kind": "custom_values", "rows": rows, "column_names": ["x1", "rooms", "price"]}
    text = source("numpy", BASE | {"data": data}, (), 10)
    assert (
        "# 3 points: x1, x2, height\n# x2 is rooms\n# height is (price - 250.0) / 150.0\n" in text
    )


@libraries
def test_a_script_is_small(library: str) -> None:
    text = source(library, {}, (), 1000)
    code, _, points = text.partition("# fmt: off")
    assert len(text) < 40_000
    assert len(code.splitlines()) < 220
    assert points.count("\n    (") == 250


@pytest.mark.parametrize("library", WRITERS)
@pytest.mark.parametrize("name", CASES)
def test_a_script_is_tidy(name: str, library: str) -> None:
    text = source(library, CASES[name], (), 10)
    code, _, _ = text.partition("# fmt: off")
    compile(text, "run.py", "exec")
    assert max(map(len, code.splitlines())) <= 100
    assert not any(line != line.rstrip() for line in text.splitlines())
    assert text.endswith("main()\n")


def test_ruff_would_change_nothing(tmp_path: Path) -> None:
    for library in WRITERS:
        for i, values in enumerate(CASES.values()):
            file = tmp_path / f"{library}_{i}.py"
            file.write_text(source(library, values, (), 10), encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    options = ["--isolated", "--no-cache", "--line-length", "100", str(tmp_path)]
    for command in (["format", "--check"], ["check", "--select", "E4,E7,E9,F,I,B"]):
        done = subprocess.run(
            [*ruff, *command, *options], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("library", WRITERS)
def test_fewer_than_no_steps_are_refused(library: str) -> None:
    with pytest.raises(ValueError, match="steps must be 0 or more, not -1"):
        source(library, BASE, (), -1)


def test_a_macro_that_is_missing_is_named_with_its_file() -> None:
    snippets = Snippets("activations_numpy.py.jinja", {"flag": ""})
    assert "class Sine" in snippets.get("sine")
    with pytest.raises(RuntimeError, match=r"activations_numpy\.py\.jinja has no macro cosine"):
        snippets.get("cosine")
