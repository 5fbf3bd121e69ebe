"""The way to a step that was asked for: how far, from where, and what is shown of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import engine
from app.session.checkpoints import Kept

PATIENCE = 0.3
"""Seconds a seek goes on without a picture: what takes less shows only where it came to."""
MARKS = 200
"""About so many points, or one for each step, the curves of a run have that was asked to go to a step."""


@dataclass
class Seek:
    """target: where stepping and seeking end. plays: whether play goes on there.

    base: what to train on from in place of the held state. picture_at: when a seek that is still under way
    should show a picture.
    """

    target: int = 0
    plays: bool = False
    base: Kept | None = None
    picture_at: float = 0.0

    def aim(self, step: int, *, plays: bool = False) -> None:
        """Go to this step."""
        self.target, self.plays = step, plays

    def start_from(self, base: Kept, here: int) -> None:
        """Train on from what was kept, unless the held state is as near before the target."""
        near = base.step <= here <= self.target
        self.base = None if near else base

    def wait(self, now: float) -> None:
        """Show nothing for a while."""
        self.picture_at = now + PATIENCE

    def has_come(self, here: int) -> bool:
        """Whether the held state is at the target."""
        return self.base is None and here >= self.target

    def begin(self, state: engine.State) -> Kept:
        """What the next slice begins with."""
        return self.base or Kept.of(state)

    def marks(self, reached: int) -> range:
        """The steps to note on a long way to a target that is ahead of all that is known.

        Else it would be the speed of the machine that says how many points a curve has.
        """
        gap = max(math.ceil(self.target / MARKS), 1)
        return range(gap * (reached // gap + 1), self.target, gap)
