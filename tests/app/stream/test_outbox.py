"""What waits to be sent: order, bounds, and the newest frame."""

import asyncio

import pytest

from app.stream.outbox import CAPACITY, Outbox, OverflowedError


async def test_messages_keep_their_order_and_go_before_frames() -> None:
    outbox = Outbox()
    outbox.show(1, b"frame")
    outbox.put("first")
    outbox.put(b"second")
    assert [await outbox.next() for _ in range(3)] == ["first", b"second", b"frame"]


async def test_the_newest_frame_wins() -> None:
    outbox = Outbox()
    outbox.show(1, b"old")
    outbox.show(2, b"new")
    assert await outbox.next() == b"new"
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(outbox.next(), 0)


async def test_two_frames_may_be_unacknowledged() -> None:
    outbox = Outbox()
    for number in (1, 2):
        assert outbox.credit
        outbox.show(number, b"frame")
        await outbox.next()
    assert not outbox.credit
    assert outbox.acknowledge(1)
    assert outbox.credit


async def test_an_acknowledgement_counts_for_the_frames_before_it() -> None:
    outbox = Outbox()
    for number in (1, 2):
        outbox.show(number, b"frame")
        await outbox.next()
    assert outbox.acknowledge(2)
    outbox.show(3, b"frame")
    assert outbox.credit
    assert outbox.acknowledge(1)


async def test_a_frame_that_was_never_sent_cannot_be_acknowledged() -> None:
    outbox = Outbox()
    assert not outbox.acknowledge(0)
    outbox.show(1, b"frame")
    assert not outbox.acknowledge(1)


def test_a_frame_that_is_dropped_costs_no_credit() -> None:
    outbox = Outbox()
    for number in range(5):
        outbox.show(number, b"frame")
        outbox.forget_frame()
    assert outbox.credit


def test_replies_that_are_not_read_are_too_many_some_day() -> None:
    outbox = Outbox()
    for _ in range(CAPACITY):
        outbox.put("reply")
    with pytest.raises(OverflowedError):
        outbox.put("one more")


async def test_what_is_put_later_wakes_the_sender() -> None:
    outbox = Outbox()
    sender = asyncio.create_task(outbox.next())
    await asyncio.sleep(0)
    outbox.put("late")
    assert await sender == "late"


async def test_a_part_goes_when_nothing_else_waits_and_tells_when_it_is_gone() -> None:
    outbox = Outbox()
    passing = asyncio.create_task(outbox.pass_on(b"part"))
    await asyncio.sleep(0)
    outbox.show(1, b"frame")
    outbox.put("reply")
    assert [await outbox.next() for _ in range(2)] == ["reply", b"frame"]
    await asyncio.sleep(0)
    assert not passing.done()
    assert await outbox.next() == b"part"
    await asyncio.wait_for(passing, 1)


async def test_a_part_that_is_forgotten_is_not_sent() -> None:
    outbox = Outbox()
    passing = asyncio.create_task(outbox.pass_on(b"part"))
    await asyncio.sleep(0)
    outbox.forget_part()
    await asyncio.wait_for(passing, 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(outbox.next(), 0)


async def test_a_part_wakes_the_sender() -> None:
    outbox = Outbox()
    sender = asyncio.create_task(outbox.next())
    await asyncio.sleep(0)
    passing = asyncio.create_task(outbox.pass_on(b"part"))
    assert await asyncio.wait_for(sender, 1) == b"part"
    await passing
