"""What goes through the pipe: in whatever pieces it comes, and large arrays without a copy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workers.packing import LARGE, Messages, pack, unpack


def sent(*values: object) -> bytes:
    return b"".join(bytes(part) for value in values for part in pack(value))


@given(
    values=st.lists(st.one_of(st.integers(), st.text(), st.binary(max_size=300)), max_size=6),
    piece=st.integers(1, 500),
)
def test_messages_come_whole_and_in_order(values: list[object], piece: int) -> None:
    data, messages = sent(*values), Messages()
    found = [
        unpack(message)
        for begin in range(0, len(data), piece)
        for message in messages.feed(data[begin : begin + piece])
    ]
    assert found == values


@pytest.mark.parametrize("size", [0, 1, LARGE - 1, LARGE, 3 * LARGE])
def test_arrays_come_as_they_were(size: int) -> None:
    array = np.arange(size, dtype=np.uint8)
    other = np.asfortranarray(np.arange(2 * size).reshape(2, size))
    data = sent({"one": array, "other": other}, "next")
    reader = Messages()
    messages = [*reader.feed(data[:70]), *reader.feed(data[70:])]
    first, last = map(unpack, messages)
    np.testing.assert_array_equal(first["one"], array)
    np.testing.assert_array_equal(first["other"], other)
    assert last == "next"


def test_large_arrays_travel_beside_the_pickle_and_come_read_only() -> None:
    array = np.zeros(LARGE, np.uint8)
    head, beside = pack((array, 1))
    assert len(head) < 1000
    assert beside.nbytes == LARGE  # type: ignore[union-attr]
    (message,) = Messages().feed(sent((array, 1)))
    assert not unpack(message)[0].flags.writeable


def test_what_cannot_be_packed_is_said() -> None:
    with pytest.raises(Exception, match="pickle"):
        pack(lambda: 1)
