"""Knobs accept what they say and nothing else; families name what there is."""

import math
from fractions import Fraction

import numpy as np
import pytest

from engine.core.registry import Family, Knob, Record

NUMBER = Knob("rate", "Rate", "Help.", default=1.0, minimum=0, maximum=10)
WHOLE = Knob("units", "Units", "Help.", default=4, type="integer", minimum=1, maximum=8)
SWITCH = Knob("on", "On", "Help.", default=False, type="boolean")
NAME = Knob("dtype", "Type", "Help.", default="a", type="choice", choices=("a", "b"))


@pytest.mark.parametrize(
    ("knob", "value", "expected"),
    [
        (NUMBER, 3, 3.0),
        (NUMBER, np.float32(0.5), 0.5),
        (NUMBER, Fraction(1, 4), 0.25),
        (NUMBER, 10, 10.0),
        (WHOLE, 3.0, 3),
        (WHOLE, np.int64(8), 8),
        (SWITCH, True, True),
        (NAME, "b", "b"),
    ],
)
def test_reads_good_values_into_its_own_type(knob: Knob, value: object, expected: object) -> None:
    read = knob.read(value)
    assert read == expected
    assert type(read) is type(expected)


@pytest.mark.parametrize(
    ("knob", "value", "allowed"),
    [
        (NUMBER, math.nan, "a number from 0 to 10"),
        (NUMBER, math.inf, "a number from 0 to 10"),
        (NUMBER, -1e-9, "a number from 0 to 10"),
        (NUMBER, True, "a number from 0 to 10"),
        (NUMBER, "1", "a number from 0 to 10"),
        (NUMBER, None, "a number from 0 to 10"),
        (NUMBER, 1 + 0j, "a number from 0 to 10"),
        (NUMBER, 10**400, "a number from 0 to 10"),
        (NUMBER, [1], "a number from 0 to 10"),
        (WHOLE, 2.5, "a whole number from 1 to 8"),
        (WHOLE, 0, "a whole number from 1 to 8"),
        (WHOLE, 9, "a whole number from 1 to 8"),
        (SWITCH, 1, "true or false"),
        (SWITCH, "true", "true or false"),
        (NAME, "c", "one of a, b"),
        (NAME, ["a"], "one of a, b"),
        (NAME, True, "one of a, b"),
    ],
)
def test_refuses_others_and_says_what_is_allowed(knob: Knob, value: object, allowed: str) -> None:
    with pytest.raises(ValueError, match=f"^{allowed}$"):
        knob.read(value)


def test_a_family_keeps_its_order_and_points_to_the_likeliest_name() -> None:
    family = Family(
        "thing",
        Record(kind="one", label="One", help="Help."),
        Record(kind="twofold", label="Two", help="Help."),
    )
    assert list(family) == ["one", "twofold"]
    assert family["one"].label == "One"
    with pytest.raises(KeyError, match=r"no thing named 'twofald'.*did you mean twofold\?"):
        family["twofald"]


def test_two_records_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="share a kind"):
        Family("thing", *[Record(kind="one", label="One", help="Help.")] * 2)
