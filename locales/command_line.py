"""A parser of arguments that speaks a language.

`argparse` asks gettext for its own words, and gettext looks for them in files of the system, in one language
for the whole process. Here they come through our door: sections and help are given to `argparse`, which takes
them from its callers anyway, and a complaint, which it hands over as finished English, is said again.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, HelpFormatter
from collections.abc import Iterable
from functools import partial
from typing import Any, NoReturn

from engine.words import N_, Language, Message

WRONG = 2
"""How a command ends that was called the wrong way."""
COMPLAINTS = (
    N_("the following arguments are required: {names}"),
    N_("unrecognized arguments: {names}"),
    N_("ambiguous option: {option} could match {names}"),
    N_("argument {name}: expected one argument"),
    N_("argument {name}: not allowed with argument {other}"),
    N_("argument {name}: ignored explicit argument {value}"),
    N_("argument {name}: {problem}"),
)
"""What `argparse` complains of, in its own words; the last one has a problem that is said already."""
HOLE = re.compile(r"\\\{(\w+)\\\}")


class Parser(ArgumentParser):
    """Explains itself and complains in a language.

    needed, options: the two sections of its help, to which arguments are added.
    """

    def __init__(self, language: Language, **given: Any) -> None:
        """Make one that knows `--help`; the rest is given as to `ArgumentParser`."""
        super().__init__(**given, add_help=False, formatter_class=partial(Formatter, language))
        self.language = language
        self.needed = self.add_argument_group(language.say(N_("positional arguments")))
        self.options = self.add_argument_group(language.say(N_("options")))
        shown = language.say(N_("show this help message and exit"))
        self.options.add_argument("-h", "--help", action="help", help=shown)

    def error(self, message: str) -> NoReturn:
        """Say on standard error how the command is called and what is wrong, and end."""
        self.print_usage(sys.stderr)
        said = N_("{command}: error: {problem}", command=self.prog, problem=complaint(message))
        self.exit(WRONG, f"{self.language.say(said)}\n")


class Formatter(HelpFormatter):
    """Writes help that begins with the language's word for usage."""

    def __init__(self, language: Language, prog: str) -> None:
        super().__init__(prog)
        self._usage = language.say(N_("usage:"))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Any],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Write how the command is called."""
        super().add_usage(usage, actions, groups, f"{self._usage} " if prefix is None else prefix)


def complaint(english: str) -> str:
    """What `argparse` complains of, as a message; as it is where it is none of these.

    >>> complaint("unrecognized arguments: --loud").template
    'unrecognized arguments: {names}'
    """
    for known in COMPLAINTS:
        found = re.fullmatch(HOLE.sub(r"(?P<\1>.+)", re.escape(known.template)), english)
        if found:
            return Message(known.template, found.groupdict())
    return english
