"""Who has which session, and for how long."""

import asyncio

import pytest

from app.opening import plan
from app.protocol import TAKEN_OVER, Hello
from app.sessions import FullError, Sessions
from app.settings import Settings


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
