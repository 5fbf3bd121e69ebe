"""One session: what a person did to a run, and what is to be computed next.

A state machine that sees neither a socket nor a clock. It takes controls, says which slice to run or
when to ask again, and takes the results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from pydantic import JsonValue

import engine
from app import protocol
from app.protocol import Control, Hello
from app.session import budget, edits, record
from app.session.clock import PlayClock
from app.session.diagnosis_schedule import DiagnosisSchedule
from app.session.edits import Answers, together
from app.session.history import COLUMNS
from app.session.opening import Opening
from app.session.reading_schedule import ReadingSchedule
from app.session.readings import takes_long
from app.session.run import Run
from app.session.seek import Seek
from app.session.seen import Seen
from app.session.slices import Slice, Sliced, Start, Started
from app.session.view import ViewRequest, check_member
from engine.spec import says

SOON = 64
"""So many planned edits go with a slice; it ends where the next one is due."""


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
        self.run = Run(opening.recipe)
        self.frame = 0
        self.phase = Phase.PAUSED
        self.clock = PlayClock(hello.speed)
        self.view_request = ViewRequest.of(hello.view) if hello.view else ViewRequest()
        self.seen = Seen()
        self.seek = Seek()
        self.diagnosis = DiagnosisSchedule()
        self.readings = ReadingSchedule()
        self.starting: Start | None = None
        self._period = 1 / frame_rate
        self._pace = self._looking = 0.0
        self.load(opening)
        self.run.recorder.switch(on=self.view_request.trajectory)
        self._go_on(hello.step, playing=hello.playing)

    @property
    def state(self) -> engine.State:
        """The held state: the run as of the last result."""
        return self.run.state

    @property
    def shown(self) -> int:
        """Which network the view is of."""
        return self.view_request.among(len(self.state.specs)).member

    @property
    def jumping(self) -> bool:
        """Whether a step that the run has been at is sought: this ends soon, whatever the browser does."""
        ahead = self.state.step < min(self.seek.target, self.run.reached)
        return self.phase is Phase.SEEKING and (self.seek.base is not None or ahead)

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
                self._begin(self.run.present, Phase.PAUSED)
            case protocol.NewStart():
                self._begin(self.run.present.reseeded(control.seeds), self._lasting())
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
        self.seek.base = None
        lacking = self.diagnosis.overdue or self.readings.overdue
        self.seen.stale = self.seen.stale or self.seen.rate > 0 or lacking
        self.clock.stop()

    def _step(self, count: int, unit: str) -> None:
        """Train exactly so much more; what was asked for before and not done yet is done too."""
        steps = count * engine.steps_per_epoch(self.state.spec) if unit == "epoch" else count
        begin = self.seek.target if self.phase is Phase.STEPPING else self.state.step
        self.clock.stop()
        self.phase = Phase.STEPPING
        self.seek.target = begin + steps

    def _seek(self, step: int, now: float) -> None:
        """Go to a step, from wherever that is quickest, and stay there."""
        if self.phase is not Phase.SEEKING:
            self.seek.wait(now)
        self.clock.stop()
        self._go_on(step, playing=False)
        self.seek.start_from(self.run.checkpoints.before(step), self.state.step)
        self._arrive(now)

    def _drop_edits(self) -> None:
        if self.run.planned:
            self.run.planned = ()
            self._leave(cut=self.run.leave(self.state))

    def _set(self, changes: Mapping[str, JsonValue]) -> None:
        present = self.run.present
        present.refuse_varied(changes)
        parts = engine.spec.split(changes)
        recipe, before = present.with_settings(parts.settings), self.state.specs
        if recipe == present and not parts.values:
            return
        specs = recipe.specs
        budget.check(specs, changes)
        # what members have different from the spec may mean something else beside the new settings
        same = says(before, parts.settings, specs)
        if same and all(map(engine.spec.live_changes, before, specs)):
            self._leave(cut=self.run.edit(changes, recipe))
            self.seen.stale = True
        else:
            recipe = replace(recipe, edits=edits.at_start(recipe.spec, changes))
            record.check(recipe)
            self._begin(recipe, self._lasting())

    def _vary(self, member: int, changes: Mapping[str, JsonValue]) -> None:
        """Change one network alone: another comparison, which begins anew."""
        recipe = self.run.present.with_variant(member, changes)
        if recipe.specs == self.run.present.specs:
            return
        budget.check(recipe.specs, changes)
        record.check(recipe)
        self._begin(recipe, self._lasting())

    def _leave(self, *, cut: bool) -> None:
        """Train on from the held state, which goes another way; cut: whether its curves end here."""
        self.seek.base = None
        if cut:
            self.seen.curves += 1

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
        found = together(self.run.present, [each.changes for each in sets])
        if found is None:
            return None
        try:
            if found.merged:
                self._set(found.merged)
        except engine.SpecError:
            return None
        return found.answers

    def _go_on(self, step: int, *, playing: bool) -> None:
        """Have the run that is about to begin go to a step, and play on from there or rest."""
        self.phase = Phase.SEEKING
        self.seek.aim(step, plays=playing)

    def _lasting(self) -> Phase:
        """The phase of a new run that takes the place of this one."""
        return Phase.PLAYING if self.phase is Phase.PLAYING else Phase.PAUSED

    # Work

    def show(self, view: protocol.ViewMessage | None = None) -> None:
        """Have a frame made of what there is, in this view if one is given."""
        if view:
            self.view_request = ViewRequest.of(view)
            self.run.recorder.switch(on=view.trajectory, state=self.state)
        self.seen.stale = True

    def _begin(self, recipe: engine.Recipe, phase: Phase) -> None:
        """Have a run begun whose edits are still to come. Raises SpecError; then nothing has changed."""
        self.starting = self.run.prepare(recipe)
        self.phase = phase

    def started(self, result: Started, now: float) -> None:
        """Take a run that has begun."""
        self.run.begin(result)
        self.starting = self.seek.base = None
        self._bounds = budget.Bounds(result.state.specs)
        self.seen.lacking = False
        self._pace = self._looking = 0.0
        self.readings.axes = ()
        self.clock.restart(now)
        self.clock.set_epoch(engine.steps_per_epoch(result.state.spec), now, 0)
        self.diagnosis.begin()
        self.seen.stale = True
        if self.phase is Phase.SEEKING:
            self.seek.wait(now)
            self._arrive(now)

    def next(self, now: float) -> Slice | float | None:
        """The slice to run now, or the time to ask again, or None: not before the next control."""
        if self.phase is Phase.PAUSED and not self.seen.stale:
            return None
        quiet = self.phase is Phase.SEEKING and now < self.seek.picture_at
        if not quiet and now < self.seen.asked + self._period:
            return self.seen.asked + self._period
        target = self._goal(now)
        if target == self.state.step and not self.seen.stale and self.phase is Phase.PLAYING:
            return self.clock.due(target + 1)
        if not quiet:
            self.seen.asked = now
            self.seek.wait(now)
        self.seen.stale = False
        self.seen.rate = self.clock.rate(now)
        self.frame += 1
        base = self.seek.begin(self.state)
        if self._bounds.specs != self.state.specs:
            self._bounds = budget.Bounds(self.state.specs)
        made, planned = self.run.edits_to_send(base.made, None if quiet else SOON)
        for edit in self.run.later[:1]:
            target = edit.step if target is None else min(target, edit.step)
        return Slice(
            state=_without_edits(base.state),
            made=made,
            target=target,
            planned=planned,
            view=self._bounds.fitting(self.view_request.among(len(self.state.specs))),
            slow=self._bounds.slow,
            short=self._bounds.short,
            pace=self._pace,
            looking=self._looking,
            budget=0,
            run=self.run.number,
            frame=self.frame,
            rate=self.seen.rate,
            point=self.view_request.point,
            inspect=self.view_request.inspect if self._may_read(quiet, now) else None,
            axes=self.readings.axes,
            quiet=quiet,
            keep_from=self.run.checkpoints.due(self._pace),
            history=self._for_diagnosis(quiet, now),
            resolution=self.run.recorder.resolution,
            marks=self.seek.marks(self.run.reached) if self._aims else range(0),
        )

    @property
    def _aims(self) -> bool:
        """Whether a step was asked for."""
        return self.phase in {Phase.STEPPING, Phase.SEEKING}

    def coarse(self, view: engine.View) -> engine.View:
        """The view of a slice with maps as coarse as they are while many play."""
        return self._bounds.coarse(view)

    def _for_diagnosis(self, quiet: bool, now: float) -> protocol.Array | None:
        """The history if this slice should look for trouble."""
        if quiet or self.run.begun.variants:
            return None
        if not self._bounds.may_be_diagnosed:
            return None
        due = self.diagnosis.due(now, resting=self.phase is Phase.PAUSED)
        return self.run.history.rows[:, : COLUMNS - 1].copy() if due else None

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
            return self.seek.target
        return self.clock.goal(now, self.state.step)

    def take(self, result: Sliced, now: float) -> None:
        """Take the result of the last slice."""
        moved = self.seek.base is not None or result.state.step > self.state.step
        self.seek.base = None
        self.run.take(result, moved=moved)
        self._pace, self._looking = result.pace, result.looking
        self.readings.axes = result.axes or self.readings.axes
        if result.reading is not None:
            self.readings.took = result.reading
        self.diagnosis.take(result.findings, moved=moved and not self.run.begun.variants)
        self._record(result)
        self.clock.set_epoch(engine.steps_per_epoch(self.state.spec), now, self.state.step)
        if self.phase in {Phase.PLAYING, Phase.STEPPING}:
            self.clock.reach(now, self.state.step)
        stepped = self.phase is Phase.STEPPING and self.state.step >= self.seek.target
        if result.ended or stepped:
            self._pause()
        elif self.phase is Phase.SEEKING:
            self._arrive(now)

    def _record(self, result: Sliced) -> None:
        """Add to the history. What it has and no frame has shown, a browser must be sent."""
        passed = [self.run.history.append(row) for row in result.passed]
        new = self.run.history.append(result.row)
        self.seen.framed(passed=any(passed), new=new, frame=bool(result.frame))

    def _arrive(self, now: float) -> None:
        """Where the step sought is reached, go on as it was there."""
        if self.seek.has_come(self.state.step):
            self._pause()
            self.seen.arrivals += 1
            if self.seek.plays:
                self._play(now)

    def give_up(self) -> None:
        """Give up what was to be computed: it cannot be."""
        self.starting = self.seek.base = None
        self.phase = Phase.PAUSED
        self.clock.stop()
        self.seen.stale = False


def _without_edits(state: engine.State | bytes) -> engine.State | bytes:
    """A state as it travels."""
    return state.changed(edits=()) if isinstance(state, engine.State) and state.edits else state
