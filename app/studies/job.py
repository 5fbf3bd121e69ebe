"""What a study is to a worker: a job that is worked on for a while, and says what is left of it."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol, Self

import numpy as np

import engine
from app import protocol
from app.export.files import File
from engine.words import ENGLISH, Language


class Job(Protocol):
    """A frozen value that can be pickled."""

    def work(self, budget: float, /) -> Chunk:
        """Compute for about so many seconds, and at least one thing. A pure function, but for the clock."""


@dataclass(frozen=True, eq=False)
class PackedJob:
    """A job as bytes, for one of thousands of objects: who only passes it on reads none of them."""

    data: protocol.Array

    @classmethod
    def of(cls, job: Job) -> Self:
        """The same job, packed."""
        return cls(np.frombuffer(pickle.dumps(job, pickle.HIGHEST_PROTOCOL), np.uint8))

    def work(self, budget: float) -> Chunk:
        """Do what the job does."""
        job: Job = pickle.loads(self.data.data)  # noqa: S301 - our own
        return job.work(budget)


@dataclass(frozen=True)
class PlacedPlane:
    """A plane through the parameters of a network, and how these are laid out."""

    plane: engine.landscape.Plane
    layout: object


@dataclass(frozen=True)
class FilePart:
    """A part of a file: what it adds to each of its sections, which follow each other in the end."""

    name: str
    media: str
    sections: tuple[bytes, ...]


@dataclass(frozen=True)
class Chunk:
    """What came of it.

    rest: what is left to do. later: what is to be done after that, which stays where it is: a large job need
    not travel with a small one.
    header, arrays: what the browser is to be sent; None where there is nothing yet.
    file: what it is to be sent in place of that: a file, or a part of one. plane: the one that it is about.
    """

    rest: Job | None = None
    header: Mapping[str, object] | None = None
    arrays: Mapping[str, protocol.Array] = field(default_factory=dict)
    later: Job | None = None
    file: File | FilePart | None = None
    plane: PlacedPlane | None = None


@dataclass(frozen=True)
class QueuedStudy:
    """A job, and what it is called on the wire: its study's id, its kind, and how many parts went before.

    is_last: whether the study is done with this job, as far as anybody knows.
    language: the one that its words are in.
    """

    id: int | None
    kind: str
    part: int
    job: Job
    budget: float = 0
    is_last: bool = True
    language: Language = ENGLISH


@dataclass(frozen=True)
class ChunkResult:
    """A finished frame, empty where there is none yet; what is left to do, now and later; and its plane.

    seconds: how long it took, of a job that is packed; 0 of others, which are cut as short as they should be.
    """

    frame: bytes
    rest: Job | None
    plane: PlacedPlane | None
    later: Job | None = None
    seconds: float = 0


def work(study: QueuedStudy) -> ChunkResult:
    """Work on a study; this is what runs in the worker processes."""
    begun = perf_counter()
    piece = study.job.work(study.budget)
    frame = _frame(study, piece)
    seconds = perf_counter() - begun if isinstance(piece.rest, PackedJob) else 0.0
    return ChunkResult(frame, piece.rest, piece.plane, piece.later, seconds)


def _frame(study: QueuedStudy, piece: Chunk) -> bytes:
    if piece.file:
        file = piece.file
        sections = file.sections if isinstance(file, FilePart) else (file.content,)
        done = _ends(study, piece)
        return protocol.file(study.id, file.name, file.media, sections, study.part, done)
    if piece.header is None:
        return b""
    header = {
        "type": "study",
        "id": study.id,
        "kind": study.kind,
        "part": study.part,
        "done": _ends(study, piece),
        **study.language.translated(piece.header),
    }
    return protocol.encode(header, piece.arrays)


def _ends(study: QueuedStudy, piece: Chunk) -> bool:
    """Whether the study is done with this piece."""
    return piece.rest is None and piece.later is None and study.is_last
