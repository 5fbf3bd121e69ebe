"""What runs in the worker processes: pure functions from a job to its result.

The results hold finished binary frames, so that the web process only passes bytes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from time import perf_counter, thread_time

import numpy as np

import engine
from app import protocol
from app.protocol.inspect import Inspect
from app.session import readings
from app.session.trajectory import Point, due, is_due

FIRST_STEPS = 8
"""How many steps to try before the pace of a small network is known."""
WORTHWHILE, CALL = 0.1, 0.0002
"""A rest of the budget smaller than this share, or shorter than these seconds, is not worth another call."""


@dataclass(frozen=True)
class Start:
    """A run to begin, with a network for each spec."""

    specs: tuple[engine.RunSpec, ...]
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

    state: where to begin, itself or as `engine.dump` wrote it.
    target: the step to stop at, or None to train for the whole budget.
    planned: edits to come, in order of their steps.
    budget: seconds to train; at least one step is always made, and training gets as long as looking took.
    pace: seconds of the processor a step takes, as last measured; 0 where that is not known.
    looking: seconds of the processor that the last slice took besides training.
    slow: whether this keeps a worker busy for longer than others like to wait.
    short: whether it can be done in a moment where the budget is small.
    made: the last edit that the state has behind it; the session knows those before it.
    run, frame, rate: passed on to the frame.
    point: where to ask the network exactly, or None.
    inspect: what the open panel reads, or None where it has just read.
    axes: those of the hidden space that was read last, beside which the next one is kept steady.
    quiet: makes no frame unless the target is reached or training cannot go on.
    keep_from: the step from which on the state at the end is dumped as well.
    history: the rows (n, 7) to look for trouble in, or None where it was done a moment ago.
    resolution: how close the points of the trajectory are to be kept, as `trajectory.due` says; 0 for none.
    marks: the steps on the way to note for the history.
    """

    state: engine.State | bytes
    target: int | None
    planned: tuple[engine.Edit, ...]
    view: engine.View
    pace: float
    budget: float
    run: int
    frame: int
    rate: float
    made: tuple[engine.Edit, ...] = ()
    slow: bool = False
    short: bool = False
    looking: float = 0.0
    point: tuple[float, float] | None = None
    inspect: Inspect | None = None
    axes: tuple[protocol.Array, ...] = ()
    quiet: bool = False
    keep_from: int | None = None
    history: protocol.Array | None = None
    resolution: int = 0
    marks: range = range(0)

    def changed(self, **fields: object) -> Slice:
        """The same with other values in some fields, sooner than `dataclasses.replace` has made it."""
        made = object.__new__(Slice)
        made.__dict__.update(self.__dict__, **fields)
        return made


@dataclass(frozen=True)
class Sliced:
    """What came of a slice.

    unedited: the state before the edits that came due at the last step, if some did.
    planned: the edits still to come. refused: why edits that were due could not be made.
    ended: whether training cannot go on: it failed, or a rule of the spec stopped it.
    row: step, epoch, and of each member the five metrics and the learning rate, for the history.
    passed: such rows of the marks on the way to it.
    findings: what goes wrong, or None where nobody looked.
    frame: empty where none was made. dumped: the state, or empty where it need not be kept.
    points: those of the trajectory that were passed.
    axes: those of the hidden space, empty where none was read.
    reading: seconds of the processor that the reading of the open panel took; None where none was made.
    """

    state: engine.State
    unedited: engine.State | None
    planned: tuple[engine.Edit, ...]
    refused: tuple[engine.SpecError, ...]
    ended: bool
    pace: float
    looking: float
    row: tuple[float, ...]
    findings: tuple[engine.insight.Finding, ...] | None
    frame: bytes
    dumped: bytes
    points: tuple[Point, ...] = ()
    passed: tuple[tuple[float, ...], ...] = ()
    axes: tuple[protocol.Array, ...] = ()
    reading: float | None = None


def start(job: Start) -> Started:
    """Begin a run."""
    scene = engine.scene(job.specs[0])
    maps, scale = protocol.quantize(scene["feature_maps"])
    names = ("task", "classes", "train", "features", "class_names", "column_names", "target_scale")
    header = {"type": "scene", "run": job.run} | {name: scene[name] for name in names}
    arrays = {
        "points": scene["points"].astype(np.float32),
        "labels": scene["labels"].astype(np.float32),
        "feature_maps": maps,
        "feature_scale": scale,
    }
    return Started(job.run, engine.start(job.specs), protocol.encode(header, arrays))


