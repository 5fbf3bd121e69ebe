"""The words above a script: what it is, how to run it, and which settings it has."""

from __future__ import annotations

import textwrap
from typing import Any

from app.export.plan import Plan, frozen
from app.export.source import WIDTH
from engine import parameters
from engine.catalog import ACTIVATIONS, FAMILIES, FEATURES, LOSSES, OPTIMIZERS, Record
from engine.spec import Choice

COLUMN = 14


def header(plan: Plan, library: str, packages: str) -> str:
    """The script's docstring, without its quotes."""
    paragraphs = [
        f"A run of MLP Playground as one {library} script, with the same numbers.",
        f"    pip install {packages}\n    python run.py",
        "\n".join(_settings(plan)),
        *_notes(plan),
    ]
    return "\n\n".join(paragraphs)


def _settings(plan: Plan) -> list[str]:
    """A line for everything that is set."""
    spec = plan.spec
    layers = [f"{len(spec.features)} inputs"]
    layers += [
        f"{layer.units} {ACTIVATIONS[layer.activation.kind].label}"
        + " with batch normalization" * layer.batch_norm
        + f" and dropout {layer.dropout:g}" * bool(layer.dropout)
        for layer in spec.layers
    ]
    head = ACTIVATIONS[LOSSES[spec.loss.kind].head(spec.task)].label
    noun = "output" if spec.units[-1] == 1 else "outputs"
    layers.append(f"{spec.units[-1]} {head} {noun}")
    labels = ", ".join(FEATURES[name].label for name in spec.features)
    augmentation = {name: spec.augmentation[name] for name in plan.augmentations}
    penalty = {name: spec.penalty[name] for name in plan.penalties}
    lines = {
        "Data": f"{plan.data_label}, {spec.points} points, {plan.train} of them to train on",
        "Features": labels + ", standardized" * spec.standardize,
        "Network": " → ".join(layers) + f"; {parameters(spec)} parameters",
        "Initializer": chosen("initializers", spec.initializer),
        "Loss": chosen("losses", spec.loss),
        "Optimizer": chosen("optimizers", spec.optimizer),
        "Schedule": chosen("schedules", spec.schedule) if plan.schedules else "",
        "Clipping": chosen("clips", spec.clip) if plan.clips else "",
        "Penalty": _knobs(penalty) + ", on weights; part of what is minimized" if penalty else "",
        "Augmentation": _knobs(augmentation),
        "Stop rule": chosen("stops", spec.stop) if plan.keeps_best else "",
        "Held fast": ", ".join(frozen(spec)),
        "Batches": counted(spec.batch_size, "point")
        + ", shuffled in every epoch" * spec.shuffle
        + "; a single last point joins the batch before it" * plan.joins,
        "Length": counted(plan.steps, "step")
        + (f", with {counted(len(plan.changes), 'change')} on the way" if plan.changes else ""),
    }
    return [line for name, text in lines.items() if text for line in entry(name, text)]


def counted(number: int, noun: str) -> str:
    """So many of something."""
    return f"{number} {noun}{'s' * (number != 1)}"


def entry(name: str, text: str) -> list[str]:
    """A name and what is said of it, in a column."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=name.ljust(COLUMN),
        subsequent_indent=" " * COLUMN,
        break_long_words=False,
    )


def chosen(family: str, choice: Choice) -> str:
    """A choice by its label, formula and knobs."""
    record: Record = FAMILIES[family][choice.kind]
    knobs = _knobs(choice.knobs)
    return f"{record.label}: {record.formula}{'; ' if knobs else ''}{knobs}"


def _knobs(knobs: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in knobs.items())


def _notes(plan: Plan) -> list[str]:
    """What a reader has to know."""
    notes = [
        "Rows are points: x is (B, D), a batch of B points with D inputs each."
        + " Random numbers are NumPy's, keyed by seed, purpose and layer, epoch or step, so they are the "
        "same in every run." * bool(plan.purposes)
    ]
    if plan.changes:
        notes.append("Settings are given as they were at the start; run() makes the changes.")
    if plan.spec.dtype == "float32":
        notes.append(
            "The arithmetic is float32, as in the playground. Sums in another order differ in the last "
            "of 7 digits, and training enlarges that: expect the table to agree to about 3 digits at "
            "first, and to drift later. With float64 it agrees to 9."
        )
    if plan.has_batch_norm and any(OPTIMIZERS[kind].full_steps for kind in plan.kinds("optimizer")):
        notes.append(
            "A bias before batch normalization changes nothing, so its gradient is 0 but for rounding, "
            "of which this optimizer makes steps: such a bias may differ, and with it the table a little."
        )
    if "l1" in plan.penalties:
        notes.append(
            "The L1 penalty has a kink at 0, so it has a step of its own: after the optimizer's, a weight "
            "comes nearer to 0 by λ₁ times its own rate, and stops at exactly 0."
        )
    if "lion" in plan.kinds("optimizer"):
        notes.append(
            "Lion takes the sign of a sum: where that is 0 but for rounding, a step may go the other way."
        )
    if plan.keeps_best:
        notes.append(
            "The stop rule keeps the best weights: EarlyStopping looks at the end of every epoch, and "
            "goes back to them where the playground did. The script makes the steps that were made."
        )
    elif plan.spec.stop.kind != "none":
        notes.append("The stop rule needs no code here: the script makes the steps that were made.")
    return [textwrap.fill(note, WIDTH) for note in notes]
