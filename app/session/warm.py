"""What a worker process keeps from one slice to the next: slices are quicker, and come to the same."""

from __future__ import annotations

import engine
from app.session import slices
from app.session.slices import Slice, Sliced

KEPT_BYTES = 48 * 2**20
"""What the trainers kept in one worker may take: those of some hundred small networks."""
TRAINERS = engine.Trainers(KEPT_BYTES)


def run_slice(job: Slice) -> Sliced:
    """Train, and look at the result."""
    return slices.run_slice(job, TRAINERS)
