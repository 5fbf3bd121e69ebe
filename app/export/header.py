"""The words above a script: what it is, how to run it, and which settings it has."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from app.export.plan import Plan, frozen
from app.export.source import WIDTH
from engine import parameters
from engine.catalog import ACTIVATIONS, FAMILIES, FEATURES, LOSSES, OPTIMIZERS, Record
from engine.spec import Choice, Layer, RunSpec
from engine.words import ENGLISH, N_, NN_, Language, listed, sentences

COLUMN = 14


def header(plan: Plan, library: str, packages: str, language: Language = ENGLISH) -> str:
    """The script's docstring, without its quotes."""
    first = N_(
        "A run of MLP Playground as one {library} script, with the same numbers.", library=library
    )
    paragraphs = [
        language.say(first),
        f"    pip install {packages}\n    python run.py",
        columns(_settings(plan, language), language),
        *(textwrap.fill(language.say(note), WIDTH) for note in _notes(plan)),
    ]
    return "\n\n".join(paragraphs)


def _settings(plan: Plan, language: Language) -> dict[str, str]:
    """What everything is set to, by what it is called; empty where there is nothing to say."""
    spec = plan.spec
    return {
        N_("Data"): N_(
            "{data}, {points} points, {train} of them to train on",
            data=plan.data_label,
            points=spec.points,
            train=plan.train,
        ),
        N_("Features"): _features(spec),
        N_("Network"): N_(
            "{layers}; {count} parameters",
            layers=" → ".join(map(language.say, _layers(spec))),
            count=parameters(spec),
        ),
        N_("Initializer"): chosen("initializers", spec.initializer),
        N_("Loss"): chosen("losses", spec.loss),
        N_("Optimizer"): chosen("optimizers", spec.optimizer),
        N_("Schedule"): chosen("schedules", spec.schedule) if plan.schedules else "",
        N_("Clipping"): chosen("clips", spec.clip) if plan.clips else "",
        N_("Penalty"): _penalty(plan),
        N_("Augmentation"): _knobs({name: spec.augmentation[name] for name in plan.augmentations}),
        N_("Stop rule"): chosen("stops", spec.stop) if plan.keeps_best else "",
        N_("Held fast"): listed(frozen(spec)),
        N_("Batches"): _batches(plan),
        N_("Length"): _length(plan),
    }


def _features(spec: RunSpec) -> str:
    labels = listed(FEATURES[name].label for name in spec.features)
    return N_("{features}, standardized", features=labels) if spec.standardize else labels


def _layers(spec: RunSpec) -> Iterator[str]:
    """The layers from the inputs to the outputs."""
    yield NN_("{count} input", "{count} inputs", len(spec.features))
    yield from map(_hidden, spec.layers)
    head = ACTIVATIONS[LOSSES[spec.loss.kind].head(spec.task)].label
    yield NN_("{count} {head} output", "{count} {head} outputs", spec.units[-1], head=head)


def _hidden(layer: Layer) -> str:
    label, rate = ACTIVATIONS[layer.activation.kind].label, f"{layer.dropout:g}"
    named: dict[str, object] = {"units": layer.units, "activation": label}
    if layer.batch_norm and layer.dropout:
        return N_(
            "{units} {activation} with batch normalization and dropout {rate}", **named, rate=rate
        )
    if layer.batch_norm:
        return N_("{units} {activation} with batch normalization", **named)
    if layer.dropout:
        return N_("{units} {activation} and dropout {rate}", **named, rate=rate)
    return N_("{units} {activation}", **named)


def _penalty(plan: Plan) -> str:
    penalty = _knobs({name: plan.spec.penalty[name] for name in plan.penalties})
    if not penalty:
        return ""
    return N_("{penalty}, on weights; part of what is minimized", penalty=penalty)


def _batches(plan: Plan) -> str:
    size = NN_("{count} point", "{count} points", plan.spec.batch_size)
    if plan.spec.shuffle and plan.joins:
        return N_(
            "{size}, shuffled in every epoch; a single last point joins the batch before it",
            size=size,
        )
    if plan.spec.shuffle:
        return N_("{size}, shuffled in every epoch", size=size)
    if plan.joins:
        return N_("{size}; a single last point joins the batch before it", size=size)
    return size


def _length(plan: Plan) -> str:
    steps = NN_("{count} step", "{count} steps", plan.steps)
    if not plan.changes:
        return steps
    changes = NN_("{count} change", "{count} changes", len(plan.changes))
    return N_("{steps}, with {changes} on the way", steps=steps, changes=changes)


def columns(said: Mapping[str, str], language: Language) -> str:
    """Names and what is said of each, if anything is, in two columns."""
    lines = [
        textwrap.wrap(
            language.say(text),
            WIDTH,
            initial_indent=language.say(name).ljust(COLUMN),
            subsequent_indent=" " * COLUMN,
            break_long_words=False,
        )
        for name, text in said.items()
        if text
    ]
    return "\n".join(line for each in lines for line in each)


def chosen(family: str, choice: Choice) -> str:
    """A choice by its label, formula and knobs."""
    record: Record = FAMILIES[family][choice.kind]
    knobs = _knobs(choice.knobs)
    named = {"label": record.label, "formula": record.formula}
    if not knobs:
        return N_("{label}: {formula}", **named)
    return N_("{label}: {formula}; {knobs}", **named, knobs=knobs)


def _knobs(knobs: Mapping[str, Any]) -> str:
    """Knobs by the names that the script has for them, and their values."""
    return listed(f"{name.replace('_', ' ')} {value}" for name, value in knobs.items())


def _notes(plan: Plan) -> Iterator[str]:
    """What a reader has to know."""
    rows = N_("Rows are points: x is (B, D), a batch of B points with D inputs each.")
    draws = N_(
        "Random numbers are NumPy's, keyed by seed, purpose and layer, epoch or step, so they are the "
        "same in every run."
    )
    yield sentences(rows, draws) if plan.purposes else rows
    if plan.changes:
        yield N_("Settings are given as they were at the start; run() makes the changes.")
    if plan.spec.dtype == "float32":
        yield N_(
            "The arithmetic is float32, as in the playground. Sums in another order differ in the last "
            "of 7 digits, and training enlarges that: expect the table to agree to about 3 digits at "
            "first, and to drift later. With float64 it agrees to 9."
        )
    if plan.has_batch_norm and any(OPTIMIZERS[kind].full_steps for kind in plan.kinds("optimizer")):
        yield N_(
            "A bias before batch normalization changes nothing, so its gradient is 0 but for rounding, "
            "of which this optimizer makes steps: such a bias may differ, and with it the table a little."
        )
    if "l1" in plan.penalties:
        yield N_(
            "The L1 penalty has a kink at 0, so it has a step of its own: after the optimizer's, a weight "
            "comes nearer to 0 by λ₁ times its own rate, and stops at exactly 0."
        )
    if "lion" in plan.kinds("optimizer"):
        yield N_(
            "Lion takes the sign of a sum: where that is 0 but for rounding, a step may go the other way."
        )
    if plan.keeps_best:
        yield N_(
            "The stop rule keeps the best weights: EarlyStopping looks at the end of every epoch, and "
            "goes back to them where the playground did. The script makes the steps that were made."
        )
    elif plan.spec.stop.kind != "none":
        yield N_("The stop rule needs no code here: the script makes the steps that were made.")
