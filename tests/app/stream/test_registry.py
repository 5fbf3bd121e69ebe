"""Who has which session, and for how long."""

import asyncio
from typing import Any

import pytest

from app.protocol import TAKEN_OVER, TRY_LATER, Hello
from app.session import slices
from app.session.opening import plan
from app.settings import Settings
from app.stream.registry import FullError, Held, Sessions


class Owner:
    """A connection that lets go when it is told to."""

    def __init__(self) -> None:
        self.released = asyncio.Event()
        self.closed: int | None = None

    def close(self, code: int, _reason: str) -> None:
        self.closed = code


def hello(session: str | None = None, **keys: object) -> Hello:
    return Hello.model_validate({"type": "hello", "protocol": 1, "session": session, **keys})


RUN = plan(hello())


def sessions(**values: object) -> Sessions:
    return Sessions(Settings(**values))  # type: ignore[arg-type]


def test_a_session_is_found_by_its_name() -> None:
    known = sessions()
    first = known.enter(hello(), Owner(), RUN)
    assert not first.resumed
    assert len(first.held.name) >= 20
    again = known.enter(hello(first.held.name), Owner(), RUN)
    assert again.resumed
    assert again.held is first.held


def test_a_name_that_is_not_known_opens_a_session_with_a_name_of_ours() -> None:
    entry = sessions().enter(hello("mine"), Owner(), RUN)
    assert not entry.resumed
    assert entry.held.name != "mine"


def test_the_newest_connection_takes_over() -> None:
    known, first, second = sessions(), Owner(), Owner()
    held = known.enter(hello(), first, RUN).held
    entry = known.enter(hello(held.name), second, RUN)
    assert first.closed == TAKEN_OVER
    assert entry.previous is first
    assert held.owner is second


async def test_a_connection_that_was_taken_over_leaves_the_session_to_the_newer_one() -> None:
    known, first, second = sessions(), Owner(), Owner()
    held = known.enter(hello(), first, RUN).held
    known.enter(hello(held.name), second, RUN)
    known.leave(held, first)
    assert first.released.is_set()
    assert held.owner is second
    assert held.expiry is None


async def test_a_session_without_socket_is_forgotten_after_a_while() -> None:
    known, owner = sessions(retention=0), Owner()
    held = known.enter(hello(), owner, RUN).held
    known.leave(held, owner)
    assert held.expiry is not None
    assert held.expiry.when() <= asyncio.get_running_loop().time()
    await asyncio.sleep(0.01)
    assert len(known) == 0
    assert not known.enter(hello(held.name), Owner(), RUN).resumed


async def test_a_session_that_was_resumed_is_not_forgotten() -> None:
    known, owner, other = sessions(), Owner(), Owner()
    held = known.enter(hello(), owner, RUN).held
    known.leave(held, owner)
    known.enter(hello(held.name), other, RUN)
    assert held.expiry is not None
    assert held.expiry.cancelled()


async def test_a_full_server_makes_room_by_forgetting_who_left_first() -> None:
    known = sessions(max_sessions=2)
    owners = [Owner(), Owner()]
    held = [known.enter(hello(), owner, RUN).held for owner in owners]
    with pytest.raises(FullError):
        known.enter(hello(), Owner(), RUN)
    known.leave(held[1], owners[1])
    known.leave(held[0], owners[0])
    known.enter(hello(), Owner(), RUN)
    assert known.enter(hello(held[0].name), Owner(), RUN).resumed
    with pytest.raises(FullError):
        known.enter(hello(held[1].name), Owner(), RUN)


LARGE = {"layers": [{"units": 128}] * 8, "optimizer": "adam"}
"""2·128 + 128 + 7·(128² + 128) + 128 + 1 = 116,097 parameters with two numbers of memory each: 1.4 MB."""


def begun(known: Sessions, owner: Owner, **keys: Any) -> Held:
    """A session whose run has begun."""
    asked = hello(**keys)
    held = known.enter(asked, owner, plan(asked)).held
    assert held.session.starting
    held.session.started(slices.start(held.session.starting), 0.0)
    return held


def test_what_a_session_holds_is_about_what_it_takes() -> None:
    session = begun(sessions(), Owner(), spec=LARGE).session
    state = session.state
    arrays = sum(a.nbytes for a in (state.theta, state.running, *state.slots.values()))
    assert arrays == 3 * 116_097 * 4
    assert arrays < session.run.size < 1.2 * arrays


async def test_a_session_that_is_left_holds_no_more_than_it_may() -> None:
    known, owner = sessions(session_memory=1), Owner()
    small, large = begun(known, owner), begun(known, owner, spec=LARGE)
    known.leave(small, owner)
    known.leave(large, owner)
    assert known.knows(hello(small.name))
    assert not known.knows(hello(large.name))


async def test_all_sessions_together_hold_no_more_than_they_may() -> None:
    known, owners = sessions(memory=4), [Owner() for _ in range(4)]
    held = [begun(known, owner, spec=LARGE) for owner in owners]
    known.leave(held[2], owners[2])
    known.leave(held[1], owners[1])
    known.tidy()
    # who left first goes first, and who is there stays
    left = [each for each in held if known.knows(hello(each.name))]
    assert held[2] not in left
    assert held[0] in left
    assert held[3] in left
    assert sum(each.session.run.size for each in left) <= 4 * 2**20
    assert all(owner.closed is None for owner in owners)


async def test_sessions_that_are_used_are_closed_only_if_nothing_else_helps() -> None:
    known, owners = sessions(memory=1), [Owner(), Owner()]
    small, large = begun(known, owners[0]), begun(known, owners[1], spec=LARGE)
    known.tidy()
    assert owners[1].closed == TRY_LATER
    assert owners[0].closed is None
    assert known.knows(hello(small.name))
    known.leave(large, owners[1])
    assert not known.knows(hello(large.name))
