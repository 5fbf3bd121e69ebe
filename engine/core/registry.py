"""What a catalogue record is, and how one is found by name.

Everything a person can choose (an activation, an optimizer, a data set) is one frozen `Record` in a
`Family`; every number they can turn is a `Knob`. The specification checks itself against them, and the
page builds its controls from them.
"""

from __future__ import annotations

import difflib
import math
import numbers
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from engine.core.legend import Term, legend
from engine.core.numerals import numeral
from engine.core.plain import unboxed
from engine.words import N_, Message, lines, listed

Value = bool | int | float | str | tuple[str, ...] | tuple[tuple[float, ...], ...]
KnobType = Literal["number", "integer", "boolean", "choice", "rows", "names", "text"]


class PartsError(ValueError):
    """A value is wrong in some of its parts: (path inside the value, what stands there, what is allowed)."""

    def __init__(self, *parts: tuple[str, object, str]) -> None:
        self.parts = parts
        super().__init__(
            lines(*(N_("{path}: expected {allowed}", path=p, allowed=a) for p, _, a in parts))
        )


class TextError(ValueError):
    """What is wrong with a text, and where.

    position: the first character at fault, counted from 0; end: the one after the last. Both are the
    length of the text where something is missing at its end.
    """

    def __init__(self, message: Message, position: int, end: int) -> None:
        super().__init__(message)
        self.message, self.position, self.end = message, position, end


@dataclass(frozen=True)
class Knob:
    """One adjustable value: its range, its default, and what it does in one sentence.

    `minimum` and `maximum` are inclusive. `choices` are good values to offer; for the type "choice"
    they are the only ones allowed, and `choice_labels` say what they are called. `scale` says how a
    slider should run. `live` says whether a change goes on with the running network, where that is otherwise
    than with the section it stands in. `symbol` is the letter for it in its record's formula, and `meaning`
    what the legend says that it is, if not its label.
    """

    name: str
    label: str
    help: str
    default: Value
    type: KnobType = "number"
    minimum: float | None = None
    maximum: float | None = None
    scale: Literal["linear", "log"] = "linear"
    step: float | None = None
    choices: tuple[Value, ...] = ()
    choice_labels: tuple[str, ...] = ()
    live: bool | None = None
    symbol: str = ""
    meaning: str = ""

    @property
    def allowed(self) -> Message:
        """What the knob accepts, in words."""
        if self.type == "boolean":
            return N_("true or false")
        if self.type == "choice":
            return N_("one of {names}", names=listed(self.choices))
        if self.type == "integer":
            least, most = f"{self.minimum:.0f}", f"{self.maximum:.0f}"
            return N_("a whole number from {least} to {most}", least=least, most=most)
        return N_(
            "a number from {least} to {most}", least=numeral(self._low), most=numeral(self._high)
        )

    def read(self, value: object) -> Value:
        """Return `value` in the knob's own type.

        Raises ValueError, with what is allowed as its text, for anything else. Booleans are not numbers
        here, and a number with no fraction is a whole number (JSON does not tell them apart). NumPy's
        numbers and booleans are taken as Python's.
        """
        value = unboxed(value)
        if isinstance(value, bool):
            if self.type == "boolean":
                return value
        elif self.type == "choice":
            if isinstance(value, str) and value in self.choices:
                return value
        elif isinstance(value, numbers.Real) and self.type in ("number", "integer"):
            number = _float(value)
            if self._contains(number):
                if self.type == "number":
                    return number
                if number.is_integer():
                    return int(number)
        raise ValueError(self.allowed)

    def _contains(self, value: float) -> bool:
        return self._low <= value <= self._high  # false for NaN

    @property
    def _low(self) -> float:
        return -math.inf if self.minimum is None else self.minimum

    @property
    def _high(self) -> float:
        return math.inf if self.maximum is None else self.maximum


@dataclass(frozen=True, kw_only=True)
class Record:
    """One entry of the catalogue. Families extend it with the functions that compute.

    terms: the letters of its formulas that are no knobs, and what they are.
    """

    kind: str
    label: str
    help: str
    formula: str = ""
    knobs: tuple[Knob, ...] = field(default=())
    terms: tuple[Term, ...] = ()

    @property
    def letters(self) -> tuple[Term, ...]:
        """What each letter is that can stand in a formula of this record: its knobs, then its terms."""
        knobs = (knob for knob in self.knobs if knob.symbol)
        return (*((knob.symbol, knob.meaning or knob.label) for knob in knobs), *self.terms)

    @property
    def legend(self) -> tuple[Term, ...]:
        """What each letter of the formula is."""
        return legend(self.letters, self.formula)

    @property
    def defaults(self) -> dict[str, Value]:
        """Each knob's name and default value."""
        return {knob.name: knob.default for knob in self.knobs}


def _float(value: numbers.Real) -> float:
    """The number as a float; infinite where it is too large for one."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


R = TypeVar("R", bound=Record)


class Family(Mapping[str, R], Generic[R]):
    """The records of one kind of thing, in learning order, simplest first."""

    def __init__(self, noun: str, *records: R) -> None:
        self.noun = noun
        self._records = {record.kind: record for record in records}
        if len(self._records) != len(records):
            raise ValueError(f"two {noun} records share a kind")

    def __getitem__(self, kind: str) -> R:
        """Return the record named `kind`; raises KeyError that says which names there are."""
        try:
            return self._records[kind]
        except KeyError:
            raise KeyError(
                N_(
                    "no {noun} named {kind}; {allowed}",
                    noun=self.noun,
                    kind=repr(kind),
                    allowed=self.allowed(kind),
                )
            ) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def allowed(self, wrong: object = None) -> Message:
        """The names there are, in words, with the likeliest one first where `wrong` is close to it."""
        return one_of(self, wrong)


def one_of(names: Mapping[str, object] | tuple[str, ...], wrong: object = None) -> Message:
    """Spell out the allowed `names`, pointing to the one that `wrong` may have meant."""
    close = difflib.get_close_matches(wrong, list(names), n=1) if isinstance(wrong, str) else []
    if not close:
        return N_("one of {names}", names=listed(names))
    return N_("one of {names} (did you mean {near}?)", names=listed(names), near=close[0])
