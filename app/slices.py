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
    ended: whether training cannot go on: it failed, or a rule of the spec stopped it.
    row: step, epoch and the five metrics of the first member, for the history.
    """

    state: engine.State
    planned: tuple[engine.Edit, ...]
    refused: tuple[engine.SpecError, ...]
    ended: bool
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
    training = _train(job)
    state = training.state
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
    return Sliced(
        state=state,
        planned=training.planned,
        refused=training.refused,
        ended=training.ended,
        pace=training.pace,
        row=row,
        frame=frame,
    )


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


@dataclass
class _Training:
    """What `_train` changes as it goes."""

    state: engine.State
    planned: tuple[engine.Edit, ...]
    pace: float
    refused: tuple[engine.SpecError, ...] = ()
    ended: bool = False

    def edit(self) -> None:
        """Make the planned edits whose step has come."""
        while self.planned and self.planned[0].step <= self.state.step:
            try:
                self.state = engine.edit(self.state, self.planned[0].changes)
            except engine.SpecError as error:
                self.refused += (error,)
            self.planned = self.planned[1:]

    def train(self, steps: int) -> None:
        """Train so many steps, or up to the next planned edit, and make it."""
        if self.planned:
            steps = min(steps, self.planned[0].step - self.state.step)
        begun = perf_counter()
        self.state, report = engine.train(self.state, steps)
        self.pace = (perf_counter() - begun) / max(report.steps, 1)
        self.ended = report.steps < steps
        self.edit()


def _train(job: Slice) -> _Training:
    """Train up to the target or the end of the budget, whichever comes first."""
    deadline = perf_counter() + job.budget
    training = _Training(job.state, job.planned, job.pace)
    training.edit()
    while not training.ended:
        step = training.state.step
        if job.target is not None and step >= job.target:
            break
        left = deadline - perf_counter()
        if step > job.state.step and left < WORTHWHILE * job.budget:
            break
        steps = max(int(left / training.pace), 1) if training.pace else FIRST_STEPS
        training.train(steps if job.target is None else min(steps, job.target - step))
    return training
