"""Schedules: how the learning rate changes as training goes on, simplest first.

A schedule's clock runs in epochs, from the moment it is chosen, and moves a little at every step. So its
lengths mean the same at every batch size. Where there are no epochs, as on a test surface, every step is
one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.core.arrays import Numbers
from engine.core.powers import power
from engine.core.registry import Family, Knob, Record
from engine.words import N_, NC_, Message


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
    name: str, label: Message, sentence: Message, default: float, symbol: str, meaning: Message
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
    label: Message,
    sentence: Message,
    default: float,
    symbol: str,
    meaning: Message,
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
    N_("Length"),
    N_("How many epochs it takes to reach the end (T)."),
    200.0,
    "T",
    N_("epochs to the end"),
)
_FINAL = _share(
    "final",
    N_("Final share"),
    N_("The share of the learning rate that is left at the end (q)."),
    0,
    "q",
    N_("final share"),
)

_RATE = ("η", N_("learning rate as it is set"))
_T = ("t", N_("epochs so far"))

SCHEDULES: Family[Schedule] = Family(
    N_("schedule"),
    Schedule(
        kind="constant",
        label=NC_("learning rate schedule", "Constant"),
        script_name="Constant",
        help=N_("The learning rate stays as it is set."),
        formula="η(t) = η",
        terms=(_RATE, _T),
        factor=_constant,
        varies=False,
    ),
    Schedule(
        kind="step",
        label=NC_("learning rate schedule", "Step"),
        script_name="Step",
        help=N_("Cuts the learning rate once every few epochs."),
        formula="η(t) = η γ^⌊t / k⌋",
        terms=(_RATE, _T),
        knobs=(
            _epochs(
                "every",
                N_("Every"),
                N_("How many epochs lie between two cuts (k)."),
                50.0,
                "k",
                N_("epochs from cut to cut"),
            ),
            _share(
                "gamma",
                N_("Gamma"),
                N_("The factor by which each cut multiplies the learning rate (γ)."),
                0.5,
                "γ",
                N_("factor of a cut"),
            ),
        ),
        factor=_step,
    ),
    Schedule(
        kind="exponential",
        label=N_("Exponential"),
        script_name="Exponential",
        help=N_("Shrinks the learning rate by the same share in every epoch."),
        formula="η(t) = η γᵗ",
        terms=(_RATE, _T),
        knobs=(
            Knob(
                "gamma",
                N_("Gamma"),
                N_("The factor by which every epoch multiplies the learning rate (γ)."),
                default=0.99,
                minimum=0.5,
                maximum=1,
                step=0.001,
                symbol="γ",
                meaning=N_("factor of an epoch"),
            ),
        ),
        factor=_exponential,
    ),
    Schedule(
        kind="inverse",
        label=N_("1/t"),
        script_name="Inverse",
        help=N_(
            "Shrinks fast, then ever more slowly: small enough to settle, never too small to arrive."
        ),
        formula="η(t) = η / (1 + t / τ)",
        terms=(_RATE, _T),
        knobs=(
            _epochs(
                "half",
                N_("Half after"),
                N_("The number of epochs after which half the rate is left (τ)."),
                50.0,
                "τ",
                N_("epochs until half is left"),
            ),
        ),
        factor=_inverse,
    ),
    Schedule(
        kind="cosine",
        label=N_("Cosine"),
        script_name="Cosine",
        help=N_("Glides down along half a cosine wave, slowly at both ends."),
        formula="η(t) = η (q + (1−q) (1 + cos(π t / T)) / 2)",
        terms=(_RATE, _T),
        knobs=(_LENGTH, _FINAL),
        factor=_cosine,
    ),
    Schedule(
        kind="warmup_cosine",
        label=N_("Warm-up, then cosine"),
        script_name="WarmupCosine",
        help=N_(
            "Rises in a straight line first, so that the first rough gradients do little harm."
        ),
        formula=N_("η(t) = η (p + (1−p) t / W) up to W,  then cosine over T"),
        terms=(_RATE, _T),
        knobs=(
            _epochs(
                "warmup",
                N_("Warm-up"),
                N_("How many epochs the rise takes (W)."),
                10.0,
                "W",
                N_("epochs of warm-up"),
            ),
            _share(
                "start",
                N_("Start share"),
                N_("The share of the rate that the rise begins with (p)."),
                0.1,
                "p",
                N_("start share"),
                minimum=0.001,
            ),
            _LENGTH,
            _FINAL,
        ),
        factor=_warmup_cosine,
    ),
)


OF_STEPS: Mapping[Any, Any] = {
    N_("How many epochs it takes to reach the end (T)."): N_(
        "How many steps it takes to reach the end (T)."
    ),
    N_("epochs to the end"): N_("steps to the end"),
    N_("epochs so far"): N_("steps so far"),
    N_("Cuts the learning rate once every few epochs."): N_(
        "Cuts the learning rate once every few steps."
    ),
    N_("How many epochs lie between two cuts (k)."): N_("How many steps lie between two cuts (k)."),
    N_("epochs from cut to cut"): N_("steps from cut to cut"),
    N_("Shrinks the learning rate by the same share in every epoch."): N_(
        "Shrinks the learning rate by the same share in every step."
    ),
    N_("The factor by which every epoch multiplies the learning rate (γ)."): N_(
        "The factor by which every step multiplies the learning rate (γ)."
    ),
    N_("factor of an epoch"): N_("factor of a step"),
    N_("The number of epochs after which half the rate is left (τ)."): N_(
        "The number of steps after which half the rate is left (τ)."
    ),
    N_("epochs until half is left"): N_("steps until half is left"),
    N_("How many epochs the rise takes (W)."): N_("How many steps the rise takes (W)."),
    N_("epochs of warm-up"): N_("steps of warm-up"),
}
"""The texts of schedules that are of epochs, and what they are where every step is one."""


def _in_steps(record: Schedule) -> Schedule:
    """The same schedule, in the words of a place where every step is an epoch."""

    knobs = (
        replace(knob, help=_of_steps(knob.help), meaning=_of_steps(knob.meaning))
        for knob in record.knobs
    )
    terms = ((symbol, _of_steps(text)) for symbol, text in record.terms)
    return replace(record, help=_of_steps(record.help), knobs=tuple(knobs), terms=tuple(terms))


def _of_steps(text: Any) -> Any:
    """The same text for steps, where it is of epochs."""
    return OF_STEPS.get(text, text)


STEP_SCHEDULES: Family[Schedule] = Family(N_("step schedule"), *map(_in_steps, SCHEDULES.values()))
"""The schedules of a race on a surface, where there are no epochs."""
