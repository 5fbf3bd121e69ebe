"""NumPy's values as plain ones."""

from typing import Any

import numpy as np
import pytest

from engine.core.errors import PositionError, position
from engine.core.plain import plain, unboxed, whole_number


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int8(3), 3),
        (np.uint64(2**63), 2**63),
        (np.float32(0.5), 0.5),
        (np.longdouble(0.25), 0.25),
        (np.bool_(True), True),
        (np.str_("adam"), "adam"),
        (np.array(7), 7),
        (np.array([[1.0, 2.0]]), [[1.0, 2.0]]),
        (np.array(["x1", "x2"]), ["x1", "x2"]),
        ("sgd", "sgd"),
        (None, None),
    ],
)
def test_a_numpy_value_becomes_pythons_own(value: Any, expected: Any) -> None:
    found = unboxed(value)
    assert found == expected
    assert type(found) is type(expected)


def test_parts_become_plain_at_any_depth() -> None:
    value = {"a": [np.array([1, 2]), {"b": (np.float64(0.5), "c")}], np.str_("d"): True}
    assert repr(plain(value)) == "{'a': [[1, 2], {'b': (0.5, 'c')}], 'd': True}"


def test_what_is_plain_stays_the_same_object() -> None:
    rows = [[1.0, 2.0, 0], [3, 4, 1]]
    assert plain(rows) is rows
    assert plain(tuple(rows)) == tuple(rows)


@pytest.mark.parametrize("value", [True, np.bool_(True), 1.5, -1, "3", None, np.array([3])])
def test_what_is_no_whole_number_is_refused_with_what_is_expected(value: Any) -> None:
    with pytest.raises(ValueError, match="steps must be a whole number from 0, not"):
        whole_number("steps", value)
    with pytest.raises(PositionError, match="member must be a whole number from 0 to 2, not"):
        position("member", value, 3)


@pytest.mark.parametrize("value", [2, np.int64(2), np.uint8(2), np.array(2)])
def test_whole_numbers_are_taken(value: Any) -> None:
    assert type(whole_number("steps", value)) is int
    assert position("member", value, 3) == 2


def test_of_one_the_only_position_is_named() -> None:
    with pytest.raises(IndexError, match="member must be 0, as there is only one, not 1"):
        position("member", 1, 1)
