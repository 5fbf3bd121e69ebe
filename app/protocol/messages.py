"""What the browser says: one model for each message, told apart by its `type`."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter

from app.protocol.fields import (
    FLAG,
    LARGEST,
    MAX_EDITS,
    MAX_MEMBERS,
    STEPS,
    Changes,
    Coordinate,
    JsonObject,
    Spec,
    Speed,
    Strict,
    whole,
)
from app.protocol.inspect import Inspect
from app.protocol.studies import Race, What
from engine.words import N_

Seed = Annotated[
    Literal["weights", "data", "batches"], Field(description=N_('"weights", "data" or "batches"'))
]

_SPEED = N_(
    "a number of steps per second from 0.1 to 1,000,000, "
    'or "rising" to start slowly and keep speeding up, or null to train as fast as possible'
)
_POINT = N_("null, or a point [x1, x2] of two numbers from -100 to 100")
_SMALL_MAP = N_("0, or a whole number from 8 to 64")
_MEMBER = whole(0, MAX_MEMBERS - 1)


class EditMessage(Strict):
    """A live change and the step it is made at."""

    step: int = Field(ge=0, le=LARGEST, description=STEPS)
    changes: Changes


Side = Literal[0] | Annotated[int, Field(ge=8, le=64)]


class ViewMessage(Strict):
    """What frames should hold: points a side of the boundary and of each neuron's picture (0: none).

    member: which network the picture is of. members: points a side of every member's boundary (0: none).
    trajectory: whether the way of the weights is kept. inspect: what the open panel reads, if one is.
    training: whether the maps are those of training, with the next batch's statistics and mask.
    """

    grid: int = Field(48, ge=8, le=200, description=whole(8, 200))
    neurons: Side = Field(16, description=_SMALL_MAP)
    member: int = Field(0, ge=0, lt=MAX_MEMBERS, description=_MEMBER)
    members: Side = Field(0, description=_SMALL_MAP)
    trajectory: bool = Field(False, description=FLAG)
    layers: bool = Field(False, description=FLAG)
    masks: bool = Field(False, description=FLAG)
    evaluation: bool = Field(False, description=FLAG)
    scores: bool = Field(False, description=FLAG)
    augmented: bool = Field(False, description=FLAG)
    training: bool = Field(False, description=FLAG)
    point: tuple[Coordinate, Coordinate] | None = Field(None, strict=False, description=_POINT)
    inspect: Inspect | None = Field(None, description=N_("null, or an object with a kind"))


Edits = Annotated[
    tuple[EditMessage, ...],
    Field(
        strict=False,
        fail_fast=True,
        max_length=MAX_EDITS,
        description=N_(
            'a list of at most {most} objects {{"step", "changes"}}, in the order of their steps',
            most=f"{MAX_EDITS:,}",
        ),
    ),
]
Member = Annotated[
    JsonObject,
    Field(description=N_("an object of spec paths and their values, which may be empty")),
]
"""What one network of a run has different from the spec: spec paths and their values."""
Members = Annotated[
    tuple[Member, ...],
    Field(
        strict=False,
        max_length=MAX_MEMBERS,
        description=N_(
            "a list of up to {most} objects of spec paths and their values", most=MAX_MEMBERS
        ),
    ),
]


class _Message(Strict):
    id: int | None = Field(None, ge=0, le=LARGEST, description=N_("a whole number from 0 to 2^53"))


class Hello(_Message):
    """Opens or resumes a session."""

    type: Literal["hello"]
    protocol: int = Field(description=N_("a whole number: the version of the protocol, 1"))
    session: str | None = Field(
        None, max_length=64, description=N_("the name of a session: text of up to 64 characters")
    )
    spec: Spec | None = Field(None, description=N_("a spec: an object"))
    members: Members = ()
    edits: Edits = ()
    step: int = Field(0, ge=0, le=LARGEST, description=STEPS)
    playing: bool = Field(False, description=FLAG)
    speed: Speed | None = Field(None, description=_SPEED)
    view: ViewMessage | None = Field(
        None, description=N_("an object that says what frames should hold")
    )


class Play(_Message):
    """Trains until paused."""

    type: Literal["play"]


class Pause(_Message):
    """Stops after the slice under way."""

    type: Literal["pause"]


class Step(_Message):
    """Trains exactly so much."""

    type: Literal["step"]
    count: int = Field(1, ge=1, le=1_000_000, description=whole(1, 1_000_000))
    unit: Literal["step", "epoch"] = Field("step", description=N_('"step" or "epoch"'))


class SetSpeed(_Message):
    """Sets the speed of play."""

    type: Literal["speed"]
    steps_per_second: Speed | None = Field(description=_SPEED)


class Seek(_Message):
    """Goes to a step of the run, back or on."""

    type: Literal["seek"]
    step: int = Field(ge=0, le=LARGEST, description=STEPS)


class DropEdits(_Message):
    """Forgets the edits that are still planned."""

    type: Literal["drop_edits"]


class Reset(_Message):
    """Goes back to step 0 with the same weights."""

    type: Literal["reset"]


class NewStart(_Message):
    """Goes back to step 0 with the next of these seeds."""

    type: Literal["new_start"]
    seeds: tuple[Seed, ...] = Field(
        ("weights",),
        strict=False,
        min_length=1,
        max_length=3,
        description=N_('a list of one or more of "weights", "data" and "batches"'),
    )


class Set(_Message):
    """Changes settings."""

    type: Literal["set"]
    changes: Changes
    member: int | None = Field(
        None,
        ge=0,
        lt=MAX_MEMBERS,
        description=N_("null for all networks, or the number of one, from 0 to 7"),
    )


class Load(_Message):
    """Replaces the whole run, and goes to a step of the new one."""

    type: Literal["load"]
    spec: Spec
    members: Members = ()
    edits: Edits = ()
    step: int = Field(0, ge=0, le=LARGEST, description=STEPS)
    playing: bool = Field(False, description=FLAG)


class SetView(_Message, ViewMessage):
    """Sets what frames should hold."""

    type: Literal["view"]


class Export(_Message):
    """Asks for a file of the run."""

    type: Literal["export"]
    what: Literal["weights", "metrics", "numpy", "pytorch"] = Field(
        description=N_('"weights", "metrics", "numpy" or "pytorch"')
    )


class Study(_Message):
    """Asks for something that is computed beside the run."""

    type: Literal["study"]
    what: What = Field(description=N_("an object with a kind"))


class ChangeRace(_Message):
    """Asks what changes make of a race on a surface: whole, with all that goes with another kind."""

    type: Literal["race_spec"]
    race: Race
    changes: Changes


class Place(_Message):
    """Sets the network to the weights at a place of the last landscape."""

    type: Literal["place"]
    at: tuple[Coordinate, Coordinate] = Field(
        strict=False, description=N_("a place [a, b] of two numbers from -100 to 100")
    )


class Ping(_Message):
    """Asks whether anyone is there. Answered at once, whatever else is under way."""

    type: Literal["ping"]


class Ack(_Message):
    """Says that a frame was drawn."""

    type: Literal["ack"]
    frame: int = Field(ge=0, le=LARGEST, description=N_("the number of a frame that was sent"))


Control = (
    Play
    | Pause
    | Step
    | SetSpeed
    | Seek
    | DropEdits
    | Reset
    | NewStart
    | Set
    | Load
    | SetView
    | Export
    | Study
    | ChangeRace
    | Place
)
Message = Hello | Control | Ping | Ack
READER: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])
MODELS = {get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(Message)}
