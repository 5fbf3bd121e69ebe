"""Numbers that stand in a script under a name: a spec is written with the names in their places."""

from __future__ import annotations


class NamedFloat(float):
    """A number that is written as `source`."""

    source: str

    def __repr__(self) -> str:
        return self.source


class NamedInt(int):
    """A whole number that is written as `source`."""

    source: str

    def __repr__(self) -> str:
        return self.source


def named(value: float, source: str) -> NamedFloat | NamedInt:
    """The number under a name.

    >>> number = named(0.1, 'SETTINGS["rate"]')
    >>> number * 2, number, f"{named(8, 'UNITS')}"
    (0.2, SETTINGS["rate"], 'UNITS')
    """
    kind = NamedInt if isinstance(value, int) else NamedFloat
    number = kind(value)
    number.source = source
    return number
