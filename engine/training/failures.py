"""What to try when training has left the finite numbers."""

from __future__ import annotations

from engine.core.numerals import numeral
from engine.spec.run_spec import RunSpec
from engine.training.data import raw_inputs
from engine.words import N_, Message

BOUNDED = ("sigmoid", "tanh", "sine")
"""Activations whose output stays between two numbers."""

LINEAR = ("sgd", "momentum", "nesterov")
"""Optimizers whose steps grow with the gradient."""

SIZES = ("value", "std", "limit", "gain")
"""The knobs of initializers that say how large weights are."""


def cause_of(nan: bool, dtype: str) -> Message:
    """What a number has become that is not finite, as the end of "a weight became"."""
    return N_("not a number (NaN)") if nan else N_("too large for {dtype}", dtype=dtype)


def overshooting(spec: RunSpec) -> str | None:
    """The path of what pulls weights past zero, or None: a pull that grows with them, and a large rate.

    L1 stops at zero, and an optimizer that divides by the size of gradients makes L2's no longer than others.
    """
    rate = spec.optimizer["learning_rate"]
    if spec.optimizer.kind in LINEAR and rate * spec.penalty["l2"] > 1:
        return "penalty.l2"
    return (
        "optimizer.weight_decay" if rate * spec.optimizer.knobs.get("weight_decay", 0) > 1 else None
    )


def advice(spec: RunSpec) -> tuple[Message, ...]:
    """Sentences that say what to try, the likeliest cure first."""
    rate = spec.optimizer["learning_rate"]
    tips = [
        N_(
            "Lower the learning rate (it is {now}): try {less}, then reset.",
            now=numeral(rate),
            less=numeral(rate / 10),
        )
    ]
    if raw_inputs(spec):
        tips.insert(
            0, N_("Standardize the inputs: they are far from 0, or much larger or smaller than 1.")
        )
    l2 = spec.penalty["l2"]
    if overshooting(spec) == "penalty.l2":
        tips.append(
            N_(
                "Lower the L2 penalty (it is {now}): times the learning rate it is over 1, so it overshoots.",
                now=numeral(l2),
            )
        )
    if spec.clip.kind == "none" and spec.optimizer.kind in LINEAR:
        tips.append(N_("Clip the gradient by norm: then no step is longer than you allow."))
    if overshooting(spec) == "optimizer.weight_decay":
        tips.append(
            N_("Lower the weight decay: times the learning rate it is over 1, so it overshoots.")
        )
    if any(abs(spec.initializer.knobs.get(name, 0)) > 1 for name in SIZES):
        tips.append(N_("Start from smaller weights."))
    if any(layer.activation.kind not in BOUNDED for layer in spec.layers):
        tips.append(
            N_("Try tanh: its output stays between −1 and 1 however large the weights grow.")
        )
    if len(tips) == 1 and spec.optimizer.kind != "adam":
        tips.append(N_("Try Adam, whose steps do not grow with the gradient."))
    return tuple(tips)
