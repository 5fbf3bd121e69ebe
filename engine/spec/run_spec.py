"""What a run is: a frozen `RunSpec`, checked as a whole, to and from plain JSON values."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any
from weakref import WeakValueDictionary

from engine.catalog.datasets import DATASETS
from engine.catalog.losses import LOSSES, Task
from engine.catalog.sections import sections_at
from engine.catalog.stop_rules import STOPS
from engine.core.errors import SpecError
from engine.core.registry import one_of
from engine.spec.parameter_names import place, shapes
from engine.spec.parts import MISSING, Layer, PartsReader
from engine.spec.paths import apply
from engine.spec.reader import Choice, Reader
from engine.words import N_, Message

SHAPING = ("data", "features", "layers", "loss")
"""Parts of a spec that can change which parameters there are."""
SIMPLE = (bool, int, float, str)
"""Types of values that are what they look like."""


@dataclass(frozen=True)
class RunSpec:
    """Everything that decides a run. Build one with `from_dict`, which checks it."""

    data: Choice
    augmentation: Choice
    features: tuple[str, ...]
    standardize: bool
    layers: tuple[Layer, ...]
    loss: Choice
    optimizer: Choice
    schedule: Choice
    clip: Choice
    initializer: Choice
    penalty: Choice
    stop: Choice
    batch_size: int
    shuffle: bool
    weights_seed: int
    batches_seed: int
    dtype: str
    frozen: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, values: Mapping[str, Any] | None = None) -> RunSpec:
        """Read a spec from JSON values; what is left out takes its default.

        Raises SpecError that lists every problem at once.
        """
        reader = _Reader()
        spec = reader.spec({} if values is None else values)
        if spec is None:
            raise SpecError(*reader.problems)
        return spec

    def to_dict(self, plain: Collection[str] | None = None) -> dict[str, Any]:
        """The whole spec as JSON values, defaults filled in; `from_dict` reads it back equal.

        plain: the only knobs of the data whose tables are copied into lists; all of them where it is None.
        """
        return {
            "data": self.data.to_dict(plain),
            "augmentation": self.augmentation.to_dict(),
            "features": list(self.features),
            "standardize": self.standardize,
            "layers": [layer.to_dict() for layer in self.layers],
            "loss": self.loss.to_dict(),
            "optimizer": self.optimizer.to_dict(),
            "schedule": self.schedule.to_dict(),
            "clip": self.clip.to_dict(),
            "initializer": self.initializer.to_dict(),
            "penalty": self.penalty.to_dict(),
            "stop": self.stop.to_dict(),
            "batch_size": self.batch_size,
            "shuffle": self.shuffle,
            "weights_seed": self.weights_seed,
            "batches_seed": self.batches_seed,
            "dtype": self.dtype,
            "frozen": list(self.frozen),
        }

    def replace(self, changes: Mapping[str, Any]) -> RunSpec:
        """This spec with some paths changed, checked as a whole.

        A path names a knob ("optimizer.learning_rate"), a kind ("layers.0.activation.kind") or a whole
        part ("layers"). Where a kind changes, a knob that both kinds have keeps its value if that is not
        the old kind's default; all others take the new kind's defaults. Where new data cannot be learned
        with the old loss, the loss becomes one that can; where no points are left to test on, a stop rule
        measures on those that train. Where the network changes its shape, parameters
        that it no longer has are frozen no more. Raises SpecError.
        """
        # a change of a running network asks for the same several times: is it one, what does it make of it
        if all(type(value) in SIMPLE for value in changes.values()):
            typed = tuple((path, type(value), value) for path, value in changes.items())
            return _known(_Itself(self, self._replaced), typed)
        return self._replaced(changes)

    def _replaced(self, changes: Mapping[str, Any]) -> RunSpec:
        roots = {path.partition(".")[0] for path in changes}
        values = self._values(changes)
        problems = apply(values, changes)
        reader = _Reader()
        parts = reader.parts(values)
        if problems or reader.problems:
            raise SpecError(*problems, *reader.problems)
        spec = dataclasses.replace(self, **parts)
        if "data" in roots and "loss" not in roots:
            spec = _with_fitting_loss(spec)
        if not roots.isdisjoint(("data", "stop")):
            spec = _with_fitting_stop(spec, changes)
        if "frozen" in roots:
            spec = reader.with_frozen(spec, values["frozen"])
        elif spec.frozen and not roots.isdisjoint(SHAPING):
            arrays = spec.arrays
            left = tuple(name for name in spec.frozen if place(arrays, name) is not None)
            spec = dataclasses.replace(spec, frozen=left)
        reader.fits_together(spec)
        if reader.problems:
            raise SpecError(*reader.problems)
        return spec

    def _values(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """The parts that changes name, for `apply` to write in; what they do not reach stays as it was read.

        So a change costs what it changes, however many layers and points stand beside it.
        """
        values: dict[str, Any] = {}
        entered = {path.split(".")[1] for path in changes if path.count(".") > 1}
        positions = {int(name) for name in entered if name.isdecimal() and len(name) < 3}
        for path in changes:
            root = path.partition(".")[0]
            if root in values or root not in self.__dataclass_fields__:
                continue
            part = getattr(self, root)
            if isinstance(part, Choice):
                values[root] = part.to_dict(entered)
            elif root == "layers":
                values[root] = [
                    layer.to_dict() if i in positions else layer for i, layer in enumerate(part)
                ]
            else:
                values[root] = list(part) if isinstance(part, tuple) else part
        return values

    def __reduce__(self) -> tuple[Callable[[bytes], RunSpec], tuple[bytes]]:
        """Pickled as bytes that are made once; what is unpickled from the same bytes is one object.

        So a spec that travels with every slice of a run costs little, and can be told by its identity.
        """
        return _unpacked, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        fields = tuple(getattr(self, field.name) for field in dataclasses.fields(self))
        return pickle.dumps(fields, pickle.HIGHEST_PROTOCOL)

    @cached_property
    def classes(self) -> int:
        """How many classes the data has; 0 in regression."""
        return DATASETS[self.data.kind].classes_of(self.data.knobs)

    @cached_property
    def task(self) -> Task:
        """What there is to learn."""
        return DATASETS[self.data.kind].task_of(self.data.knobs)

    @cached_property
    def points(self) -> int:
        """How many points there are, for training and for testing."""
        return DATASETS[self.data.kind].points_of(self.data.knobs)

    @cached_property
    def train_points(self) -> int:
        """How many of them train."""
        return DATASETS[self.data.kind].train_points_of(self.data.knobs)

    @cached_property
    def normalizes(self) -> bool:
        """Whether any layer has batch normalization."""
        return any(layer.batch_norm for layer in self.layers)

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the classes are called, from the first on, where they have names of their own."""
        names: tuple[str, ...] = self.data.knobs.get("class_names", ())
        return names[: self.classes]

    @property
    def column_names(self) -> tuple[str, ...]:
        """What x1, x2 and the label are called, where they have names of their own."""
        names: tuple[str, ...] = self.data.knobs.get("column_names", ())
        return names

    @property
    def target_scale(self) -> tuple[float, float]:
        """(middle, half): the network learns (value − middle) / half of the values people know."""
        return DATASETS[self.data.kind].scale_of(self.data.knobs)

    @cached_property
    def has_test_points(self) -> bool:
        """Whether some points are kept back from training."""
        return bool(self.data["train_share"] < 1)

    @cached_property
    def units(self) -> tuple[int, ...]:
        """The width of every layer: features first, then hidden layers, outputs last."""
        outputs = LOSSES[self.loss.kind].outputs(self.task, self.classes)
        return (len(self.features), *(layer.units for layer in self.layers), outputs)

    @cached_property
    def rules(self) -> tuple[object, ...]:
        """What members must have in common to train in one `Trainer`: everything that is not a number.

        The task is part of it, as it decides the activation of the outputs.
        """
        return (
            tuple(layer.activation.kind for layer in self.layers),
            self.loss.kind,
            self.task,
            self.optimizer.kind,
            self.schedule.kind,
            self.clip.kind,
        )

    @property
    def arrays(self) -> dict[str, tuple[int, ...]]:
        """The name and shape of each array of theta, in order."""
        return shapes(self.units, [layer.batch_norm for layer in self.layers])


