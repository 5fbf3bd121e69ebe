"""What a `study` can be of: an object with a `kind`. What a race or a surface is, the engine reads."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.protocol.fields import (
    FLAG,
    LARGEST,
    MAX_MEMBERS,
    Coordinate,
    JsonObject,
    Strict,
    WeightName,
    whole,
)
from engine.words import N_

_MEMBER = N_("the number of a member, counted from 0")
Race = Annotated[JsonObject, Field(description=N_("a race: an object"))]
Racer = Annotated[
    int, Field(ge=0, lt=MAX_MEMBERS, description=N_("the number of a racer, counted from 0"))
]
Edge = Annotated[
    float,
    Field(strict=True, ge=-1e6, le=1e6, description=N_("a number from -1,000,000 to 1,000,000")),
]
Trial = Annotated[
    JsonObject, Field(description=N_("an object: what the trial has different from the base"))
]


class SurfaceStudy(Strict):
    """A map of a surface."""

    kind: Literal["surface"]
    surface: JsonObject = Field(description=N_("a surface: an object with a kind"))
    view: tuple[Edge, Edge, Edge, Edge] | None = Field(
        None,
        strict=False,
        description=N_(
            "null, or [x_min, x_max, y_min, y_max]: numbers from -1,000,000 to 1,000,000"
        ),
    )
    grid: int = Field(100, ge=16, le=200, description=whole(16, 200))


class RaceStudy(Strict):
    """Every step of every racer."""

    kind: Literal["race"]
    race: Race


class ArithmeticStudy(Strict):
    """The numbers in one racer's update rule."""

    kind: Literal["arithmetic"]
    race: Race
    racer: Racer = 0
    start: int = Field(0, ge=0, le=LARGEST, description=N_("the number of a start, counted from 0"))


class CurvatureStudy(Strict):
    """How the surface curves where the racers are."""

    kind: Literal["curvature"]
    race: Race
    start: int = Field(0, ge=0, le=LARGEST, description=N_("the number of a start, counted from 0"))


class BasinsStudy(Strict):
    """Which minimum a racer reaches from each point of a grid."""

    kind: Literal["basins"]
    race: Race
    racer: Racer = 0
    grid: int = Field(64, ge=8, le=128, description=whole(8, 128))


class RatesStudy(Strict):
    """How low a racer comes with each learning rate and momentum."""

    kind: Literal["rates"]
    race: Race
    racer: Racer = 0
    grid: int = Field(32, ge=8, le=64, description=whole(8, 64))


class RaceFileStudy(Strict):
    """A race as a file to keep."""

    kind: Literal["race_file"]
    race: Race
    file: Literal["csv", "numpy"] = Field(description=N_('"csv" or "numpy"'))


Network = Annotated[int, Field(ge=0, lt=MAX_MEMBERS, description=_MEMBER)]


class PcaAxes(Strict):
    """The two directions in which the paths of the run vary most: those of some networks, or of all."""

    kind: Literal["pca"]
    members: tuple[Network, ...] = Field(
        (), strict=False, max_length=MAX_MEMBERS, description=N_("a list of numbers of members")
    )


class NetworkAxes(Strict):
    """The plane through three networks."""

    kind: Literal["networks"]
    members: tuple[Network, Network, Network] = Field(
        strict=False, description=N_("a list of the numbers of three members")
    )


_SEED = Field(1, ge=0, le=2**31 - 1, description=whole(0, 2**31 - 1))


class RandomAxes(Strict):
    """Two random directions, filter by filter as long as the weights."""

    kind: Literal["random"]
    seed: int = _SEED


class LineAxes(Strict):
    """The line from the start of the run to its end, and a random direction."""

    kind: Literal["line"]
    seed: int = _SEED


class WeightAxes(Strict):
    """Two parameters."""

    kind: Literal["weights"]
    names: tuple[WeightName, WeightName] = Field(
        strict=False,
        description=N_('a list of the names of two parameters, such as "layers.0.W.0.0"'),
    )


