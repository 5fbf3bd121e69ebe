"""The run of a session: its recipe, where it has got to, and what is kept of the way there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic import JsonValue

import engine
from app.protocol import Array
from app.session import edits, record
from app.session.checkpoints import Checkpoints
from app.session.history import History
from app.session.slices import Sliced, Start, Started
from app.session.trajectory import TrajectoryRecorder

Edits = tuple[engine.Edit, ...]


class Run:
    """All of a session that is the run's own, whatever is asked of it next.

    number: counts up with every start; 0 before the first, when there is no state yet. scene: what a browser
    is told once. begun: the networks as they were at step 0. planned: the edits that are still to come.
    later: those of them that the slice under way does not know of. recorder: the way of the weights.
    """

    def __init__(self, recipe: engine.Recipe) -> None:
        self.number = 0
        self.scene = b""
        self.begun = replace(recipe, edits=())
        self.planned: Edits = ()
        self.later: Edits = ()
        self.history = History()
        self.recorder = TrajectoryRecorder()
        self._before: Edits = ()  # the edits that the slice under way does not know were made
        self._unedited: engine.State | None = None  # as it was before the changes at its step
        self._made = self.begun  # with the edits made by now, but for the last
        self._written: tuple[tuple[engine.Recipe, Edits] | None, int] = (None, 0)  # and its bytes

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
    def edits(self) -> Edits:
        """All edits of the run, those made and those planned."""
        return (*self.state.edits, *self.planned)

    @property
    def reached(self) -> int:
        """The furthest step of this run."""
        return self.checkpoints.reached

    @property
    def size(self) -> int:
        """About how many bytes are held of it."""
        if self.number == 0:
            return 0  # it has not begun
        unedited = (self._unedited,) if self._unedited else ()
        states = (self.state, *self.checkpoints.ends, *unedited)
        arrays = {id(array): array.nbytes for state in states for array in _arrays(state)}
        kept = self.checkpoints.size + self.recorder.size + self.history.size + len(self.scene)
        return sum(arrays.values()) + kept + self._written_size()

    def _written_size(self) -> int:
        """Bytes of settings and edits, told anew only where they are others: it takes a look at each edit."""
        if self._written[0] != (now := (self.begun, self.edits)):
            self._written = now, record.size(self.recipe)
        return self._written[1]

    def forget(self) -> None:
        """Let go of what can be computed again, and of the way of the weights."""
        if self.number == 0:
            return
        self.checkpoints.forget()
        self.recorder.forget(self.state)

    def prepare(self, recipe: engine.Recipe) -> Start:
        """What has this recipe begun in place of the run; its edits are still to come. Raises SpecError."""
        start = Start(recipe.specs, self.number + 1)
        self._coming = replace(recipe, edits=())
        self.planned = recipe.edits
        return start

    def begin(self, result: Started) -> None:
        """Be the run that was prepared and has begun."""
        self.number = result.run
        self.begun = self._made = self._coming
        self._state, self.scene = result.state, result.scene
        self._unedited = None
        self.checkpoints = Checkpoints(result.state)
        self.recorder.begin(result.state)
        self.history.clear(len(result.state.specs))

    def edit(self, changes: Mapping[str, JsonValue], begun: engine.Recipe) -> bool:
        """Change the networks where they are; at step 0 they `begun` so. Raises SpecError.

        Returns whether the curves end here that there were.
        """
        if self._unedited is None or self._unedited.step != self.state.step:
            self._unedited = self.state
        state = edits.make(self.state, changes, since=self._unedited)
        begun = begun if state.step == 0 else self.begun
        record.check(replace(begun, edits=(*state.edits, *self.planned)))
        if state.step == 0:
            self.begun = self._made = begun
        return self.leave(state)

    def leave(self, state: engine.State) -> bool:
        """Go another way from here on: what came after this step is no more.

        Returns whether the curves end here that there were.
        """
        ends = state.step < self.reached
        if ends:
            self.history.cut(state.step)
        self._state = state
        self.checkpoints.leave(state)
        self.recorder.leave(state)
        return ends

    def edits_to_send(self, made: int, most: int | None) -> tuple[Edits, Edits]:
        """The last edit of those made in the state that a slice begins with, and the first of the others.

        most: so many of the others at most.
        """
        before, planned = self.edits[:made], self.edits[made:]
        self._before, self.later = before[:-1], planned[most:] if most is not None else ()
        return before[-1:], planned[:most]

    def take(self, result: Sliced, *, moved: bool) -> None:
        """Take the result of the last slice; moved: whether it is of another step, or on another way."""
        self._state = self.checkpoints.follow(self._whole(result.state), result.dumped)
        self.planned = (*result.planned, *self.later)
        if moved or result.unedited:
            self._unedited = self._whole(result.unedited) if result.unedited else None
        for point in result.points:
            self.recorder.add(point)

    def _whole(self, state: engine.State) -> engine.State:
        """A state from a slice, which knew of the last edit before it alone, with all of its edits."""
        return state.changed(edits=(*self._before, *state.edits)) if self._before else state


def _arrays(state: engine.State) -> Iterator[Array]:
    """All that takes room in a state."""
    yield from (state.theta, state.running, *state.slots.values())
    if state.best:
        yield from (state.best.theta, state.best.running)
