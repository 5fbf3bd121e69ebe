"""What a browser has been shown of a session, and what it is still to be."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass
class Seen:
    """stale: whether something changed that no frame shows yet. asked: when the last slice was asked for.

    curves: counts up whenever the curves that a browser has are no longer those of the history.
    arrivals: counts the seeks that have come to their end. rate: the training rate that the last frame shows.
    lacking: whether the history has points that no frame has shown.
    """

    curves: int = 0
    arrivals: int = 0
    stale: bool = True
    rate: float = 0.0
    asked: float = -math.inf
    lacking: bool = False

    def framed(self, *, passed: bool, new: bool, frame: bool) -> None:
        """Note what a slice added to the history, and whether it made a frame of its last point."""
        self.lacking = self.lacking or passed or (new and not frame)
        if not frame:
            self.stale = True
        elif self.lacking:
            self.lacking = False
            self.curves += 1
