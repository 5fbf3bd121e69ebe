"""Both commands speak the language that is asked for, or that of the environment."""

import json
from pathlib import Path

import pytest

from engine.cli import main

SEARCH = {
    "base": {},
    "knobs": [{"path": "optimizer.learning_rate", "low": 0.01, "high": 1}],
    "budget": 200,
    "updates": 100,
}
CHINESE = "zh_CN.UTF-8"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(params=["train", "search"])
def command(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """What a person writes to train or to search for a moment."""
    path = tmp_path / "given.json"
    is_search = request.param == "search"
    path.write_text(json.dumps(SEARCH if is_search else {}), encoding="utf-8")
    return ["search", str(path)] if is_search else [str(path), "--steps", "3"]


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_the_language_of_the_environment(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert main(command) == 0
    assert not is_chinese(capsys.readouterr().out)
    monkeypatch.setenv("LC_ALL", CHINESE)
    assert main(command) == 0
    assert is_chinese(capsys.readouterr().out)


def test_the_argument_goes_before_the_environment(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("LC_ALL", CHINESE)
    assert main([*command, "--lang", "en"]) == 0
    assert not is_chinese(capsys.readouterr().out)
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    assert is_chinese(capsys.readouterr().out)


@pytest.mark.parametrize("wrong", [["--lang", "tlh"], ["--lang"]])
def test_a_language_that_is_not_there_is_refused(
    command: list[str], wrong: list[str], capsys: Capture
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, *wrong])
    assert ended.value.code == 2
    assert "--lang" in capsys.readouterr().err


def test_complaints_are_in_the_language(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"batch_size": 0}', encoding="utf-8")
    assert main([str(path), "--lang", "zh"]) == 2
    assert is_chinese(capsys.readouterr().err)
