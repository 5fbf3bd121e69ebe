"""Languages and who gets which: names that browsers and systems have for them, and files of translations."""

import importlib
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import locales
from engine.words import N_
from locales import choice
from scripts.collect_words import collected, renewed

ROOT = Path(__file__).parents[2]
ESPERANTO = Path(__file__).parent / "esperanto"
"""A folder with a third language, of which some thirty sentences are translated."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of one's own, with the third language in it."""
    shutil.copy(ESPERANTO / "eo.po", tmp_path)
    monkeypatch.setenv("PLAYGROUND_LOCALES", str(tmp_path))
    importlib.reload(locales)
    yield tmp_path
    monkeypatch.undo()
    importlib.reload(locales)


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-CN", "zh-Hans"),
        ("ZH_hans", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("zh-Hant-HK", "zh-Hans"),
        ("zh_CN.UTF-8", "zh-Hans"),
        ("en-GB", "en"),
        ("C", None),
        ("fr", None),
        ("", None),
        ("zhuang", None),
    ],
)
def test_names_of_languages(tag: str, found: str | None) -> None:
    assert choice.known(tag) == found


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        (("", "", "zh-CN,zh;q=0.9,en;q=0.8"), "zh-Hans"),
        (("", "", "en-US,en;q=0.9,zh-CN;q=0.8"), "en"),
        (("", "", "fr;q=1, zh;q=0.2, en;q=0.1"), "zh-Hans"),
        (("", "", "zh;q=0, en"), "en"),
        (("", "zh-Hans", "en-US"), "zh-Hans"),
        (("en", "zh-Hans", "zh-CN"), "en"),
        (("xx", "zh-Hans", "en"), "zh-Hans"),
        (("", "", "fr"), "en"),
        (("", "", ";;q=x,,zh;q=no"), "en"),
        (("../../etc/passwd", "<script>", ""), "en"),
    ],
)
def test_the_first_wish_that_can_be_met(wishes: tuple[str, ...], found: str) -> None:
    assert choice.choose(*wishes) == found


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_TW"}, "zh-Hans"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_language_of_a_command_line(environment: dict[str, str], found: str) -> None:
    assert choice.of_environment(environment) == found


def test_english_needs_no_file() -> None:
    assert locales.locale("en").page == {}
    assert locales.language("en").say(N_("true or false")) == "true or false"


@pytest.mark.usefixtures("folder")
def test_a_third_language_costs_one_file() -> None:
    assert list(locales.languages()) == ["en", "zh-Hans", "eo"]
    found = locales.locale("eo")
    assert found.name == "Esperanto"
    assert found.page["Share"] == "Kunhavigi"
    assert found.page["{count} hidden layer"] == [
        "{count} kaŝita tavolo",
        "{count} kaŝitaj tavoloj",
    ]
    assert "Circle" not in found.page  # the server says it
    assert found.language.say(N_("Circle")) == "Cirklo"
    assert found.language.say(N_("one of {names}", names="a")) == "one of a"


def test_a_language_begins_as_it_is_told_to(folder: Path) -> None:
    """The header of CONTRIBUTING on top of the template is a language that says everything in English."""
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = re.search(r'^   msgid "".*?(?=^   ```)', told, re.MULTILINE | re.DOTALL)
    assert block
    header = textwrap.dedent(block[0])
    template = (ROOT / "locales" / "messages.pot").read_text(encoding="utf-8")
    path = folder / "de.po"
    path.write_text(header + template, encoding="utf-8")
    found = locales.locale("de")
    assert (found.name, found.page) == ("Deutsch", {})
    assert found.language.say(N_("true or false")) == "true or false"
    assert renewed(path, collected()).decode() == f"{header}\n{template}"


def test_a_language_that_is_not_there_is_english() -> None:
    assert locales.locale("tlh").tag == "en"
