"""The loss on a plane through the weights of a run, coarse and then finer, and the paths that lead there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, Self

import numpy as np

import engine
from app.protocol import Array
from app.protocol.studies import LandscapeStudy
from app.session.view import check_member
from app.studies.job import Chunk, Job, PlacedPlane
from app.studies.pace import in_time
from engine.words import N_

Half = Literal["train", "test"]
NO_TEST_POINTS = N_("train, since all points train and none are left to test on")


@dataclass(frozen=True, eq=False)
class FindPlane:
    """Finds the plane. The pictures are drawn of what it finds: first a coarse one, at once.

    state: of it only the networks are needed. trajectory: their way here. like: the plane of the picture
    before.
    """

    what: LandscapeStudy
    axes: engine.landscape.Axes
    state: engine.State
    trajectory: engine.landscape.Trajectory
    like: engine.landscape.Plane | None = None

    @classmethod
    def of(
        cls,
        what: LandscapeStudy,
        state: engine.State,
        trajectory: engine.landscape.Trajectory,
        before: PlacedPlane | None = None,
    ) -> Self:
        """The survey that is asked for. Raises SpecError for a network or test points that are not there."""
        check_member(what.member, len(state.specs))
        if what.half == "test" and not state.specs[what.member].has_test_points:
            raise engine.SpecError(engine.Problem("half", what.half, NO_TEST_POINTS))
        axes = engine.landscape.Axes(**what.axes.model_dump())
        layout = engine.layout(state.specs[what.member])
        like = before.plane if before and before.layout == layout else None
        return cls(what, axes, replace(state, slots={}, edits=(), best=None), trajectory, like)

    def work(self, _budget: float) -> Chunk:
        """Find the plane and the paths on it. Raises SpecError for no such parameters."""
        what, trajectory = self.what, self.trajectory
        plane = engine.landscape.plane_through(
            self.state, trajectory, self.axes, what.member, self.like
        )
        places, away = plane.project(trajectory.theta.astype(np.float64))
        paths = Paths(trajectory.steps.astype(np.float64), places, away)
        sizes = engine.landscape.map_sizes(what.size) if what.dimensions == 2 else (what.size,)
        # the losses along the paths are found after the first picture and sent with the others
        sizes = sizes if len(sizes) > 1 else sizes * 2
        picture = LossMaps(self.state.step, self._landscapes(plane), paths, sizes)
        landscape = self._landscape(plane, what.half)
        walk = PathLosses(
            replace(picture, sizes=sizes[1:]), self.state.specs, trajectory, landscape
        )
        layout = engine.layout(self.state.specs[what.member])
        first = DrawMap(replace(picture, sizes=sizes[:1]))
        return Chunk(first, later=walk, plane=PlacedPlane(plane, layout))

    def _landscapes(self, plane: engine.landscape.Plane) -> tuple[engine.landscape.Landscape, ...]:
        halves: tuple[Half, ...] = (self.what.half,)
        if self.what.dimensions == 1:
            halves = ("train", "test")
        return tuple(self._landscape(plane, half) for half in halves)

    def _landscape(self, plane: engine.landscape.Plane, half: Half) -> engine.landscape.Landscape:
        what = self.what
        return engine.landscape.Landscape.of(
            self.state, plane, half, penalty=what.penalty, member=what.member
        )


@dataclass(frozen=True, eq=False)
class Paths:
    """The paths on the plane, of which T steps of M members are known.

    steps (T,). places (T, M, 2): where on the plane they are nearest to the weights; away (T, M): how far
    that is. true, plane (T, M): the loss at the weights and at their places, None while it is not known.
    """

    steps: Array
    places: Array
    away: Array
    true: Array | None = None
    plane: Array | None = None

    def arrays(self) -> dict[str, Array]:
        """As they go over the wire: NaN where nothing is known yet."""
        unknown = np.full(self.away.shape, np.nan)
        return {
            "path_steps": self.steps,
            "paths": self.places.astype(np.float32),
            "true_loss": _single(unknown if self.true is None else self.true),
            "plane_loss": _single(unknown if self.plane is None else self.plane),
            "away": self.away.astype(np.float32),
        }


@dataclass(frozen=True, eq=False)
class LossMaps:
    """What is to be drawn: maps of these sides, one after the other.

    landscapes: one; or for a line two, the loss of the training points and that of the test points.
    """

    step: int
    landscapes: tuple[engine.landscape.Landscape, ...]
    paths: Paths
    sizes: tuple[int, ...]

    @property
    def plane(self) -> engine.landscape.Plane:
        """What it is a picture of."""
        return self.landscapes[0].plane

    def spots(self) -> Array:
        """Where on the plane (K, 2) the loss is wanted for the next map."""
        side = self.sizes[0]
        return self.plane.grid(side) if len(self.landscapes) == 1 else self.plane.line(side)

    def losses(self, spots: Array) -> Array:
        """The loss there on every landscape, (landscapes, n)."""
        return np.stack([landscape.losses(spots) for landscape in self.landscapes])

    def header(self) -> dict[str, Any]:
        """What the wire says of it beside the arrays."""
        plane = self.plane
        return {
            "step": self.step,
            "ranges": plane.ranges.tolist(),
            "explained": None if plane.explained is None else plane.explained.tolist(),
            "labels": plane.labels,
        }


@dataclass(frozen=True, eq=False)
class DrawMap:
    """Draws the next map. `found` (landscapes, n) is the loss at its first spots."""

    picture: LossMaps
    found: Array | None = None

    def work(self, budget: float) -> Chunk:
        """Draw on. A map that is finished is sent.

        Of a large network on many points one place takes as long as a piece may: it goes place by place.
        """
        spots = self.picture.spots()
        known = [] if self.found is None else [self.found]
        rest = spots[sum(part.shape[1] for part in known) :]
        known += [self.picture.losses(rest[part]) for part in in_time(len(rest), budget, first=1)]
        found = np.hstack(known)
        if found.shape[1] < len(spots):
            return Chunk(replace(self, found=found))
        loss = {"loss": _single(found.reshape(-1, self.picture.sizes[0]))}
        return Chunk(self._after(), self.picture.header(), loss | self.picture.paths.arrays())

    def _after(self) -> Job | None:
        """What comes after this map."""
        picture = replace(self.picture, sizes=self.picture.sizes[1:])
        return DrawMap(picture) if picture.sizes else None


@dataclass(frozen=True, eq=False)
class PathLosses:
    """Finds the loss along the paths, at the weights and at their places on the plane.

    trajectory: what is left of them. landscape: the one that they are compared with. true, plane: what was
    found so far, each (n, M).
    """

    picture: LossMaps
    specs: tuple[engine.RunSpec, ...]
    trajectory: engine.landscape.Trajectory
    landscape: engine.landscape.Landscape
    true: tuple[Array, ...] = ()
    plane: tuple[Array, ...] = ()

    def work(self, budget: float) -> Chunk:
        """Walk on; then the next map is drawn."""
        places, here = self.picture.paths.places, self.landscape
        true, plane = list(self.true), list(self.plane)
        begin = sum(map(len, true))
        done = 0
        for part in in_time(len(places) - begin, budget, first=1):
            there = places[begin + part.start : begin + part.stop]
            trajectory, done = self.trajectory.part(part.start, part.stop), part.stop
            penalty = here.spec if here.penalty else None
            true.append(
                engine.landscape.path_losses(self.specs, trajectory, here.half, penalty=penalty)
            )
            plane.append(here.losses(there.reshape(-1, 2)).reshape(there.shape[:-1]))
        if sum(map(len, true)) < len(places):
            trajectory = self.trajectory.part(done, len(self.trajectory.steps))
            return Chunk(replace(self, trajectory=trajectory, true=tuple(true), plane=tuple(plane)))
        known = replace(self.picture.paths, true=np.concatenate(true), plane=np.concatenate(plane))
        return Chunk(DrawMap(replace(self.picture, paths=known)))


def _single(losses: Array) -> Array:
    """Losses in single precision; what is too large for it is infinite."""
    with np.errstate(over="ignore"):
        single: Array = losses.astype(np.float32)
    return single
