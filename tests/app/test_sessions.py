"""Who has which session, and for how long."""

import asyncio

import pytest

from app.protocol import TAKEN_OVER, Hello, ProtocolError
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


def sessions(**values: object) -> Sessions:
    return Sessions(Settings(**values))  # type: ignore[arg-type]


def test_a_session_is_found_by_its_name() -> None:
    known = sessions()
    first = known.enter(hello(), Owner())
    assert not first.resumed
    assert len(first.held.name) >= 20
    again = known.enter(hello(first.held.name), Owner())
    assert again.resumed
    assert again.held is first.held


def test_a_name_that_is_not_known_opens_a_session_with_a_name_of_ours() -> None:
    entry = sessions().enter(hello("mine"), Owner())
    assert not entry.resumed
    assert entry.held.name != "mine"


def test_the_newest_connection_takes_over() -> None:
    known, first, second = sessions(), Owner(), Owner()
    held = known.enter(hello(), first).held
    entry = known.enter(hello(held.name), second)
    assert first.closed == TAKEN_OVER
    assert entry.previous is first
    assert held.owner is second


async def test_a_connection_that_was_taken_over_leaves_the_session_to_the_newer_one() -> None:
    known, first, second = sessions(), Owner(), Owner()
    held = known.enter(hello(), first).held
    known.enter(hello(held.name), second)
    known.leave(held, first)
    assert first.released.is_set()
    assert held.owner is second
    assert held.expiry is None


async def test_a_session_without_socket_is_forgotten_after_a_while() -> None:
    known, owner = sessions(retention=0), Owner()
    held = known.enter(hello(), owner).held
    known.leave(held, owner)
    assert held.expiry is not None
    assert held.expiry.when() <= asyncio.get_running_loop().time()
    await asyncio.sleep(0.01)
    assert len(known) == 0
    assert not known.enter(hello(held.name), Owner()).resumed


async def test_a_session_that_was_resumed_is_not_forgotten() -> None:
    known, owner, other = sessions(), Owner(), Owner()
    held = known.enter(hello(), owner).held
    known.leave(held, owner)
    known.enter(hello(held.name), other)
    assert held.expiry is not None
    assert held.expiry.cancelled()


async def test_a_full_server_makes_room_by_forgetting_who_left_first() -> None:
    known = sessions(max_sessions=2)
    owners = [Owner(), Owner()]
    held = [known.enter(hello(), owner).held for owner in owners]
    with pytest.raises(FullError):
        known.enter(hello(), Owner())
    known.leave(held[1], owners[1])
    known.leave(held[0], owners[0])
    known.enter(hello(), Owner())
    assert known.enter(hello(held[0].name), Owner()).resumed
    with pytest.raises(FullError):
        known.enter(hello(held[1].name), Owner())


def test_a_wrong_spec_opens_no_session() -> None:
    known = sessions()
    with pytest.raises(ProtocolError) as caught:
        known.enter(hello(spec={"layers": 3}, id=4), Owner())
    assert caught.value.code == "bad_spec"
    assert caught.value.reply_to == 4
    assert len(known) == 0