def run_slice(job: Slice, trainers: engine.Trainers | None = None) -> Sliced:
    """Train, make the edits that come due, and look at the result.

    trainers: what a worker keeps from one slice to the next; what comes of the slice does not depend on it.
    """
    begun = thread_time()
    begin = engine.load(job.state) if isinstance(job.state, bytes) else job.state
    if job.made:
        begin = begin.changed(edits=(*job.made, *begin.edits))
    training = _train(job, begin, trainers)
    state = training.state
    seen = engine.insight.Inspection(state)
    row = _row(state, seen)
    shown = not job.quiet or training.ended or state.step == job.target
    kept = job.keep_from is not None and state.step >= job.keep_from
    findings = _findings(job, state, row)
    ready = thread_time()
    read = _reading(job, seen, trainers) if shown else None
    read_in = thread_time() - ready if read else None
    frame = _frame(job, begin, state, seen, read) if shown else b""
    return Sliced(
        state=state,
        unedited=training.unedited,
        planned=training.planned,
        refused=training.refused,
        ended=training.ended,
        pace=training.pace,
        looking=thread_time() - begun - training.seconds,
        row=row,
        findings=findings,
        frame=frame,
        dumped=engine.dump(state.changed(edits=())) if kept else b"",
        points=training.points,
        passed=training.passed,
        axes=read.axes if read else (),
        reading=read_in,
    )


def _row(state: engine.State, seen: engine.insight.Inspection) -> tuple[float, ...]:
    """Step, epoch, and of each member the five metrics and the learning rate."""
    found = seen.metrics
    columns = [
        *(found[name].tolist() for name in engine.METRICS),
        engine.learning_rate(state).tolist(),
    ]
    members = chain.from_iterable(zip(*columns, strict=True))
    return (state.step, float(found["epoch"][0]), *members)


def _findings(
    job: Slice, state: engine.State, row: tuple[float, ...]
) -> tuple[engine.insight.Finding, ...] | None:
    """What goes wrong, as far as the history and the newest row tell."""
    if job.history is None:
        return None
    known = job.history[job.history[:, 0] < state.step]
    return engine.insight.diagnose(state, np.vstack([known, row[: known.shape[1]]]))


def _reading(
    job: Slice, seen: engine.insight.Inspection, trainers: engine.Trainers | None
) -> readings.Reading | None:
    """What the open panel reads, where one is open."""
    if job.inspect is None:
        return None
    view = job.view
    return readings.read(job.inspect, seen, view.member, trainers, job.axes, view.training)


def _frame(
    job: Slice,
    begin: engine.State,
    state: engine.State,
    seen: engine.insight.Inspection,
    read: readings.Reading | None,
) -> bytes:
    """The picture of a state."""
    member = job.view.member
    header: dict[str, object] = {
        "type": "frame",
        "run": job.run,
        "frame": job.frame,
        "step": state.step,
        "epoch": round(engine.epochs(state), 6),
        "rate": round(job.rate, 1),
        "learning_rate": protocol.finite(float(engine.learning_rate(state)[member])),
        "clipped": _clipped(state, begin, member) if state.step > begin.step else None,
        "probe": _probe(job, seen),
    }
    if job.view.training:
        header["training"] = seen.in_training(member).batch
    arrays = _packed(engine.observe(state, job.view, seen))
    if read:
        header["reading"] = read.header
        arrays |= read.arrays
    return protocol.encode(header, arrays)


def _clipped(state: engine.State, begin: engine.State, member: int) -> float:
    """In which share of the updates since then a member's gradient was clipped."""
    return round((state.clipped[member] - begin.clipped[member]) / (state.step - begin.step), 3)


def _probe(job: Slice, seen: engine.insight.Inspection) -> dict[str, object] | None:
    """What the network says at the point that is asked for, as the map has it."""
    if job.point is None:
        return None
    member = job.view.member
    state = seen.in_training(member).state if job.view.training else seen.state
    found = engine.insight.probe(state, job.point, member)
    p = found.probabilities
    return {
        "point": found.point,
        "scores": [protocol.finite(x) for x in found.scores.tolist()],
        "probabilities": None if p is None else [protocol.finite(x) for x in p.tolist()],
        "entropy": None if found.entropy is None else protocol.finite(found.entropy),
    }