Axes = Annotated[
    PcaAxes | NetworkAxes | RandomAxes | LineAxes | WeightAxes, Field(discriminator="kind")
]


class LandscapeStudy(Strict):
    """The loss on a plane through the weights of the run."""

    kind: Literal["landscape"]
    axes: Axes = Field(PcaAxes(kind="pca"), description=N_("an object with a kind"))
    half: Literal["train", "test"] = Field("train", description=N_('"train" or "test"'))
    penalty: bool = Field(False, description=FLAG)
    size: int = Field(51, ge=9, le=101, description=whole(9, 101))
    dimensions: Literal[1, 2] = Field(2, description=N_("1 or 2"))
    member: int = Field(0, ge=0, lt=MAX_MEMBERS, description=_MEMBER)


class SearchStudy(Strict):
    """The trials of a search, and their scores as they learn; of none, it ends the one under way."""

    kind: Literal["search"]
    search: JsonObject | None = Field(
        description=N_("a search: an object; null ends the one under way")
    )


Searched = Annotated[JsonObject, Field(description=N_("a search: an object"))]
Changed = Annotated[
    JsonObject,
    Field(description=N_("what a trial has different from the base: an object of paths")),
]


class DuelStudy(Strict):
    """Two strategies again and again on one budget; of none, it ends the duels under way."""

    kind: Literal["duel"]
    duel: JsonObject | None = Field(description=N_("a duel: an object; null ends those under way"))


class TruthStudy(Strict):
    """Every setting of two knobs of a search; of none, it ends the one under way."""

    kind: Literal["truth"]
    truth: JsonObject | None = Field(
        description=N_("a search and two of its knobs: an object; null ends the one under way")
    )


class BandStudy(Strict):
    """How far the scores of a trial lie apart from other starts."""

    kind: Literal["band"]
    search: Searched
    changes: Changed


class SealStudy(Strict):
    """A trial on the points that are sealed."""

    kind: Literal["seal"]
    search: Searched
    changes: Changed


class StartsStudy(Strict):
    """What the networks of a trial say over the square, one from each of its starts."""

    kind: Literal["starts"]
    search: Searched
    changes: Changed
    steps: int = Field(ge=1, le=LARGEST, description=whole(1, LARGEST))


class GalleryStudy(Strict):
    """What the networks of some trials say over the square."""

    kind: Literal["gallery"]
    search: Searched
    trials: tuple[Trial, ...] = Field(
        strict=False,
        min_length=1,
        max_length=24,
        description=N_("a list of 1 to 24 objects: what each trial has different from the base"),
    )


class SearchFileStudy(Strict):
    """A search as a file to keep."""

    kind: Literal["search_file"]
    search: Searched
    file: Literal["numpy", "optuna", "sklearn"] = Field(
        description='"numpy", "optuna" or "sklearn"'
    )


class TraceStudy(Strict):
    """One point's way through the network of the run and back."""

    kind: Literal["trace"]
    point: tuple[Coordinate, Coordinate] = Field(
        strict=False, description=N_("a point [x1, x2] of two numbers from -100 to 100")
    )
    label: float = Field(
        ge=-1e6, le=1e6, description=N_("a class, counted from 0, or in regression a number")
    )
    check: bool = Field(False, description=FLAG)
    update: bool = Field(False, description=FLAG)
    member: int = Field(0, ge=0, lt=MAX_MEMBERS, description=_MEMBER)


OfRace = RaceStudy | ArithmeticStudy | CurvatureStudy | BasinsStudy | RatesStudy | RaceFileStudy
OfSearch = (
    SearchStudy
    | DuelStudy
    | TruthStudy
    | BandStudy
    | SealStudy
    | StartsStudy
    | GalleryStudy
    | SearchFileStudy
)
What = Annotated[
    SurfaceStudy | OfRace | LandscapeStudy | OfSearch | TraceStudy, Field(discriminator="kind")
]
