"""Stop rules: when a run has gone on for long enough.

A rule looks at fixed moments, at one step or at the end of every epoch, so that where a run is sliced
changes nothing. Early stopping: Prechelt (1998), "Early Stopping – But When?".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.core.arrays import Numbers
from engine.core.numerals import numeral
from engine.core.registry import Family, Knob, Record
from engine.words import N_, NN_, Message

Moment = Literal["never", "step", "epoch"]


@dataclass(frozen=True, kw_only=True)
class StopRule(Record):
    """When to look, and at what.

    looks: at one step (its knob `steps`), at the end of every epoch, or never.
    watches: the metric it looks at, or None; a knob `on` chooses between training and test points.
    """

    looks: Moment
    watches: Literal["loss", "accuracy"] | None = None

    def metric(self, k: Numbers) -> str:
        """The name of the metric it watches, such as "test_loss"."""
        return f"{k['on']}_{self.watches}"


def reason(kind: str, k: Numbers, epoch: int, found: Mapping[str, Any]) -> Message | None:
    """Why a rule other than the plateau's stops here, or None. `found` holds the member's metrics."""
    rule = STOPS[kind]
    if kind == "steps":
        return NN_("{count} step is done", "{count} steps are done", k["steps"])
    if kind == "epochs":
        done = epoch == k["epochs"]
        return NN_("{count} epoch is done", "{count} epochs are done", epoch) if done else None
    value = found[rule.metric(k)]
    if kind == "target_loss" and value <= k["loss"]:
        return REACHED[kind, k["on"]](numeral(k["loss"]))
    if kind == "target_accuracy" and value >= k["accuracy"]:
        return REACHED[kind, k["on"]](numeral(k["accuracy"]))
    return None


REACHED: Mapping[tuple[str, str], Callable[[str], Message]] = {
    ("target_loss", "train"): lambda loss: N_("the training loss reached {loss}", loss=loss),
    ("target_loss", "test"): lambda loss: N_("the test loss reached {loss}", loss=loss),
    ("target_accuracy", "train"): lambda accuracy: N_(
        "the training accuracy reached {accuracy}", accuracy=accuracy
    ),
    ("target_accuracy", "test"): lambda accuracy: N_(
        "the test accuracy reached {accuracy}", accuracy=accuracy
    ),
}
"""What is said when a metric has reached its target, in these numerals."""


def unimproved(on: str, epochs: int) -> Message:
    """Why the plateau's rule stops."""
    if on == "train":
        return NN_(
            "the training loss has not improved for {count} epoch",
            "the training loss has not improved for {count} epochs",
            epochs,
        )
    return NN_(
        "the test loss has not improved for {count} epoch",
        "the test loss has not improved for {count} epochs",
        epochs,
    )


def _on(default: str) -> Knob:
    return Knob(
        name="on",
        label=N_("Measured on"),
        help=N_("Which points it is measured on: those the network learns from, or the others."),
        default=default,
        type="choice",
        choices=("train", "test"),
        choice_labels=(N_("Training points"), N_("Test points")),
    )


def _count(name: str, label: Message, sentence: Message, default: int) -> Knob:
    return Knob(
        name,
        label,
        sentence,
        default=default,
        type="integer",
        minimum=1,
        maximum=10_000_000,
        step=1,
    )


STOPS: Family[StopRule] = Family(
    N_("stop rule"),
    StopRule(
        kind="none",
        label=N_("None"),
        help=N_("Trains until it is paused."),
        formula=N_("never"),
        looks="never",
    ),
    StopRule(
        kind="steps",
        label=N_("After steps"),
        help=N_("Stops after a number of updates."),
        formula="t = n",
        knobs=(_count("steps", N_("Steps"), N_("How many updates to make."), 1000),),
        looks="step",
    ),
    StopRule(
        kind="epochs",
        label=N_("After epochs"),
        help=N_("Stops after a number of passes over the training points."),
        formula="epoch = n",
        knobs=(_count("epochs", N_("Epochs"), N_("How many passes to make."), 100),),
        looks="epoch",
    ),
    StopRule(
        kind="target_loss",
        label=N_("Target loss"),
        help=N_("Stops at the end of the first epoch whose loss is low enough."),
        formula="L ≤ target",
        knobs=(
            Knob(
                "loss", N_("Loss"), N_("The loss to reach."), default=0.01, minimum=0, maximum=100
            ),
            _on("test"),
        ),
        looks="epoch",
        watches="loss",
    ),
    StopRule(
        kind="target_accuracy",
        label=N_("Target accuracy"),
        help=N_("Stops at the end of the first epoch whose accuracy is high enough."),
        formula="accuracy ≥ target",
        knobs=(
            Knob(
                "accuracy",
                N_("Accuracy"),
                N_("The share of points to get right."),
                default=0.98,
                minimum=0,
                maximum=1,
                step=0.01,
            ),
            _on("test"),
        ),
        looks="epoch",
        watches="accuracy",
    ),
    StopRule(
        kind="plateau",
        label=N_("Plateau (early stopping)"),
        help=N_(
            "Stops when the loss has not improved for a while, and goes back to the best weights."
        ),
        formula="L ≥ L* − δ for p epochs",
        knobs=(
            _count(
                "patience",
                N_("Patience"),
                N_("How many epochs to wait without improvement."),
                50,
            ),
            Knob(
                "improvement",
                N_("Improvement"),
                N_("By how much the loss must fall to count as better (δ)."),
                default=0.0,
                minimum=0,
                maximum=10,
            ),
            Knob(
                "keep_best",
                N_("Keep the best"),
                N_("Goes back to the weights with the lowest loss when it stops."),
                default=True,
                type="boolean",
            ),
            _on("test"),
        ),
        looks="epoch",
        watches="loss",
    ),
)