SMALL_TYPES = {
    "metrics": np.float64,
    "losses": np.float64,
    "r_squared": np.float64,
    "mean_information": np.float64,
    "confusion": np.uint32,
    "layer_counts": np.uint32,
    "dead": np.uint8,
    "saturated": np.uint8,
}
"""The wire's types of what is not f4."""
MAPS = {
    "boundary": "boundary_scale",
    "boundaries": "boundaries_scale",
    "neurons": "neuron_scale",
    "scores": "scores_scale",
}
"""What goes over the wire as pictures, and the names of their scales."""
UNSENT = ("information",)
"""What is known of every point for itself, and as long as the data."""


def _packed(observed: dict[str, protocol.Array]) -> dict[str, protocol.Array]:
    """What was observed in the types of the wire."""
    arrays: dict[str, protocol.Array] = {}
    # what grew beyond the type arrives as infinity, for which the page writes a dash
    with np.errstate(over="ignore"):
        for name, values in observed.items():
            if name in MAPS:
                arrays[name], arrays[MAPS[name]] = protocol.quantize(values)
            elif name not in UNSENT:
                arrays[name] = values.astype(SMALL_TYPES.get(name, np.float32))
    return arrays


@dataclass
class _Training:
    """What `_train` changes as it goes."""

    state: engine.State
    planned: tuple[engine.Edit, ...]
    pace: float
    resolution: int
    marks: range
    trainers: engine.Trainers | None = None
    seconds: float = 0.0
    unedited: engine.State | None = None
    refused: tuple[engine.SpecError, ...] = ()
    ended: bool = False
    points: tuple[Point, ...] = ()
    passed: tuple[tuple[float, ...], ...] = ()

    def edit(self) -> None:
        """Make the planned edits whose step has come."""
        due = self.planned and self.planned[0].step <= self.state.step
        self.unedited = self.state if due else None
        while self.planned and self.planned[0].step <= self.state.step:
            try:
                self.state = engine.edit(self.state, self.planned[0].changes)
            except engine.SpecError as error:
                self.refused += (error,)
            self.planned = self.planned[1:]

    def train(self, steps: int) -> None:
        """Train so many steps, or up to the next planned edit, and make it, or the next point or mark."""
        if self.planned:
            steps = min(steps, self.planned[0].step - self.state.step)
        for stop in (
            due(self.state.step, self.resolution),
            _next_mark(self.state.step, self.marks),
        ):
            if stop:
                steps = min(steps, stop - self.state.step)
        ready = thread_time()
        if self.trainers:
            self.trainers.prepare(self.state)
        begun = thread_time()
        self.state, report = engine.train(self.state, steps, self.trainers)
        done = thread_time()
        self.seconds += done - ready
        # what it takes to make trainers says nothing about a step
        self.pace = (done - begun) / max(report.steps, 1)
        self.ended = report.steps < steps
        self.edit()
        self.keep()

    def keep(self) -> None:
        """Keep this point of the trajectory if it is due, and note the metrics if it is marked."""
        if is_due(self.state.step, self.resolution):
            self.points += (Point.of(self.state),)
        if self.state.step in self.marks:
            self.passed += (_row(self.state, engine.insight.Inspection(self.state)),)


def _next_mark(step: int, marks: range) -> int | None:
    """The first mark after a step; None where there is none."""
    later = marks[max((step - marks.start) // marks.step + 1, 0) :]
    return later[0] if later else None


def _train(job: Slice, begin: engine.State, trainers: engine.Trainers | None) -> _Training:
    """Train up to the target or the end of the budget, whichever comes first."""
    budget = max(job.budget, job.looking)
    deadline = perf_counter() + budget
    training = _Training(begin, job.planned, job.pace, job.resolution, job.marks, trainers)
    training.edit()
    training.keep()
    while not training.ended:
        step = training.state.step
        if job.target is not None and step >= job.target:
            break
        left = deadline - perf_counter()
        if step > begin.step and left < max(WORTHWHILE * budget, CALL):
            break
        if training.pace:
            steps = max(int(left / training.pace), 1)
        else:
            steps = min(FIRST_STEPS, 1 + int(budget / engine.cost(begin.specs).update))
        training.train(steps if job.target is None else min(steps, job.target - step))
    return training