class _Itself:
    """A spec that is told from others by its identity, which is quicker than by all that it says."""

    __slots__ = ("replace", "spec")

    def __init__(self, spec: RunSpec, replace: Callable[[Mapping[str, Any]], RunSpec]) -> None:
        self.spec, self.replace = spec, replace

    def __hash__(self) -> int:
        return id(self.spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.spec is self.spec


@lru_cache(maxsize=16)
def _known(this: _Itself, typed: tuple[tuple[str, type, Any], ...]) -> RunSpec:
    """The spec with changes that are told apart by their types too: 1 is not True."""
    return this.replace({path: value for path, _, value in typed})


_IN_USE: WeakValueDictionary[bytes, RunSpec] = WeakValueDictionary()
"""The specs that came out of bytes and are still in use, by these bytes."""


def _unpacked(packed: bytes) -> RunSpec:
    """The spec that was packed."""
    spec = _IN_USE.get(packed)
    if spec is None:
        spec = RunSpec(*pickle.loads(packed))  # noqa: S301 - part of a pickle that is being read
        spec.__dict__["_packed"] = packed
        _IN_USE[packed] = spec
    return spec


def _with_fitting_loss(spec: RunSpec) -> RunSpec:
    """Where the data's task is one that the loss cannot learn, the first loss that can."""
    fitting = _losses_for(spec.task)
    if spec.loss.kind in fitting:
        return spec
    (section,) = sections_at("loss")
    return dataclasses.replace(spec, loss=Reader().section("loss", section, fitting[0]))


def _with_fitting_stop(spec: RunSpec, changes: Mapping[str, Any]) -> RunSpec:
    """Where all points train, a stop rule that measures on them, unless the changes say otherwise."""
    said = "stop" in changes or "stop.on" in changes
    if spec.has_test_points or said or not STOPS[spec.stop.kind].watches:
        return spec
    (section,) = sections_at("stop")
    stop = Reader().section("stop", section, {**spec.stop.to_dict(), "on": "train"})
    return dataclasses.replace(spec, stop=stop)


@cache
def _losses_for(task: Task) -> tuple[str, ...]:
    """The losses that can learn a task."""
    return tuple(kind for kind, record in LOSSES.items() if task in record.tasks)


def _loss_for(task: Task, names: Message) -> Message:
    """What losses are allowed for a task, in words."""
    match task:
        case "two_class":
            return N_("for two-class data {names}", names=names)
        case "multi_class":
            return N_("for multi-class data {names}", names=names)
        case "regression":
            return N_("for regression data {names}", names=names)


class _Reader(PartsReader):
    """Reads whole specs of runs, whose parts must go with each other."""

    def spec(self, values: object) -> RunSpec | None:
        """The spec, or None where there are problems."""
        if not isinstance(values, Mapping):
            self.problem("", values, N_("an object of settings"))
            return None
        parts = self.parts({**MISSING, **values})
        if self.problems:
            return None
        spec = RunSpec(**parts)
        self.fits_together(spec)
        if not self.problems:
            spec = self.with_frozen(spec, values.get("frozen", ()))
        return None if self.problems else spec

    def with_frozen(self, spec: RunSpec, names: object) -> RunSpec:
        """The same spec with these parameters frozen."""
        return dataclasses.replace(spec, frozen=self.frozen(spec.arrays, names))

    def fits_together(self, spec: RunSpec) -> None:
        """Note which parts of a spec do not go with each other."""
        self._loss_fits(spec)
        self._stop_fits(spec)
        self._batches_fit(spec)

    def _batches_fit(self, spec: RunSpec) -> None:
        """Batch normalization needs two points: one has no variance, and would spoil the running averages."""
        layer = next(
            (f"layers.{i}" for i, layer in enumerate(spec.layers) if layer.batch_norm), None
        )
        if layer is None:
            return
        path = f"{layer}.batch_norm"
        if spec.batch_size < 2:
            allowed = N_(
                "2 or more, since batch normalization ({path}) has no spread to divide by in a batch of "
                "one point",
                path=path,
            )
            self.problem("batch_size", spec.batch_size, allowed)
        if spec.train_points < 2:
            allowed = N_(
                "a share that leaves 2 points or more for training, since batch normalization ({path}) has "
                "no spread to divide by in a batch of one point",
                path=path,
            )
            self.problem("data.train_share", spec.data["train_share"], allowed)

    def _loss_fits(self, spec: RunSpec) -> None:
        """Note where the loss cannot learn what the data asks."""
        fitting = _losses_for(spec.task)
        if spec.loss.kind not in fitting:
            self.problem("loss.kind", spec.loss.kind, _loss_for(spec.task, one_of(fitting)))

    def _stop_fits(self, spec: RunSpec) -> None:
        if not spec.has_test_points and spec.stop.knobs.get("on") == "test":
            allowed = N_("train, since all points train and none are left to test on")
            self.problem("stop.on", "test", allowed)
