"""The parts of a spec, each read by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.catalog.features import FEATURES
from engine.catalog.sections import MAX_LAYERS, SECTIONS, sections_at
from engine.core.plain import unboxed
from engine.spec.parameter_names import allowed, place
from engine.spec.reader import Choice, Reader, join
from engine.words import N_, listed

TOP = {knob.name: knob for section in sections_at("") for knob in section.knobs}
"""The knobs that stand in no section."""
SECTION_OF = {each.path: each for each in SECTIONS if each.path and "*" not in each.path}
"""The sections that stand in a spec by themselves."""
MISSING: dict[str, Any] = {
    **dict.fromkeys(SECTION_OF),
    **{name: knob.default for name, knob in TOP.items()},
    "features": ("x1", "x2"),
    "layers": ({"units": 4}, {"units": 2}),
}
"""What stands for a part that is left out."""


@dataclass(frozen=True)
class Layer:
    """One hidden layer: units, their activation, batch normalization before it, dropout after it."""

    units: int
    activation: Choice
    batch_norm: bool
    dropout: float

    def to_dict(self) -> dict[str, Any]:
        """The layer as it stands in JSON."""
        return {
            "units": self.units,
            "activation": self.activation.to_dict(),
            "batch_norm": self.batch_norm,
            "dropout": self.dropout,
        }


class PartsReader(Reader):
    """Reads the parts of specs; which of them go with each other is not seen here."""

    def parts(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a spec that stand in `values`, each by itself; None is a section's default.

        Frozen parameters can be read only where the arrays are known.
        """
        self.unknown("", values, (*SECTION_OF, "features", "layers", *TOP, "frozen"))
        found: dict[str, Any] = {
            path: self.section(path, section, values[path])
            for path, section in SECTION_OF.items()
            if path in values
        }
        found |= {name: self.knob("", knob, values) for name, knob in TOP.items() if name in values}
        if "features" in values:
            found["features"] = self._features(values["features"])
        if "layers" in values:
            found["layers"] = self._layers(values["layers"])
        return found

    def frozen(self, arrays: Mapping[str, tuple[int, ...]], values: object) -> tuple[str, ...]:
        """The parameters that training leaves as they are, of a network with these arrays."""
        values = unboxed(values)
        if not isinstance(values, list | tuple):
            self.problem(
                "frozen", values, N_("a list of names of parameters, such as layers.0.W.0.1")
            )
            return ()
        names = allowed(arrays)
        places: dict[str, int] = {}
        for position, name in enumerate(map(unboxed, values)):
            found = place(arrays, name)
            if found is None:
                self.problem(f"frozen.{position}", name, names)
            elif name in places:
                self.problem(f"frozen.{position}", name, N_("each parameter once"))
            else:
                places[name] = found
        # in the order of theta, so that the same set of parameters is the same run
        return tuple(sorted(places, key=places.__getitem__))

    def _features(self, values: object) -> tuple[str, ...]:
        allowed = N_("a list of one or more of {names}", names=listed(FEATURES))
        values = unboxed(values)
        if not isinstance(values, list | tuple) or not values:
            self.problem("features", values, allowed)
            return ()
        for position, name in enumerate(values):
            if not isinstance(name, str) or name not in FEATURES:
                self.problem(f"features.{position}", name, FEATURES.allowed(name))
            elif name in values[:position]:
                self.problem(f"features.{position}", name, N_("each feature once"))
        # in catalogue order, so that the same set of features is the same network
        return tuple(name for name in FEATURES if name in values)

    def _layers(self, values: object) -> tuple[Layer, ...]:
        values = unboxed(values)
        if not isinstance(values, list | tuple) or len(values) > MAX_LAYERS:
            self.problem("layers", values, N_("a list of 0 to {most} layers", most=MAX_LAYERS))
            return ()
        return tuple(self._layer(f"layers.{i}", value) for i, value in enumerate(values))

    def _layer(self, path: str, values: object) -> Layer:
        if isinstance(values, Layer):
            return values  # read already
        own = [knob for section in sections_at("layers.*") for knob in section.knobs]
        (activation,) = sections_at("layers.*.activation")
        if not isinstance(values, Mapping):
            self.problem(path, values, N_("an object with units and activation"))
            values = {}
        self.unknown(path, values, (*(knob.name for knob in own), "activation"))
        knobs: dict[str, Any] = {knob.name: self.knob(path, knob, values) for knob in own}
        chosen = self.section(join(path, "activation"), activation, values.get("activation"))
        return Layer(activation=chosen, **knobs)
