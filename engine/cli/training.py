"""`python -m engine SPEC.json`: train from a spec, and print how well it does."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from engine.cli.bar import SLICES, Bar
from engine.cli.outcome import BAD_SPEC, FINE, INTERRUPTED, NOT_FINITE, finite
from engine.cli.reading import UnreadableError, count, positive, read
from engine.cli.speech import add_language, complain, padded, say
from engine.insight.evaluation import evaluate
from engine.spec.run_spec import RunSpec
from engine.training.batches import steps_per_epoch
from engine.training.metrics import METRICS, epochs, metrics
from engine.training.run import start, train
from engine.training.state import State
from engine.words import N_, NN_, Message, lines

EPOCHS = 100
"""How long to train where nothing is said."""
SLICE = 1000
"""At most so many updates between two looks at the progress."""


def run(arguments: Sequence[str]) -> int:
    """Train as the arguments say; returns the exit status."""
    return _run(_parser().parse_args(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine",
        description=say(N_("Train a network from a spec in JSON and print how well it does.")),
        usage="%(prog)s [-h] [--lang TAG] [--epochs N | --steps N] [--json] [--every N] SPEC.json\n       "
        "%(prog)s search [-h] [--lang TAG] [--json] [--open] SEARCH.json",
        epilog=say(
            N_("Exit status: 0 fine, 1 training left the finite numbers, 2 the spec is wrong.")
        ),
    )
    parser.add_argument(
        "spec", metavar="SPEC.json", help=say(N_("the spec; - reads standard input"))
    )
    add_language(parser)
    length = parser.add_mutually_exclusive_group()
    length.add_argument(
        "--epochs",
        type=count,
        metavar="N",
        help=say(N_("how many passes over the training points (default {epochs})", epochs=EPOCHS)),
    )
    length.add_argument(
        "--steps", type=count, metavar="N", help=say(N_("how many updates instead"))
    )
    parser.add_argument(
        "--json", action="store_true", help=say(N_("print one JSON object, for machines"))
    )
    parser.add_argument(
        "--every",
        type=positive,
        metavar="N",
        help=say(N_("print a line of progress every N updates")),
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    try:
        spec = read(options.spec, N_("spec"), RunSpec.from_dict)
    except UnreadableError as error:
        complain(str(error))
        return BAD_SPEC
    steps = options.steps
    if steps is None:
        steps = (EPOCHS if options.epochs is None else options.epochs) * steps_per_epoch(spec)
    state, status = _train(spec, steps, _progress(options.every, steps))
    sys.stdout.write(_as_json(state) if options.json else say(_as_table(state)))
    if status == INTERRUPTED:
        complain(N_("Interrupted after step {step}.", step=state.step))
    for failure in state.failures:
        complain(
            N_(
                "Update {step} gave a value that is {cause}; these are the weights of step {before}.",
                step=failure.step,
                cause=failure.cause,
                before=failure.step - 1,
            )
        )
        for tip in failure.advice:
            complain(tip, indent="  ")
    return status


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
            sys.stderr.write(f"{say(_summary(state))}\n")
            sys.stderr.flush()


class _Moving(_Progress):
    """A bar on standard error."""

    def __init__(self, steps: int) -> None:
        self._steps, self._bar = steps, Bar()
        self.every = min(SLICE, max(steps // SLICES, 1))

    def show(self, state: State) -> None:
        """Move the bar."""
        self._bar.draw(state.step / self._steps, say(_summary(state)))

    def end(self) -> None:
        """Take the bar away."""
        self._bar.end()


def _progress(every: int | None, steps: int) -> _Progress:
    if every is not None:
        return _Lines(every)
    return _Moving(steps) if sys.stderr.isatty() else _Progress()


def _train(spec: RunSpec, steps: int, progress: _Progress) -> tuple[State, int]:
    """Train to the end, or as far as it goes; returns the state and the exit status."""
    state, status = start(spec), FINE
    try:
        for count in _slices(steps, progress.every):
            state, report = train(state, count)
            progress.show(state)
            if report.steps < count:
                break
    except KeyboardInterrupt:
        status = INTERRUPTED
    progress.end()
    return state, NOT_FINITE if state.failures else status


def _slices(steps: int, every: int) -> Iterator[int]:
    """Counts that add up to `steps` and stop at every multiple of `every`, none over SLICE."""
    step = 0
    while step < steps:
        count = min(steps - step, every - step % every, SLICE)
        yield count
        step += count


def _summary(state: State) -> Message:
    """Where training is, in one line."""
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


def _as_table(state: State) -> str:
    """The metrics to read."""
    found = {name: float(value[0]) for name, value in metrics(state).items()}
    if state.spec.task == "regression":
        heading, scores = "R2", [f"{score:.4f}" for score in evaluate(state).r_squared]
    else:
        shares = (found["train_accuracy"], found["test_accuracy"])
        heading, scores = N_("accuracy"), [f"{share:.1%}" for share in shares]
    rows = [
        ("", N_("loss"), heading),
        (N_("training"), f"{found['train_loss']:.6g}", scores[0]),
    ]
    if state.spec.has_test_points:
        rows.append((N_("test"), f"{found['test_loss']:.6g}", scores[1]))
    if found["penalty"]:
        rows.append((N_("penalty"), f"{found['penalty']:.6g}", ""))
    table = "\n".join(_row(*row) for row in rows)
    stops = (
        N_("Stopped after step {step}: {reason}.", step=stop.step, reason=stop.reason)
        for stop in state.stops
    )
    made = NN_(
        "{count} step, {epochs} epochs",
        "{count} steps, {epochs} epochs",
        state.step,
        epochs=f"{epochs(state):.6g}",
    )
    return lines(*stops, made, "", table, "")


def _row(name: str, loss: str, score: str) -> str:
    """A line of the table; numbers end under each other."""
    name, loss, score = map(say, (name, loss, score))
    return (padded(name, 10) + "".join(padded(each, -12) for each in (loss, score))).rstrip()


def _as_json(state: State) -> str:
    """All there is to know, in one object; null for a number that is not finite."""
    found = metrics(state)
    values = {
        "spec": state.spec.to_dict(),
        "steps": state.step,
        "epochs": epochs(state),
        "metrics": {name: finite(float(found[name][0])) for name in METRICS},
        "failures": [asdict(failure) for failure in state.failures],
        "stops": [asdict(stop) for stop in state.stops],
    }
    return json.dumps(values, allow_nan=False) + "\n"
