"""What is wrong: with a spec every problem at once, with its path, its value and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.core.plain import unboxed
from engine.words import N_, Message, lines

LONGEST = 200
"""A message shows no more characters of a wrong value than this."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a spec: where, what stands there, and what is allowed.

    at: for a text, the characters at fault: the first, and the one after the last. Then `allowed` says what
        is wrong with them.
    unknown: whether nothing goes by the last name of the path. Then `allowed` says that, and which names
        there are.
    """

    path: str
    value: object
    allowed: str
    at: tuple[int, int] | None = None
    unknown: bool = False

    def __str__(self) -> Message:
        return self.sentence

    @property
    def sentence(self) -> Message:
        """The whole of it as one sentence."""
        path, value = self.path or N_("spec"), _shown(self.value)
        if self.unknown:
            return N_("{path}: {wrong}", path=path, wrong=self.allowed)
        if self.at is None:
            return N_(
                "{path}: {value} is not allowed; expected {allowed}",
                path=path,
                value=value,
                allowed=self.allowed,
            )
        return N_(
            "{path}: {wrong}, at character {place} of {value}",
            path=path,
            wrong=self.allowed,
            place=self.at[0] + 1,
            value=value,
        )

    def within(self, key: str) -> Problem:
        """The same problem, in what stands under a key.

        >>> Problem("units", 0, "1 or more").within("layers.0").path
        'layers.0.units'
        """
        return replace(self, path=f"{key}.{self.path}".removesuffix("."))


def _shown(value: object) -> str:
    """A value as Python writes it, as far as fits; what is too long or too deep to write, by its type."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return N_("this {type}", type=type(value).__name__)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class SpecError(ValueError):
    """A spec or a change to one is wrong. `problems` lists everything that is, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(lines(*(problem.sentence for problem in problems)))

    def __reduce__(self) -> tuple[type[SpecError], tuple[Problem, ...]]:
        return SpecError, self.problems

    def within(self, key: str) -> SpecError:
        """The same problems, in what stands under a key."""
        return SpecError(*(each.within(key) for each in self.problems))


class PositionError(IndexError):
    """A number names none of the things there are: a member of a population, a racer or a start of a race."""


def position(name: str, value: object, count: int) -> int:
    """The value as an int from 0 to count − 1; NumPy's whole numbers are taken, negative ones and `True` not.

    name: what the number is called where it is given. Raises PositionError.

    >>> position("member", 1, 3)
    1
    >>> position("member", 3, 3)
    Traceback (most recent call last):
    engine.core.errors.PositionError: member must be a whole number from 0 to 2, not 3
    """
    found = unboxed(value)
    if type(found) is not int or not 0 <= found < count:
        shown = _shown(found)
        if count == 1:
            raise PositionError(
                N_("{name} must be 0, as there is only one, not {value}", name=name, value=shown)
            )
        raise PositionError(
            N_(
                "{name} must be a whole number from 0 to {last}, not {value}",
                name=name,
                last=count - 1,
                value=shown,
            )
        )
    return found
