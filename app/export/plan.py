"""What a script has to say of a run: its settings over time, and which parts they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import engine
from engine import Sample, sample
from engine.catalog import AUGMENTATIONS, DATASETS, FEATURES
from engine.spec import PREFIX, WHOLE, Choice, Purpose, RunSpec, names, whole
from engine.words import N_

LINES = 20
"""About how many lines of its table a script prints."""


@dataclass(frozen=True)
class Change:
    """An edit as a step from one spec to the next, and the parameters it sets, by their names."""

    step: int
    old: RunSpec
    new: RunSpec
    parameters: Mapping[str, float]


@dataclass(frozen=True)
class Plan:
    """A run of `steps` updates from `spec`, with the changes made by then."""

    spec: RunSpec
    changes: tuple[Change, ...]
    steps: int

    @classmethod
    def of(cls, recipe: engine.Recipe, steps: int) -> Plan:
        """The plan of what `engine.replay` does with a recipe of one network.

        Raises ValueError for a negative number of steps, and for a run whose data or loss changed on the way.
        """
        if steps < 0:
            raise ValueError(f"steps must be 0 or more, not {steps}")
        edits = recipe.without_later(steps).edits
        return cls(recipe.spec, tuple(_changes(recipe.spec, edits)), steps)

    @cached_property
    def specs(self) -> tuple[RunSpec, ...]:
        """Every spec the run has had."""
        return (self.spec, *(change.new for change in self.changes))

    def kinds(self, section: str) -> dict[str, Choice]:
        """The kinds a section has had, each with a choice of it, in the order they came."""
        choices = [getattr(spec, section) for spec in self.specs]
        return {choice.kind: choice for choice in reversed(choices)}

    @cached_property
    def activations(self) -> dict[str, None]:
        """The kinds of activation that hidden layers have had."""
        return {layer.activation.kind: None for spec in self.specs for layer in spec.layers}

    @property
    def classes(self) -> int:
        """How many classes there are; 0 in regression."""
        return self.spec.classes

    @cached_property
    def sample(self) -> Sample:
        """The points."""
        return sample(self.spec)

    @property
    def points(self) -> list[tuple[float, float, float]]:
        """x1, x2 and label of every point; a class is a whole number."""
        labels = self.sample.labels.astype(int) if self.classes else self.sample.labels
        pairs = zip(self.sample.points.tolist(), labels.tolist(), strict=True)
        return [(x1, x2, label) for (x1, x2), label in pairs]

    @property
    def meanings(self) -> list[str]:
        """What stands behind the numbers of the points, for comments: the names that people gave, and units.

        Names have no line ends, so each stays within its comment.
        """
        spec = self.spec
        last = N_("class") if self.classes else N_("height")
        names = dict(zip(("x1", "x2", last), spec.column_names, strict=False))
        middle, half = spec.target_scale
        if (middle, half) != (0, 1):
            name = names.get(last, N_("value"))
            names[last] = N_(
                "({name} - {middle}) / {half}", name=name, middle=repr(middle), half=repr(half)
            )
        said: list[str] = [
            N_("{short} is {name}", short=short, name=name)
            for short, name in names.items()
            if short != name
        ]
        classes = enumerate(spec.class_names)
        return said + [N_("class {number} is {name}", number=i, name=name) for i, name in classes]

    @property
    def train(self) -> int:
        """How many points train."""
        return self.sample.train

    @property
    def every(self) -> int:
        """Steps between two lines of the table."""
        return max(1, round(self.steps / LINES))

    @property
    def features(self) -> list[str]:
        """The network's inputs as expressions in x1 and x2."""
        return [FEATURES[name].script_source for name in self.spec.features]

    def smoothing(self, classes: int) -> str:
        """What label smoothing does to targets, as the rest of an expression."""
        if self.smoothing_changes:
            return f" * (1 - targets.smoothing) + targets.smoothing / {classes}"
        share = _smoothing(self.spec)
        return f" * (1 - {share!r}) + {share!r} / {classes}" if share else ""

    @property
    def smoothing_changes(self) -> bool:
        """Whether label smoothing is not the same all the time."""
        return len({_smoothing(spec) for spec in self.specs}) > 1

    @property
    def first_smoothing(self) -> float:
        """Label smoothing at the start."""
        return _smoothing(self.spec)

    @cached_property
    def augmentations(self) -> tuple[str, ...]:
        """Those that are on at some time, in the order they are applied."""
        return tuple(
            kind
            for kind, record in AUGMENTATIONS.items()
            if any(spec.augmentation[kind] != record.amount.default for spec in self.specs)
        )

    @property
    def sometimes_off(self) -> tuple[str, ...]:
        """Those of them that are off at some time."""
        return tuple(
            kind
            for kind in self.augmentations
            if any(
                spec.augmentation[kind] == AUGMENTATIONS[kind].amount.default for spec in self.specs
            )
        )

    @property
    def shuffles(self) -> str:
        """Whether epochs have an order of their own: always, sometimes or never."""
        found = {spec.shuffle for spec in self.specs}
        return "sometimes" if len(found) == 2 else "always" if found == {True} else "never"

    @property
    def varies(self) -> bool:
        """Whether one epoch differs from another."""
        return self.shuffles != "never" or bool(self.augmentations)

    def drops_out(self, layer: int) -> bool:
        """Whether a hidden layer has dropout at some time."""
        return any(spec.layers[layer].dropout for spec in self.specs)

    @property
    def has_dropout(self) -> bool:
        """Whether any layer has dropout at some time."""
        return any(self.drops_out(i) for i in range(len(self.spec.layers)))

    @property
    def has_batch_norm(self) -> bool:
        """Whether any layer is normalized."""
        return any(layer.batch_norm for layer in self.spec.layers)

    @property
    def joins(self) -> bool:
        """Whether a single point may be left over, which joins a batch so that it can be normalized."""
        sizes = {spec.batch_size for spec in self.specs}
        lone = len(sizes) > 1 or any(self.train % size == 1 for size in sizes)
        return self.has_batch_norm and lone

    @property
    def draws_weights(self) -> bool:
        """Whether the initial weights are random."""
        return self.spec.initializer.kind not in ("zeros", "constant")

    @property
    def purposes(self) -> list[tuple[str, int]]:
        """Names and numbers of what random numbers are drawn for."""
        used = {
            Purpose.WEIGHTS: self.draws_weights,
            Purpose.ORDER: self.shuffles != "never",
            Purpose.DROPOUT: self.has_dropout,
            Purpose.AUGMENTATION: bool(self.augmentations),
        }
        return [(purpose.name, int(purpose)) for purpose, on in used.items() if on]

    @property
    def batch_knobs(self) -> list[str]:
        """What is said of batches, by the names the script has for it."""
        seed = ["seed"] if self.varies or self.has_dropout else []
        shuffle = ["shuffle"] if self.shuffles == "sometimes" else []
        return ["size", *seed, *shuffle, *self.augmentations]

    def batch_values(self, spec: RunSpec) -> dict[str, Any]:
        """The values of those knobs."""
        named = {
            "size": spec.batch_size,
            "seed": spec.batches_seed,
            "shuffle": spec.shuffle,
            **spec.augmentation.knobs,
        }
        direction = spec.augmentation["flip"]
        named["flip"] = (direction in ("horizontal", "both"), direction in ("vertical", "both"))
        return {name: named[name] for name in self.batch_knobs}

    @property
    def clips(self) -> dict[str, Choice]:
        """The kinds of clipping, but for none."""
        return {kind: choice for kind, choice in self.kinds("clip").items() if kind != "none"}

    @property
    def schedules(self) -> dict[str, Choice]:
        """The kinds of schedule, or nothing where it is constant throughout."""
        found = self.kinds("schedule")
        return {} if set(found) == {"constant"} else found

    @property
    def penalties(self) -> list[str]:
        """Which of the penalties weights pay at some time."""
        return [name for name in ("l1", "l2") if any(spec.penalty[name] for spec in self.specs)]

    @property
    def keeps_best(self) -> bool:
        """Whether a stop rule may go back to the best weights."""
        return any(returns(spec) for spec in self.specs)

    @property
    def holds(self) -> bool:
        """Whether some parameters are held fast at some time."""
        return any(frozen(spec) for spec in self.specs)

    @property
    def data_label(self) -> str:
        """What the data set is called."""
        return DATASETS[self.spec.data.kind].label


