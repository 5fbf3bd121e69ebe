"""`python -m engine`: what it prints, where, and how it ends."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import engine
from engine.cli import main, training

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "engine"]
EXPLOSIVE = {
    "data": "plane",
    "optimizer": {"learning_rate": 100},
    "layers": [{"units": 8, "activation": "relu"}],
}


@pytest.fixture
def spec_file(tmp_path: Path) -> Path:
    """A file with the default spec."""
    path = tmp_path / "spec.json"
    path.write_text("{}", encoding="utf-8")
    return path


def give(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    """Put text on standard input."""
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def expected(values: Any, steps: int) -> engine.State:
    """What training by hand gives."""
    return engine.train(engine.start(engine.RunSpec.from_dict(values)), steps)[0]


def test_a_table_of_metrics(spec_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(spec_file), "--epochs", "20"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    # 250 training points in batches of 10
    assert "500 steps, 20 epochs" in out
    state = expected({}, 500)
    found = engine.metrics(state)
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines()[2:]}
    assert rows["loss"] == ["accuracy"]
    for name, part in (("training", "train"), ("test", "test")):
        loss, accuracy = rows[name]
        assert float(loss) == pytest.approx(found[f"{part}_loss"][0], rel=1e-5)
        assert accuracy == f"{found[f'{part}_accuracy'][0]:.1%}"
    assert "penalty" not in rows


def test_regression_and_penalties(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, '{"data": "plane", "penalty": {"l2": 0.01}}')
    assert main(["-", "--steps", "300"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "300 steps, 12 epochs"
    assert lines[2].split() == ["loss", "R2"]
    assert [line.split()[0] for line in lines[3:]] == ["training", "test", "penalty"]
    assert float(lines[3].split()[2]) > 0.9


def test_json_for_machines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"data": {"kind": "xor"}, "stop": {"kind": "steps", "steps": 40}}
    give(monkeypatch, json.dumps(values))
    assert main(["-", "--json", "--steps", "100"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    state = expected(values, 100)
    assert list(found) == ["spec", "steps", "epochs", "metrics", "failures", "stops"]
    assert engine.RunSpec.from_dict(found["spec"]) == state.spec
    assert (found["steps"], found["epochs"]) == (40, 1.6)
    for name, value in found["metrics"].items():
        assert value == engine.metrics(state)[name][0]
    assert found["failures"] == []
    assert found["stops"] == [{"member": 0, "step": 40, "reason": "40 steps are done"}]
    assert (out.count("\n"), err) == (1, "")


RECIPE = {
    "spec": {"data": {"kind": "xor"}},
    "members": [{}, {"optimizer.kind": "adam"}],
    "edits": [
        {"step": 0, "changes": {"theta.output.b.0": 0.5}},
        {"step": 110, "changes": {"batch_size": 20}},
    ],
}


def test_a_file_may_hold_all_that_makes_a_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, json.dumps(RECIPE))
    assert main(["-", "--json", "--epochs", "20"]) == 0
    found = json.loads(capsys.readouterr().out)
    # 250 training points: 100 updates and 10 more of the fifth pass by 10, the rest of it and 15 more by 20
    assert (found["steps"], found["epochs"]) == (110 + 8 + 15 * 13, 20)
    recipe = engine.Recipe.from_dict(RECIPE)
    state = engine.replay(recipe.specs, recipe.edits, found["steps"])
    assert [engine.RunSpec.from_dict(each["spec"]) for each in found["members"]] == [*state.specs]
    for name, values in engine.metrics(state).items():
        if name in engine.METRICS:
            assert [each["metrics"][name] for each in found["members"]] == values.tolist()


def test_the_networks_of_a_comparison_each_have_their_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    members = [{}, {"optimizer.learning_rate": 100}, {"stop": {"kind": "steps", "steps": 40}}]
    give(monkeypatch, json.dumps({"spec": EXPLOSIVE | {"optimizer": "sgd"}, "members": members}))
    assert main(["-", "--steps", "60"]) == 1
    out, err = capsys.readouterr()
    begin, *tables = out.split("\n\n")
    assert begin.startswith("60 steps")
    titles = [table.splitlines()[0] for table in tables]
    assert [json.loads(title) for title in titles] == members
    assert "Stopped after step 40" in tables[2]
    assert err.startswith('{"optimizer.learning_rate": 100}\nUpdate ')


def test_what_is_wrong_with_a_part_of_a_recipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for values, path in (
        ({"spec": []}, "spec"),
        ({"edits": [{"step": 3, "changes": {"batch_size": 0}}]}, "edits.0.changes.batch_size"),
        ({"members": [{"data.noise": 9}]}, "members.0.data.noise"),
        ({"spec": {}, "batch_size": 20}, "batch_size"),
    ):
        give(monkeypatch, json.dumps(values))
        assert main(["-"]) == 2
        assert f"\n  {path}: " in capsys.readouterr().err


def test_numbers_json_cannot_have_are_null(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, '{"data": "plane"}')
    assert main(["-", "--json", "--steps", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["metrics"]["train_accuracy"] is None


def test_training_that_leaves_the_finite_numbers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, json.dumps(EXPLOSIVE))
    assert main(["-", "--json"]) == 1
    out, err = capsys.readouterr()
    (failure,) = expected(EXPLOSIVE, 2500).failures
    found = json.loads(out)
    assert found["steps"] == failure.step - 1
    assert found["failures"] == [vars(failure) | {"advice": list(failure.advice)}]
    assert f"Update {failure.step} gave" in err
    assert failure.cause in err
    assert all(tip in err for tip in failure.advice)


def test_every_problem_of_a_bad_spec(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, '{"batch_size": 0, "data": "circel", "layers": [{"units": "many"}]}')
    assert main(["-", "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    first, *problems = err.splitlines()
    assert first == "standard input is not a spec:"
    assert len(problems) == 3
    for path in ("batch_size", "data.kind", "layers.0.units"):
        assert f"\n  {path}:" in err
    assert "did you mean circle?" in err


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not JSON"),
        ('{"layers":', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        (b"\xff\xfe\xfa", "is not JSON"),
        ("9" * 10_000, "is not JSON"),
        ("[]", "is not a spec"),
        ("null", "is not a spec"),
        ('{"batch_size": NaN}', "is not a spec"),
        ('{"batch_size": 1e400}', "is not a spec"),
    ],
    ids=range(9),
)
def test_what_is_no_spec(
    text: str | bytes,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    give(monkeypatch, text)
    assert main(["-"]) == 2
    assert capsys.readouterr().err.startswith(f"standard input {reason}")


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        assert main([str(path)]) == 2
        assert capsys.readouterr().err.startswith(f"{path}: ")


def test_a_file_with_a_byte_order_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "spec.json"
    path.write_text('{"data": "xor"}', encoding="utf-8-sig")
    assert main([str(path), "--steps", "0"]) == 0
    assert "0 steps, 0 epochs" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-", "--epochs", "-1"],
        ["-", "--steps", "1.5"],
        ["-", "--every", "0"],
        ["-", "--epochs", "1", "--steps", "1"],
        ["-", "other.json"],
    ],
    ids=str,
)
def test_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m engine" in capsys.readouterr().err


def test_lines_of_progress(spec_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(spec_file), "--steps", "1700", "--every", "700", "--json"]) == 0
    out, err = capsys.readouterr()
    assert [line.split()[1] for line in err.splitlines()] == ["700", "1400"]
    assert f"loss {engine.metrics(expected({}, 700))['train_loss'][0]:.4g}" in err
    assert json.loads(out)["steps"] == 1700


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_a_bar_on_a_terminal_leaves_no_trace(
    spec_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    assert main([str(spec_file), "--steps", "400"]) == 0
    drawn = screen.getvalue().split("\r")
    assert any("[########--------]  50%  step 200" in text for text in drawn)
    assert any("] 100%  step 400  epoch 16  loss" in text for text in drawn)
    assert max(map(len, drawn)) < 80
    assert drawn[-2].isspace()
    assert len(drawn[-2]) >= len(drawn[-3].rstrip())
    assert drawn[-1] == ""
    assert "400 steps" in capsys.readouterr().out


def test_where_it_stops_and_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, '{"stop": {"kind": "epochs", "epochs": 3}}')
    assert main(["-"]) == 0
    assert capsys.readouterr().out.startswith("Stopped after step 75: 3 epochs are done.\n75 steps")


def test_an_interrupt_shows_what_there_is(
    spec_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def train(state: engine.State, steps: int) -> tuple[engine.State, engine.Report]:
        if state.step == 2000:
            raise KeyboardInterrupt
        return engine.train(state, steps)

    monkeypatch.setattr(training, "train", train)
    assert main([str(spec_file), "--json", "--epochs", "1000"]) == 130
    out, err = capsys.readouterr()
    assert json.loads(out)["steps"] == 2000
    assert err == "Interrupted after step 2000.\n"


def run(*arguments: str, text: str = "{}") -> subprocess.CompletedProcess[str]:
    """Run the command as a shell would."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=text,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_as_a_process() -> None:
    fine = run("-", "--steps", "20")
    assert (fine.returncode, fine.stderr) == (0, "")
    assert fine.stdout.startswith("20 steps, 0.8 epochs")
    bad = run("-", text='{"dtype": "int8"}')
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "dtype: 'int8' is not allowed; expected one of float32, float64" in bad.stderr
    misspelt = run("-", text='{"optimzer": "adam"}')
    assert "optimzer: no such setting here; one of data, " in misspelt.stderr
    assert "did you mean optimizer?" in misspelt.stderr


def heed_ctrl_c() -> None:
    """In the child: take SIGINT as a terminal's child does, even where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_it_in_order(spec_file: Path) -> None:
    arguments = [*COMMAND, str(spec_file), "--steps", "100000000", "--every", "500", "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        arguments,
        cwd=ROOT,
        stdout=pipe,
        stderr=pipe,
        text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert json.loads(out)["steps"] > 0
    assert "Traceback" not in err
    assert "Interrupted after step" in err


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_pipe_ends_it_in_silence(spec_file: Path, closed: str) -> None:
    arguments = [*COMMAND, str(spec_file), "--steps", "3000", "--every", "10"]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        stream = getattr(process, closed)
        stream.close()
        setattr(process, closed, None)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 141
    assert not out
    assert "Traceback" not in (err or "")
    assert "BrokenPipe" not in (err or "")
