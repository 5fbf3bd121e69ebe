"""A parser of arguments says all in its language, argparse's own words too."""

import argparse
import re

import pytest

import locales
from app.rehearsal.command import main as rehearse
from engine.words import ENGLISH, Language
from locales.command_line import Parser, complaint

CHINESE = locales.language("zh-Hans")
ENGLISH_WORD = re.compile(r"(?<![-\w])[a-z]{3,}")
NAMES = {"prog", "file", "steps", "every", "extra", "json", "loud"}
"""What is typed."""


def parser(language: Language) -> Parser:
    made = Parser(language, prog="prog")
    made.needed.add_argument("file")
    length = made.options.add_mutually_exclusive_group()
    length.add_argument("--steps")
    length.add_argument("--every")
    made.options.add_argument("--extra", type=wrong)
    made.options.add_argument("--json", action="store_true")
    return made


def wrong(text: str) -> str:
    raise argparse.ArgumentTypeError(f"「{text}」")


WRONG = [
    ([], "the following arguments are required: file"),
    (["file", "--loud"], "unrecognized arguments: --loud"),
    (["file", "--e"], "ambiguous option: --e could match --every, --extra"),
    (["file", "--every"], "argument --every: expected one argument"),
    (
        ["file", "--every", "1", "--steps", "1"],
        "argument --steps: not allowed with argument --every",
    ),
    (["file", "--json=1"], "argument --json: ignored explicit argument '1'"),
    (["file", "--extra", "0"], "argument --extra: 「0」"),
]


def said(language: Language, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        parser(language).parse_args(arguments)
    out, error = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    usage, complained = error.rsplit("\n", 2)[:2]
    assert usage.startswith("用法：" if language is CHINESE else "usage:")
    return complained


@pytest.mark.parametrize(("arguments", "english"), WRONG)
def test_complaints(arguments: list[str], english: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(ENGLISH, arguments, capsys) == f"prog: error: {english}"
    chinese = said(CHINESE, arguments, capsys)
    assert chinese.startswith("prog：错误：")
    assert set(ENGLISH_WORD.findall(chinese)) <= NAMES


def test_a_complaint_that_is_not_known_stays_as_it_is() -> None:
    assert complaint("one of the arguments --a --b is required") == (
        "one of the arguments --a --b is required"
    )


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser(CHINESE).parse_args(["--help"])
    shown = capsys.readouterr().out
    assert shown.startswith("用法： prog [-h]")
    assert set(ENGLISH_WORD.findall(shown)) <= NAMES
    assert "显示此帮助信息并退出" in shown


def test_a_rehearsal_complains_in_its_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert rehearse(["--people", "x"], CHINESE) == 2
    assert "参数--people：应为1到2,000之间的整数，而不是'x'" in capsys.readouterr().err
    assert rehearse(["ftp://x"]) == 2
    assert "argument url: an address such as http://127.0.0.1:8000, not 'ftp://x'" in (
        capsys.readouterr().err
    )
