"""The way that a run's weights have gone: exact points of it, dense at first and then further apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import engine
from app.protocol import Array

MOST_POINTS = 300
KEPT_BYTES = 4 * 2**20
"""What the points of one run may take."""
RESOLUTION = 32
"""Every step is kept up to twice this one, every second up to four times, every fourth up to eight, … A power
of two, so that what a coarser trajectory keeps a finer one has."""


def due(step: int, resolution: int) -> int | None:
    """The first step after this one that is kept; None where none is."""
    if not resolution:
        return None
    gap = _gap(step + 1, resolution)
    return -(-(step + 1) // gap) * gap


def is_due(step: int, resolution: int) -> bool:
    """Whether a step is kept."""
    return resolution > 0 and step % _gap(step, resolution) == 0


def _gap(step: int, resolution: int) -> int:
    """How far apart steps are kept from this one on: a power of two that grows with it."""
    return 1 << max((step // resolution).bit_length() - 1, 0)


@dataclass(frozen=True, eq=False)
class Point:
    """theta (M, P) and the running statistics (M, R) after `step` updates."""

    step: int
    theta: Array
    running: Array

    @classmethod
    def of(cls, state: engine.State) -> Point:
        """Where a state is."""
        return cls(state.step, state.theta, state.running)

    @property
    def size(self) -> int:
        """Bytes."""
        return int(self.theta.nbytes + self.running.nbytes)


class TrajectoryRecorder:
    """At most MOST_POINTS points in `capacity` bytes. Where there are more, the resolution is halved.

    Of networks so large that two points take more, there is no trajectory. What `due` says depends on
    nothing but the step, so a run that goes the same way again adds the same points. The first one is where
    recording began.
    """

    def __init__(self, capacity: int = KEPT_BYTES) -> None:
        self._capacity = capacity
        self._points: dict[int, Point] = {}
        self._on = False
        self._resolution = RESOLUTION

    @property
    def resolution(self) -> int:
        """What `due` needs to know; 0 while nothing is recorded."""
        return self._resolution if self._on else 0

    def trajectory(self, state: engine.State) -> engine.landscape.Trajectory:
        """What is known of the way to this state, in order of the steps, and the state itself."""
        before = [self._points[step] for step in sorted(self._points) if step < state.step]
        points = [*before, Point.of(state)]
        return engine.landscape.Trajectory(
            np.array([point.step for point in points]),
            np.stack([point.theta for point in points]),
            np.stack([point.running for point in points]),
        )

    @property
    def size(self) -> int:
        """Bytes. All points of a run are of the same networks."""
        one = next(iter(self._points.values()), None)
        return one.size * len(self._points) if one else 0

    def forget(self, state: engine.State) -> None:
        """Let go of the way to this state: what is recorded begins with it."""
        self._points.clear()
        self.add(Point.of(state))

    def switch(self, on: bool, state: engine.State | None = None) -> None:
        """Begin to record, from this state on; or stop and forget everything."""
        if on and not self._on and state:
            self._on = True
            self.add(Point.of(state))
        if not on:
            self._points.clear()
        self._on = on

    def begin(self, state: engine.State) -> None:
        """Forget everything: a new run."""
        self._points.clear()
        self._resolution = RESOLUTION
        if self._on:
            self.add(Point.of(state))

    def add(self, point: Point) -> None:
        """Take a point in."""
        if not self._on:
            return
        most = min(MOST_POINTS, self._capacity // point.size)
        if most < 2:
            return
        self._points[point.step] = point
        while len(self._points) > most:
            self._thin()

    def _thin(self) -> None:
        """Keep every second point and the first one; of the fewest there can be, drop the second."""
        first, second, *_ = sorted(self._points)
        if self._resolution == 1:
            del self._points[second]
            return
        self._resolution //= 2
        kept = (first, *(step for step in self._points if is_due(step, self._resolution)))
        self._points = {step: self._points[step] for step in kept}

    def leave(self, state: engine.State) -> None:
        """Go another way from this state on, which may have changed at its step."""
        self._points = {step: point for step, point in self._points.items() if step < state.step}
        if self._on and (not self._points or is_due(state.step, self._resolution)):
            self.add(Point.of(state))
