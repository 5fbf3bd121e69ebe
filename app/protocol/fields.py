"""What the messages' fields are made of. A field's description says what is allowed, in words for people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from engine.words import N_

FLAG = N_("true or false")
STEPS = N_("a whole number of steps, 0 or more")
LARGEST = 2**53
"""The largest whole number that JavaScript knows exactly."""
MAX_EDITS = 1000
"""The most edits of one run."""
MAX_MEMBERS = 8
"""The most networks of one run, and the most racers of a race."""
MAX_PAIRS = 32
"""The most layers of which units are picked."""


class Strict(BaseModel):
    """An object of the wire: exactly the keys and types it says."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


JsonObject = dict[str, JsonValue]
Changes = Annotated[
    JsonObject, Field(min_length=1, description=N_("an object of spec paths and their new values"))
]
Speed = Annotated[float, Field(ge=0.1, le=1e6)] | Literal["rising"]
Coordinate = Annotated[
    float, Field(strict=True, ge=-100, le=100, description=N_("a number from -100 to 100"))
]
Spec = Annotated[JsonObject, Field(description=N_("a spec: an object"))]


def whole(least: int, most: int) -> str:
    """What is allowed where a field takes whole numbers only.

    >>> whole(1, 1_000_000)
    'a whole number from 1 to 1,000,000'
    """
    return N_("a whole number from {least} to {most}", least=f"{least:,}", most=f"{most:,}")


WeightName = Annotated[
    str,
    Field(max_length=64, description=N_('the name of a parameter, such as "layers.0.W.0.0"')),
]
