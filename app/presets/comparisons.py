"""Presets of the landscape: networks that train side by side, with a reason, in learning order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import engine
from app.presets.record import XAVIER, layers
from engine.words import N_

CROSS_ENTROPY = {"kind": "cross_entropy"}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Networks to compare, which start alike and are fed alike but for what is said of each.

    name: how the page names it. story: what happens. look: where to see it.
    spec: what differs from the default spec, for all. members: what each has different from that.
    speed: steps a second at which it can be followed.
    landscape: how its landscape is drawn, where not as usual.
    """

    name: str
    title: str
    story: str
    look: str
    spec: Mapping[str, Any]
    members: tuple[Mapping[str, Any], ...]
    speed: int
    landscape: Mapping[str, Any] = field(default_factory=dict)

    @property
    def recipe(self) -> engine.Recipe:
        """All that makes the run. Raises SpecError where it is wrong, or its networks cannot be compared."""
        return engine.Recipe.from_dict({"spec": self.spec, "members": self.members})


def _sgd(rate: float) -> dict[str, Any]:
    return {"optimizer.kind": "sgd", "optimizer.learning_rate": rate}


COMPARISONS = {
    each.name: each
    for each in (
        Comparison(
            name="optimizers",
            title=N_("Four optimizers on the spiral"),
            story=N_(
                "The same weights, the same batches: only the rule that turns gradients into updates"
                " differs."
            ),
            look=N_(
                "All paths begin at the ring. See which way each goes, how far, and how low it comes."
            ),
            spec={
                "data": {"kind": "spiral", "points": 400, "noise": 0.05},
                "layers": layers(2, 8),
                "loss": CROSS_ENTROPY,
                "initializer": XAVIER,
                "batch_size": 20,
            },
            members=(
                _sgd(0.1),
                {
                    "optimizer.kind": "momentum",
                    "optimizer.learning_rate": 0.1,
                    "optimizer.momentum": 0.9,
                },
                {"optimizer.kind": "rmsprop", "optimizer.learning_rate": 0.01},
                {"optimizer.kind": "adam", "optimizer.learning_rate": 0.01},
            ),
            speed=300,
        ),
        Comparison(
            name="learning-rates",
            title=N_("One optimizer, four learning rates"),
            story=N_("SGD on the circle with steps from timid to reckless."),
            look=N_(
                "A small rate creeps down the slope, a good one walks, a large one jumps from wall to wall."
            ),
            spec={
                "data": {"kind": "circle", "points": 300, "noise": 0.1},
                "layers": layers(1, 8),
                "loss": CROSS_ENTROPY,
                "initializer": XAVIER,
                "batch_size": 15,
            },
            members=tuple(map(_sgd, (0.01, 0.1, 1, 3))),
            speed=100,
        ),
        Comparison(
            name="initializers",
            title=N_("Where training starts"),
            story=N_(
                "A deep ReLU network from four initializers: all zero, too small, Xavier, and He, which is"
                " made for ReLU."
            ),
            look=N_(
                "From zeros only the last bias moves. From too small weights training stalls on a plateau;"
                " from Xavier's and He's it soon finds the way down."
            ),
            spec={
                "data": {"kind": "xor", "points": 400, "noise": 0.1},
                "layers": layers(4, 8, "relu"),
                "loss": CROSS_ENTROPY,
                "optimizer": {"kind": "momentum", "learning_rate": 0.02, "momentum": 0.9},
                "batch_size": 20,
            },
            members=(
                {"initializer.kind": "zeros", "initializer.bias": 0},
                {"initializer.kind": "normal", "initializer.std": 0.05, "initializer.bias": 0},
                {"initializer.kind": "xavier", "initializer.bias": 0},
                {"initializer.kind": "he", "initializer.bias": 0},
            ),
            speed=300,
        ),
        Comparison(
            name="penalties",
            title=N_("What a penalty does to the landscape"),
            story=N_(
                "Few and noisy points, and four strengths of the L2 penalty. Without one the network"
                " learns the noise."
            ),
            look=N_(
                'Choose a network, then "With penalty": the valley floor becomes a bowl, and its path'
                " stays near the middle."
            ),
            spec={
                "data": {"kind": "moons", "points": 80, "noise": 0.4},
                "layers": layers(2, 8),
                "loss": CROSS_ENTROPY,
                "optimizer": {"kind": "adam", "learning_rate": 0.01},
                "initializer": XAVIER,
                "batch_size": 10,
            },
            members=tuple({"penalty.l2": strength} for strength in (0, 0.003, 0.01, 0.03)),
            speed=300,
            landscape={"half": "test"},
        ),
        Comparison(
            name="seeds",
            title=N_("Six starts, one optimizer"),
            story=N_("The same settings from six draws of the initial weights."),
            look=N_(
                "The paths end far apart, most of them equally low: the landscape has many equally good"
                " valleys."
            ),
            spec={
                "data": {"kind": "circle", "points": 300, "noise": 0.1},
                "layers": layers(1, 6),
                "loss": CROSS_ENTROPY,
                "optimizer": {"kind": "adam", "learning_rate": 0.02},
                "initializer": XAVIER,
                "batch_size": 15,
            },
            members=tuple({"weights_seed": seed} for seed in range(1, 7)),
            speed=300,
        ),
    )
}
