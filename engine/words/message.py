"""Sentences as data: what is said in English, with its template and what stands in the holes.

The engine marks every text that a person reads with `N_` and translates none. A `Message` is the English
sentence, so that whoever wants English needs nothing; it also keeps what it was made of, so that a
`Language` can say the same at the edge of the program: `N_("one of {names}", names=listed(("a", "b")))`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

COMMA, GAP, LINE = ", ", " ", "\n"
"""What English puts between the parts of a list, between sentences, and between lines."""


class Message(str):
    """An English sentence that can be said in another language.

    template: the sentence with named holes, as catalogues of translations have it. values: what fills them:
    texts, whole numbers, other messages. other and number: the sentence for more than one, and how many there
    are. context: what tells two uses of one English word apart.
    """

    __slots__ = ("context", "number", "other", "template", "values")

    template: str
    values: Mapping[str, object]
    other: str | None
    number: int | None
    context: str | None

    def __new__(
        cls,
        template: str,
        values: Mapping[str, object] | None = None,
        other: str | None = None,
        number: int | None = None,
        context: str | None = None,
    ) -> Self:
        """Return the sentence; a template without values stays as it is, braces and all."""
        chosen = template if other is None or number == 1 else other
        self = super().__new__(cls, filled(chosen, values))
        self.template, self.values, self.context = template, values or {}, context
        self.other, self.number = other, number
        return self

    def __str__(self) -> Message:
        """Itself, so that the text of an exception stays a message."""
        return self

    def __deepcopy__(self, memo: object) -> Message:
        return self

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[object, ...]]:
        return type(self), (self.template, self.values, self.other, self.number, self.context)


class Listing(Message):
    """Parts beside each other: "a, b, c", or sentences. Each language joins them in its own way.

    sign: what stands between them: COMMA, GAP or LINE.
    """

    __slots__ = ("parts", "sign")

    parts: tuple[str, ...]
    sign: str

    @classmethod
    def of(cls, parts: tuple[str, ...], sign: str) -> Listing:
        """Return the parts with the sign between them."""
        self = cls(sign.join(parts))
        self.parts, self.sign = parts, sign
        return self

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[object, ...]]:
        return Listing.of, (self.parts, self.sign)


def N_(template: str, /, **values: object) -> Message:  # noqa: N802 - gettext's name for a mark
    """Mark a text for translation, and fill its holes.

    >>> N_("a whole number from {least} to {most}", least=0, most=3)
    'a whole number from 0 to 3'
    >>> N_("between {both}", both=N_("here and there")).values["both"].template
    'here and there'
    """
    return Message(template, values)


def NN_(one: str, other: str, /, count: int, **values: object) -> Message:  # noqa: N802
    """Mark a text that depends on a number; `{count}` is a hole of both forms.

    >>> NN_("{count} unit", "{count} units", 1), NN_("{count} unit", "{count} units", 8)
    ('1 unit', '8 units')
    """
    return Message(one, {"count": count, **values}, other, count)


def NC_(context: str, template: str, /, **values: object) -> Message:  # noqa: N802
    """Mark a text that needs a word of context, because its English has two meanings.

    >>> NC_("learning rate schedule", "Step")
    'Step'
    """
    return Message(template, values, context=context)


def listed(parts: Iterable[object]) -> Listing:
    """The parts beside each other; messages among them are translated, too.

    >>> listed(("relu", 3))
    'relu, 3'
    """
    return Listing.of(tuple(part if isinstance(part, str) else str(part) for part in parts), COMMA)


def sentences(*parts: str) -> Listing:
    """Whole sentences, one after the other.

    >>> sentences(N_("It stands still."), N_("Lower the rate."))
    'It stands still. Lower the rate.'
    """
    return Listing.of(parts, GAP)


def lines(*parts: str) -> Listing:
    """Each part on a line of its own.

    >>> lines(N_("steps: 0"), N_("seed: 1"))
    'steps: 0\\nseed: 1'
    """
    return Listing.of(parts, LINE)


def filled(template: str, values: Mapping[str, Any] | None) -> str:
    """A template with its holes filled; without values it stays as it is."""
    return template.format_map(values) if values else template
