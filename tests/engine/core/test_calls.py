"""The calls that a function of arrays makes: the same bits, and nothing is done while they are noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.catalog.activations import ACTIVATIONS
from engine.catalog.losses import LOSSES
from engine.catalog.optimizers import OPTIMIZERS
from engine.core.arrays import Array
from engine.core.calls import Calls, calls_of
from engine.core.registry import Knob

SHAPE = (4, 10)


def drawn(count: int) -> list[Array]:
    rng = np.random.default_rng(count)
    return [rng.normal(size=SHAPE).astype(np.float32) for _ in range(count)]


def of_knobs(knobs: tuple[Knob, ...]) -> dict[str, Array]:
    return {knob.name: np.array(knob.default, np.float32) for knob in knobs}


def run(calls: Calls) -> None:
    for call in calls:
        call()


def check(function: Callable[..., object], arrays: list[Array], *others: Any) -> Calls:
    """The calls of a function, once they have done to copies of the arrays what it does itself."""
    expected, copies = ([array.copy() for array in arrays] for _ in range(2))
    calls = calls_of(function, *copies, *others)
    for array, copy in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(array, copy)
    for _ in range(2):
        run(calls)
        function(*expected, *others)
    for array, copy in zip(expected, copies, strict=True):
        assert array.tobytes() == copy.tobytes()
    return calls


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_activations(kind: str) -> None:
    record = ACTIVATIONS[kind]
    knobs = of_knobs(record.knobs)
    check(record.forward, drawn(3), knobs)
    check(record.backward, drawn(5), knobs)


@pytest.mark.parametrize("kind", LOSSES)
def test_losses(kind: str) -> None:
    record = LOSSES[kind]
    check(record.gradient, drawn(5), of_knobs(record.knobs))


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_optimizers_at_later_steps_too(kind: str) -> None:
    record = OPTIMIZERS[kind]
    knobs = {knob.name: knob.default for knob in record.knobs}
    ours, others = ([np.abs(array) for array in drawn(3 + len(record.slots))] for _ in range(2))
    numbers = {**record.constants(knobs), **record.coefficients(knobs, 0.1, 1)}
    c = {name: np.array(value, np.float32) for name, value in numbers.items()}
    calls = calls_of(record.update, ours[0], ours[1], ours[1], tuple(ours[3:]), ours[2], c)
    for step in range(1, 5):
        for name, value in record.coefficients(knobs, 0.1 / step, step).items():
            c[name][...] = value
        run(calls)
        record.update(others[0], others[1], others[1], tuple(others[3:]), others[2], c)
        for array, other in zip(ours, others, strict=True):
            assert array.tobytes() == other.tobytes()


def test_one_call_each_of_what_is_written_in_steps() -> None:
    assert len(check(ACTIVATIONS["tanh"].backward, drawn(5), {})) == 3


def sum_of(x: Array, out: Array) -> None:
    out[...] = x.sum()


def branch(x: Array, out: Array) -> None:
    np.add(x, x, out=out) if x[0, 0] > 0 else np.subtract(x, x, out=out)


def copy(x: Array, out: Array) -> None:
    np.add(x.copy(), x, out=out)


def fill(x: Array, out: Array) -> None:
    out.fill(2)


def fresh(x: Array, out: Array) -> None:
    np.add(x * 2, x, out=out)


def operator(x: Array, out: Array) -> None:
    out += x
    out **= 2


def compare(x: Array, out: Array) -> None:
    np.add(x, x, out=out) if 0 in x or (x == 0).any() else np.subtract(x, 1, out=out)


def sort(x: Array, out: Array) -> None:
    out.sort()


def reshape(x: Array, out: Array) -> None:
    out.shape = (2, -1)


def number(x: Array, out: Array) -> None:
    np.add(x, out.item(3), out=out)


def plain(x: Array, out: Array) -> None:
    np.add(x, out, out=np.asarray(out))


def own(x: Array, out: Array) -> None:
    own = np.zeros(SHAPE, np.float32)
    np.add(own, x, out=own)
    np.multiply(own, 2, out=out)


def own_that_changes(x: Array, out: Array) -> None:
    own = np.ones(SHAPE, np.float32)
    np.multiply(x, own, out=out)
    own += 1
    np.multiply(out, own, out=out)


@pytest.mark.parametrize(
    "other",
    [
        sum_of,
        branch,
        copy,
        fill,
        fresh,
        operator,
        compare,
        sort,
        reshape,
        number,
        plain,
        own,
        own_that_changes,
    ],
)
def test_what_does_more_is_called_as_it_is(other: Callable[[Array, Array], None]) -> None:
    assert len(check(other, drawn(2))) == 1


def test_arrays_that_cannot_be_watched_are_left_alone() -> None:
    def add(both: list[Array]) -> None:
        np.add(both[0], both[0], out=both[1])

    arrays = drawn(2)
    before = arrays[1].copy()
    calls = calls_of(add, arrays)
    np.testing.assert_array_equal(arrays[1], before)
    run(calls)
    np.testing.assert_array_equal(arrays[1], arrays[0] * 2)


def test_one_array_in_two_places_is_still_one() -> None:
    def double(x: Array, y: Array, out: tuple[Array]) -> None:
        np.add(x, 1 if x is y else 0, out=out[0])
        np.add(y, out[0], out=y)

    ours, other = (np.ones(3) for _ in range(2))
    calls = calls_of(double, ours, ours, (ours,))
    assert len(calls) == 2
    run(calls)
    double(other, other, (other,))
    np.testing.assert_array_equal(ours, other)


def test_numbers_are_those_of_the_first_time_and_arrays_those_of_now() -> None:
    by, out = np.array(1.0), np.zeros(1)
    numbers = {"rate": 2.0, "by": by}
    calls = calls_of(lambda c, o: np.multiply(c["by"], c["rate"], out=o), numbers, out)
    numbers["rate"] = 5.0
    by[...] = 3
    run(calls)
    assert out == [6]


def test_a_mistake_is_told_when_it_is_made() -> None:
    (call,) = calls_of(lambda x: x.shape + 1, np.ones(2))
    with pytest.raises(TypeError):
        call()
