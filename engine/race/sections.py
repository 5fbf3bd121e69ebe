"""The parts of a race on a surface, as `engine.catalog.SECTIONS` are those of a run."""

from __future__ import annotations

from engine.catalog.sections import Section, seed
from engine.core.registry import Knob
from engine.race.noise import AMPLITUDE


def _coordinate(name: str, label: str, sentence: str, default: float) -> Knob:
    return Knob(name, label, sentence, default=default, minimum=-1e6, maximum=1e6)


RACE_SECTIONS: tuple[Section, ...] = (
    Section(
        path="surface",
        label="Surface",
        help="The function to go down.",
        live=True,
        family="surfaces",
        default="ravine",
    ),
    Section(
        path="racers.*.optimizer",
        label="Optimizer",
        help="The rule that turns a gradient into a step.",
        live=True,
        family="optimizers",
        default="sgd",
    ),
    Section(
        path="racers.*.schedule",
        label="Schedule",
        help="How the learning rate changes from step to step.",
        live=True,
        family="step_schedules",
        default="constant",
    ),
    Section(
        path="racers.*.clip",
        label="Clipping",
        help="A limit on the gradient, so that one steep place does not throw the racer off.",
        live=True,
        family="clips",
        default="none",
    ),
    Section(
        path="starts.*",
        label="Start",
        help="A place that every racer starts from.",
        live=True,
        knobs=(
            _coordinate("0", "x", "How far to the right the start is.", 0.0),
            _coordinate("1", "y", "How far up the start is.", 0.0),
        ),
    ),
    Section(
        path="view",
        label="View",
        help="The part of the surface that is drawn.",
        live=True,
        knobs=(
            _coordinate("0", "Left", "The smallest x that is drawn.", -5.0),
            _coordinate("1", "Right", "The largest x that is drawn.", 5.0),
            _coordinate("2", "Bottom", "The smallest y that is drawn.", -5.0),
            _coordinate("3", "Top", "The largest y that is drawn.", 5.0),
        ),
    ),
    Section(
        path="",
        label="Race",
        help="How long the race is, and what disturbs it.",
        live=True,
        knobs=(
            Knob(
                "steps",
                "Steps",
                "How many steps every racer makes.",
                default=200,
                type="integer",
                minimum=1,
                maximum=10_000,
                scale="log",
                choices=(20, 50, 100, 200, 500, 1000, 2000, 5000),
            ),
            AMPLITUDE,
            seed("noise_seed", "Noise seed", "The same seed draws the same noise."),
            Knob(
                "tolerance",
                "Tolerance",
                "How close to the lowest value counts as converged.",
                default=1e-3,
                minimum=1e-12,
                maximum=10,
                scale="log",
                choices=(1e-9, 1e-6, 1e-4, 1e-3, 1e-2, 0.1),
            ),
        ),
    ),
)
"""Every section is live: any change makes another race, and nothing has to begin again for it."""
