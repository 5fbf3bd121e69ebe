"""`python -m engine SPEC.json`: train what makes a run, and print how well it does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.cli.outcome import BAD_SPEC, FINE, INTERRUPTED, NOT_FINITE
from engine.cli.progress import SLICE, Progress, progress
from engine.cli.reading import UnreadableError, count, positive, read
from engine.cli.results import as_json, as_table, title
from engine.cli.speech import add_language, complain, say, speaking
from engine.spec.recipe import PARTS, Recipe
from engine.spec.run_spec import RunSpec
from engine.training.batches import batches_of, steps_per_epoch
from engine.training.data import train_points
from engine.training.edits import edit
from engine.training.run import start, train
from engine.training.state import Failure, State
from engine.words import N_
from locales.command_line import Parser

EPOCHS = 100
"""How long to train where nothing is said."""


def run(arguments: Sequence[str]) -> int:
    """Train as the arguments say; returns the exit status."""
    return _run(_parser().parse_args(arguments))


def _parser() -> Parser:
    parser = speaking(
        prog="python -m engine",
        description=say(N_("Train a network from a spec in JSON and print how well it does.")),
        usage="%(prog)s [-h] [--lang TAG] [--epochs N | --steps N] [--json] [--every N] SPEC.json\n       "
        "%(prog)s search [-h] [--lang TAG] [--json] [--open] SEARCH.json",
        epilog=say(N_("Exit status: 0 fine, 1 training diverged, 2 the spec is wrong.")),
    )
    parser.needed.add_argument(
        "spec",
        metavar="SPEC.json",
        help=say(N_("the spec, or an object of spec, members and edits; - reads standard input")),
    )
    add_language(parser)
    length = parser.options.add_mutually_exclusive_group()
    length.add_argument(
        "--epochs",
        type=count,
        metavar="N",
        help=say(N_("how many passes over the training points (default {epochs})", epochs=EPOCHS)),
    )
    length.add_argument(
        "--steps", type=count, metavar="N", help=say(N_("how many updates instead"))
    )
    parser.options.add_argument(
        "--json", action="store_true", help=say(N_("print one JSON object, for machines"))
    )
    parser.options.add_argument(
        "--every",
        type=positive,
        metavar="N",
        help=say(N_("print a line of progress every N updates")),
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    try:
        recipe = read(options.spec, N_("spec"), _recipe)
    except UnreadableError as error:
        complain(str(error))
        return BAD_SPEC
    length = _Length(options.steps, EPOCHS if options.epochs is None else options.epochs)
    state = start(recipe.specs)
    shown = progress(options.every, state, length.left)
    state, status = _train(state, recipe, length, shown)
    told = as_json(recipe, state) if options.json else say(as_table(recipe, state))
    sys.stdout.write(told)
    if status == INTERRUPTED:
        complain(N_("Interrupted after step {step}.", step=state.step))
    for failure in state.failures:
        if recipe.variants:
            complain(title(recipe, failure.member))
        _explain(failure)
    return status


def _explain(failure: Failure) -> None:
    """Say where a network left the finite numbers, and what helps."""
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


def _recipe(values: Any) -> Recipe:
    """What makes the run that a file holds: a spec, or the parts of a recipe. Raises SpecError."""
    if isinstance(values, Mapping) and not values.keys().isdisjoint(PARTS):
        return Recipe.from_dict(values)
    return Recipe(RunSpec.from_dict(values))


@dataclass(frozen=True)
class _Length:
    """How long training lasts: to a step, else for so many passes over the training points."""

    steps: int | None
    epochs: int

    def left(self, state: State) -> int:
        """How many updates there are to come, if nothing is changed on the way."""
        if self.steps is not None:
            return max(self.steps - state.step, 0)
        passes, spec = self.epochs - state.epoch, state.spec
        if passes <= 0:
            return 0
        rest = batches_of(spec, train_points(spec) - state.cursor)
        return rest + (passes - 1) * steps_per_epoch(spec)


def _train(state: State, recipe: Recipe, length: _Length, shown: Progress) -> tuple[State, int]:
    """Train to the end, or as far as it goes; returns the state and the exit status."""
    status, coming = FINE, list(recipe.edits)
    try:
        while True:
            while coming and coming[0].step == state.step:
                state = edit(state, coming.pop(0).changes)
            left = length.left(state)
            if not left:
                break
            stops = [shown.every - state.step % shown.every, left, SLICE]
            steps = min(stops + [each.step - state.step for each in coming[:1]])
            state, report = train(state, steps)
            shown.show(state)
            if report.steps < steps:
                break
    except KeyboardInterrupt:
        status = INTERRUPTED
    shown.end()
    return state, NOT_FINITE if state.failures else status
