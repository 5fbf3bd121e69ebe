"""How far training is, on standard error: a moving bar, a line now and then, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable

from engine.cli.bar import SLICES, Bar
from engine.cli.speech import say
from engine.training.metrics import epochs, metrics
from engine.training.state import State
from engine.words import N_, Message

SLICE = 1000
"""At most so many updates between two looks at the progress."""
Left = Callable[[State], int]
"""How many updates there are to come."""


class Progress:
    """Shows nothing of how far training is."""

    every = SLICE

    def show(self, state: State) -> None:
        """Tell of the state."""

    def end(self) -> None:
        """Leave no trace."""


class Lines(Progress):
    """A line on standard error every so many updates."""

    def __init__(self, every: int) -> None:
        self.every = every

    def show(self, state: State) -> None:
        """Write the line, if its time has come."""
        if state.step % self.every == 0:
            sys.stderr.write(f"{say(_summary(state))}\n")
            sys.stderr.flush()


class Moving(Progress):
    """A bar on standard error."""

    def __init__(self, begin: State, left: Left) -> None:
        self._bar, self._left = Bar(), left
        self.every = min(SLICE, max(left(begin) // SLICES, 1))

    def show(self, state: State) -> None:
        """Move the bar."""
        self._bar.draw(state.step / (state.step + self._left(state)), say(_summary(state)))

    def end(self) -> None:
        """Take the bar away."""
        self._bar.end()


def progress(every: int | None, begin: State, left: Left) -> Progress:
    """What shows how far training is from its beginning: a line every so many updates, if that is said."""
    if every is not None:
        return Lines(every)
    return Moving(begin, left) if sys.stderr.isatty() else Progress()


def _summary(state: State) -> Message:
    """Where training is, in one line; of several networks the first."""
    found = metrics(state)
    train, test = (f"{found[f'{half}_loss'][0]:.4g}" for half in ("train", "test"))
    step, epoch = state.step, f"{epochs(state):.4g}"
    if not state.spec.has_test_points:
        return N_("step {step}  epoch {epoch}  loss {loss}", step=step, epoch=epoch, loss=train)
    return N_(
        "step {step}  epoch {epoch}  loss {loss}  test {test}",
        step=step,
        epoch=epoch,
        loss=train,
        test=test,
    )
