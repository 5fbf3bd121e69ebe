"""`python -m engine search`: what it prints, where, and how it ends."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main, searching
from engine.search import Search, SearchSpec, advance_search, open_seal
from tests.engine.searches import run_search

VALUES: dict[str, Any] = {
    "base": {"data": {"kind": "moons", "noise": 0.3, "points": 200}, "layers": [{"units": 4}]},
    "knobs": [
        {"path": "optimizer.learning_rate", "low": 0.01, "high": 1},
        {"path": "layers.0.activation.kind", "values": ["tanh", "relu"]},
    ],
    "budget": 2400,
    "updates": 100,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a search may stand."""
    return tmp_path / "search.json"


def search(file: Path, *arguments: str, **changes: Any) -> int:
    file.write_text(json.dumps(VALUES | changes), encoding="utf-8")
    return main(["search", str(file), *arguments])


def test_a_table_of_the_best_trials(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(file) == 0
    out, err = capsys.readouterr()
    assert err == ""
    about, _, head, *rows = out.splitlines()
    assert about == "Random: 24 trials, 2400 updates"
    assert head.split() == ["loss", "optimizer.learning_rate", "layers.0.activation.kind"]
    for row, trial in zip(rows[:10], run_search(VALUES).ranking, strict=False):
        _, loss, rate, kind = row.split()
        assert float(loss) == pytest.approx(trial.median, rel=1e-4)
        assert float(rate) == pytest.approx(trial.changes["optimizer.learning_rate"], rel=1e-3)
        assert kind == trial.changes["layers.0.activation.kind"]
    assert rows[10] == ""
    assert rows[11].startswith("optimizer.learning_rate: ")
    assert "of the variance" in rows[12]
    assert len(rows) == 13


def test_several_starts_have_a_range(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(file, seeds=3) == 0
    _, _, head, first, *_ = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["loss", "lowest", "highest"]
    middle, low, high = map(float, first.split()[1:4])
    assert low <= middle <= high


def test_json_for_machines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = VALUES | {"strategy": "halving", "seeds": 3}
    assert search(file, "--json", strategy="halving", seeds=3) == 0
    found = json.loads(capsys.readouterr().out)
    known = run_search(values)
    assert SearchSpec.from_dict(found["search"]) == known.spec
    assert found["updates"] == known.spent
    assert [each["number"] for each in found["trials"]] == [each.number for each in known.ranking]
    assert [each["score"] for each in found["trials"]] == [each.median for each in known.ranking]
    assert any(each["cut"] for each in found["trials"])
    assert found["seal"] is None


def test_the_seal_is_opened_where_it_is_asked_for(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search(file, "--open", "--json") == 0
    verdict = open_seal(run_search(VALUES))
    assert verdict is not None
    found = json.loads(capsys.readouterr().out)["seal"]
    assert (found["validation"], found["test"]) == (list(verdict.validation), list(verdict.test))
    assert search(file, "--open") == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("The best on points that nobody looked at: loss ")
    assert last.endswith(f"chosen by {verdict.validation[0]:.5g}")


def test_what_is_wrong_is_listed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(file, knobs=[], budget=0) == 2
    out, err = capsys.readouterr()
    assert out == ""
    first, *problems = err.splitlines()
    assert first == f"{file} is not a search:"
    assert [line.partition(":")[0].strip() for line in problems] == ["budget", "knobs"]
    assert main(["search", str(file.parent / "none.json")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_where_all_diverge_it_says_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wild = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}]}
    knobs = [{"path": "optimizer.learning_rate", "values": [5, 10]}]
    assert search(file, "--json", base=wild, knobs=knobs) == 1
    out, err = capsys.readouterr()
    trials = json.loads(out)["trials"]
    assert all(each["diverged"] and each["score"] is None for each in trials)
    assert err == "Every network diverged. Lower the range of the learning rate.\n"
    assert search(file, base=wild, knobs=knobs) == 1
    assert "diverged at" in capsys.readouterr().out


def test_an_interrupt_shows_what_there_is(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def advance(search: Search, budget: int) -> Any:
        if search.spent > 1000:
            raise KeyboardInterrupt
        return advance_search(search, budget)

    monkeypatch.setattr(searching, "advance_search", advance)
    assert search(file, "--json") == 130
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert 1000 < found["updates"] < 1100
    assert len(found["trials"]) == 24
    assert err == f"Interrupted after {found['updates']} updates.\n"


def test_a_terminal_has_a_bar_that_goes_away(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert search(file) == 0
    shown = capsys.readouterr().err.split("\r")
    assert shown[1].startswith("[----------------]")
    assert shown[-3].startswith("[################] 100%  24 of 24 trials  best 0.")
    assert shown[-2].strip() == shown[-1] == ""
