"""What to try when training has left the finite numbers."""

from __future__ import annotations

from engine.core.numerals import numeral
from engine.spec.run_spec import RunSpec
from engine.training.data import raw_inputs

BOUNDED = ("sigmoid", "tanh", "sine")
"""Activations whose output stays between two numbers."""

LINEAR = ("sgd", "momentum", "nesterov")
"""Optimizers whose steps grow with the gradient."""

SIZES = ("value", "std", "limit", "gain")
"""The knobs of initializers that say how large weights are."""


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


def advice(spec: RunSpec) -> tuple[str, ...]:
    """Sentences that say what to try, the likeliest cure first."""
    rate = spec.optimizer["learning_rate"]
    tips = [
        f"Lower the learning rate (it is {numeral(rate)}): try {numeral(rate / 10)}, then reset."
    ]
    if raw_inputs(spec):
        tips.insert(0, "Standardize the inputs: they are far from 0, or of another size than 1.")
    l2 = spec.penalty["l2"]
    if overshooting(spec) == "penalty.l2":
        tips.append(
            f"Lower the L2 penalty (it is {numeral(l2)}): times the learning rate it is over 1,"
            " so it overshoots."
        )
    if spec.clip.kind == "none" and spec.optimizer.kind in LINEAR:
        tips.append("Clip the gradient by norm: then no step is longer than you allow.")
    if overshooting(spec) == "optimizer.weight_decay":
        tips.append(
            "Lower the weight decay: times the learning rate it is over 1, so it overshoots."
        )
    if any(abs(spec.initializer.knobs.get(name, 0)) > 1 for name in SIZES):
        tips.append("Start from smaller weights.")
    if any(layer.activation.kind not in BOUNDED for layer in spec.layers):
        tips.append("Try tanh: its output stays between −1 and 1 however large the weights grow.")
    if len(tips) == 1 and spec.optimizer.kind != "adam":
        tips.append("Try Adam, whose steps do not grow with the gradient.")
    return tuple(tips)
