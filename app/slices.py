"""What runs in the worker processes: pure functions from a job to its result.

The results hold finished binary frames, so that the web process only passes bytes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

import engine
from app import protocol

FIRST_STEPS = 8
"""How many steps to try before the pace of a network is known."""
WORTHWHILE = 0.1
"""A rest of the budget smaller than this share is not worth another call."""


@dataclass(frozen=True)
class Start:
    """A run to begin."""

    spec: engine.RunSpec
    run: int


@dataclass(frozen=True)
class Started:
    """A state at step 0 and the scene frame of its run."""

    run: int
    state: engine.State
    scene: bytes


@dataclass(frozen=True)
class Slice:
    """A piece of training and the frame to make at its end.

    target: the step to stop at, or None to train for the whole budget.
    planned: edits to come, in order of their steps.
    budget: seconds to train at most; at least one step is always made.
    pace: seconds a step takes, as last measured; 0 where that is not known.
    run, frame, rate: passed on to the frame.
    """

    state: engine.State
    target: int | None
    planned: tuple[engine.Edit, ...]
    view: engine.View
    pace: float
    budget: float
    run: int
    frame: int
    rate: float


@dataclass(frozen=True)
class Sliced:
    """What came of a slice.

    planned: the edits still to come. refused: why edits that were due could not be made.
    row: step, epoch and the five metrics of the first member, for the history.
    """

    state: engine.State
    planned: tuple[engine.Edit, ...]
    refused: tuple[engine.SpecError, ...]
    pace: float
    row: tuple[float, ...]
    frame: bytes


def start(job: Start) -> Started:
    """Begin a run."""
    scene = engine.scene(job.spec)
    maps, scale = protocol.quantize(scene["feature_maps"])
    names = ("task", "classes", "train", "features")
    header = {"type": "scene", "run": job.run} | {name: scene[name] for name in names}
    arrays = {
        "points": scene["points"].astype(np.float32),
        "labels": scene["labels"].astype(np.float32),
        "feature_maps": maps,
        "feature_scale": scale,
    }
    return Started(job.run, engine.start(job.spec), protocol.encode(header, arrays))


def run_slice(job: Slice) -> Sliced:
    """Train, make the edits that come due, and look at the result."""
    state, planned, refused, pace = _train(job)
    observed = engine.observe(state, job.view)
    epochs = engine.epochs(state)
    header = {
        "type": "frame",
        "run": job.run,
        "frame": job.frame,
        "step": state.step,
        "epoch": round(epochs, 6),
        "rate": round(job.rate, 1),
    }
    row = (state.step, epochs, *observed["metrics"][:, 0].tolist())
    frame = protocol.encode(header, _packed(observed))
    return Sliced(state, planned, refused, pace, row, frame)


def _packed(observed: dict[str, protocol.Array]) -> dict[str, protocol.Array]:
    """What was observed in the types of the wire; neurons only where they are wanted."""
    arrays: dict[str, protocol.Array] = {
        "metrics": observed["metrics"].astype(np.float64),
        "theta": observed["theta"].astype(np.float32),
    }
    for name, scale_name in (("boundary", "boundary_scale"), ("neurons", "neuron_scale")):
        if name in observed:
            arrays[name], arrays[scale_name] = protocol.quantize(observed[name])
    return arrays


def _train(
    job: Slice,
) -> tuple[engine.State, tuple[engine.Edit, ...], tuple[engine.SpecError, ...], float]:
    """Train up to the target or the end of the budget, whichever comes first."""
    deadline = perf_counter() + job.budget
    pace = job.pace
    state, planned, refused = _edit(job.state, job.planned)
    while not all_failed(state) and (job.target is None or state.step < job.target):
        left = deadline - perf_counter()
        if state.step > job.state.step and left < WORTHWHILE * job.budget:
            break
        steps = max(int(left / pace), 1) if pace else FIRST_STEPS
        stops = [job.target] if job.target else []
        stops += [edit.step for edit in planned[:1]]
        steps = min([steps, *(stop - state.step for stop in stops)])
        begun = perf_counter()
        state, report = engine.train(state, steps)
        pace = (perf_counter() - begun) / max(report.steps, 1)
        state, planned, more = _edit(state, planned)
        refused += more
    return state, planned, refused, pace


def _edit(
    state: engine.State, planned: tuple[engine.Edit, ...]
) -> tuple[engine.State, tuple[engine.Edit, ...], tuple[engine.SpecError, ...]]:
    """Make the planned edits whose step has come."""
    refused = []
    while planned and planned[0].step <= state.step:
        try:
            state = engine.edit(state, planned[0].changes)
        except engine.SpecError as error:
            refused.append(error)
        planned = planned[1:]
    return state, planned, tuple(refused)


def all_failed(state: engine.State) -> bool:
    """Whether no member has finite weights any more, so that training cannot go on."""
    return len(state.failures) == len(state.specs)
