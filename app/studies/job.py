"""What a study is to a worker: a job that is worked on for a while, and says what is left of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

import engine
from app import protocol
from app.export.files import File


class Job(Protocol):
    """A frozen value that can be pickled."""

    def work(self, budget: float, /) -> Piece:
        """Compute for about so many seconds, and at least one thing. A pure function, but for the clock."""


@dataclass(frozen=True)
class Site:
    """A plane through the parameters of a network, and how these are laid out."""

    plane: engine.Plane
    layout: object


@dataclass(frozen=True)
class Piece:
    """What came of it.

    rest: what is left to do. header, arrays: what the browser is to be sent; None where there is nothing yet.
    file: what it is to be sent in place of that. site: the plane that it is about.
    """

    rest: Job | None = None
    header: Mapping[str, object] | None = None
    arrays: Mapping[str, protocol.Array] = field(default_factory=dict)
    file: File | None = None
    site: Site | None = None


@dataclass(frozen=True)
class Errand:
    """A job, and what it is called on the wire: its study's id, its kind, and how many parts went before."""

    id: int | None
    kind: str
    part: int
    job: Job
    budget: float = 0


@dataclass(frozen=True)
class Made:
    """A finished frame, empty where there is none yet; what is left to do; and the plane it is about."""

    frame: bytes
    rest: Job | None
    site: Site | None


def work(errand: Errand) -> Made:
    """Work on a study; this is what runs in the worker processes."""
    piece = errand.job.work(errand.budget)
    return Made(_frame(errand, piece), piece.rest, piece.site)


def _frame(errand: Errand, piece: Piece) -> bytes:
    if piece.file:
        return protocol.file(errand.id, piece.file.name, piece.file.media, piece.file.content)
    if piece.header is None:
        return b""
    header = {
        "type": "study",
        "id": errand.id,
        "kind": errand.kind,
        "part": errand.part,
        "done": piece.rest is None,
        **piece.header,
    }
    return protocol.encode(header, piece.arrays)


def in_time(count: int, budget: float, first: int = 8) -> Iterator[slice]:
    """Cuts of `count` things to do, one after the other, as far as the budget in seconds goes.

    There is always one. Each is at most twice as long as the one before it, and not longer than what is
    left of the budget, at the pace so far.
    """
    begun, done, size = perf_counter(), 0, first
    while done < count and size:
        size = min(size, count - done)
        yield slice(done, done + size)
        done += size
        spent = perf_counter() - begun or budget
        size = max(min(2 * size, int((budget - spent) * done / spent)), 0)
