"""Presets of the optimizer lab: races with a reason, in learning order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import engine
from engine.words import N_


@dataclass(frozen=True, kw_only=True)
class RacePreset:
    """One race to learn something from.

    name: how an address names it. story: what happens. look: where to see it. try_next: what to change then.
    race: what differs from the default race. speed: steps a second at which it can be followed.
    """

    name: str
    title: str
    story: str
    look: str
    try_next: str
    race: Mapping[str, Any]
    speed: int

    @property
    def spec(self) -> engine.race.RaceSpec:
        """The whole race. Raises SpecError where it is wrong."""
        return engine.race.RaceSpec.from_dict(self.race)


def racer(kind: str, rate: float, **more: Any) -> dict[str, Any]:
    """A racer; `more` are knobs of the optimizer, or a schedule or a clip."""
    rules: dict[str, Any] = {name: more.pop(name) for name in ("schedule", "clip") if name in more}
    return {"optimizer": {"kind": kind, "learning_rate": rate, **more}} | rules


CORNER = {"surface": {"kind": "rosenbrock"}, "starts": [[-1.5, -0.5]], "steps": 1000}
"""From a steep wall into a gentle valley."""
LANDING = {"kind": "cosine", "length": 600}
"""A learning rate that ends at 0, so that noise ends in rest."""

RACES = {
    preset.name: preset
    for preset in (
        RacePreset(
            name="worked-example",
            title=N_("One step by hand"),
            story=N_(
                "f = x² + 2y² from (1, 1) with η = 0.1. The gradient is (2x, 4y). Momentum adds it to the"
                " velocity, 0.9 of which is kept, and moves by η times that."
            ),
            look=N_(
                "The arithmetic of momentum: v = (2, 4), then (3.4, 6), then (3.98, 5.4), and"
                " w = (0.8, 0.6), (0.46, 0), (0.062, −0.54)."
            ),
            try_next=N_("Work out the fourth step yourself, then step on."),
            race={
                "surface": {"kind": "bowl"},
                "racers": [racer("momentum", 0.1, momentum=0.9), racer("sgd", 0.1)],
                "steps": 30,
            },
            speed=3,
        ),
        RacePreset(
            name="zigzag",
            title=N_("Zigzag in a ravine"),
            story=N_(
                "Across the ravine the slope is 20 times steeper than along it. A rate that is fast"
                " along the ravine overshoots across it; one that does not overshoot creeps."
            ),
            look=N_(
                "The fast SGD jumps from wall to wall, the slow one is last, and momentum, whose"
                " velocities across cancel, is there after 15 steps."
            ),
            try_next=N_("Raise the condition number of the ravine to 100. Which rates still work?"),
            race={
                "surface": {"kind": "ravine", "condition": 20},
                "racers": [
                    racer("sgd", 0.095),
                    racer("sgd", 0.03),
                    racer("momentum", 0.13, momentum=0.4),
                ],
                "steps": 150,
            },
            speed=10,
        ),
        RacePreset(
            name="edge-of-stability",
            title=N_("A little too far"),
            story=N_(
                "On a slope of curvature 20, SGD is stable up to a learning rate of 2/20 = 0.1: there each"
                " step lands as high on the other side. The tiniest bit more, and it climbs."
            ),
            look=N_(
                "0.09 arrives, 0.1 bounces forever between the same two places, and 0.102 leaves the map."
            ),
            try_next=N_(
                "Give the third racer 0.1001 and the race 5,000 steps. How long does it take to leave?"
            ),
            race={
                "surface": {"kind": "ravine", "condition": 20},
                "racers": [racer("sgd", 0.09), racer("sgd", 0.1), racer("sgd", 0.102)],
                "steps": 200,
            },
            speed=30,
        ),
        RacePreset(
            name="plateau",
            title=N_("Momentum crosses a plain"),
            story=N_(
                "Down the slope both gather speed. On the plain there is no gradient: SGD, which moves by"
                " it alone, stops. Momentum rolls on and falls into the hole."
            ),
            look=N_("SGD rests at the foot of the slope with a gradient close to 0."),
            try_next=N_("Lower the momentum step by step: below which value does it stay out too?"),
            race={
                "surface": {"kind": "plateau"},
                "racers": [racer("sgd", 0.1), racer("momentum", 0.1, momentum=0.9)],
                "steps": 300,
            },
            speed=30,
        ),
        RacePreset(
            name="saddle",
            title=N_("Off the saddle"),
            story=N_(
                "All start almost on the ridge. SGD runs to the saddle point, where the gradient is"
                " nearly 0, and takes long to find the way down the side."
            ),
            look=N_(
                "RMSProp is off first, as it makes small gradients count as much as large ones. Momentum"
                " and Adam follow, SGD comes last."
            ),
            try_next=N_("Move the start onto the ridge itself, to y = 0: now only noise helps."),
            race={
                "surface": {"kind": "saddle"},
                "racers": [
                    racer("sgd", 0.05),
                    racer("momentum", 0.05, momentum=0.9),
                    racer("rmsprop", 0.05, decay=0.9),
                    racer("adam", 0.05),
                ],
                "steps": 85,
            },
            speed=10,
        ),
        RacePreset(
            name="adagrad-stalls",
            title=N_("AdaGrad stalls"),
            story=N_(
                "AdaGrad divides by the root of all squared gradients so far. The steep wall at the start"
                " is never forgotten, so its steps in the gentle valley become too short to arrive."
            ),
            look=N_(
                "AdaGrad's status turns to stuck; RMSProp, with a fifth of the rate, goes on. Draw the"
                " effective learning rate in the chart: AdaGrad's is down for good."
            ),
            try_next=N_("Start it in the valley, at (−1, 1): without the wall it gets further."),
            race={
                **CORNER,
                "racers": [racer("adagrad", 0.1), racer("rmsprop", 0.02, decay=0.9)],
            },
            speed=100,
        ),
        RacePreset(
            name="rmsprop-forgets",
            title=N_("RMSProp forgets"),
            story=N_(
                "RMSProp averages recent squares only. How recent, its decay says: 0.9 remembers some ten"
                " steps, 0.99 a hundred. AdaGrad never forgets."
            ),
            look=N_(
                "Draw the effective learning rate in the chart: it rises as soon as the wall is forgotten,"
                " first with 0.9, then with 0.99. AdaGrad's stays below what it began with."
            ),
            try_next=N_("Lower the decay to 0.5. What is the price of a short memory?"),
            race={
                **CORNER,
                "racers": [
                    racer("rmsprop", 0.02, decay=0.9),
                    racer("rmsprop", 0.02, decay=0.99),
                    racer("adagrad", 0.1),
                ],
            },
            speed=100,
        ),
        RacePreset(
            name="bias-correction",
            title=N_("Adam's cold start"),
            story=N_(
                "Adam's averages begin at 0. After one step the average of gradients is 0.1 of the gradient,"
                " the root of that of squares 0.03 of it: uncorrected, the step is 3 times too long."
            ),
            look=N_(
                "With correction the first step is η in each direction; without, it is 3.2 η, and the path"
                " swings out further."
            ),
            try_next=N_(
                "Lower β₂ to 0.99: then both averages are equally cold, and the first step is η again."
            ),
            race={
                "racers": [racer("adam", 0.1), racer("adam", 0.1, bias_correction=False)],
                "steps": 150,
            },
            speed=10,
        ),
        RacePreset(
            name="local-minima",
            title=N_("Caught on a step"),
            story=N_(
                "Each step of the stairs is a local minimum. SGD and Adam rest in the first one: there"
                " the gradient is 0 and nothing tells them of a lower place."
            ),
            look=N_(
                "Both stand still by step 100, and their status is stuck. Momentum has the speed to roll"
                " down over all of them."
            ),
            try_next=N_(
                "Set the gradient noise to 3: SGD is shaken down two steps or more. Adam, whose steps"
                " do not grow with it, stays behind."
            ),
            race={
                "surface": {"kind": "stairs"},
                "racers": [
                    racer("sgd", 0.05),
                    racer("adam", 0.05),
                    racer("momentum", 0.02, momentum=0.9),
                ],
                "steps": 200,
            },
            speed=30,
        ),
        RacePreset(
            name="noise-helps",
            title=N_("Noise gets out"),
            story=N_(
                "The same stairs with noise in the gradient, as batches bring it: eight paths from one"
                " place. Each is shaken out of step after step; as the rate falls, it comes to rest."
            ),
            look=N_(
                "Eight different paths, most of which end at the bottom. Without noise none gets anywhere."
            ),
            try_next=N_(
                "Halve the noise: most stay on the way. Set it to 12: few rest on the lowest step."
            ),
            race={
                "surface": {"kind": "stairs"},
                "racers": [racer("sgd", 0.1, schedule=LANDING)],
                "starts": [[4.4, 2.0]] * 8,
                "noise": 2,
                "steps": 600,
                "tolerance": 0.1,
            },
            speed=60,
        ),
        RacePreset(
            name="cliff",
            title=N_("The cliff, and clipping"),
            story=N_(
                "At the foot of a gentle slope stands a wall with a gradient of 98. One step from there"
                " throws a racer far back; with the gradient clipped to a length of 0.3 it only turns around."
            ),
            look=N_(
                "The unclipped racer leaves the map to the left and has to come all the way again. The"
                " clipped one settles at the wall."
            ),
            try_next=N_("Raise the limit to 10, then to 100. At which limit does the wall win?"),
            race={
                "surface": {"kind": "cliff"},
                "racers": [
                    racer("momentum", 0.1, momentum=0.9),
                    racer("momentum", 0.1, momentum=0.9, clip={"kind": "norm", "limit": 0.3}),
                ],
                "steps": 200,
                "tolerance": 0.1,
            },
            speed=30,
        ),
        RacePreset(
            name="basins",
            title=N_("The start decides"),
            story=N_(
                "Four minima, all equally low. SGD in small steps goes to the one whose basin it starts"
                " in; sixteen starts find all four."
            ),
            look=N_(
                "Turn on the basins: every place of the map gets the colour of the minimum it leads to."
            ),
            try_next=N_(
                "Raise the learning rate to 0.015 and look at the basins again: their borders fray."
            ),
            race={
                "surface": {"kind": "himmelblau"},
                "racers": [racer("sgd", 0.005)],
                "starts": [[x, y] for y in (4, 1.5, -1.5, -4) for x in (-4, -1.5, 1.5, 4)],
                "steps": 100,
            },
            speed=10,
        ),
    )
}
