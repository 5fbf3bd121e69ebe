"""The parts of a race on a surface, as `engine.catalog.SECTIONS` are those of a run."""

from __future__ import annotations

from engine.catalog.sections import Section, seed
from engine.core.registry import Knob
from engine.race.noise import AMPLITUDE
from engine.words import N_, Message


def _coordinate(name: str, label: Message, sentence: Message, default: float) -> Knob:
    return Knob(name, label, sentence, default=default, minimum=-1e6, maximum=1e6)


RACE_SECTIONS: tuple[Section, ...] = (
    Section(
        path="surface",
        label=N_("Surface"),
        help=N_("The function to descend."),
        live=True,
        family="surfaces",
        default="ravine",
    ),
    Section(
        path="racers.*.optimizer",
        label=N_("Optimizer"),
        help=N_("The rule that turns a gradient into a step."),
        live=True,
        family="optimizers",
        default="sgd",
    ),
    Section(
        path="racers.*.schedule",
        label=N_("Schedule"),
        help=N_("How the learning rate changes from step to step."),
        live=True,
        family="step_schedules",
        default="constant",
    ),
    Section(
        path="racers.*.clip",
        label=N_("Clipping"),
        help=N_("A limit on the gradient, so that one steep place does not throw the racer off."),
        live=True,
        family="clips",
        default="none",
    ),
    Section(
        path="starts.*",
        label=N_("Start"),
        help=N_("A place where every racer starts."),
        live=True,
        knobs=(
            _coordinate("0", N_("x"), N_("How far to the right the start is."), 0.0),
            _coordinate("1", N_("y"), N_("How far up the start is."), 0.0),
        ),
    ),
    Section(
        path="view",
        label=N_("View"),
        help=N_("The part of the surface that is drawn."),
        live=True,
        knobs=(
            _coordinate("0", N_("Left"), N_("The smallest x that is drawn."), -5.0),
            _coordinate("1", N_("Right"), N_("The largest x that is drawn."), 5.0),
            _coordinate("2", N_("Bottom"), N_("The smallest y that is drawn."), -5.0),
            _coordinate("3", N_("Top"), N_("The largest y that is drawn."), 5.0),
        ),
    ),
    Section(
        path="",
        label=N_("Race"),
        help=N_("How long the race is, and what disturbs it."),
        live=True,
        knobs=(
            Knob(
                "steps",
                N_("Steps"),
                N_("How many steps every racer makes."),
                default=200,
                type="integer",
                minimum=1,
                maximum=10_000,
                scale="log",
                choices=(20, 50, 100, 200, 500, 1000, 2000, 5000),
            ),
            AMPLITUDE,
            seed("noise_seed", N_("Noise seed"), N_("The same seed draws the same noise.")),
            Knob(
                "tolerance",
                N_("Tolerance"),
                N_("How close to the lowest value counts as converged."),
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
