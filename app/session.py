"""One session: what a person did to a run, and what is to be computed next.

A state machine that sees neither a socket nor a clock. It takes controls, says which slice to run or
when to ask again, and takes the results.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from enum import StrEnum

from pydantic import JsonValue

import engine
from app import edits, protocol
from app.course import Course, Kept
from app.history import History
from app.protocol import Control, EditMessage, Hello
from app.slices import Slice, Sliced, Start, Started

BACKLOG = 0.25
"""Seconds of play that are made up for when a session falls behind; more are let go."""
RATE_WINDOW = 1.0
"""Seconds over which the training rate is measured."""
PATIENCE = 0.3
"""Seconds a seek goes on without a picture: what takes less shows only where it came to."""
DIAGNOSIS_PERIOD = 0.5
"""Seconds between two looks for trouble: sentences that change faster cannot be read."""
SEEDS = {"weights": "weights_seed", "data": "data.seed", "batches": "batches_seed"}
SEED_COUNT = 2**31
VIEW_FIELDS = set(protocol.ViewMessage.model_fields) - {"point", "member", "members", "trail"}


class Phase(StrEnum):
    """What a session is doing."""

    PAUSED = "paused"
    PLAYING = "playing"
    STEPPING = "stepping"
    SEEKING = "seeking"


class Session:
    """`now` is in seconds, from any clock that only goes forward.

    `starting` is the run to begin next. While it is set, nothing but `started` may be called.
    """

    def __init__(self, hello: Hello, *, frame_rate: float = 60) -> None:
        """Open a session as a `hello` asks. Raises SpecError for a wrong spec or edit."""
        self.run = 0
        self.frame = 0
        self.phase = Phase.PAUSED
        self.speed = hello.speed
        self.view = engine.View()
        self.point: tuple[float, float] | None = None
        self.history = History()
        self.curves = 0
        """Counts up whenever the curves that a browser has are no longer those of the history."""
        self.arrivals = 0
        """Counts the seeks that have come to their end."""
        self.scene = b""
        self.findings: tuple[engine.Finding, ...] = ()
        self.planned: tuple[engine.Edit, ...] = ()
        self.starting: Start | None = None
        self._period = 1 / frame_rate
        self._pace = 0.0
        self._target = 0  # where stepping and seeking end
        self._after_seeking = Phase.PLAYING if hello.playing else Phase.PAUSED
        self._diagnosed = -math.inf  # when a slice last looked for trouble
        self._base: Kept | None = None  # what to train on from in place of the held state
        self._picture_at = 0.0  # when a seek that is still under way should show a picture
        self._unshown = False  # the history has points that no frame has shown
        self._origin = (0.0, 0)  # when play began, and at which step
        self._asked = -math.inf  # when the last slice was asked for
        self._trail: deque[tuple[float, int]] = deque()
        self._rate_seen = 0.0
        self._unseen = True  # something changed that no frame shows yet
        self._unedited: engine.State | None = None  # as it was before the changes at its step
        self.show(hello.view)
        self._load(engine.RunSpec.from_dict(hello.spec or {}), hello.edits)
        self._target = hello.step
        self.phase = Phase.SEEKING

    @property
    def state(self) -> engine.State:
        """The held state: the run as of the last result."""
        return self._state

    @property
    def failure(self) -> engine.Failure | None:
        """The last number that was not finite, if training cannot go on because of it."""
        return self.state.failures[-1] if self.state.failures else None

    @property
    def stop(self) -> engine.Stop | None:
        """Which rule of the spec ended training, if one did."""
        return self.state.stops[-1] if self.state.stops else None

    @property
    def edits(self) -> tuple[engine.Edit, ...]:
        """All edits of the run, those made and those planned."""
        return (*self.state.edits, *self.planned)

    @property
    def reached(self) -> int:
        """The furthest step of this run."""
        return self._course.reached

    @property
    def jumping(self) -> bool:
        """Whether a step that the run has been at is sought: this ends soon, whatever the browser does."""
        ahead = self.state.step < min(self._target, self.reached)
        return self.phase is Phase.SEEKING and (self._base is not None or ahead)

    # Controls

    def apply(self, control: Control, now: float) -> None:
        """Do what a control says. Raises SpecError; then nothing has changed."""
        match control:
            case protocol.Play():
                self._play(now)
            case protocol.Pause():
                self._pause()
            case protocol.Step():
                self._step(control.count, control.unit)
            case protocol.SetSpeed():
                self.speed = control.steps_per_second
                self._origin = (now, self.state.step)
            case protocol.Seek():
                self._seek(control.step, now)
            case protocol.DropEdits():
                self._drop_edits()
            case protocol.Reset():
                self._begin(self.state.spec, Phase.PAUSED)
            case protocol.NewStart():
                self._begin(_reseeded(self.state.spec, control.seeds), self._lasting())
            case protocol.Set():
                self._set(control.changes)
            case protocol.Load():
                self._load(engine.RunSpec.from_dict(control.spec), control.edits)
            case protocol.SetView():
                self.show(control)

    def _play(self, now: float) -> None:
        if self.phase is not Phase.PLAYING:
            self.phase = Phase.PLAYING
            self._trail.clear()
            self._trail.append((now, self.state.step))
            # the first step comes at once
            self._origin = (now - 1 / (self.speed or math.inf), self.state.step)

    def _pause(self) -> None:
        """Stop. If the last frame shows a training rate, another one is needed that shows none."""
        self.phase = Phase.PAUSED
        self._base = None
        self._unseen = self._unseen or self._rate_seen > 0
        self._trail.clear()

    def _step(self, count: int, unit: str) -> None:
        """Train exactly so much more; what was asked for before and not done yet is done too."""
        steps = count * engine.steps_per_epoch(self.state.spec) if unit == "epoch" else count
        begin = self._target if self.phase is Phase.STEPPING else self.state.step
        self._trail.clear()
        self.phase, self._target = Phase.STEPPING, begin + steps

    def _seek(self, step: int, now: float) -> None:
        """Go to a step, from wherever that is quickest, and stay there."""
        if self.phase is not Phase.SEEKING:
            self._picture_at = now + PATIENCE
        self._trail.clear()
        self.phase, self._target, self._after_seeking = Phase.SEEKING, step, Phase.PAUSED
        base = self._course.before(step)
        near = base.step <= self.state.step <= step
        self._base = None if near else base
        self._arrive(now)

    def _drop_edits(self) -> None:
        if self.planned:
            self.planned = ()
            self._leave(self.state)

    def _set(self, changes: dict[str, JsonValue]) -> None:
        parts = engine.split(changes)
        spec = self.state.spec.replace(parts.settings)
        if spec == self.state.spec and not parts.values:
            return
        if engine.live_changes(self.state.spec, spec):
            if self._unedited is None or self._unedited.step != self.state.step:
                self._unedited = self.state
            self._leave(edits.make(self.state, changes, since=self._unedited))
            self._unseen = True
        else:
            first = edits.at_start(spec, changes)
            self._begin(spec, self._lasting())
            self.planned = first

    def _leave(self, state: engine.State) -> None:
        """Go another way from here on: what came after this step is no more."""
        if state.step < self.reached:
            self.history.cut(state.step)
            self.curves += 1
        self._state, self._base = state, None
        self._course.leave(state)

    def _load(self, spec: engine.RunSpec, messages: Iterable[EditMessage]) -> None:
        spec, planned = edits.plan(spec, messages)
        self._begin(spec, Phase.PAUSED)
        self.planned = planned

    def _lasting(self) -> Phase:
        """The phase of a new run that takes the place of this one."""
        return Phase.PLAYING if self.phase is Phase.PLAYING else Phase.PAUSED

    # Work

    def show(self, view: protocol.ViewMessage | None = None) -> None:
        """Have a frame made of what there is, in this view if one is given."""
        if view:
            self.point = view.point
            self.view = engine.View(**view.model_dump(include=VIEW_FIELDS))
        self._unseen = True

    def _begin(self, spec: engine.RunSpec, phase: Phase) -> None:
        self.starting = Start(spec, self.run + 1)
        self.planned = ()
        self.phase = phase

    def started(self, result: Started, now: float) -> None:
        """Take a run that has begun."""
        self.run, self.starting = result.run, None
        self._state, self.scene = result.state, result.scene
        self._course = Course(result.state)
        self._base = self._unedited = None
        self._unshown = False
        self._pace = 0.0
        self._origin = (now, 0)
        self._trail.clear()
        self.history.clear()
        self.findings, self._diagnosed = (), -math.inf
        self._unseen = True
        if self.phase is Phase.SEEKING:
            self._picture_at = now + PATIENCE
            self._arrive(now)

    def next(self, now: float) -> Slice | float | None:
        """The slice to run now, or the time to ask again, or None: not before the next control."""
        if self.phase is Phase.PAUSED and not self._unseen:
            return None
        quiet = self.phase is Phase.SEEKING and now < self._picture_at
        if not quiet and now < self._asked + self._period:
            return self._asked + self._period
        target = self._goal(now)
        if target == self.state.step and not self._unseen and self.phase is Phase.PLAYING:
            return self._due(target + 1)
        if not quiet:
            self._asked, self._picture_at = now, now + PATIENCE
        self._unseen = False
        self._rate_seen = self.rate(now)
        self.frame += 1
        base = self._base or Kept.of(self.state)
        return Slice(
            state=base.state,
            target=target,
            planned=self.edits[base.made :],
            view=self.view,
            pace=self._pace,
            budget=0,
            run=self.run,
            frame=self.frame,
            rate=self._rate_seen,
            point=self.point,
            quiet=quiet,
            keep_from=self._course.due(self._pace),
            course=self._for_diagnosis(quiet, now),
        )

    def _for_diagnosis(self, quiet: bool, now: float) -> protocol.Array | None:
        """The history if this slice should look for trouble: now and then, and when the run comes to rest."""
        resting = self.phase is Phase.PAUSED
        if quiet or not (resting or now >= self._diagnosed + DIAGNOSIS_PERIOD):
            return None
        self._diagnosed = now
        return self.history.rows[:, :7].copy()

    def _goal(self, now: float) -> int | None:
        """The step to train to; None is as far as it goes."""
        if self.phase is Phase.PAUSED:
            return self.state.step
        if self.phase is not Phase.PLAYING:
            return self._target
        if self.speed is None:
            return None
        begin, first = self._origin
        goal = first + math.floor((now - begin) * self.speed + 1e-6)
        most = self.state.step + max(1, math.floor(BACKLOG * self.speed))
        if goal > most:
            goal = most
            self._origin = (now, goal)
        return goal

    def _due(self, step: int) -> float:
        """When play reaches a step."""
        begin, first = self._origin
        return begin + (step - first) / (self.speed or math.inf)

    def take(self, result: Sliced, now: float) -> None:
        """Take the result of the last slice."""
        moved = self._base is not None or result.state.step > self.state.step
        self._base = None
        self._state = self._course.follow(result.state, result.dumped)
        self.planned = result.planned
        if moved or result.unedited:
            self._unedited = result.unedited
        self._pace = result.pace
        if result.findings is not None:
            self.findings = result.findings
        self._record(result)
        if self.phase in {Phase.PLAYING, Phase.STEPPING}:
            self._trail.append((now, self.state.step))
        stepped = self.phase is Phase.STEPPING and self.state.step >= self._target
        if result.ended or stepped:
            self._pause()
        elif self.phase is Phase.SEEKING:
            self._arrive(now)

    def _record(self, result: Sliced) -> None:
        """Add to the history. What it has and no frame has shown, a browser must be sent."""
        new = self.history.append(result.row)
        self._unshown = self._unshown or (new and not result.frame)
        if not result.frame:
            self._unseen = True
        elif self._unshown:
            self._unshown = False
            self.curves += 1

    def _arrive(self, now: float) -> None:
        """Where the step sought is reached, go on as it was there."""
        if self._base is None and self.state.step >= self._target:
            self._pause()
            self.arrivals += 1
            if self._after_seeking is Phase.PLAYING:
                self._play(now)

    def give_up(self) -> None:
        """Give up what was to be computed: it cannot be."""
        self.starting = self._base = None
        self.phase = Phase.PAUSED
        self._trail.clear()
        self._unseen = False

    def rate(self, now: float) -> float:
        """Training steps per second over the last second."""
        while self._trail and self._trail[0][0] < now - RATE_WINDOW:
            self._trail.popleft()
        if len(self._trail) < 2:
            return 0.0
        (begin, first), (end, last) = self._trail[0], self._trail[-1]
        return (last - first) / (end - begin) if end > begin else 0.0


def _reseeded(spec: engine.RunSpec, seeds: Iterable[protocol.Seed]) -> engine.RunSpec:
    """The spec with the next seed for each of these."""
    now = {
        "weights": spec.weights_seed,
        "data": spec.data["seed"],
        "batches": spec.batches_seed,
    }
    return spec.replace({SEEDS[name]: (now[name] + 1) % SEED_COUNT for name in seeds})
