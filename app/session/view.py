"""What a browser wants to see of a run."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Self

import engine
from app.protocol import ViewMessage
from app.protocol.inspect import Inspect
from engine.words import N_, NN_

LOOKED_AT = {each.name for each in fields(engine.View)}
"""What of a `view` the engine is asked for."""


COARSE = {"grid": 32, "neurons": 16, "members": 16}
"""The finest maps while many play: enough to follow, and less than half of the numbers."""


@dataclass(frozen=True)
class ViewRequest:
    """view: as the engine has it. point: where to ask the network. trajectory: whether its way is kept.

    inspect: what the open panel reads, if one is.
    """

    view: engine.View = field(default_factory=engine.View)
    point: tuple[float, float] | None = None
    trajectory: bool = False
    inspect: Inspect | None = None

    @classmethod
    def of(cls, message: ViewMessage) -> Self:
        """What a message asks for."""
        view = engine.View(**message.model_dump(include=LOOKED_AT))
        return cls(view, message.point, message.trajectory, message.inspect)

    def among(self, members: int) -> engine.View:
        """The view of a run with so many networks: of the first one where it has not as many any more."""
        return self.view if self.view.member < members else replace(self.view, member=0)


def coarse(view: engine.View) -> engine.View:
    """The view with maps no finer than COARSE."""
    sides = {name: min(getattr(view, name), side) for name, side in COARSE.items()}
    if all(getattr(view, name) == side for name, side in sides.items()):
        return view
    return replace(view, **sides)


def check_member(member: int, members: int) -> None:
    """Raise SpecError for a network that a run does not have."""
    if member >= members:
        allowed = N_("0, as this run has one network")
        if members > 1:
            allowed = NN_(
                "a whole number from 0 to {last}, as this run has {count} network",
                "a whole number from 0 to {last}, as this run has {count} networks",
                members,
                last=members - 1,
            )
        raise engine.SpecError(engine.Problem("member", member, allowed))
