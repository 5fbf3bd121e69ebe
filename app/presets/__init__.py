"""Presets: runs with a reason, grouped by lesson in learning order."""

from __future__ import annotations

from app.presets.hyperparameters import HYPERPARAMETERS
from app.presets.losses import LOSSES
from app.presets.networks import NETWORKS
from app.presets.optimization import OPTIMIZATION
from app.presets.overfitting import OVERFITTING
from app.presets.record import Lesson, Preset
from app.presets.signals import SIGNALS

__all__ = ["LESSONS", "PRESETS", "Lesson", "Preset"]

LESSONS = (
    Lesson("networks", "Networks", "What lines, layers and neurons can draw."),
    Lesson("loss", "Loss", "What the network is asked to make small."),
    Lesson("optimization", "Optimization", "How gradients lead down, and where they get lost."),
    Lesson("signals", "Signal flow", "How the first weights decide whether learning begins."),
    Lesson("overfitting", "Over-fitting", "Learning by heart, and what helps against it."),
    Lesson("hyperparameters", "Hyper-parameters", "The choices that are yours."),
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
