"""Stop rules: when a run has gone on for long enough.

A rule looks at fixed moments, at one step or at the end of every epoch, so that where a run is sliced
changes nothing. Early stopping: Prechelt (1998), "Early Stopping – But When?".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.core.arrays import Numbers
from engine.core.numerals import numeral
from engine.core.registry import Family, Knob, Record

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


def reason(kind: str, k: Numbers, epoch: int, found: Mapping[str, Any]) -> str | None:
    """Why a rule other than the plateau's stops here, or None. `found` holds the member's metrics."""
    rule = STOPS[kind]
    if kind == "steps":
        return f"{k['steps']} steps are done"
    if kind == "epochs":
        return f"{k['epochs']} epochs are done" if epoch == k["epochs"] else None
    value = found[rule.metric(k)]
    where = "training" if k["on"] == "train" else "test"
    if kind == "target_loss" and value <= k["loss"]:
        return f"the {where} loss reached {numeral(k['loss'])}"
    if kind == "target_accuracy" and value >= k["accuracy"]:
        return f"the {where} accuracy reached {numeral(k['accuracy'])}"
    return None


def _on(default: str) -> Knob:
    return Knob(
        name="on",
        label="Measured on",
        help="Which points it is measured on: those the network learns from, or the others.",
        default=default,
        type="choice",
        choices=("train", "test"),
    )


def _count(name: str, label: str, sentence: str, default: int) -> Knob:
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
    "stop rule",
    StopRule(
        kind="none",
        label="None",
        help="Trains until it is paused.",
        formula="never",
        looks="never",
    ),
    StopRule(
        kind="steps",
        label="After steps",
        help="Stops after a number of updates.",
        formula="t = n",
        knobs=(_count("steps", "Steps", "How many updates are made.", 1000),),
        looks="step",
    ),
    StopRule(
        kind="epochs",
        label="After epochs",
        help="Stops after a number of passes over the training points.",
        formula="epoch = n",
        knobs=(_count("epochs", "Epochs", "How many passes are made.", 100),),
        looks="epoch",
    ),
    StopRule(
        kind="target_loss",
        label="Target loss",
        help="Stops at the end of the first epoch whose loss is low enough.",
        formula="L ≤ target",
        knobs=(
            Knob("loss", "Loss", "The loss to reach.", default=0.01, minimum=0, maximum=100),
            _on("test"),
        ),
        looks="epoch",
        watches="loss",
    ),
    StopRule(
        kind="target_accuracy",
        label="Target accuracy",
        help="Stops at the end of the first epoch whose accuracy is high enough.",
        formula="accuracy ≥ target",
        knobs=(
            Knob(
                "accuracy",
                "Accuracy",
                "The share of points to get right.",
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
        label="Plateau (early stopping)",
        help="Stops when the loss has not improved for a while, and goes back to the best weights.",
        formula="L ≥ L* − δ for p epochs",
        knobs=(
            _count(
                "patience", "Patience", "How many epochs without improvement are waited for.", 50
            ),
            Knob(
                "improvement",
                "Improvement",
                "By how much the loss must fall to count as better (δ).",
                default=0.0,
                minimum=0,
                maximum=10,
            ),
            Knob(
                "keep_best",
                "Keep the best",
                "Goes back to the weights with the lowest loss when it stops.",
                default=True,
                type="boolean",
            ),
            _on("test"),
        ),
        looks="epoch",
        watches="loss",
    ),
)
