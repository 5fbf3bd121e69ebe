"""What stands in a file, as a spec, and numbers as arguments give them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from engine.cli.speech import say
from engine.core.errors import SpecError
from engine.words import N_
from engine.words.message import LINE, Listing

T = TypeVar("T")


class UnreadableError(Exception):
    """A spec cannot be read; the text says why, one problem a line."""


def read(path: str, noun: str, made: Callable[[Any], T]) -> T:
    """What is made of the JSON in a file, or on standard input for the path "-". Raises UnreadableError."""
    name = N_("standard input") if path == "-" else path
    try:
        if path == "-":
            text = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:  # noqa: PTH123  # the engine does without pathlib
                text = file.read()
        values: Any = json.loads(text)
        if values is None:
            values = "null"  # a mistake in a file, where None would stand for the default spec
        return made(values)
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadableError(N_("{name}: {why}", name=name, why=why)) from error
    except SpecError as error:
        heading = N_("{name} is not a {noun}:", name=name, noun=noun)
        found = (heading, *(problem.sentence for problem in error.problems))
        raise UnreadableError(Listing.of(found, f"{LINE}  ")) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(N_("{name} is not JSON: {why}", name=name, why=str(error))) from error


def count(text: str) -> int:
    """A whole number from 0. Raises ArgumentTypeError."""
    value = int(text) if text.isdecimal() else -1
    if value < 0:
        raise argparse.ArgumentTypeError(
            say(N_("expected a whole number from {least}, not {found}", least=0, found=repr(text)))
        )
    return value


def positive(text: str) -> int:
    """A whole number from 1. Raises ArgumentTypeError."""
    value = count(text)
    if not value:
        raise argparse.ArgumentTypeError(
            say(N_("expected a whole number from {least}, not {found}", least=1, found=repr(text)))
        )
    return value