def returns(spec: RunSpec) -> bool:
    """Whether a spec's stop rule goes back to the best weights."""
    return spec.stop.kind == "plateau" and bool(spec.stop["keep_best"])


def frozen(spec: RunSpec) -> tuple[str, ...]:
    """The parameters that training does not move, as "layers.0.W.1.2"."""
    names: Sequence[str] = spec.to_dict().get("frozen", ())
    return tuple(names)


def _smoothing(spec: RunSpec) -> float:
    """The share of a label that is spread over all classes."""
    share: float = spec.loss.knobs.get("smoothing", 0.0)
    return share


PROBLEM = ("data", "features", "standardize")
"""What a script reads once, at its beginning."""


def _same_problem(old: RunSpec, new: RunSpec) -> bool:
    """Whether a change leaves data, inputs and the kind of loss as they are."""
    kept = all(getattr(old, part) == getattr(new, part) for part in PROBLEM)
    return kept and old.loss.kind == new.loss.kind


def _changes(spec: RunSpec, edits: Sequence[engine.Edit]) -> Iterator[Change]:
    for edit in edits:
        parts = engine.spec.split(edit.changes)
        new = spec.replace(parts.settings) if parts.settings else spec
        if not _same_problem(spec, new):
            said = N_(
                "A script keeps one data set, its features and one loss from beginning to end; this run "
                "changed them at step {step}.",
                step=edit.step,
            )
            raise ValueError(said)
        yield Change(edit.step, spec, new, _single(new, parts.values))
        spec = new


def _single(spec: RunSpec, values: Mapping[str, Any]) -> dict[str, float]:
    """Values of parameters by their names, one by one where an edit sets all at once."""
    every = zip(names(spec.arrays), _each(spec, values), strict=True) if WHOLE in values else ()
    single = {path.removeprefix(PREFIX): values[path] for path in values if path != WHOLE}
    return {name: float(value) for name, value in (dict(every) | single).items()}


def _each(spec: RunSpec, values: Mapping[str, Any]) -> list[float]:
    """All parameters, in as few digits as tell each from its neighbours in the run's precision."""
    return [float(str(value)) for value in whole(values[WHOLE]).astype(spec.dtype)]
