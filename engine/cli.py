"""The command line: train from a spec in a file or on standard input, and print what came of it.

This alone of the engine reads files and writes text. Results go to standard output; progress and what went
wrong go to standard error, so that results can be piped on.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from engine.core.errors import SpecError
from engine.insight.evaluation import evaluate
from engine.spec.run_spec import RunSpec
from engine.training.batches import steps_per_epoch
from engine.training.metrics import METRICS, epochs, metrics
from engine.training.run import start, train
from engine.training.state import State

EPOCHS = 100
"""How long to train where nothing is said."""
SLICE = 1000
"""At most so many updates between two looks at the progress."""
SLICES = 200
"""A bar moves about so often on its way."""
WIDTH = 16

FINE, NOT_FINITE, BAD_SPEC = 0, 1, 2
INTERRUPTED, CLOSED_PIPE = 130, 141
"""As a shell has them: 128 and the number of the signal."""


class _UnreadableError(Exception):
    """The spec cannot be read; the text says why, one problem a line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the arguments say; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        status = _run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # nobody reads on: close what is left, or the interpreter would complain when it ends
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.close()
        return CLOSED_PIPE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine",
        description="Train a network from a spec in JSON and print how well it does.",
        epilog="Exit status: 0 fine, 1 training left the finite numbers, 2 the spec is wrong.",
    )
    parser.add_argument("spec", metavar="SPEC.json", help="the spec; - reads standard input")
    length = parser.add_mutually_exclusive_group()
    length.add_argument(
        "--epochs",
        type=_count,
        metavar="N",
        help=f"how many passes over the training points (default {EPOCHS})",
    )
    length.add_argument("--steps", type=_count, metavar="N", help="how many updates instead")
    parser.add_argument("--json", action="store_true", help="print one JSON object, for machines")
    parser.add_argument(
        "--every", type=_positive, metavar="N", help="print a line of progress every N updates"
    )
    return parser


def _count(text: str) -> int:
    value = int(text) if text.isdecimal() else -1
    if value < 0:
        raise argparse.ArgumentTypeError(f"expected a whole number from 0, not {text!r}")
    return value


def _positive(text: str) -> int:
    value = _count(text)
    if not value:
        raise argparse.ArgumentTypeError("expected a whole number from 1, not '0'")
    return value


def _run(options: argparse.Namespace) -> int:
    try:
        spec = _read(options.spec)
    except _UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_SPEC
    steps = options.steps
    if steps is None:
        steps = (EPOCHS if options.epochs is None else options.epochs) * steps_per_epoch(spec)
    state, status = _train(spec, steps, _progress(options.every, steps))
    sys.stdout.write(_as_json(state) if options.json else _as_table(state))
    if status == INTERRUPTED:
        sys.stderr.write(f"Interrupted after step {state.step}.\n")
    for failure in state.failures:
        tips = "".join(f"  {tip}\n" for tip in failure.advice)
        sys.stderr.write(
            f"Update {failure.step} gave a value that is {failure.cause}; "
            f"these are the weights of step {failure.step - 1}.\n{tips}"
        )
    return status


def _read(path: str) -> RunSpec:
    """The spec in a file, or on standard input. Raises _UnreadableError."""
    name = "standard input" if path == "-" else path
    try:
        if path == "-":
            text = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:  # noqa: PTH123  # the engine does without pathlib
                text = file.read()
        values: Any = json.loads(text)
        if values is None:
            values = "null"  # a mistake in a file, where None would stand for the default spec
        return RunSpec.from_dict(values)
    except OSError as error:
        raise _UnreadableError(f"{name}: {error.strerror or error}") from error
    except SpecError as error:
        problems = "".join(f"\n  {problem}" for problem in error.problems)
        raise _UnreadableError(f"{name} is not a spec:{problems}") from error
    except (ValueError, RecursionError) as error:
        raise _UnreadableError(f"{name} is not JSON: {error}") from error


class _Progress:
    """Shows nothing of how far training is."""

    every = SLICE

    def show(self, state: State) -> None:
        """Tell of the state."""

    def end(self) -> None:
        """Leave no trace."""


