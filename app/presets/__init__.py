"""Presets: runs with a reason, grouped by lesson in learning order."""

from __future__ import annotations

from app.presets.hyperparameters import HYPERPARAMETERS
from app.presets.losses import LOSSES
from app.presets.networks import NETWORKS
from app.presets.optimization import OPTIMIZATION
from app.presets.overfitting import OVERFITTING
from app.presets.record import Lesson, Preset
from app.presets.signals import SIGNALS
from engine.words import N_

__all__ = ["LESSONS", "PRESETS", "Lesson", "Preset"]

LESSONS = (
    Lesson("networks", N_("Networks"), N_("What lines, layers and neurons can draw.")),
    Lesson("loss", N_("Loss"), N_("What the network learns to minimize.")),
    Lesson(
        "optimization", N_("Optimization"), N_("How gradients lead down, and where they get lost.")
    ),
    Lesson(
        "signals", N_("Signal flow"), N_("How the initial weights decide whether learning begins.")
    ),
    Lesson(
        "overfitting",
        N_("Over-fitting"),
        N_("Learning the points by heart, and what helps against it."),
    ),
    Lesson("hyperparameters", N_("Hyper-parameters"), N_("The choices you make yourself.")),
)

PRESETS = {
    preset.name: preset
    for preset in (
        *NETWORKS,
        *LOSSES,
        *OPTIMIZATION,
        *SIGNALS,
        *OVERFITTING,
        *HYPERPARAMETERS,
    )
}
