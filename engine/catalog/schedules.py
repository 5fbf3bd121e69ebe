"""Schedules: how the learning rate changes as training goes on, simplest first.

A schedule's clock runs in epochs, from the moment it is chosen, and moves a little at every step. So its
lengths mean the same at every batch size. Where there are no epochs, as on a test surface, every step is
one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.core.arrays import Numbers
from engine.core.powers import power
from engine.core.registry import Family, Knob, Record


@dataclass(frozen=True, kw_only=True)
class Schedule(Record):
    """factor(t, k): what the learning rate is multiplied by, 0 to 1, t epochs after the schedule began.

    t and the knobs `k` are one number for all members, or (M, 1) arrays.
    script_name: its class in exported scripts.
    """

    factor: Callable[[Any, Numbers], Any]
    varies: bool = True
    script_name: str


def _constant(t: Any, k: Numbers) -> Any:
    return 1.0


def _step(t: Any, k: Numbers) -> Any:
    return power(k["gamma"], np.floor(t / k["every"]))


def _exponential(t: Any, k: Numbers) -> Any:
    return power(k["gamma"], t)


def _inverse(t: Any, k: Numbers) -> Any:
    return 1 / (1 + t / k["half"])


def _cosine(t: Any, k: Numbers) -> Any:
    done = np.minimum(t / k["length"], 1)
    return k["final"] + (1 - k["final"]) * 0.5 * (1 + np.cos(np.pi * done))


def _warmup_cosine(t: Any, k: Numbers) -> Any:
    warm = np.minimum(t / k["warmup"], 1)
    rising = k["start"] + (1 - k["start"]) * warm
    return rising * _cosine(np.maximum(t - k["warmup"], 0), k)


def _epochs(
    name: str, label: str, sentence: str, default: float, symbol: str, meaning: str
) -> Knob:
    return Knob(
        name,
        label,
        sentence,
        default=default,
        minimum=0.1,
        maximum=100_000,
        scale="log",
        choices=(10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0),
        symbol=symbol,
        meaning=meaning,
    )


def _share(
    name: str,
    label: str,
    sentence: str,
    default: float,
    symbol: str,
    meaning: str = "",
    minimum: float = 0,
) -> Knob:
    return Knob(
        name,
        label,
        sentence,
        default=default,
        minimum=minimum,
        maximum=1,
        step=0.01,
        symbol=symbol,
        meaning=meaning,
    )


_LENGTH = _epochs(
    "length",
    "Length",
    "How many epochs it takes to get to the end (T).",
    200.0,
    "T",
    "epochs to the end",
)
_FINAL = _share(
    "final", "Final share", "The share of the learning rate that is left in the end (q).", 0, "q"
)

_RATE = ("η", "learning rate as it is set")
_T = ("t", "epochs so far")

SCHEDULES: Family[Schedule] = Family(
    "schedule",
    Schedule(
        kind="constant",
        label="Constant",
        script_name="Constant",
        help="The learning rate stays as it is set.",
        formula="η(t) = η",
        terms=(_RATE, _T),
        factor=_constant,
        varies=False,
    ),
    Schedule(
        kind="step",
        label="Step",
        script_name="Step",
        help="Cuts the learning rate every so many epochs.",
        formula="η(t) = η γ^⌊t / k⌋",
        terms=(_RATE, _T),
        knobs=(
            _epochs(
                "every",
                "Every",
                "How many epochs lie between two cuts (k).",
                50.0,
                "k",
                "epochs from cut to cut",
            ),
            _share(
                "gamma",
                "Gamma",
                "What each cut multiplies the learning rate by (γ).",
                0.5,
                "γ",
                "factor of a cut",
            ),
        ),
        factor=_step,
    ),
    Schedule(
        kind="exponential",
        label="Exponential",
        script_name="Exponential",
        help="Shrinks the learning rate by the same share in every epoch.",
        formula="η(t) = η γᵗ",
        terms=(_RATE, _T),
        knobs=(
            Knob(
                "gamma",
                "Gamma",
                "What every epoch multiplies the learning rate by (γ).",
                default=0.99,
                minimum=0.5,
                maximum=1,
                step=0.001,
                symbol="γ",
                meaning="factor of an epoch",
            ),
        ),
        factor=_exponential,
    ),
    Schedule(
        kind="inverse",
        label="1/t",
        script_name="Inverse",
        help="Shrinks fast, then ever slower: short enough to settle, and never too short to arrive.",
        formula="η(t) = η / (1 + t / τ)",
        terms=(_RATE, _T),
        knobs=(
            _epochs(
                "half",
                "Half after",
                "After how many epochs half the rate is left (τ).",
                50.0,
                "τ",
                "epochs until half is left",
            ),
        ),
        factor=_inverse,
    ),
    Schedule(
        kind="cosine",
        label="Cosine",
        script_name="Cosine",
        help="Glides down along half a cosine wave, slowly at both ends.",
        formula="η(t) = η (q + (1−q) (1 + cos(π t / T)) / 2)",
        terms=(_RATE, _T),
        knobs=(_LENGTH, _FINAL),
        factor=_cosine,
    ),
    Schedule(
        kind="warmup_cosine",
        label="Warm-up, then cosine",
        script_name="WarmupCosine",
        help="Rises in a straight line first, so that the first rough gradients do little harm.",
        formula="η(t) = η (p + (1−p) t / W) up to W,  then cosine over T",
        terms=(_RATE, _T),
        knobs=(
            _epochs(
                "warmup",
                "Warm-up",
                "How many epochs the rise takes (W).",
                10.0,
                "W",
                "epochs of warm-up",
            ),
            _share(
                "start",
                "Start share",
                "The share of the rate it begins with (p).",
                0.1,
                "p",
                minimum=0.001,
            ),
            _LENGTH,
            _FINAL,
        ),
        factor=_warmup_cosine,
    ),
)


def _in_steps(record: Schedule) -> Schedule:
    """The same schedule, in the words of a place where every step is an epoch."""

    def words(text: str) -> str:
        return text.replace("an epoch", "a step").replace("epoch", "step")

    return replace(
        record,
        help=words(record.help),
        knobs=tuple(
            replace(knob, help=words(knob.help), meaning=words(knob.meaning))
            for knob in record.knobs
        ),
        terms=tuple((symbol, words(text)) for symbol, text in record.terms),
    )


STEP_SCHEDULES: Family[Schedule] = Family("step schedule", *map(_in_steps, SCHEDULES.values()))
"""The schedules of a race on a surface, where there are no epochs."""
