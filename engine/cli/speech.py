"""The language of a command line: of `--lang`, else of the environment; English where nothing is said.

A process has one reader, so that it is known in one place, as `sys.stdout` is.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

import locales
from engine.words import ENGLISH, N_, Language, listed
from locales.choice import known, of_system
from locales.command_line import Parser

_spoken: Language = ENGLISH


def say(text: str) -> str:
    """A message in the reader's language, any other text as it is."""
    return _spoken.say(text)


def listen(arguments: Sequence[str]) -> None:
    """Take the language from the arguments or the environment, before anything is said."""
    asked = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    asked.add_argument("--lang", default=None)
    # an argument without its value is the parser's to refuse
    given = [*arguments, ""] if arguments[-1:] == ["--lang"] else arguments
    tag = asked.parse_known_args(given)[0].lang
    _speak((known(tag) if tag else None) or of_system())


def speaking(prog: str, **given: Any) -> Parser:
    """A parser of arguments in the reader's language."""
    return Parser(_spoken, prog=prog, **given)


def add_language(parser: Parser) -> None:
    """Explain `--lang`, and refuse a language that is not there."""
    tags = listed(locales.languages())
    parser.options.add_argument(
        "--lang",
        type=_tag,
        metavar="TAG",
        help=say(
            N_("the language to speak: one of {tags} (default: that of the environment)", tags=tags)
        ),
    )


def complain(text: str, indent: str = "") -> None:
    """Write a line on standard error, beside what is printed."""
    sys.stderr.write(f"{indent}{say(text)}\n")


def columns(text: str) -> int:
    """How wide a text is in a terminal, where a Chinese letter takes two columns.

    >>> columns("loss"), columns("损失")
    (4, 4)
    """
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def padded(text: str, width: int) -> str:
    """A text with blanks behind it up to a width in columns, or before it up to −width.

    >>> padded("loss", 6), padded("损失", -6)
    ('loss  ', '  损失')
    """
    blanks = " " * (abs(width) - columns(text))
    return blanks + text if width < 0 else text + blanks


def _speak(tag: str) -> None:
    global _spoken  # noqa: PLW0603 - one reader, as the module says
    _spoken = locales.language(tag)


def _tag(text: str) -> str:
    found = known(text)
    if found is None:
        tags = listed(locales.languages())
        raise argparse.ArgumentTypeError(
            say(N_("expected one of {tags}, not {found}", tags=tags, found=text))
        )
    return found
