"""A race as a script that needs nothing but NumPy, from the pieces that scripts of runs are made of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import engine
from app.export.formula_source import formula_source
from app.export.header import chosen, columns
from app.export.source import WIDTH, Snippets, call, keywords, render, wrapped
from engine.catalog import CLIPS, OPTIMIZERS, SCHEDULES, SURFACES
from engine.spec import Choice, Purpose
from engine.words import ENGLISH, N_, NN_, Language

NAMES = {"xp": "np", "torch": False}


def script(spec: engine.race.RaceSpec, language: Language = ENGLISH) -> str:
    """The source of a script that ends where the race does."""
    surface = _surface(spec.surface, language)
    rules = list(_rules(spec, language))
    racers = [_racer(spec, number, language) for number in range(len(spec.racers))]
    imports = ["import math", ""] * any("math." in piece for piece in (surface, *rules))
    source = render(
        "race.py.jinja",
        language,
        spec=spec,
        header="\n\n".join(_header(spec, language)),
        imports="\n".join([*imports, "import numpy as np"]),
        starts=wrapped("STARTS = [", [repr(point) for point in spec.points], "]", 0),
        purpose=int(Purpose.NOISE),
        surface=surface,
        rules=rules,
        racers=racers,
        names=[f"racer_{number + 1}" for number in range(len(racers))],
    )
    return source.rstrip("\n") + "\n"


def _header(spec: engine.race.RaceSpec, language: Language) -> Iterator[str]:
    """The paragraphs of the script's docstring."""
    yield language.say(N_("A race of MLP Playground as one NumPy script, with the same numbers."))
    yield '    pip install "numpy>=2"\n    python race.py'
    yield columns(_settings(spec), language)
    note = N_(
        "Schedules count steps. A race that swings about a minimum for long enlarges differences in the last "
        "digit, which other versions of NumPy may have."
    )
    yield textwrap.fill(language.say(note), WIDTH)


def _settings(spec: engine.race.RaceSpec) -> dict[str, str]:
    """What everything is set to, by what it is called."""
    formula = spec.surface["text"] if spec.surface.kind == "formula" else ""
    said: dict[str, str] = {
        N_("Surface"): f"f = {formula}" if formula else chosen("surfaces", spec.surface)
    }
    for number, racer in enumerate(spec.racers, 1):
        said[N_("Racer {number}", number=number)] = _rules_of(racer)
    if spec.noise:
        said[N_("Noise")] = N_(
            "standard deviation {deviation}, seed {seed}",
            deviation=f"{spec.noise:g}",
            seed=spec.noise_seed,
        )
    steps = NN_("{count} step", "{count} steps", spec.steps)
    places = NN_("{count} place", "{count} places", len(spec.points))
    said[N_("Length")] = N_("{steps} from {places}", steps=steps, places=places)
    return said


def _rules_of(racer: engine.race.Racer) -> str:
    """A racer's optimizer, and its schedule and clip where it has any."""
    rules = chosen("optimizers", racer.optimizer)
    if racer.schedule.kind != "constant":
        schedule = chosen("step_schedules", racer.schedule)
        rules = N_("{rules}. {more}", rules=rules, more=schedule)
    if racer.clip.kind != "none":
        rules = N_("{rules}. {more}", rules=rules, more=chosen("clips", racer.clip))
    return rules


def _surface(surface: Choice, language: Language) -> str:
    """The function that gives f and its derivatives."""
    if surface.kind == "formula":
        return formula_source(surface["text"], language)
    knobs = {name: repr(value) for name, value in surface.items}
    formula = SURFACES[surface.kind].formula
    return Snippets("surfaces.py.jinja", {"formula": formula}, language).get(surface.kind, knobs)


def _rules(spec: engine.race.RaceSpec, language: Language) -> Iterator[str]:
    """The classes of every optimizer, schedule and clip of the race, in the catalogue's order."""
    optimizers = Snippets("optimizers.py.jinja", NAMES, language)
    rules = Snippets("rules.py.jinja", NAMES, language)
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


def _racer(spec: engine.race.RaceSpec, number: int, language: Language) -> str:
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
    said = language.say(N_("The optimizer, the schedule and the clip that move w."))
    lines = [
        f'"""{said}"""',
        *optimizer.splitlines(),
        f"return optimizer, {schedule}, {clip}",
    ]
    return f"def racer_{number + 1}(w):\n    " + "\n    ".join(lines)
