"""What a search is: a frozen `SearchSpec`, checked as a whole, to and from plain JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle, islice, pairwise
from typing import Any

from engine.catalog.sections import sections_at
from engine.catalog.strategies import STRATEGIES, Strategy, most_trials, survivors
from engine.core.errors import SpecError
from engine.search.axes import Axis
from engine.search.sections import MAX_TRIALS, SEARCH_SECTIONS, SEEDS, TOGETHER
from engine.search.space import Space, corners
from engine.search.space_reader import read_space
from engine.search.split import Split
from engine.spec.live import shape
from engine.spec.reader import Choice, Reader
from engine.spec.run_spec import RunSpec
from engine.training.cost import cost
from engine.words import N_, NN_, listed

PARTS = ("base", "knobs", "strategy")


@dataclass(frozen=True)
class SearchSpec:
    """Everything that decides a search. Build one with `from_dict`, which checks it.

    base: the run that trials are changes of. axes: the knobs, and what each may be.
    budget: updates of all networks together; updates: those of one network that is trained to the end.
    seeds: from how many starts each trial is trained. score: "loss" or "error" on the validation points.
    validation_share: their share of the points that do not train; the others are not looked at.
    """

    base: RunSpec
    axes: tuple[Axis, ...]
    strategy: Choice
    budget: int
    updates: int
    seeds: int
    score: str
    validation_share: float
    search_seed: int

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> SearchSpec:
        """Read {"base", "knobs", "strategy", …} from JSON values; all but the knobs have defaults.

        Raises SpecError that lists every problem at once.
        """
        reader = _Reader()
        spec = reader.search(values)
        if spec is None:
            raise SpecError(*reader.problems)
        return spec

    def to_dict(self) -> dict[str, Any]:
        """The whole search as JSON values, defaults filled in; `from_dict` reads it back equal."""
        return {
            "base": self.base.to_dict(),
            "knobs": [axis.to_dict() for axis in self.axes],
            "strategy": self.strategy.to_dict(),
            "budget": self.budget,
            "updates": self.updates,
            "seeds": self.seeds,
            "score": self.score,
            "validation_share": self.validation_share,
            "search_seed": self.search_seed,
        }

    @property
    def record(self) -> Strategy:
        """The strategy."""
        return STRATEGIES[self.strategy.kind]

    @cached_property
    def space(self) -> Space:
        """Where trials lie."""
        return Space(self.base, self.axes)

    @cached_property
    def split(self) -> Split:
        """Which points train, which judge, and which are sealed."""
        return Split.of(self.base, self.validation_share)

    @cached_property
    def paid_for(self) -> int:
        """How many trials the budget pays for."""
        each = self.budget // self.seeds
        return most_trials(self.record, each, self.updates, self.strategy.knobs)

    @cached_property
    def trials(self) -> int:
        """How many trials there will be: a grid may not need all that are paid for."""
        return self.record.fits(self.paid_for, self.space.levels)

    @cached_property
    def rounds(self) -> tuple[int, ...]:
        """How many trials each round has."""
        return self.record.rounds(self.trials, self.strategy.knobs)

    @cached_property
    def rungs(self) -> tuple[int, ...]:
        """After how many updates trials are compared; the last one is their end."""
        return self.record.rungs(self.updates, self.strategy.knobs)

    @cached_property
    def stages(self) -> tuple[tuple[int, int], ...]:
        """Up to which update trials are trained, and how many of the first round's go that far.

        Where nothing is cut there is one stage.
        """
        kept = self.record.kept(self.strategy.knobs)
        counts = survivors(self.rounds[0], len(self.rungs), kept)
        return tuple(zip(self.rungs, counts, strict=True))

    @property
    def corners(self) -> tuple[RunSpec, ...]:
        """The runs at the ends of all ranges, with every combination of listed values: none costs more."""
        return tuple(map(self.base.replace, corners(self.space)))

    @cached_property
    def seconds(self) -> float:
        """About how long training takes on one slow core: Σ (rᵢ − rᵢ₋₁) · an update of the nᵢ trials left.

        Networks of one shape and the same rules train in lockstep.
        """
        rungs, kept = self.rungs, self.record.kept(self.strategy.knobs)
        gaps = [after - before for before, after in pairwise((0, *rungs))]
        counts = Counter(
            (count, gap)
            for trials in self.rounds
            for count, gap in zip(survivors(trials, len(rungs), kept), gaps, strict=True)
        )
        return sum(
            times * gap * self._update(count * self.seeds) for (count, gap), times in counts.items()
        )

    def _update(self, networks: int) -> float:
        """Seconds for one update of so many networks, equally many of each kind."""
        each = -(-networks // len(self._kinds))
        parts = -(-each // TOGETHER)
        members = -(-each // parts)
        mixed = (tuple(islice(cycle(kinds), members)) for kinds in self._kinds)
        return parts * sum(cost(specs).update for specs in mixed)

    @cached_property
    def _kinds(self) -> tuple[tuple[RunSpec, ...], ...]:
        """For each shape of networks one run of each of their rules."""
        found: dict[object, dict[object, RunSpec]] = {}
        for spec in self.corners:
            found.setdefault(shape(spec), {})[spec.rules] = spec
        return tuple(tuple(rules.values()) for rules in found.values())


class _Reader(Reader):
    """Reads whole searches."""

    def search(self, values: object) -> SearchSpec | None:
        """The search, or None where there are problems."""
        if not isinstance(values, Mapping):
            self.problem("", values, N_("an object of settings"))
            return None
        (strategy,) = sections_at("strategy", SEARCH_SECTIONS)
        (top,) = sections_at("", SEARCH_SECTIONS)
        self.unknown("", values, (*PARTS, *(knob.name for knob in top.knobs)))
        numbers = {knob.name: self.knob("", knob, values) for knob in top.knobs}
        chosen = self.section("strategy", strategy, values.get("strategy"))
        base = self._base(values.get("base"))
        space = None if base is None else read_space(self, base, values.get("knobs"))
        if base is not None:
            self._base_fits(base, numbers)
        if base is None or space is None or self.problems:
            return None
        spec = SearchSpec(base=base, axes=space.axes, strategy=chosen, **numbers)
        self._budget_fits(spec)
        return None if self.problems else spec

    def _base(self, values: Any) -> RunSpec | None:
        if isinstance(values, RunSpec):
            return values
        try:
            return RunSpec.from_dict(values)
        except SpecError as error:
            self.problems += error.within("base").problems
            return None

    def _base_fits(self, base: RunSpec, numbers: Mapping[str, Any]) -> None:
        """Note a base that trials cannot be compared by."""
        if base.points - base.train_points < 2:
            allowed = N_(
                "a share that leaves 2 points or more: one to judge trials by, and one that is sealed"
            )
            self.problem("base.data.train_share", base.data["train_share"], allowed)
        if base.stop.kind != "none":
            allowed = N_("none: all trials of a search train for the same number of updates")
            self.problem("base.stop.kind", base.stop.kind, allowed)
        if numbers["score"] == "error" and not base.classes:
            self.problem("score", "error", N_("loss, as there are no classes"))
        if numbers["seeds"] not in SEEDS:
            self.problem("seeds", numbers["seeds"], N_("one of {names}", names=listed(SEEDS)))

    def _budget_fits(self, spec: SearchSpec) -> None:
        """Note a budget that pays for no trial, or for more than a search may have."""
        least = spec.updates * spec.seeds
        if spec.budget < least:
            allowed = NN_(
                "at least {least}: a single trial trains one network for {updates} updates",
                "at least {least}: a single trial trains {count} networks for {updates} updates",
                spec.seeds,
                least=f"{least:,}",
                updates=f"{spec.updates:,}",
            )
            self.problem("budget", spec.budget, allowed)
        elif spec.trials > MAX_TRIALS:
            allowed = N_(
                "a budget for at most {most} trials; this one pays for {trials}",
                most=f"{MAX_TRIALS:,}",
                trials=f"{spec.trials:,}",
            )
            self.problem("budget", spec.budget, allowed)
