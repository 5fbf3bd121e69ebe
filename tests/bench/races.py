"""Races on surfaces: steps of eight racers, and the maps that are one population."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import engine
from engine.catalog.optimizers import OPTIMIZERS
from tests.bench.timing import micro, table

STEPS = 2000
GRID, MAP_STEPS = 64, 500
FORMULA = {"kind": "formula", "text": "x^2 + y^2 + 10*(sin(3*x)^2 + sin(3*y)^2)"}
GROUNDS: dict[str, Any] = {
    "ravine": "ravine",
    "Rosenbrock": "rosenbrock",
    "Rastrigin": "rastrigin",
    "a typed formula": FORMULA,
}


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The processor's time for one call on one thread, the median of some."""
    times = []
    for _ in range(repeats):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def race_of(surface: Any, kinds: list[str], **values: Any) -> engine.race.RaceSpec:
    """A race of these optimizers, at rates at which nobody fails."""
    racers = [{"optimizer": {"kind": kind, "learning_rate": 1e-4}} for kind in kinds]
    return engine.race.RaceSpec.from_dict({"surface": surface, "racers": racers, **values})


def run(spec: engine.race.RaceSpec) -> engine.race.Race:
    """The whole race, with everything that is drawn of it."""
    race, _ = engine.race.advance_race(engine.race.begin_race(spec), spec.steps)
    assert not race.descent.failures
    return race


def eight_racers() -> None:
    """Races of eight optimizers of the same kind, of eight kinds, and with noise."""
    rows = []
    for name, surface in GROUNDS.items():
        fields = {
            "eight of Adam": race_of(surface, ["adam"] * 8, steps=STEPS),
            "eight kinds": race_of(surface, list(OPTIMIZERS)[:8], steps=STEPS),
            "eight kinds, with noise": race_of(
                surface, list(OPTIMIZERS)[:8], steps=STEPS, noise=0.1
            ),
        }
        for field, spec in fields.items():
            step = seconds(lambda spec=spec: run(spec)) / STEPS  # type: ignore[misc]
            rows.append([name, field, micro(step), f"{1 / step:,.0f}"])
    table(f"A race of 8 racers, {STEPS} steps", ["surface", "racers", "step", "steps/s"], rows)


def maps() -> None:
    """Basins and the map of rates: thousands of members of one descent."""
    rows = []
    for name, surface in GROUNDS.items():
        adam = race_of(surface, ["adam"], steps=MAP_STEPS)

        def basins(spec: engine.race.RaceSpec = adam) -> engine.race.Basins:
            start = engine.race.begin_basins(spec, 0, GRID)
            return engine.race.basins_of(spec, engine.race.descend(start, MAP_STEPS))

        def rates(spec: engine.race.RaceSpec = adam) -> Any:
            start = engine.race.begin_rates(spec, 0, GRID)
            return engine.race.rates_of(spec, engine.race.descend(start, MAP_STEPS))

        rows.append([name, f"{seconds(basins, 3):.2f} s", f"{seconds(rates, 3):.2f} s"])
    title = f"{GRID}×{GRID} members, {MAP_STEPS} steps"
    table(title, ["surface", "basins of Adam", "map of rates"], rows)


def main() -> None:
    """Print the tables."""
    eight_racers()
    maps()


if __name__ == "__main__":
    main()
