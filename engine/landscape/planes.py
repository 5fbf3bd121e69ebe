"""Planes through a network's parameters: what a picture of its loss is drawn over.

Li et al. (2018), "Visualizing the Loss Landscape of Neural Nets", for random planes and for those that the
principal directions of training's path span; Goodfellow et al. (2015), "Qualitatively Characterizing Neural
Network Optimization Problems", for the line from start to end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, get_args

import numpy as np

from engine.core.arrays import Array
from engine.core.errors import Problem, SpecError, position
from engine.core.plain import plain
from engine.core.registry import one_of
from engine.landscape.directions import Direction, independent, orthonormal, principal, random
from engine.landscape.trajectory import Trajectory
from engine.spec.parameter_names import allowed as allowed_names
from engine.spec.parameter_names import place
from engine.spec.run_spec import RunSpec
from engine.training.state import State, expect_state
from engine.words import N_

Kind = Literal["pca", "networks", "random", "line", "weights"]

MARGIN = 0.2
"""How much is seen beyond the paths on each side, as a share of what they span."""
REACH = {"pca": 0.25, "networks": 0.25, "line": 0.25, "weights": 0.25, "random": 1.0}
"""How far a picture reaches at least from its middle, as a share of the norm of all parameters. Along random
directions that is from −1 to 1 as in the paper, where paths hardly move."""
BOUND = 1e100
"""Larger weights are drawn as if they were this, so that squares of distances stay finite."""
COARSEST = 13
"""The side of the first, coarse picture."""


@dataclass(frozen=True)
class Axes:
    """Which plane to look at.

    kind: "pca", the two principal directions of the paths; "networks", through three members of the
    population, which all lie in the plane; "random", two random directions with filter normalization; "line",
    from the start to the end of a path and a random direction at right angles; "weights", any two parameters.
    seed: which random directions. names: the two parameters, as "layers.0.W.0.1".
    members: the three networks; for other kinds those whose paths decide what is seen, all where it is empty,
    so that a wild one can be left out.
    """

    kind: Kind = "pca"
    seed: int = 1
    names: tuple[str, ...] = ()
    members: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Raises SpecError for what is no plane in any network."""
        for name in ("kind", "seed"):
            object.__setattr__(self, name, plain(getattr(self, name)))
        for name in ("names", "members"):
            object.__setattr__(self, name, tuple(plain(getattr(self, name))))
        problems = []
        if self.kind not in get_args(Kind):
            problems.append(Problem("axes.kind", self.kind, one_of(get_args(Kind))))
        if not _is_count(self.seed):
            problems.append(Problem("axes.seed", self.seed, N_("a whole number from 0")))
        if self.kind == "weights" and len(self.names) != 2:
            problems.append(Problem("axes.names", self.names, N_("the names of two parameters")))
        if self.kind == "networks" and len(set(self.members)) != 3:
            problems.append(
                Problem("axes.members", self.members, N_("the numbers of three networks"))
            )
        if problems:
            raise SpecError(*problems)


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through the parameters of a network: theta = origin + a · directions[0] + b · directions[1].

    origin (P,); directions (2, P); both float64. The origin is the network, whose place is then (0, 0),
    except where the directions are two parameters: there a and b are the values of these; and where the plane
    goes through three networks: the first of them is the origin.
    center (2,): the network's own place. ranges (2, 2): what to show of a and of b, from and to.
    explained (2,): of the squared distances of all paths from the network, the share along the first
    direction, and what the second adds to it; None where the paths go nowhere.
    labels: a word for each direction.

    Principal directions and those of a line are orthonormal, so that a and b are distances between weights.
    Random ones are on the scale of the network's weights, so that 1 is a step as long as they are, and not
    quite orthogonal.
    """

    origin: Array
    directions: Array
    center: Array
    ranges: Array
    explained: Array | None
    labels: tuple[str, str]

    def at(self, places: Array) -> Array:
        """The parameters (..., P) at places (..., 2) of the plane."""
        places = np.asarray(places, np.float64)
        a, b = places[..., :1], places[..., 1:]
        theta: Array = self.origin + a * self.directions[0] + b * self.directions[1]
        return theta

    def project(self, theta: Array) -> tuple[Array, Array]:
        """The places (..., 2) that are nearest to parameters (..., P), and how far away they are (...)."""
        lengths = np.linalg.norm(self.directions, axis=1)
        units = self.directions / lengths[:, None]
        offset = _bounded(np.asarray(theta)) - self.origin
        along = offset @ units.T @ np.linalg.inv(units @ units.T)
        return along / lengths, np.linalg.norm(offset - along @ units, axis=-1)

    def grid(self, size: int) -> Array:
        """The places (G·G, 2) of a map of this side, row by row: b falls with the rows, a rises in each."""
        a, b = (self._scale(axis, size) for axis in (0, 1))
        return np.stack([np.tile(a, size), np.repeat(b[::-1], size)], axis=-1)

    def line(self, size: int) -> Array:
        """As many places (G, 2) along the first direction, through the network's own."""
        return np.stack([self._scale(0, size), np.full(size, self.center[1])], axis=-1)

    def _scale(self, axis: int, size: int) -> Array:
        """So many steps (G,) from one end of an axis to the other."""
        low, high = self.ranges[axis]
        return np.linspace(low, high, size)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def map_sizes(size: int) -> tuple[int, ...]:
    """The sides of the maps to draw one after the other, coarse to fine, the last of this size."""
    found = [size]
    while found[0] // 2 + 1 >= COARSEST:
        found.insert(0, found[0] // 2 + 1)
    return tuple(found)


def plane_through(
    state: State, trajectory: Trajectory, axes: Axes, member: int = 0, like: Plane | None = None
) -> Plane:
    """The plane through a member's weights, with all paths in view.

    The paths are those of the members that the axes name, or of the whole population, but for members that
    have failed, as they would leave all others a single point. `like` is an earlier plane of this network:
    principal directions, whose signs mean nothing, point the same way as there.
    Raises SpecError for names of parameters that the network lacks, and for members that the axes name and
    there are not; PositionError for another member.
    """
    expect_state("plane_through", state)
    member = position("member", member, len(state.specs))
    _check_members(axes, len(state.specs))
    spec, theta = state.specs[member], _bounded(state.theta[member])
    failed = {failure.member for failure in state.failures} - {member}
    named = set(axes.members) | {member} if axes.members else set(range(len(state.specs)))
    shown = sorted(named - failed)
    paths = _bounded(trajectory.theta[:, shown]).reshape(-1, theta.size)
    start = _bounded(trajectory.theta[0, member])
    corners = _bounded(state.theta[list(axes.members)])
    wanted = (
        _through(corners, axes.members)
        if axes.kind == "networks"
        else _wanted(spec, theta, start, paths, axes)
    )
    pair = independent(chain(wanted, random(spec, theta, axes.seed)))
    vectors = np.stack([direction.vector for direction in pair])
    origin = theta
    if axes.kind in ("pca", "networks", "line"):
        vectors = orthonormal(vectors)
    if axes.kind == "pca":
        # a path goes to the right and upwards, if nothing says otherwise
        vectors = _alike(vectors, np.stack([theta - start] * 2))
        vectors = vectors if like is None else _alike(vectors, like.directions)
    if axes.kind == "networks":
        origin = corners[0]
    elif axes.kind == "weights":
        origin = theta * (1 - vectors.sum(axis=0))
    labels = (pair[0].label, pair[1].label)
    found = Plane(
        origin, vectors, np.zeros(2), np.zeros((2, 2)), _explained(paths - theta, vectors), labels
    )
    center = found.project(theta)[0]
    seen = np.vstack([center, found.project(paths)[0]])
    ranges = _ranges(seen, REACH[axes.kind], theta, vectors)
    return Plane(origin, vectors, center, ranges, found.explained, labels)


def _bounded(theta: Array) -> Array:
    return theta.astype(np.float64).clip(-BOUND, BOUND)


def _wanted(spec: RunSpec, theta: Array, start: Array, paths: Array, axes: Axes) -> list[Direction]:
    """The directions that these axes ask for, as far as they exist; random ones stand in for the others."""
    if axes.kind == "pca":
        return principal(paths - theta)
    if axes.kind == "line":
        return [Direction(N_("From start to end"), theta - start)]
    if axes.kind == "weights":
        return list(_parameters(spec, axes.names))
    return []


def _check_members(axes: Axes, count: int) -> None:
    """Raises SpecError where the axes name networks that are not there."""
    allowed = N_("a whole number from 0 to {last}, the number of a network", last=count - 1)
    problems = [
        Problem(f"axes.members.{i}", member, allowed)
        for i, member in enumerate(axes.members)
        if not (_is_count(member) and member < count)
    ]
    if problems:
        raise SpecError(*problems)


def _through(corners: Array, members: tuple[int, ...]) -> list[Direction]:
    """From the first of three networks (3, P) to the second, and to the third."""
    first, second, third = (number + 1 for number in members)
    return [
        Direction(
            N_("From network {first} to network {second}", first=first, second=second),
            corners[1] - corners[0],
        ),
        Direction(N_("Towards network {third}", third=third), corners[2] - corners[0]),
    ]


def _alike(vectors: Array, before: Array) -> Array:
    """The directions (2, P), each turned round where it points away from another (2, P)."""
    if before.shape != vectors.shape:
        return vectors
    signs = np.where(np.sum(vectors * before, axis=1) < 0, -1.0, 1.0)
    turned: Array = vectors * signs[:, None]
    return turned


def _parameters(spec: RunSpec, names: tuple[str, ...]) -> Iterator[Direction]:
    """The directions along two parameters. Raises SpecError unless they are two of this network."""
    arrays = spec.arrays
    problems = [
        Problem(f"axes.names.{i}", name, allowed_names(arrays))
        for i, name in enumerate(names)
        if place(arrays, name) is None
    ]
    if not problems and names[0] == names[1]:
        problems = [Problem("axes.names.1", names[1], N_("another parameter than the first"))]
    if problems:
        raise SpecError(*problems)
    identity = np.eye(1, sum(int(np.prod(shape)) for shape in arrays.values()))
    for name in names:
        yield Direction(name, np.roll(identity[0], place(arrays, name) or 0))


def _explained(offsets: Array, directions: Array) -> Array | None:
    """The share of squared offsets (n, P) along each direction, without what the first has of the second."""
    total = np.square(offsets).sum()
    if total == 0:
        return None
    along: Array = np.square(offsets @ orthonormal(directions).T).sum(axis=0) / total
    return along


def _ranges(seen: Array, reach: float, theta: Array, directions: Array) -> Array:
    """What to show of a and b, (2, 2): all places (n, 2) with a margin, both axes equally long in weights."""
    low, high = seen.min(axis=0), seen.max(axis=0)
    lengths = np.linalg.norm(directions, axis=1)
    paths = ((high - low) * lengths).max() * (0.5 + MARGIN)
    half = max(paths, reach * (np.linalg.norm(theta) or 1)) / lengths
    middle = (low + high) / 2
    return np.stack([middle - half, middle + half], axis=1)
