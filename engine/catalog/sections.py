"""The catalogue: every family of records, and the sections of a spec that choose from them.

A section is one part of a spec: where it stands, which family its `kind` is chosen from, which knobs all
kinds have, and whether a running network can take the change. Every limit on a spec is stated here or
in a record, once; `engine.spec` checks against it and the page builds its controls from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.catalog.activations import ACTIVATIONS
from engine.catalog.augmentations import AUGMENTATIONS
from engine.catalog.clipping import CLIPS
from engine.catalog.datasets import DATASETS
from engine.catalog.features import FEATURES
from engine.catalog.initializers import INITIALIZERS
from engine.catalog.losses import LOSSES
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.penalties import PENALTIES
from engine.catalog.schedules import SCHEDULES, STEP_SCHEDULES
from engine.catalog.stop_rules import STOPS
from engine.catalog.strategies import STRATEGIES
from engine.catalog.surfaces import SURFACES
from engine.core.registry import Family, Knob, Record
from engine.words import N_

MAX_LAYERS = 16
FAMILIES: Mapping[str, Family[Any]] = {
    "datasets": DATASETS,
    "augmentations": AUGMENTATIONS,
    "features": FEATURES,
    "activations": ACTIVATIONS,
    "losses": LOSSES,
    "initializers": INITIALIZERS,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "step_schedules": STEP_SCHEDULES,
    "penalties": PENALTIES,
    "stops": STOPS,
    "surfaces": SURFACES,
    "strategies": STRATEGIES,
    "clips": CLIPS,
}


@dataclass(frozen=True)
class Section:
    """One part of a spec.

    path: where it stands; "" is the top, "layers.*" each layer.
    family: which family its `kind` names a record of, or None.
    default: the default kind.
    live: True if changing it keeps every array's shape and the data, so that training goes on.
    knobs: what every kind has; a record's own knobs come after them.
    """

    path: str
    label: str
    help: str
    live: bool
    family: str | None = None
    default: str | None = None
    knobs: tuple[Knob, ...] = ()

    def record(self, kind: str) -> Record:
        """The record that `kind` names."""
        if self.family is None:
            raise KeyError(f"{self.path} has no kinds to choose from")
        record: Record = FAMILIES[self.family][kind]
        return record

    @cached_property
    def live_knobs(self) -> Mapping[str, bool]:
        """Whether a knob is live: those of every kind, and those of one kind that differ from the section."""
        own = {knob.name: self.live if knob.live is None else knob.live for knob in self.knobs}
        records = FAMILIES[self.family].values() if self.family else ()
        special = (knob for record in records for knob in record.knobs if knob.live is not None)
        return own | {knob.name: bool(knob.live) for knob in special}

    def knobs_of(self, kind: str | None) -> tuple[Knob, ...]:
        """All knobs of this section where it is of this kind."""
        return self.knobs if kind is None else self.knobs + self.record(kind).knobs


def seed(name: str, label: str, sentence: str) -> Knob:
    """A knob that decides which random numbers are drawn."""
    return Knob(
        name, label, sentence, default=1, type="integer", minimum=0, maximum=2**31 - 1, step=1
    )


SECTIONS: tuple[Section, ...] = (
    Section(
        path="data",
        label=N_("Data"),
        help=N_("The data set to learn."),
        live=False,
        family="datasets",
        default="circle",
        knobs=(
            Knob(
                "points",
                N_("Points"),
                N_("How many points are drawn in all, for training and for testing."),
                default=500,
                type="integer",
                minimum=10,
                maximum=5000,
                step=10,
            ),
            Knob(
                "noise",
                N_("Noise"),
                N_(
                    "How much randomness is mixed into the data; with noise, no model gets every point right."
                ),
                default=0.0,
                minimum=0,
                maximum=0.5,
                step=0.05,
            ),
            Knob(
                "balance",
                N_("Class balance"),
                N_(
                    "The share of the second class; far from one half, always guessing one class scores well."
                ),
                default=0.5,
                minimum=0.05,
                maximum=0.95,
                step=0.05,
            ),
            Knob(
                "train_share",
                N_("Training share"),
                N_(
                    "The share of the points to train on; the network never learns from the rest. "
                    "At 1 no points are left to test on."
                ),
                default=0.5,
                minimum=0.05,
                maximum=1,
                step=0.05,
            ),
            seed("seed", N_("Data seed"), N_("The same seed draws the same points.")),
        ),
    ),
    Section(
        path="augmentation",
        label=N_("Augmentation"),
        help=N_(
            "Small changes to the training points, drawn anew in every epoch; test points stay."
        ),
        live=True,
        knobs=tuple(record.amount for record in AUGMENTATIONS.values()),
    ),
    Section(
        path="layers.*",
        label=N_("Layer"),
        help=N_("One hidden layer."),
        live=False,
        knobs=(
            Knob(
                "units",
                N_("Neurons"),
                N_(
                    "How many neurons the layer has; more draw a more complex boundary and over-fit sooner."
                ),
                default=4,
                type="integer",
                minimum=1,
                maximum=128,
                step=1,
            ),
            Knob(
                "batch_norm",
                N_("Batch normalization"),
                N_(
                    "Gives each neuron's sums mean 0 and variance 1 over the batch, then scales and shifts "
                    "them. It divides by the standard deviation; some notes say the variance. "
                    "Batches of 2 or 3 points make it noisy; a batch size of 1 is refused."
                ),
                default=False,
                type="boolean",
            ),
        ),
    ),
    Section(
        path="layers.*",
        label=N_("Layer"),
        help=N_("One hidden layer, while it trains."),
        live=True,
        knobs=(
            Knob(
                "dropout",
                N_("Dropout"),
                N_(
                    "The share of neurons that are silent in each training step, so that the network relies "
                    "on none of them."
                ),
                default=0.0,
                minimum=0,
                maximum=0.9,
                step=0.1,
            ),
        ),
    ),
    Section(
        path="layers.*.activation",
        label=N_("Activation"),
        help=N_("The nonlinearity after a layer's sums; without one, depth adds nothing."),
        live=True,
        family="activations",
        default="tanh",
    ),
    Section(
        path="loss",
        label=N_("Loss"),
        help=N_("What training minimizes: how far the output is from the target."),
        live=False,
        family="losses",
        default="squared_error",
    ),
    Section(
        path="optimizer",
        label=N_("Optimizer"),
        help=N_("The rule that turns a gradient into a step."),
        live=True,
        family="optimizers",
        default="sgd",
    ),
    Section(
        path="schedule",
        label=N_("Schedule"),
        help=N_("How the learning rate changes as training goes on."),
        live=True,
        family="schedules",
        default="constant",
    ),
    Section(
        path="clip",
        label=N_("Clipping"),
        help=N_("A limit on the gradient, so that one steep place does not throw the network off."),
        live=True,
        family="clips",
        default="none",
    ),
    Section(
        path="initializer",
        label=N_("Initialization"),
        help=N_("How the weights are drawn before the first step."),
        live=False,
        family="initializers",
        default="uniform",
    ),
    Section(
        path="penalty",
        label=N_("Penalty"),
        help=N_(
            "A price on large weights, added to the loss that training minimizes; biases are free."
        ),
        live=True,
        knobs=PENALTIES["elastic_net"].knobs,
    ),
    Section(
        path="stop",
        label=N_("Stop rule"),
        help=N_("When training stops by itself."),
        live=True,
        family="stops",
        default="none",
    ),
    Section(
        path="",
        label=N_("Training"),
        help=N_("How the training points are fed to the network."),
        live=True,
        knobs=(
            Knob(
                "batch_size",
                N_("Batch size"),
                N_(
                    "How many points each step looks at: few are quick and noisy, many are steady. Batch "
                    "normalization needs 2, and a single last point of an epoch joins the batch before it."
                ),
                default=10,
                type="integer",
                minimum=1,
                maximum=1000,
                step=1,
                choices=(1, 5, 10, 20, 30, 100),
            ),
            Knob(
                "shuffle",
                N_("Shuffle"),
                N_("Draws a new order of the training points for every epoch."),
                default=False,
                type="boolean",
            ),
            seed(
                "batches_seed",
                N_("Batches seed"),
                N_("The same seed shuffles and augments the training points in the same way."),
            ),
        ),
    ),
    Section(
        path="",
        label=N_("Start"),
        help=N_("Where the run starts."),
        live=False,
        knobs=(
            Knob(
                "standardize",
                N_("Standardize inputs"),
                N_("Gives every input mean 0 and variance 1 over the training points."),
                default=False,
                type="boolean",
            ),
            seed(
                "weights_seed",
                N_("Weights seed"),
                N_("The same seed draws the same initial weights."),
            ),
            Knob(
                "dtype",
                N_("Precision"),
                N_("The number format of the arithmetic: float32 is faster, float64 more exact."),
                default="float32",
                type="choice",
                choices=("float32", "float64"),
            ),
        ),
    ),
)


def sections_at(path: str, sections: tuple[Section, ...] = SECTIONS) -> tuple[Section, ...]:
    """The sections that stand at this path; more than one where part of it is live and part is not."""
    return tuple(section for section in sections if section.path == path)
