"""One session: what a person did to a run, and what is to be computed next.

A state machine that sees neither a socket nor a clock. It takes controls, says which slice to run or
when to ask again, and takes the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from pydantic import JsonValue

import engine
from app import protocol
from app.protocol import Control, Hello
from app.session import budget, edits, record
from app.session.checkpoints import Checkpoints
from app.session.clock import PlayClock
from app.session.diagnosis_schedule import DiagnosisSchedule
from app.session.history import COLUMNS, History
from app.session.opening import Opening
from app.session.reading_schedule import ReadingSchedule
from app.session.readings import takes_long
from app.session.seek import Seek
from app.session.seen import Seen
from app.session.slices import Slice, Sliced, Start, Started
from app.session.trajectory import TrajectoryRecorder
from app.session.view import ViewRequest, check_member
from engine.spec import combined, says

SOON = 64
"""So many planned edits go with a slice; it ends where the next one is due."""

Answers = list[engine.SpecError | None]


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

    def __init__(self, hello: Hello, opening: Opening, *, frame_rate: float = 60) -> None:
        """Open a session as a `hello` asks; `opening` is the run that it asks for, checked."""
        self.run = 0
        self.frame = 0
        self.phase = Phase.PAUSED
        self.clock = PlayClock(hello.speed)
        self.begun = replace(opening.recipe, edits=())
        """The networks as they were at step 0."""
        self.recorder = TrajectoryRecorder()
        self.view_request = ViewRequest.of(hello.view) if hello.view else ViewRequest()
        self.history = History()
        self.seen = Seen()
        self.way = Seek()
        self.scene = b""
        self.diagnosis = DiagnosisSchedule()
        self.readings = ReadingSchedule()
        self.planned: tuple[engine.Edit, ...] = ()
        self.starting: Start | None = None
        self._period = 1 / frame_rate
        self._pace = self._looking = 0.0
        # the edits before and after those that the slice under way knows of
        self._before: tuple[engine.Edit, ...] = ()
        self._later: tuple[engine.Edit, ...] = ()
        self._unedited: engine.State | None = None  # as it was before the changes at its step
        self._made = self.begun  # with the edits made by now, but for the last
        self.load(opening)
        self.recorder.switch(on=self.view_request.trail)
        self._go_on(hello.step, playing=hello.playing)

    @property
    def state(self) -> engine.State:
        """The held state: the run as of the last result."""
        return self._state

    @property
    def recipe(self) -> engine.Recipe:
        """All that makes the run: how it began, and its edits, those made and those planned."""
        return replace(self.begun, edits=self.edits)

    @property
    def present(self) -> engine.Recipe:
        """The networks as they are now, as a run to begin."""
        if not self.begun.variants:
            return engine.Recipe(self.state.spec)
        made = self.state.edits
        # while a slider moves the last edit alone is another each time
        self._made = self._made.with_edits(made[:-1])
        return self._made.with_edits(made).now

    @property
    def shown(self) -> int:
        """Which network the view is of."""
        return self.view_request.among(len(self.state.specs)).member

    @property
    def edits(self) -> tuple[engine.Edit, ...]:
        """All edits of the run, those made and those planned."""
        return (*self.state.edits, *self.planned)

    @property
    def reached(self) -> int:
        """The furthest step of this run."""
        return self._checkpoints.reached

    @property
    def size(self) -> int:
        """About how many bytes are held for this session."""
        if self.run == 0:
            return 0  # its run has not begun
        unedited = (self._unedited,) if self._unedited else ()
        states = (self.state, *self._checkpoints.ends, *unedited)
        arrays = {id(array): array.nbytes for state in states for array in _arrays(state)}
        kept = self._checkpoints.size + self.recorder.size + self.history.size + len(self.scene)
        return sum(arrays.values()) + kept + record.size(self.recipe)

    def forget(self) -> None:
        """Let go of what can be computed again, and of the way of the weights."""
        if self.run == 0:
            return
        self._checkpoints.forget()
        self.recorder.forget(self.state)

    @property
    def jumping(self) -> bool:
        """Whether a step that the run has been at is sought: this ends soon, whatever the browser does."""
        ahead = self.state.step < min(self.way.target, self.reached)
        return self.phase is Phase.SEEKING and (self.way.base is not None or ahead)

    # Controls

    def apply(self, control: Control, now: float) -> None:
        """Do what a control says, but for a `load`. Raises SpecError; then nothing has changed."""
        match control:
            case protocol.Play():
                self._play(now)
            case protocol.Pause():
                self._pause()
            case protocol.Step():
                self._step(control.count, control.unit)
            case protocol.SetSpeed():
                self.clock.set_speed(control.steps_per_second, now, self.state.step)
            case protocol.Seek():
                self._seek(control.step, now)
            case protocol.DropEdits():
                self._drop_edits()
            case protocol.Reset():
                self._begin(self.present, Phase.PAUSED)
            case protocol.NewStart():
                self._begin(self.present.reseeded(control.seeds), self._lasting())
            case protocol.Set(member=int() as member):
                self._vary(member, control.changes)
            case protocol.Set():
                self._set(control.changes)
            case protocol.SetView():
                check_member(control.member, len(self.state.specs))
                self.show(control)

    def _play(self, now: float) -> None:
        if self.phase is not Phase.PLAYING:
            self.phase = Phase.PLAYING
            self.clock.begin(now, self.state.step)

    def _pause(self) -> None:
        """Stop. Another frame is needed if the last shows a training rate, or lacks something."""
        self.phase = Phase.PAUSED
        self.way.base = None
        lacking = self.diagnosis.overdue or self.readings.overdue
        self.seen.stale = self.seen.stale or self.seen.rate > 0 or lacking
        self.clock.stop()

    def _step(self, count: int, unit: str) -> None:
        """Train exactly so much more; what was asked for before and not done yet is done too."""
        steps = count * engine.steps_per_epoch(self.state.spec) if unit == "epoch" else count
        begin = self.way.target if self.phase is Phase.STEPPING else self.state.step
        self.clock.stop()
        self.phase = Phase.STEPPING
        self.way.target = begin + steps

    def _seek(self, step: int, now: float) -> None:
        """Go to a step, from wherever that is quickest, and stay there."""
        if self.phase is not Phase.SEEKING:
            self.way.wait(now)
        self.clock.stop()
        self._go_on(step, playing=False)
        self.way.start_from(self._checkpoints.before(step), self.state.step)
        self._arrive(now)

    def _drop_edits(self) -> None:
        if self.planned:
            self.planned = ()
            self._leave(self.state)

    def _set(self, changes: Mapping[str, JsonValue]) -> None:
        self.present.refuse_varied(changes)
        parts = engine.spec.split(changes)
        recipe, before = self.present.with_settings(parts.settings), self.state.specs
        if recipe == self.present and not parts.values:
            return
        specs = recipe.specs
        budget.check(specs, changes)
        # what members have different from the spec may mean something else beside the new settings
        same = says(before, parts.settings, specs)
        if same and all(map(engine.spec.live_changes, before, specs)):
            if self._unedited is None or self._unedited.step != self.state.step:
                self._unedited = self.state
            state = edits.make(self.state, changes, since=self._unedited)
            begun = recipe if state.step == 0 else self.begun
            record.check(replace(begun, edits=(*state.edits, *self.planned)))
            if state.step == 0:
                self.begun = self._made = begun
            self._leave(state)
            self.seen.stale = True
        else:
            recipe = replace(recipe, edits=edits.at_start(recipe.spec, changes))
            record.check(recipe)
            self._begin(recipe, self._lasting())

    def _vary(self, member: int, changes: Mapping[str, JsonValue]) -> None:
        """Change one network alone: another comparison, which begins anew."""
        recipe = self.present.with_variant(member, changes)
        if recipe.specs == self.present.specs:
            return
        budget.check(recipe.specs, changes)
        record.check(recipe)
        self._begin(recipe, self._lasting())

    def _leave(self, state: engine.State) -> None:
        """Go another way from here on: what came after this step is no more."""
        if state.step < self.reached:
            self.history.cut(state.step)
            self.seen.curves += 1
        self._state, self.way.base = state, None
        self._checkpoints.leave(state)
        self.recorder.leave(state)

    def load(self, opening: Opening) -> None:
        """Begin another run, which goes to a step if one is asked for."""
        self._begin(opening.recipe, Phase.PAUSED)
        if opening.step or opening.playing:
            self._go_on(opening.step, playing=opening.playing)

    def set_together(self, sets: Sequence[protocol.Set]) -> Answers | None:
        """Make changes that came one after the other as one, where that comes to the same.

        Returns what is wrong with each, None where nothing is; or None where they are to be made one by one,
        and nothing was changed.
        """
        if any(each.member is not None for each in sets):
            return None
        recipe, merged = self.present, dict[str, JsonValue]()
        wrong: list[engine.SpecError | None] = []
        for changes in (each.changes for each in sets):
            try:
                recipe.refuse_varied(changes)
                parts = engine.spec.split(changes)
                changed = recipe.with_settings(parts.settings)
                budget.check(changed.specs, changes)
                if parts.values:
                    engine.edited((changed.spec,), parts.values)
            except engine.SpecError as error:
                wrong.append(error)
                continue
            recipe, merged = changed, combined(merged, changes)
            wrong.append(None)
        try:
            if self.present.with_settings(engine.spec.split(merged).settings) != recipe:
                return None
            if merged:
                self._set(merged)
        except engine.SpecError:
            return None
        return wrong

    def _go_on(self, step: int, *, playing: bool) -> None:
        """Have the run that is about to begin go to a step, and play on from there or rest."""
        self.phase = Phase.SEEKING
        self.way.aim(step, plays=playing)

    def _lasting(self) -> Phase:
        """The phase of a new run that takes the place of this one."""
        return Phase.PLAYING if self.phase is Phase.PLAYING else Phase.PAUSED

    # Work

    def show(self, view: protocol.ViewMessage | None = None) -> None:
        """Have a frame made of what there is, in this view if one is given."""
        if view:
            self.view_request = ViewRequest.of(view)
            self.recorder.switch(on=view.trail, state=self.state)
        self.seen.stale = True

    def _begin(self, recipe: engine.Recipe, phase: Phase) -> None:
        """Have a run begun whose edits are still to come. Raises SpecError; then nothing has changed."""
        self.starting = Start(recipe.specs, self.run + 1)
        self._coming = replace(recipe, edits=())
        self.planned = recipe.edits
        self.phase = phase

    def started(self, result: Started, now: float) -> None:
        """Take a run that has begun."""
        self.run, self.starting = result.run, None
        self.begun = self._made = self._coming
        self._state, self.scene = result.state, result.scene
        self._bounds = budget.Bounds(result.state.specs)
        self._checkpoints = Checkpoints(result.state)
        self.way.base = self._unedited = None
        self.seen.lacking = False
        self._pace = self._looking = 0.0
        self.readings.axes = ()
        self.clock.restart(now)
        self.clock.set_epoch(engine.steps_per_epoch(result.state.spec), now, 0)
        self.recorder.begin(result.state)
        self.history.clear(len(result.state.specs))
        self.diagnosis.begin()
        self.seen.stale = True
        if self.phase is Phase.SEEKING:
            self.way.wait(now)
            self._arrive(now)

    def next(self, now: float) -> Slice | float | None:
        """The slice to run now, or the time to ask again, or None: not before the next control."""
        if self.phase is Phase.PAUSED and not self.seen.stale:
            return None
        quiet = self.phase is Phase.SEEKING and now < self.way.picture_at
        if not quiet and now < self.seen.asked + self._period:
            return self.seen.asked + self._period
        target = self._goal(now)
        if target == self.state.step and not self.seen.stale and self.phase is Phase.PLAYING:
            return self.clock.due(target + 1)
        if not quiet:
            self.seen.asked = now
            self.way.wait(now)
        self.seen.stale = False
        self.seen.rate = self.clock.rate(now)
        self.frame += 1
        base = self.way.begin(self.state)
        if self._bounds.specs != self.state.specs:
            self._bounds = budget.Bounds(self.state.specs)
        made, planned = self.edits[: base.made], self.edits[base.made :]
        self._before, self._later = made[:-1], ()
        if len(planned) > SOON and not quiet:
            planned, self._later = planned[:SOON], planned[SOON:]
            next_of_them = self._later[0].step
            target = next_of_them if target is None else min(target, next_of_them)
        return Slice(
            state=_without_edits(base.state),
            made=made[-1:],
            target=target,
            planned=planned,
            view=self._bounds.fitting(self.view_request.among(len(self.state.specs))),
            slow=self._bounds.slow,
            short=self._bounds.short,
            pace=self._pace,
            looking=self._looking,
            budget=0,
            run=self.run,
            frame=self.frame,
            rate=self.seen.rate,
            point=self.view_request.point,
            inspect=self.view_request.inspect if self._may_read(quiet, now) else None,
            axes=self.readings.axes,
            quiet=quiet,
            keep_from=self._checkpoints.due(self._pace),
            history=self._for_diagnosis(quiet, now),
            resolution=self.recorder.resolution,
            marks=self.way.marks(self.reached) if self._aims else range(0),
        )

    @property
    def _aims(self) -> bool:
        """Whether a step was asked for."""
        return self.phase in {Phase.STEPPING, Phase.SEEKING}

    def _for_diagnosis(self, quiet: bool, now: float) -> protocol.Array | None:
        """The history if this slice should look for trouble."""
        if quiet or self.begun.variants:
            return None
        if not self._bounds.may_be_diagnosed:
            return None
        due = self.diagnosis.due(now, resting=self.phase is Phase.PAUSED)
        return self.history.rows[:, : COLUMNS - 1].copy() if due else None

    def _may_read(self, quiet: bool, now: float) -> bool:
        """Whether this slice reads what the open panel shows."""
        if quiet:
            return False
        inspect, playing = self.view_request.inspect, self.phase is Phase.PLAYING
        slow = inspect is not None and takes_long(inspect)
        return self.readings.due(now, wanted=inspect is not None, playing=playing, slow=slow)

    def _goal(self, now: float) -> int | None:
        """The step to train to; None is as far as it goes."""
        if self.phase is Phase.PAUSED:
            return self.state.step
        if self.phase is not Phase.PLAYING:
            return self.way.target
        return self.clock.goal(now, self.state.step)

    def take(self, result: Sliced, now: float) -> None:
        """Take the result of the last slice."""
        moved = self.way.base is not None or result.state.step > self.state.step
        self.way.base = None
        self._state = self._checkpoints.follow(self._whole(result.state), result.dumped)
        self.planned = (*result.planned, *self._later)
        if moved or result.unedited:
            self._unedited = self._whole(result.unedited) if result.unedited else None
        self._pace, self._looking = result.pace, result.looking
        self.readings.axes = result.axes or self.readings.axes
        for point in result.points:
            self.recorder.add(point)
        self.diagnosis.take(result.findings, moved=moved and not self.begun.variants)
        self._record(result)
        self.clock.set_epoch(engine.steps_per_epoch(self.state.spec), now, self.state.step)
        if self.phase in {Phase.PLAYING, Phase.STEPPING}:
            self.clock.reach(now, self.state.step)
        stepped = self.phase is Phase.STEPPING and self.state.step >= self.way.target
        if result.ended or stepped:
            self._pause()
        elif self.phase is Phase.SEEKING:
            self._arrive(now)

    def _whole(self, state: engine.State) -> engine.State:
        """A state from a slice, which knew of the last edit before it alone, with all of its edits."""
        return replace(state, edits=(*self._before, *state.edits)) if self._before else state

    def _record(self, result: Sliced) -> None:
        """Add to the history. What it has and no frame has shown, a browser must be sent."""
        passed = [self.history.append(row) for row in result.passed]
        new = self.history.append(result.row)
        self.seen.framed(passed=any(passed), new=new, frame=bool(result.frame))

    def _arrive(self, now: float) -> None:
        """Where the step sought is reached, go on as it was there."""
        if self.way.has_come(self.state.step):
            self._pause()
            self.seen.arrivals += 1
            if self.way.plays:
                self._play(now)

    def give_up(self) -> None:
        """Give up what was to be computed: it cannot be."""
        self.starting = self.way.base = None
        self.phase = Phase.PAUSED
        self.clock.stop()
        self.seen.stale = False


def _without_edits(state: engine.State | bytes) -> engine.State | bytes:
    """A state as it travels."""
    return replace(state, edits=()) if isinstance(state, engine.State) and state.edits else state


def _arrays(state: engine.State) -> Iterator[protocol.Array]:
    """All that takes room in a state."""
    yield from (state.theta, state.running, *state.slots.values())
    if state.best:
        yield from (state.best.theta, state.best.running)
