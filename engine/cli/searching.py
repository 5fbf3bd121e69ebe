"""`python -m engine search SEARCH.json`: search as a file says, and print the best trials."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from engine.catalog.strategies import cost_of
from engine.cli.bar import SLICES, Bar
from engine.cli.outcome import BAD_SPEC, FINE, INTERRUPTED, NOT_FINITE, finite
from engine.cli.reading import UnreadableError, read
from engine.cli.speech import add_language, columns, complain, padded, say, speaking
from engine.core.numerals import numeral
from engine.search.importance import importance
from engine.search.seal import Verdict, open_seal
from engine.search.search import Search, advance_search, begin_search
from engine.search.spec import SearchSpec
from engine.search.trials import Trial, median
from engine.words import N_, NN_
from locales.command_line import Parser

SHOWN = 10
"""So many trials are in the table; JSON has all."""


def run(arguments: Sequence[str]) -> int:
    """Search as the arguments say; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        spec = read(options.search, N_("search"), SearchSpec.from_dict)
    except UnreadableError as error:
        complain(str(error))
        return BAD_SPEC
    search, status = _search(spec)
    verdict = open_seal(search) if options.open and search.done else None
    sys.stdout.write(_as_json(search, verdict) if options.json else _as_table(search, verdict))
    if status == INTERRUPTED:
        complain(
            NN_(
                "Interrupted after {count} update.",
                "Interrupted after {count} updates.",
                search.spent,
            )
        )
    elif search.best is None:
        complain(N_("Every network diverged. Lower the range of the learning rate."))
        return NOT_FINITE
    return status


def _parser() -> Parser:
    parser = speaking(
        prog="python -m engine search",
        description=say(
            N_("Search for good settings as a JSON file describes, and print the best trials.")
        ),
        epilog=say(N_("Exit status: 0 fine, 1 every network diverged, 2 the search is wrong.")),
    )
    parser.needed.add_argument(
        "search", metavar="SEARCH.json", help=say(N_("the search; - reads standard input"))
    )
    parser.options.add_argument(
        "--json", action="store_true", help=say(N_("print one JSON object, for machines"))
    )
    parser.options.add_argument(
        "--open",
        action="store_true",
        help=say(N_("show at the end how the best does on the sealed points")),
    )
    add_language(parser)
    return parser


def _search(spec: SearchSpec) -> tuple[Search, int]:
    """Search to the end, or as far as it goes; returns the search and the exit status."""
    search, status = begin_search(spec), FINE
    whole = spec.seeds * cost_of(spec.record, spec.trials, spec.updates, spec.strategy.knobs)
    bar = Bar() if sys.stderr.isatty() else None
    try:
        while not search.done:
            search, _ = advance_search(search, max(whole // SLICES, 1))
            if bar:
                bar.draw(min(search.spent / whole, 1), say(_summary(search)))
    except KeyboardInterrupt:
        status = INTERRUPTED
    if bar:
        bar.end()
    return search, status


def _summary(search: Search) -> str:
    """Where the search is, in one line."""
    values = {"done": len(search.trials), "trials": search.spec.trials}
    if search.best is None:
        return N_("{done} of {trials} trials", **values)
    best = numeral(search.best.median, 4)
    return N_("{done} of {trials} trials  best {score}", **values, score=best)


def _as_table(search: Search, verdict: Verdict | None) -> str:
    """The best trials to read, what the knobs explain, and what the sealed points say."""
    spec, ranking = search.spec, search.ranking
    paths = [axis.path for axis in spec.axes]
    head = ["", spec.score, *([N_("lowest"), N_("highest")] if spec.seeds > 1 else []), *paths]
    texts = [head, *(_row(i, trial, spec) for i, trial in enumerate(ranking[:SHOWN], 1))]
    rows = [[say(text) for text in row] for row in texts]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(padded(text, -width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    about = N_(
        "{strategy}: {trials} trials, {updates} updates",
        strategy=spec.record.label,
        trials=len(ranking),
        updates=search.spent,
    )
    shares: list[str] = [
        N_(
            "{path}: {share} of the variance ({low} to {high})",
            path=each.path,
            share=f"{each.share:.0%}",
            low=f"{each.low:.0%}",
            high=f"{each.high:.0%}",
        )
        for each in importance(search)
    ]
    parts: list[list[str]] = [[about], lines, shares, _opened(verdict, spec.score)]
    return "\n\n".join("\n".join(map(say, part)) for part in parts if part) + "\n"


def _row(rank: int, trial: Trial, spec: SearchSpec) -> list[str]:
    """One trial, as texts."""
    scores: list[float] = [trial.median, *(trial.range if spec.seeds > 1 else ())]
    shown: list[str] = (
        [N_("diverged at {step}", step=trial.diverged)] if trial.diverged is not None else []
    )
    shown += [f"{score:.5g}" for score in scores[len(shown) :]]
    return [str(rank), *shown, *map(_plain, trial.changes.values())]


def _plain(value: Any) -> str:
    """A value of a knob to read."""
    if isinstance(value, float):
        return numeral(value, 4)
    return value if isinstance(value, str) else json.dumps(value)


def _opened(verdict: Verdict | None, score: str) -> list[str]:
    """What the sealed points say of the best trial."""
    if verdict is None:
        return []
    promised, kept = median(verdict.validation), median(verdict.test)
    return [
        N_(
            "The best on points that nobody looked at: {score} {kept}, chosen by {promised}",
            score=score,
            kept=numeral(kept, 5),
            promised=numeral(promised, 5),
        )
    ]


def _as_json(search: Search, verdict: Verdict | None) -> str:
    """All there is to know, in one object; null for a number that is not finite."""
    values = {
        "search": search.spec.to_dict(),
        "updates": search.spent,
        "trials": [_trial(trial) for trial in search.ranking],
        "importance": [asdict(each) for each in importance(search)],
        "seal": None
        if verdict is None
        else {
            "validation": [finite(score) for score in verdict.validation],
            "test": [finite(score) for score in verdict.test],
        },
    }
    return json.dumps(values, allow_nan=False) + "\n"


def _trial(trial: Trial) -> dict[str, Any]:
    """One trial as JSON values."""
    return {
        "number": trial.number,
        "round": trial.round,
        "changes": dict(trial.changes),
        "score": finite(trial.median),
        "scores": [finite(score) for score in trial.scores],
        "steps": trial.steps,
        "cut": trial.cut,
        "diverged": trial.diverged,
    }
