"""Languages and who gets which: names that browsers and systems have for them, and files of translations."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import locales
from engine.words import N_
from locales import choice

ESPERANTO = """msgid ""
msgstr ""
"Language: eo\\n"
"X-Name: Esperanto\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: static/js/run/transport.js
msgid "Play"
msgstr "Ludi"

#: static/js/run/transport.js
msgid "{count} step"
msgid_plural "{count} steps"
msgstr[0] "{count} paŝo"
msgstr[1] "{count} paŝoj"

#: static/js/run/transport.js
msgctxt "schedule"
msgid "Step"
msgstr "Ŝtupo"

#: engine/core/registry.py
msgid "true or false"
msgstr "vera aŭ falsa"

#: static/js/run/transport.js
msgid "Not translated yet"
msgstr ""
"""


@pytest.fixture
def esperanto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A third language, in a folder of one's own."""
    (tmp_path / "eo.po").write_text(ESPERANTO, encoding="utf-8")
    monkeypatch.setenv("PLAYGROUND_LOCALES", str(tmp_path))
    importlib.reload(locales)
    yield
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


@pytest.mark.usefixtures("esperanto")
def test_a_third_language_costs_one_file() -> None:
    assert list(locales.languages()) == ["en", "zh-Hans", "eo"]
    found = locales.locale("eo")
    assert found.name == "Esperanto"
    assert found.page == {
        "Play": "Ludi",
        "{count} step": ["{count} paŝo", "{count} paŝoj"],
        "schedule\x04Step": "Ŝtupo",
    }
    assert found.language.say(N_("true or false")) == "vera aŭ falsa"
    assert found.language.say(N_("one of {names}", names="a")) == "one of a"


def test_a_language_that_is_not_there_is_english() -> None:
    assert locales.locale("tlh").tag == "en"
