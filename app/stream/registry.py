"""The sessions of a server: found by name, kept for a while without a socket, and not too many."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import NoReturn, Protocol

from app.operations.counts import COUNTS
from app.protocol import TAKEN_OVER, TRY_LATER, Hello
from app.session.opening import Opening
from app.session.session import Session
from app.settings import Settings
from engine.words import N_

MEGABYTE = 2**20
LOOK_EVERY = 1.0
"""Seconds between two looks at what sessions hold."""


class FullError(Exception):
    """Every session the server may hold has a socket."""


class Owner(Protocol):
    """The connection that speaks for a session."""

    released: asyncio.Event
    """Set when it has let the session go."""

    def close(self, code: int, reason: str) -> None:
        """End soon."""


@dataclass(eq=False)
class Held:
    """A session, and the newest connection that asked for it."""

    name: str
    session: Session
    owner: Owner | None = None
    expiry: asyncio.TimerHandle | None = None


@dataclass(frozen=True)
class Entry:
    """A session that was entered. Its state must not be touched before `previous` has released it."""

    held: Held
    resumed: bool
    previous: Owner | None = None


class Sessions:
    """At most `max_sessions`. One without a socket makes way for a new one, the longest left first.

    What they hold is bounded too, for each that has no socket and for all together. A browser whose session
    was dropped asks for the same run again.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._held: dict[str, Held] = {}

    def __len__(self) -> int:
        return len(self._held)

    @property
    def connected(self) -> int:
        """How many have a connection."""
        return sum(held.owner is not None for held in self._held.values())

    @property
    def size(self) -> int:
        """Bytes that all of them hold."""
        return sum(held.session.run.size for held in self._held.values())

    def knows(self, hello: Hello) -> bool:
        """Whether there is the session that a `hello` means."""
        return (hello.session or "") in self._held

    def enter(self, hello: Hello, owner: Owner, opening: Opening | None = None) -> Entry:
        """Make `owner` the one connection of the session that a `hello` means; its older one is closed.

        opening: the run of a new session, where there is no such one. Raises FullError.
        """
        held = self._held.get(hello.session or "")
        if held is None:
            if opening is None:
                raise ValueError("a new session needs a run to begin with")
            return Entry(self._open(hello, owner, opening), resumed=False)
        if held.expiry:
            held.expiry.cancel()
        previous, held.owner = held.owner, owner
        if previous:
            previous.close(TAKEN_OVER, N_("Another window took over this session."))
        return Entry(held, resumed=True, previous=previous)

    def _open(self, hello: Hello, owner: Owner, opening: Opening) -> Held:
        """A new session."""
        session = Session(hello, opening, frame_rate=self._settings.frame_rate)
        self._make_room()
        held = Held(secrets.token_urlsafe(16), session, owner)
        self._held[held.name] = held
        return held

    def leave(self, held: Held, owner: Owner) -> None:
        """Let a session go; it is kept for a while, unless a newer connection has it already."""
        owner.released.set()
        if held.owner is not owner:
            return
        held.owner = None
        most = self._settings.session_memory * MEGABYTE
        if held.session.run.size > most:
            held.session.run.forget()
        if held.session.run.size > most:
            self.drop(held)
        if held.name in self._held:
            loop = asyncio.get_running_loop()
            held.expiry = loop.call_later(self._settings.retention, self.drop, held)
            self._held[held.name] = self._held.pop(held.name)  # the last to be dropped for room

    def drop(self, held: Held) -> None:
        """Forget a session."""
        if held.expiry:
            held.expiry.cancel()
        self._held.pop(held.name, None)

    async def keep_within_memory(self) -> NoReturn:
        """See to it now and then that all sessions together hold no more than they may."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self.tidy()

    def tidy(self) -> None:
        """Drop sessions without a socket, the longest left first, while all hold too much together.

        If those that have one hold too much, the largest forget what can be computed again; and if that is
        not enough they are closed, to come back later.
        """
        over = self.size - self._settings.memory * MEGABYTE
        if over <= 0:
            return
        away = [held for held in self._held.values() if held.owner is None]
        there = [held for held in self._held.values() if held.owner]
        largest = sorted(there, key=lambda held: held.session.run.size, reverse=True)
        for free, held in (
            *((self.drop, held) for held in away),
            *((self._forget, held) for held in largest),
            *((self._close, held) for held in largest),
        ):
            if over <= 0:
                return
            over -= held.session.run.size
            free(held)
            over += held.session.run.size if held.name in self._held else 0

    def _forget(self, held: Held) -> None:
        held.session.run.forget()

    def _close(self, held: Held) -> None:
        if held.owner:
            held.owner.close(TRY_LATER, N_("The server is short of memory."))
        self.drop(held)

    def _make_room(self) -> None:
        if len(self._held) >= self._settings.max_sessions:
            left = next((held for held in self._held.values() if held.owner is None), None)
            if left is None:
                COUNTS.refusals["sessions"] += 1
                raise FullError
            self.drop(left)
