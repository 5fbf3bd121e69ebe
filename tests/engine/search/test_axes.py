"""Scales: where the values of a knob lie between 0 and 1."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.search.axes import Range, Scale, Values

LINEAR = Range(-2, 6, "linear", False, -10, 10)
LOG = Range(1e-4, 1.0, "log", False, 0, 10)
WHOLE = Range(3, 10, "linear", True, 1, 128)
WHOLE_LOG = Range(1, 100, "log", True, 1, 1000)


def test_scales_by_hand() -> None:
    assert [LINEAR.value(u) for u in (0, 0.25, 1)] == [-2, 0, 6]
    np.testing.assert_allclose([LOG.value(u) for u in (0, 0.25, 0.5, 1)], [1e-4, 1e-3, 1e-2, 1])
    assert [WHOLE.value(u) for u in (0, 0.1249, 0.125, 0.999, 1)] == [3, 3, 4, 10, 10]


def test_whole_numbers_have_equal_shares() -> None:
    counts = Counter(WHOLE.value(u) for u in (np.arange(8000) + 0.5) / 8000)
    assert counts == dict.fromkeys(range(3, 11), 1000)


def test_on_a_logarithmic_scale_shares_are_ratios() -> None:
    # from 1 to 101: the share of n is log((n + 1) / n) / log(101)
    counts = Counter(WHOLE_LOG.value(u) for u in (np.arange(100_000) + 0.5) / 100_000)
    assert set(counts) == set(range(1, 101))
    for number in (1, 2, 10, 100):
        expected = 100_000 * np.log((number + 1) / number) / np.log(101)
        assert counts[number] == pytest.approx(expected, abs=1.5)


def test_beyond_a_range_the_scale_goes_on_to_the_limits_of_the_knob() -> None:
    assert LINEAR.value(1.25) == 8
    assert LINEAR.value(3) == 10
    assert LINEAR.limits == (-1.0, 1.5)
    assert LOG.value(1.25) == pytest.approx(10)
    assert LOG.limits == (-1.0, 1.25)
    assert WHOLE.value(1.06) == 11
    assert WHOLE.limits[0] == pytest.approx((1.5 - 3) / 8)
    assert WHOLE.value(WHOLE.limits[0]) == 1


@given(st.sampled_from([LINEAR, LOG, WHOLE, WHOLE_LOG]), st.floats(0, 1))
def test_a_value_lies_where_it_came_from(over: Range, place: float) -> None:
    value = over.value(place)
    assert over.low <= value <= over.high or value == pytest.approx(over.high)
    if over.whole:
        assert over.value(over.place(value)) == value
    else:
        assert over.place(value) == pytest.approx(place, abs=1e-9)


def test_listed_values_have_equal_shares() -> None:
    kinds = Values(("sgd", "adam", "lion"))
    assert [kinds.value(u) for u in (0, 0.33, 0.34, 0.67, 1)] == [
        "sgd",
        "sgd",
        "adam",
        "lion",
        "lion",
    ]
    assert [kinds.value(kinds.place(kind)) for kind in kinds.values] == list(kinds.values)


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_both_ends_are_values(scale: Scale) -> None:
    over = Range(0.1, 0.3, scale, False, 0, 1)
    assert over.value(0) == 0.1
    assert over.value(1) == pytest.approx(0.3)
