"""What came of a run: as a table to read, or as one object for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from engine.cli.outcome import finite
from engine.cli.speech import padded, say
from engine.core.arrays import Array
from engine.insight.evaluation import evaluate
from engine.spec.recipe import Recipe
from engine.training.metrics import METRICS, epochs, metrics
from engine.training.state import State
from engine.words import N_, NN_, lines


def as_table(recipe: Recipe, state: State) -> str:
    """The metrics to read, of each network of a comparison below what it has different."""
    made = NN_(
        "{count} step, {epochs} epochs",
        "{count} steps, {epochs} epochs",
        state.step,
        epochs=f"{epochs(state):.6g}",
    )
    found = metrics(state)
    if not recipe.variants:
        return lines(*_stops(state, 0), made, "", *_rows(state, 0, found), "")
    parts = (
        ("", title(recipe, member), *_stops(state, member), *_rows(state, member, found))
        for member in range(len(state.specs))
    )
    return lines(made, *(line for part in parts for line in part), "")


def title(recipe: Recipe, member: int) -> str:
    """What one network of a comparison has different, as it stands in the file."""
    return json.dumps(dict(recipe.variants[member]), ensure_ascii=False)


def as_json(recipe: Recipe, state: State) -> str:
    """All there is to know, in one object; null for a number that is not finite.

    Where there are several networks, `members` has the spec and the metrics of each.
    """
    specs = [spec.to_dict() for spec in state.specs]
    found = metrics(state)
    numbers = [
        {name: finite(float(found[name][member])) for name in METRICS}
        for member in range(len(specs))
    ]
    length = {"steps": state.step, "epochs": epochs(state)}
    ends = {
        "failures": [asdict(failure) for failure in state.failures],
        "stops": [asdict(stop) for stop in state.stops],
    }
    values: dict[str, Any]
    if recipe.variants:
        pairs = zip(specs, numbers, strict=True)
        values = {**length, "members": [{"spec": spec, "metrics": row} for spec, row in pairs]}
    else:
        values = {"spec": specs[0], **length, "metrics": numbers[0]}
    return json.dumps(values | ends, allow_nan=False) + "\n"


def _stops(state: State, member: int) -> Iterator[str]:
    """The rule that ended a network's training, if one did."""
    for stop in state.stops:
        if stop.member == member:
            yield N_("Stopped after step {step}: {reason}.", step=stop.step, reason=stop.reason)


def _rows(state: State, member: int, metrics_of_all: Mapping[str, Array]) -> Iterator[str]:
    """The lines of a network's table."""
    spec = state.specs[member]
    found = {name: float(values[member]) for name, values in metrics_of_all.items()}
    if spec.task == "regression":
        heading, scores = "R2", [f"{score:.4f}" for score in evaluate(state, member).r_squared]
    else:
        shares = (found["train_accuracy"], found["test_accuracy"])
        heading, scores = N_("accuracy"), [f"{share:.1%}" for share in shares]
    yield _row("", N_("loss"), heading)
    yield _row(N_("training"), f"{found['train_loss']:.6g}", scores[0])
    if spec.has_test_points:
        yield _row(N_("test"), f"{found['test_loss']:.6g}", scores[1])
    if found["penalty"]:
        yield _row(N_("penalty"), f"{found['penalty']:.6g}", "")


def _row(name: str, loss: str, score: str) -> str:
    """A line of the table; numbers end under each other."""
    name, loss, score = map(say, (name, loss, score))
    return (padded(name, 10) + "".join(padded(each, -12) for each in (loss, score))).rstrip()
