"""What a run may cost, so that one person's does not take the machine from the others.

It is told from the spec before anything is made. A slice makes at least one update, one evaluation and one
picture, and nothing can be cut out of these: so they decide how soon a worker is free for the next session.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from math import isqrt, sqrt

import engine
from app.session.view import coarse
from engine.words import N_, NN_, listed

MOST_SECONDS = 0.35
"""What one update and one evaluation of a run may take on a slow core."""
PICTURE_SECONDS = 0.15
"""What one picture may take; a finer one is made coarser."""
LIGHT_PICTURE_SECONDS = 0.002
"""The same while many play: as long as a slice of a small network, for which others wait."""
COSTLY = re.compile(
    r"layers(\.\d+(\.(units|batch_norm))?)?|data(\.(kind|points|train_share|rows.*))?"
    r"|optimizer(\.kind)?|loss(\.kind)?|features.*|batch_size|dtype"
)
"""The settings that decide what a run costs."""
PICTURE = 48**2
"""The places of an ordinary picture."""
SLOW_SECONDS = 0.03
"""A slice that takes longer is not made on all workers at once."""
SHORT_SECONDS = 0.003
"""A slice that can be done in less may wait behind another one in a worker."""
STATE_BYTES = 8 * 2**20
"""What the weights of a run and the memory of its optimizers may take. It travels with every slice."""
TRAINING_BYTES = 128 * 2**20
"""What a run may need besides while it trains."""
UNIT_BYTES = 2**20
"""What the small maps of all units may take in a picture."""
SMALLEST = 8
"""The fewest points a side that a map has."""
LOOKED_THROUGH = 2**22
"""So many activations, of all units at all training points, are looked through for trouble at most."""
FEWER_POINTS, SMALLER_BATCHES = N_("fewer points"), N_("smaller batches")


def check(specs: Sequence[engine.RunSpec], paths: Iterable[str] = ()) -> None:
    """Raise SpecError where a run with these networks costs more than it may.

    paths: what was changed last; the first one that can be at fault is named.
    """
    changed = tuple(paths)
    if changed and not any(map(_matters, changed)):
        return
    excess = _excess(engine.cost(specs))
    if excess is None:
        return
    cost, other = excess
    allowed = N_(
        "within what one run may cost here ({networks} would take {cost}; try {remedies})",
        networks=_networks(specs),
        cost=cost,
        remedies=listed(_remedies(specs, other)),
    )
    path = next((path for path in changed if _matters(path)), "layers")
    raise engine.SpecError(engine.Problem(path, _value(specs[0], path), allowed))


def _networks(specs: Sequence[engine.RunSpec]) -> str:
    """What decides the cost of a run."""
    spec = specs[0]
    sizes = {
        "parameters": f"{engine.parameters(spec):,}",
        "points": f"{spec.points:,}",
        "size": f"{spec.batch_size:,}",
        "dtype": spec.dtype,
    }
    if len(specs) == 1:
        return N_(
            "a network of {parameters} parameters, {points} points and batches of {size} in {dtype}",
            **sizes,
        )
    return NN_(
        "{count} network of {parameters} parameters, {points} points and batches of {size} in {dtype}",
        "{count} networks of {parameters} parameters, {points} points and batches of {size} in {dtype}",
        len(specs),
        **sizes,
    )


def _excess(found: engine.Cost) -> tuple[str, str | None] | None:
    """What is too much, and what makes it less besides a smaller network; None where nothing is too much."""
    seconds = found.update + found.call + found.evaluation
    if seconds > MOST_SECONDS:
        cost = N_(
            "about {seconds} seconds for an update and an evaluation, and {most} seconds is the most",
            seconds=f"{seconds:.1f}",
            most=f"{MOST_SECONDS}",
        )
        return cost, FEWER_POINTS if found.evaluation > found.update else SMALLER_BATCHES
    if found.state > STATE_BYTES:
        cost = N_(
            "{size} MB for weights and the optimizer's memory, and {most} MB is the most",
            size=_megabytes(found.state),
            most=_megabytes(STATE_BYTES),
        )
        return cost, None
    if found.training > TRAINING_BYTES:
        cost = N_(
            "{size} MB for training, and {most} MB is the most",
            size=_megabytes(found.training),
            most=_megabytes(TRAINING_BYTES),
        )
        return cost, SMALLER_BATCHES
    return None


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f}"


def _remedies(specs: Sequence[engine.RunSpec], other: str | None) -> Iterator[str]:
    """What makes such a run cheaper."""
    yield N_("fewer or narrower layers")
    if other:
        yield other
    if len(specs) > 1:
        yield N_("fewer networks")
    if specs[0].dtype == "float64":
        yield "float32"


def _matters(path: str) -> bool:
    """Whether a change of this path can make a run cost more."""
    return COSTLY.fullmatch(path) is not None


def _value(spec: engine.RunSpec, path: str) -> object:
    """What stands at a path, as short as it can be said."""
    if path == "batch_size":
        return spec.batch_size
    return list(spec.units[1:-1])


class Bounds:
    """What slices and pictures of a run may cost, told once for its specs."""

    def __init__(self, specs: tuple[engine.RunSpec, ...]) -> None:
        self.specs = specs
        self._view: tuple[engine.View, engine.View] | None = None
        self._light: tuple[engine.View, engine.View] | None = None

    def fitting(self, view: engine.View) -> engine.View:
        """The view with maps as coarse as they must be for a picture to come in time."""
        if self._view is None or self._view[0] != view:
            self._view = view, fitting(view, self.specs)
        return self._view[1]

    def coarse(self, view: engine.View) -> engine.View:
        """The view with maps as coarse as they are while many play."""
        if self._light is None or self._light[0] != view:
            self._light = view, fitting(coarse(view), self.specs, LIGHT_PICTURE_SECONDS)
        return self._light[1]

    @cached_property
    def slow(self) -> bool:
        """Whether a slice keeps a worker busy for longer than others like to wait."""
        return is_slow(self.specs)

    @cached_property
    def short(self) -> bool:
        """Whether a slice can be done in a moment."""
        return least_seconds(self.specs) < SHORT_SECONDS

    @cached_property
    def may_be_diagnosed(self) -> bool:
        """Whether looking for trouble in the run takes no more than a moment."""
        return may_be_diagnosed(self.specs[0])


def fitting(
    view: engine.View, specs: Sequence[engine.RunSpec], seconds: float = PICTURE_SECONDS
) -> engine.View:
    """The view with maps as coarse as they must be for a picture to take no longer than that."""
    found = engine.cost(specs[:1])
    places = view.grid**2 + view.neurons**2 + len(specs) * view.members**2
    shrink = min(1.0, sqrt(seconds / (places * found.place)))
    most = isqrt(UNIT_BYTES // sum(specs[0].units))
    sides = {
        "grid": int(view.grid * shrink),
        "neurons": min(int(view.neurons * shrink), most),
        "members": int(view.members * shrink),
    }
    wanted = {name: getattr(view, name) for name in sides}
    # a map that is not asked for is none, and one that is has two corners at least
    cut = {name: min(max(side, SMALLEST), wanted[name]) for name, side in sides.items()}
    return view if cut == wanted else replace(view, **cut)


def is_slow(specs: Sequence[engine.RunSpec]) -> bool:
    """Whether a slice keeps a worker busy for longer than others like to wait."""
    return least_seconds(specs) > SLOW_SECONDS


def least_seconds(specs: Sequence[engine.RunSpec]) -> float:
    """What a slice of one update takes on a slow core."""
    found = engine.cost(specs)
    return found.update + found.call + found.evaluation + PICTURE * found.place


def may_be_diagnosed(spec: engine.RunSpec) -> bool:
    """Whether looking for trouble in a run takes no more than a moment."""
    return sum(spec.units) * spec.points <= LOOKED_THROUGH
