"""What an optimizer is, and the knobs that several of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.catalog.penalties import L1Penalty
from engine.catalog.scripts import Torch
from engine.catalog.worked_lines import StepPart, WorkedLine
from engine.core.arrays import Array, Numbers
from engine.core.registry import Knob, Record
from engine.words import N_, NC_, Message

W = ("w", N_("parameters"))
G = ("g", N_("gradient"))
N = ("n", N_("number of the update"))
"""What these letters are in every optimizer's formula."""

Coefficients = Mapping[str, Array]
Slots = tuple[Array, ...]
Update = Callable[[Array, Array, Array, Slots, Array, Coefficients], None]
Proximal = Callable[[Array, Array, L1Penalty, Slots, Array, Coefficients], None]


def _no_constants(k: Numbers) -> dict[str, Any]:
    return {}


def just_the_rate(k: Numbers, rate: Any, n: Any) -> dict[str, Any]:
    """The coefficients of a rule that multiplies by η and by nothing else that changes."""
    return {"rate": rate}


def _the_rate(k: Numbers, rate: Any, n: Any) -> Any:
    return rate


@dataclass(frozen=True)
class Edge:
    """The curvature from which on steps along a direction grow.

    formula: in signs. times_rate(k): what it is, times the learning rate.
    """

    formula: str
    times_rate: Callable[[Numbers], float]


@dataclass(frozen=True, kw_only=True)
class Optimizer(Record):
    """An optimizer.

    slots: names of its memory arrays, each (M, P) and zero at the start.
    constants(k): the named numbers of a step that depend on the knobs `k` alone.
    coefficients(k, rate, n): those that depend on the learning rate of this step, after the schedule, or
        on the number n = 1, 2, ... of the update since this optimizer began.
    varies: True if the coefficients depend on n even at a constant rate.
    update(theta, g, whole, slots, t, c): theta <- the next theta, and slots <- the next slots. g is the
        gradient and may be overwritten; `whole` is what squares are taken of: g itself, unless there is an L1
        penalty; t is scratch of the same shape; c holds constants and coefficients as arrays in theta's
        dtype, 0-d or (M, 1).
    proximal(theta, g, l1, slots, t, c): the same with an L1 penalty; the module `proximal` says how.
    reach(k, rate, n): what that needs besides, as the coefficient "reach": how long a step is for a gradient
        that was 1 in all n updates, but for what divides it.
    lines: the same update written out. parts: what of it lies between the gradient and the step, in order.
    edge: the curvature up to which its steps on a quadratic are stable; None where each direction is scaled
        by itself.
    full_steps: whether a gradient that is nothing but rounding makes a step of full length.
    script_name: its class in exported scripts. torch: the optimizer of PyTorch that
        follows the same convention.
    """

    slots: tuple[str, ...] = ()
    constants: Callable[[Numbers], dict[str, Any]] = _no_constants
    coefficients: Callable[[Numbers, Any, Any], dict[str, Any]] = just_the_rate
    varies: bool = False
    update: Update
    proximal: Proximal
    reach: Callable[[Numbers, Any, Any], Any] = _the_rate
    lines: tuple[WorkedLine, ...]
    parts: tuple[StepPart, ...] = ()
    edge: Edge | None = None
    full_steps: bool = False
    script_name: str
    torch: Torch | None = None


def learning_rate(default: float) -> Knob:
    """The knob η that every optimizer has."""
    return Knob(
        name="learning_rate",
        label=N_("Learning rate"),
        help=N_(
            "How far each step goes: too small crawls, too large overshoots and can diverge. Some courses"
            " write ε for it and δ for the small constant that is ε here."
        ),
        symbol="η",
        meaning=N_("learning rate"),
        default=default,
        minimum=1e-6,
        maximum=100,
        scale="log",
        choices=(0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
    )


def momentum(default: float) -> Knob:
    """The knob μ: at 1 nothing is ever lost."""
    return Knob(
        "momentum",
        NC_("number", "Momentum"),
        N_("How much of the velocity is kept at each step (μ)."),
        default=default,
        minimum=0,
        maximum=1,
        step=0.01,
        symbol="μ",
        meaning=N_("momentum"),
    )


def decay(
    name: str, label: Message, sentence: Message, default: float, symbol: str, meaning: Message
) -> Knob:
    """How much of a running average is kept at each step."""
    return Knob(
        name,
        label,
        sentence,
        default=default,
        minimum=0,
        maximum=0.9999,
        step=0.001,
        symbol=symbol,
        meaning=meaning,
    )


def epsilon(default: float) -> Knob:
    """The knob ε, the small constant."""
    return Knob(
        name="epsilon",
        label=N_("Epsilon"),
        help=N_("A small number added to the denominator so that it is never zero (ε)."),
        default=default,
        minimum=1e-12,
        maximum=0.1,
        scale="log",
        symbol="ε",
        meaning=N_("small constant"),
    )


def weight_decay(default: float) -> Knob:
    """The knob λ of the rules that shrink parameters apart from the gradient."""
    return Knob(
        name="weight_decay",
        label=N_("Weight decay"),
        help=N_("How fast all parameters shrink, whatever their gradient (λ)."),
        default=default,
        minimum=0,
        maximum=10,
        choices=(0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
        symbol="λ",
        meaning=N_("weight decay"),
    )