class _Lines(_Progress):
    """A line on standard error every so many updates."""

    def __init__(self, every: int) -> None:
        self.every = every

    def show(self, state: State) -> None:
        """Write the line, if its time has come."""
        if state.step % self.every == 0:
            sys.stderr.write(f"{_summary(state)}\n")
            sys.stderr.flush()


class _Bar(_Progress):
    """A bar on standard error that is gone in the end."""

    def __init__(self, steps: int) -> None:
        self._steps, self._length = steps, 0
        self.every = min(SLICE, max(steps // SLICES, 1))

    def show(self, state: State) -> None:
        """Draw the bar over the one before."""
        share = state.step / self._steps
        done = int(share * WIDTH)
        self._draw(f"[{'#' * done}{'-' * (WIDTH - done)}] {share:4.0%}  {_summary(state)}")

    def end(self) -> None:
        """Take the bar away."""
        self._draw("")
        sys.stderr.write("\r")
        sys.stderr.flush()

    def _draw(self, text: str) -> None:
        sys.stderr.write(f"\r{text:{self._length}}")
        sys.stderr.flush()
        self._length = len(text)


def _progress(every: int | None, steps: int) -> _Progress:
    if every is not None:
        return _Lines(every)
    return _Bar(steps) if sys.stderr.isatty() else _Progress()


def _train(spec: RunSpec, steps: int, progress: _Progress) -> tuple[State, int]:
    """Train to the end, or as far as it goes; returns the state and the exit status."""
    state, status = start(spec), FINE
    try:
        for stretch in _slices(steps, progress.every):
            state, report = train(state, stretch)
            progress.show(state)
            if report.steps < stretch:
                break
    except KeyboardInterrupt:
        status = INTERRUPTED
    progress.end()
    return state, NOT_FINITE if state.failures else status


def _slices(steps: int, every: int) -> Iterator[int]:
    """Stretches that add up to `steps` and stop at every multiple of `every`, none over SLICE."""
    step = 0
    while step < steps:
        stretch = min(steps - step, every - step % every, SLICE)
        yield stretch
        step += stretch


def _summary(state: State) -> str:
    """Where training is, in one line."""
    found = metrics(state)
    losses = f"loss {found['train_loss'][0]:.4g}"
    if state.spec.has_test_points:
        losses += f"  test {found['test_loss'][0]:.4g}"
    return f"step {state.step}  epoch {epochs(state):.4g}  {losses}"


def _as_table(state: State) -> str:
    """The metrics to read."""
    found = {name: float(value[0]) for name, value in metrics(state).items()}
    if state.spec.task == "regression":
        heading, scores = "R2", [f"{score:.4f}" for score in evaluate(state).r_squared]
    else:
        shares = (found["train_accuracy"], found["test_accuracy"])
        heading, scores = "accuracy", [f"{share:.1%}" for share in shares]
    rows = [
        ("", "loss", heading),
        ("training", f"{found['train_loss']:.6g}", scores[0]),
    ]
    if state.spec.has_test_points:
        rows.append(("test", f"{found['test_loss']:.6g}", scores[1]))
    if found["penalty"]:
        rows.append(("penalty", f"{found['penalty']:.6g}", ""))
    table = "\n".join(f"{name:10}{loss:>12}{score:>12}".rstrip() for name, loss, score in rows)
    stops = "".join(f"Stopped after step {stop.step}: {stop.reason}.\n" for stop in state.stops)
    return f"{stops}{state.step} steps, {epochs(state):.6g} epochs\n\n{table}\n"


def _as_json(state: State) -> str:
    """All there is to know, in one object; null for a number that is not finite."""
    found = metrics(state)
    values = {
        "spec": state.spec.to_dict(),
        "steps": state.step,
        "epochs": epochs(state),
        "metrics": {name: _finite(float(found[name][0])) for name in METRICS},
        "failures": [asdict(failure) for failure in state.failures],
        "stops": [asdict(stop) for stop in state.stops],
    }
    return json.dumps(values, allow_nan=False) + "\n"


def _finite(value: float) -> Any:
    return value if math.isfinite(value) else None
