"""A race as a script that needs nothing but NumPy, from the pieces that scripts of runs are made of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import engine
from app.export.formula_source import formula_source
from app.export.header import chosen, counted, entry
from app.export.source import TEMPLATES, WIDTH, Snippets, call, keywords, wrapped
from engine.catalog import CLIPS, OPTIMIZERS, SCHEDULES, SURFACES
from engine.spec import Choice, Purpose

NAMES = {"xp": "np", "torch": False}


def script(spec: engine.race.RaceSpec) -> str:
    """The source of a script that ends where the race does."""
    surface = _surface(spec.surface)
    rules = list(_rules(spec))
    racers = [_racer(spec, number) for number in range(len(spec.racers))]
    imports = ["import math", ""] * any("math." in piece for piece in (surface, *rules))
    return (
        TEMPLATES.get_template("race.py.jinja")
        .render(
            spec=spec,
            header="\n\n".join(_header(spec)),
            imports="\n".join([*imports, "import numpy as np"]),
            starts=wrapped("STARTS = [", [repr(point) for point in spec.points], "]", 0),
            purpose=int(Purpose.NOISE),
            surface=surface,
            rules=rules,
            racers=racers,
            names=[f"racer_{number + 1}" for number in range(len(racers))],
        )
        .rstrip("\n")
        + "\n"
    )


def _header(spec: engine.race.RaceSpec) -> Iterator[str]:
    """The paragraphs of the script's docstring."""
    yield "A race of MLP Playground as one NumPy script, with the same numbers."
    yield '    pip install "numpy>=2"\n    python race.py'
    formula = spec.surface["text"] if spec.surface.kind == "formula" else ""
    lines = {"Surface": f"f = {formula}" if formula else chosen("surfaces", spec.surface)}
    for number, racer in enumerate(spec.racers, 1):
        parts = [chosen("optimizers", racer.optimizer)]
        if racer.schedule.kind != "constant":
            parts.append(chosen("step_schedules", racer.schedule))
        if racer.clip.kind != "none":
            parts.append(chosen("clips", racer.clip))
        lines[f"Racer {number}"] = ". ".join(parts)
    if spec.noise:
        lines["Noise"] = f"standard deviation {spec.noise:g}, seed {spec.noise_seed}"
    lines["Length"] = counted(spec.steps, "step") + " from " + counted(len(spec.points), "place")
    yield "\n".join(line for name, text in lines.items() for line in entry(name, text))
    yield textwrap.fill(
        "Schedules count steps. A race that swings about a minimum for long enlarges differences in the last "
        "digit, which other versions of NumPy may have.",
        WIDTH,
    )


def _surface(surface: Choice) -> str:
    """The function that gives f and its derivatives."""
    if surface.kind == "formula":
        return formula_source(surface["text"])
    knobs = {name: repr(value) for name, value in surface.items}
    formula = SURFACES[surface.kind].formula
    return Snippets("surfaces.py.jinja", {"formula": formula}).get(surface.kind, knobs)


def _rules(spec: engine.race.RaceSpec) -> Iterator[str]:
    """The classes of every optimizer, schedule and clip of the race, in the catalogue's order."""
    optimizers, rules = Snippets("optimizers.py.jinja", NAMES), Snippets("rules.py.jinja", NAMES)
    for kind in OPTIMIZERS:
        found = _corrections(spec, kind)
        if any(racer.optimizer.kind == kind for racer in spec.racers):
            yield optimizers.get(
                kind, {"toggled": len(found) == 2, "corrected": found == {True}, "l1": False}
            )
    for kind in SCHEDULES:
        if any(racer.schedule.kind == kind for racer in spec.racers):
            yield rules.get(kind)
    for kind, clip in CLIPS.items():
        if clip.script_name and any(racer.clip.kind == kind for racer in spec.racers):
            yield rules.get(f"clip_{kind}")


def _corrections(spec: engine.race.RaceSpec, kind: str) -> set[bool]:
    """Whether racers with an optimizer of this kind correct its averages: all, none, or some."""
    knobs = [racer.optimizer.knobs for racer in spec.racers if racer.optimizer.kind == kind]
    return {bool(each.get("bias_correction", False)) for each in knobs}


def _racer(spec: engine.race.RaceSpec, number: int) -> str:
    """The function that makes one racer."""
    racer = spec.racers[number]
    knobs = racer.optimizer.knobs
    if len(_corrections(spec, racer.optimizer.kind)) < 2:
        knobs.pop("bias_correction", None)
    name = OPTIMIZERS[racer.optimizer.kind].script_name
    optimizer = wrapped(f"optimizer = {name}(", ["[w]", *keywords(knobs)], ")", 4)
    schedule = call(SCHEDULES[racer.schedule.kind].script_name, **racer.schedule.knobs)
    named = CLIPS[racer.clip.kind].script_name
    clip = call(named, **racer.clip.knobs) if named else "None"
    lines = [
        '"""The optimizer, the schedule and the clip that move w."""',
        *optimizer.splitlines(),
        f"return optimizer, {schedule}, {clip}",
    ]
    return f"def racer_{number + 1}(w):\n    " + "\n    ".join(lines)
