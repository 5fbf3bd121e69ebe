"""When to look for trouble in a run, and what was found."""

from __future__ import annotations

import math

import engine

PERIOD = 0.5
"""Seconds between two looks: sentences that change faster cannot be read."""


class DiagnosisSchedule:
    """Of several networks none is looked at: what to do about one of them is not for all."""

    def __init__(self) -> None:
        self.findings: tuple[engine.insight.Finding, ...] = ()
        self.overdue = False
        """Whether nobody looked when the run last moved."""
        self._looked = -math.inf

    def begin(self) -> None:
        """Forget everything: a new run."""
        self.findings, self.overdue, self._looked = (), False, -math.inf

    def due(self, now: float, *, resting: bool) -> bool:
        """Whether to look now: from time to time, and when the run comes to rest. Then it counts as done."""
        if not resting and now < self._looked + PERIOD:
            return False
        self._looked = now
        return True

    def take(self, findings: tuple[engine.insight.Finding, ...] | None, *, moved: bool) -> None:
        """Take in what a slice found, None where it did not look."""
        self.overdue = moved and findings is None
        if findings is not None:
            self.findings = findings
