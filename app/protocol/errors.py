"""What a client said that cannot be done, as the `error` message."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from app.problems import ProblemDict, in_words, problem
from app.protocol.frames import JSON
from engine import SpecError
from engine.words import ENGLISH, Language

MAX_PROBLEMS = 20
"""The most problems one `error` names."""

Code = Literal[
    "bad_json",
    "binary_not_expected",
    "too_large",
    "bad_message",
    "bad_spec",
    "hello_first",
    "superseded",
    "internal",
]


class ProtocolError(ValueError):
    """What a client said that cannot be done; becomes an `error` message."""

    def __init__(
        self,
        code: Code,
        message: str,
        problems: list[ProblemDict] | None = None,
        reply_to: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.problems, self.reply_to = problems or [], reply_to

    def __reduce__(self) -> tuple[object, ...]:
        """Errors are found in workers too."""
        return type(self), (self.code, self.message, self.problems, self.reply_to)

    @classmethod
    def about(
        cls, code: Code, problems: Iterable[ProblemDict], reply_to: int | None = None
    ) -> ProtocolError:
        """An error that says what these problems, or the first of them, are."""
        named = list(islice(problems, MAX_PROBLEMS))
        return cls(code, in_words(named), named, reply_to)

    def reply(self, language: Language = ENGLISH) -> str:
        """The `error` message as JSON text."""
        said = language.translated({"message": self.message, "problems": self.problems})
        return dump("error", id=self.reply_to, code=self.code, **said)


def spec_error(error: SpecError, reply_to: int | None = None, within: str = "") -> ProtocolError:
    """The engine's objections to a spec in the terms of the wire; `within` comes before each path."""
    problems = (
        problem(
            (within + p.path).removesuffix(".") or "spec",
            p.value,
            p.allowed,
            p.at,
            unknown=p.unknown,
        )
        for p in error.problems
    )
    return ProtocolError.about("bad_spec", problems, reply_to)


@dataclass(frozen=True)
class Written:
    """A value that is JSON text already."""

    text: str


def dump(kind: str, **keys: object) -> str:
    """One message from the server as JSON text. NaN and infinity are errors here."""
    return "{" + ",".join(f'"{key}":{_json(value)}' for key, value in _typed(kind, keys)) + "}"


def _typed(kind: str, keys: dict[str, object]) -> Iterator[tuple[str, object]]:
    yield "type", kind
    yield from keys.items()


def _json(value: object) -> str:
    if isinstance(value, Written):
        return value.text
    return JSON.encode(value)


def finite(value: float) -> float | None:
    """A number as JSON has it: null where it is none."""
    return value if math.isfinite(value) else None
