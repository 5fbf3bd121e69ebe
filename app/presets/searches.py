"""Presets of the search: settings to look for with a reason, in learning order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import engine
from app.presets.record import LOGISTIC, layers
from engine.words import N_


@dataclass(frozen=True, kw_only=True)
class SearchPreset:
    """One search, or one duel of two strategies, to learn something from.

    name: how an address names it. story: what happens. look: where to see it. try_next: what to change then.
    search: what differs from the default search. against: the strategy that its own one meets, None for a
    search alone. duels: how often.
    """

    name: str
    title: str
    story: str
    look: str
    try_next: str
    search: Mapping[str, Any]
    against: str | None = None
    duels: int = 60

    @property
    def spec(self) -> engine.search.SearchSpec:
        """The whole search. Raises SpecError where it is wrong."""
        return engine.search.SearchSpec.from_dict(self.search)

    @property
    def duel(self) -> engine.search.DuelSpec | None:
        """The whole duel, None where there is none. Raises SpecError where it is wrong."""
        if self.against is None:
            return None
        values = {"search": self.search, "against": self.against, "duels": self.duels}
        return engine.search.DuelSpec.from_dict(values)


def base(kind: str, noise: float = 0.1, **more: Any) -> dict[str, Any]:
    """A run with one layer of 8 on a data set, told apart by the logistic loss."""
    return {"data": {"kind": kind, "noise": noise}, "layers": layers(1, 8), "loss": LOGISTIC} | more


def rate(low: float, high: float, scale: str = "log") -> dict[str, Any]:
    """The learning rate between two ends."""
    return {"path": "optimizer.learning_rate", "low": low, "high": high, "scale": scale}


def l2(low: float, high: float) -> dict[str, Any]:
    """The L2 penalty between two ends."""
    return {"path": "penalty.l2", "low": low, "high": high, "scale": "log"}


QUICK = 300
"""Updates of a trial that learns something simple."""
FAINT = l2(1e-7, 1e-4)
"""A penalty too weak to matter."""
MOVED = {"kind": "grid", "shift": True}
"""A grid that is moved by chance, so that nobody wins by where a column falls."""

SEARCHES = {
    preset.name: preset
    for preset in (
        SearchPreset(
            name="one-knob",
            title=N_("One knob matters"),
            story=N_(
                "64 random trials vary the learning rate and a faint L2 penalty. The learning rate decides"
                " how far each comes; the penalty is too weak to show."
            ),
            look=N_(
                "Along the top the scores follow the learning rate in a line. At the side, over the penalty,"
                " they are a cloud. The shares on the right say the same in numbers."
            ),
            try_next=N_("Let the penalty go from 0.001 to 1. Which of the two matters now?"),
            search={
                "base": base("moons", 0.2),
                "knobs": [rate(0.001, 10), l2(1e-6, 1e-3)],
                "budget": 64 * QUICK,
                "updates": QUICK,
            },
        ),
        SearchPreset(
            name="wasted-columns",
            title=N_("A grid wastes its columns"),
            story=N_(
                "A grid of 16 tries 4 learning rates four times each; chance tries 16. Where only the"
                " learning rate matters, three of four trials of the grid repeat what is known."
            ),
            look=N_(
                "In one duel either can win. Of sixty, random wins about two thirds. On the right: the marks"
                " along the top show how many learning rates each side tried."
            ),
            try_next=N_(
                "Switch “Move the grid in each duel” off. Now the answer is where one column happens to fall."
            ),
            search={
                "base": base("circle"),
                "knobs": [rate(0.0001, 10), FAINT],
                "strategy": MOVED,
                "budget": 16 * QUICK,
                "updates": QUICK,
            },
            against="random",
        ),
        SearchPreset(
            name="too-coarse",
            title=N_("Too coarse to see it"),
            story=N_(
                "Four learning rates from 0.00001 to 10, evenly spaced on a linear scale: 1.25, 3.75, 6.25"
                " and 8.75. The good ones lie below the first of them."
            ),
            look=N_("All four stand far apart at the right end, and none of them learns well."),
            try_next=N_(
                "Set the scale to log. The same four trials are spread over powers of ten, and one of them is"
                " good."
            ),
            search={
                "base": base("circle", layers=layers(1, 8, "relu"), optimizer={"kind": "momentum"}),
                "knobs": [rate(1e-5, 10, "linear")],
                "strategy": "grid",
                "budget": 4 * QUICK,
                "updates": QUICK,
            },
        ),
        SearchPreset(
            name="at-the-edge",
            title=N_("The best lies at the edge"),
            story=N_(
                "32 learning rates from 0.0001 to 0.01, and the best is the largest. A best at the edge says"
                " that the range ends too early."
            ),
            look=N_(
                "The scores along the top still fall where the map ends, and the sentence says so."
            ),
            try_next=N_(
                "Move the range: from 0.01 to 10. The same budget finds a loss five times as low, in the"
                " middle."
            ),
            search={
                "base": base("circle"),
                "knobs": [rate(0.0001, 0.01)],
                "strategy": "latin_hypercube",
                "budget": 32 * QUICK,
                "updates": QUICK,
            },
        ),
        SearchPreset(
            name="coarse-to-fine",
            title=N_("From coarse to fine"),
            story=N_(
                "Random search spends all 32 trials over the whole range. Coarse to fine spends 8, then looks"
                " closer around the best, three times."
            ),
            look=N_(
                "Coarse to fine wins about three of four duels. On the right its later trials crowd where the"
                " first ones were good."
            ),
            try_next=N_(
                "Lower the budget to 2,400, two trials a round. Does looking closer still help?"
            ),
            search={
                "base": base("xor"),
                "knobs": [rate(0.0001, 10), l2(1e-5, 1)],
                "budget": 32 * QUICK,
                "updates": QUICK,
            },
            against="coarse_to_fine",
        ),
        SearchPreset(
            name="winners-curse",
            title=N_("The winner’s curse"),
            story=N_(
                "256 trials, judged by 27 validation points. With that many tries somebody is lucky, and the"
                " lucky one wins. On points that chose nobody it does worse."
            ),
            look=N_(
                "Open the test set: the loss is half as high again as the one that won, or more. A grid is no"
                " cure: the curse comes of choosing among many, however they were found."
            ),
            try_next=N_(
                "Raise the validation share to 0.5, begin anew, and open the test set. How much is left?"
            ),
            search={
                "base": base(
                    "moons",
                    data={
                        "kind": "moons",
                        "noise": 0.4,
                        "points": 300,
                        "train_share": 0.4,
                        "seed": 2,
                    },
                ),
                "knobs": [rate(0.01, 10), l2(1e-5, 0.1)],
                "budget": 256 * QUICK,
                "updates": QUICK,
                "validation_share": 0.15,
            },
        ),
        SearchPreset(
            name="seeds-louder",
            title=N_("Seeds are louder than knobs"),
            story=N_(
                "Three ReLU units on xor, 32 learning rates and penalties from one start. They all end within"
                " 0.02 of each other. Other starts of the best lie twenty times as far apart."
            ),
            look=N_(
                "The sentence under the headline, once the best has been trained from 64 other starts:"
                " ranks of a single start say nothing here."
            ),
            try_next=N_(
                "Take 10 starts. Now a trial is judged by its median, and ranks mean something."
            ),
            search={
                "base": base("xor", layers=layers(1, 3, "relu")),
                "knobs": [rate(0.1, 0.3), l2(1e-6, 1e-4)],
                "budget": 32 * 500,
                "updates": 500,
            },
        ),
        SearchPreset(
            name="halving-wins",
            title=N_("Cutting early pays"),
            story=N_(
                "Successive halving starts about a hundred trials for the price of 16, and at each rung keeps"
                " the best quarter. On the circle those that lead early also lead late."
            ),
            look=N_(
                "Halving wins about four of five duels: more starts, and little is lost by cutting."
            ),
            try_next=N_("Let halving meet coarse to fine instead. Which of the two saves more?"),
            search={
                "base": base("circle"),
                "knobs": [rate(0.0001, 10), l2(1e-5, 1)],
                "budget": 16 * QUICK,
                "updates": QUICK,
            },
            against="halving",
        ),
        SearchPreset(
            name="halving-loses",
            title=N_("Cutting early hurts"),
            story=N_(
                "On the spiral every network first waits on a plateau. At the first rung nobody has left it:"
                " halving keeps those that are lucky there, and throws away those that would have learned."
            ),
            look=N_("Random wins about four of five duels with the very same budget."),
            try_next=N_(
                "Try coarse to fine against random. It cuts nobody; does it suffer from the plateau?"
            ),
            search={
                "base": base("spiral", 0, layers=layers(2, 8)),
                "knobs": [rate(0.001, 1), l2(1e-6, 1e-2)],
                "budget": 16 * 1000,
                "updates": 1000,
            },
            against="halving",
            duels=40,
        ),
        SearchPreset(
            name="tuned-together",
            title=N_("Optimizer and rate belong together"),
            story=N_(
                "Three optimizers, each with learning rates from 0.0001 to 10. Each is good somewhere, SGD at"
                " rates ten times those of Adam."
            ),
            look=N_(
                "Three rows on the map, their darkest dots at different places. At any one learning rate the"
                " comparison would be a comparison of luck."
            ),
            try_next=N_(
                "Fix the learning rate at 0.03 and search the optimizer alone. Which would you call best?"
            ),
            search={
                "base": base("circle"),
                "knobs": [
                    rate(0.0001, 10),
                    {"path": "optimizer.kind", "values": ["sgd", "momentum", "adam"]},
                ],
                "strategy": "latin_hypercube",
                "budget": 96 * QUICK,
                "updates": QUICK,
            },
        ),
    )
}
