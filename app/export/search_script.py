"""A search as a script that needs nothing but NumPy, or that has Optuna propose the trials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import engine
from app.export.header import header
from app.export.named_numbers import named
from app.export.numpy_script import NumPyWriter
from app.export.plan import Change, Plan
from app.export.source import Snippets, literal, render
from engine.search import EDGE, Axis, Range, SearchSpec
from engine.spec import Purpose, with_numbers
from engine.words import ENGLISH, N_, Language

KIND = "optimizer.kind"
"""The one kind that a script can choose between."""
WEIGHTS, BATCHES = "WEIGHTS_SEED", "BATCHES_SEED"


def script(spec: SearchSpec, proposer: str, language: Language = ENGLISH) -> str:
    """The source of a script that searches; `proposer` is "numpy" or "optuna".

    The sealed points are not in it. Raises ValueError for a search that it could not make.
    """
    return SearchWriter(spec, proposer, language).write()


def source(path: str) -> str:
    """How a script names the setting at a path."""
    return f"SETTINGS[{literal(path)}]"


@dataclass(frozen=True)
class SearchPlan(Plan):
    """A run up to the end of a trial, on the points that train and those that judge."""

    most: int = 0

    @cached_property
    def points(self) -> list[tuple[float, float, float]]:
        """Without the sealed ones, which nobody looks at."""
        return super().points[: self.most]


class SearchWriter(NumPyWriter):
    """Writes the run with its settings under their names, and the search below it."""

    def __init__(self, spec: SearchSpec, proposer: str, language: Language = ENGLISH) -> None:
        self.search, self.proposer = spec, proposer
        kinds = [axis.over for axis in spec.axes if axis.path == KIND]
        self._kinds: tuple[str, ...] = getattr(kinds[0], "values", ()) if kinds else ()
        plain = spec.base.replace({KIND: self._kinds[0]}) if self._kinds else spec.base
        first = self._named(plain)
        others = tuple(
            Change(spec.updates + 1, first, self._named(spec.base.replace({KIND: kind})), {})
            for kind in self._kinds[1:]
        )
        plan = SearchPlan(first, others, spec.updates, spec.split.validation.stop)
        super().__init__(plan, language)

    def optimizer(self, spec: engine.RunSpec, indent: int) -> str:
        """The lines that make the optimizer: of the kind that the settings say, where they do."""
        if not self._kinds:
            return super().optimizer(spec, indent)
        lines = []
        for word, each in zip(("if", *["elif"] * len(self._kinds)), self.plan.specs, strict=False):
            lines.append(f"{word} {source(KIND)} == {literal(each.optimizer.kind)}:")
            made = super().optimizer(each, indent + 4)
            lines += [f"    {line}" for line in made.splitlines()]
        return "\n".join(lines)

    def _named(self, spec: engine.RunSpec) -> engine.RunSpec:
        """The spec with the settings that are searched under their names."""
        numbers = {
            axis.path: named(_some(axis), source(axis.path))
            for axis in self.search.axes
            if axis.path != KIND
        }
        return with_numbers(spec, numbers | {"batches_seed": named(spec.batches_seed, BATCHES)})

    def _header(self) -> str:
        """The words above the script: the base run's, but for what the script does."""
        base = Plan(self.search.base, (), self.search.updates)
        _, _, *rest = header(base, self.library, self.packages, self._language).split("\n\n")
        first = N_(
            "A search of MLP Playground as one script, on the points that train and those that judge."
        )
        packages = self.packages + " optuna" * (self.proposer == "optuna")
        begin = f"    pip install {packages}\n    python search.py"
        return "\n\n".join([self._language.say(first), begin, *rest])

    def _run(self) -> Iterator[str]:
        pieces = self.snippets(
            "run",
            setup="\n".join(self._setup()),
            edits="",
            update="\n".join(self._update()),
            last="",
        )
        yield pieces.get("evaluate")
        yield pieces.get("train")

    def write(self) -> str:
        """The whole script: the run with its settings first, then the search, then the points."""
        text = super().write()
        spec = self.search
        seeds = {WEIGHTS: spec.base.weights_seed} if self.plan.draws_weights else {}
        if BATCHES in text:
            seeds[BATCHES] = spec.base.batches_seed
        optuna = self.proposer == "optuna"
        narrows = not optuna and spec.record.narrow is not None
        rungs = () if optuna or len(spec.stages) == 1 else spec.stages
        pieces = Snippets("strategies.py.jinja", {}, self._language)
        tail = render(
            "search.py.jinja",
            self._language,
            spec=spec,
            optuna=optuna,
            narrows=narrows,
            strategy="" if optuna else pieces.get(spec.strategy.kind, spec.strategy.knobs),
            edge=EDGE,
            rungs=rungs,
            globals=[*["STEPS"] * bool(rungs), *seeds],
            knobs=[_knob(axis, narrows) for axis in spec.axes],
            purpose=int(Purpose.SEARCH),
            seeds=seeds,
        )
        head, mark, points = text.partition("\n\n# fmt: off\n")
        return f"{head}\n\n\n{tail.strip()}\n{mark}{points}"


def _some(axis: Axis) -> Any:
    """A value that the setting may have."""
    value = axis.over.value(0.5)
    if (isinstance(value, bool | str) and axis.path != KIND) or isinstance(
        value, list | tuple | dict
    ):
        said = N_("A script can vary numbers and the optimizer, not {path}.", path=axis.path)
        raise ValueError(said)
    return value


def _knob(axis: Axis, limits: bool) -> str:
    """The entry of a setting in the script's table, with the least and the most that it may be or without."""
    over = axis.over
    if not isinstance(over, Range):
        return f"{literal(axis.path)}: [{', '.join(map(literal, over.values))}]"
    parts = [repr(over.low), repr(over.high), literal(over.scale), repr(over.whole)]
    if limits:
        parts += map(_end, (over.least, over.most))
    return f"{literal(axis.path)}: ({', '.join(parts)})"


def _end(number: float) -> str:
    """A number as source, infinite or not."""
    return repr(number).replace("inf", "np.inf")
