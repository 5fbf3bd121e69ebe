"""Changes to a spec that cure what can go wrong in training, each with a name that a button can bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.catalog.features import FEATURES
from engine.catalog.optimizers import OPTIMIZERS
from engine.core.errors import SpecError
from engine.core.numerals import numeral
from engine.spec.run_spec import RunSpec
from engine.training.failures import LINEAR, SIZES
from engine.words import N_, Message, listed

SMALL = 3
"""A rate this many times below its default, or above it, is the likeliest cause of trouble with it."""
PLENTY = 2000
"""Points that few networks here can learn by heart."""
BRAKE = 0.03
"""An L2 penalty that smooths a boundary and still lets it bend."""
STEADY = 16
"""Points of a batch whose mean and variance are steady enough for batch normalization."""
MOST_MOMENTUM, USUAL_MOMENTUM = 0.99, 0.9
"""Beyond the first a velocity lasts for hundreds of steps, and a run does not come to rest."""
LIMIT = 1.0
"""Few gradients of a run that does well are longer."""
SHORT = 0.1
"""Below this limit plain steps are too short to get anywhere."""
COORDINATES = ("x1", "x2")
ENOUGH = 8
"""Neurons of a layer that learn every data set here."""
MILD = {"penalty.l1": 0.001, "penalty.l2": 0.001, "optimizer.weight_decay": 0.01}
"""Pulls on the weights under which every data set here can be learned."""


@dataclass(frozen=True)
class Fix:
    """Something to try: what a button says, and the spec paths it sets, as `RunSpec.replace` takes them."""

    label: Message
    changes: Mapping[str, Any]

    def alters(self, spec: RunSpec) -> bool:
        """Whether the spec is another one with it; what is on already, or is refused, helps nobody."""
        try:
            return spec.replace(self.changes) != spec
        except SpecError:
            return False


def rounded(number: float) -> float:
    """A number as a person would write it, with two digits."""
    return float(f"{number:.2g}")


def usual_rate(spec: RunSpec) -> float:
    """The rate that the optimizer starts with where nobody says otherwise."""
    (knob,) = (k for k in OPTIMIZERS[spec.optimizer.kind].knobs if k.name == "learning_rate")
    return float(knob.default)  # type: ignore[arg-type]


def rate_is_high(spec: RunSpec) -> bool:
    """Whether the rate is the first thing to lower."""
    return bool(spec.optimizer["learning_rate"] > SMALL * usual_rate(spec))


def rate_is_low(spec: RunSpec) -> bool:
    """Whether the rate is the first thing to raise."""
    return bool(spec.optimizer["learning_rate"] < usual_rate(spec) / SMALL)


def lower_rate(spec: RunSpec) -> Fix:
    """A tenth of the rate, or the usual one where that is lower still."""
    rate = rounded(min(spec.optimizer["learning_rate"] / 10, usual_rate(spec)))
    return _rate(rate)


def higher_rate(spec: RunSpec) -> Fix:
    """The usual rate, or three times what it is where that is higher."""
    rate = rounded(min(max(spec.optimizer["learning_rate"] * 3, usual_rate(spec)), 100))
    return _rate(rate)


def constant_rate() -> Fix:
    """No schedule: the rate stays as it is set."""
    return Fix(N_("Keep the learning rate constant"), {"schedule": {"kind": "constant"}})


def friction() -> Fix:
    """The usual momentum, under which a velocity fades."""
    label = N_("Set the momentum to {value}", value=numeral(USUAL_MOMENTUM))
    return Fix(label, {"optimizer.momentum": USUAL_MOMENTUM})


def never_rests(spec: RunSpec) -> bool:
    """Whether next to nothing of a velocity is ever lost."""
    return bool(spec.optimizer.knobs.get("momentum", 0) > MOST_MOMENTUM)


def clipped_short(spec: RunSpec) -> bool:
    """Whether the gradient is cut so short that steps hardly get anywhere."""
    steps_grow = spec.optimizer.kind in LINEAR
    return bool(steps_grow and spec.clip.knobs.get("limit", SHORT) < SHORT)


def longer_clip() -> Fix:
    """A limit that cuts only what is unusually long."""
    label = N_("Set the clipping limit to {limit}", limit=numeral(LIMIT))
    return Fix(label, {"clip.limit": LIMIT})


def coordinates(spec: RunSpec) -> Fix:
    """x1 and x2 among the inputs, from which everything can be told."""
    missing = [name for name in COORDINATES if name not in spec.features]
    label = N_(
        "Add {inputs} to the inputs", inputs=listed(FEATURES[name].label for name in missing)
    )
    return Fix(label, {"features": [*missing, *spec.features]})


def _rate(rate: float) -> Fix:
    label = N_("Set the learning rate to {rate}", rate=numeral(rate))
    return Fix(label, {"optimizer.learning_rate": rate})


def adam() -> Fix:
    """Adam, with its own rate: another rule's means something else to it."""
    rate = OPTIMIZERS["adam"].defaults["learning_rate"]
    return Fix(N_("Switch to Adam"), {"optimizer.kind": "adam", "optimizer.learning_rate": rate})


def clip() -> Fix:
    """Clipping by norm."""
    return Fix(N_("Clip the gradient by norm"), {"clip.kind": "norm", "clip.limit": LIMIT})


def activation(spec: RunSpec, kind: str, label: Message) -> Fix:
    """One activation in every hidden layer."""
    layers = range(len(spec.layers))
    return Fix(label, {f"layers.{i}.activation.kind": kind for i in layers})


def initializer(kind: str, label: Message) -> Fix:
    """Another way to draw the initial weights."""
    return Fix(label, {"initializer": {"kind": kind}})


def together(label: Message, *fixes: Fix) -> Fix:
    """Several changes in one."""
    return Fix(label, {path: value for fix in fixes for path, value in fix.changes.items()})


def hidden_layer() -> Fix:
    """A first hidden layer."""
    layer = {"units": ENOUGH, "activation": {"kind": "tanh"}}
    label = N_("Add a hidden layer of {units} tanh neurons", units=ENOUGH)
    return Fix(label, {"layers": [layer]})


def narrow(spec: RunSpec) -> bool:
    """Whether more neurons are the first thing to try."""
    return any(layer.units < ENOUGH for layer in spec.layers)


def wider(spec: RunSpec) -> Fix:
    """Every layer as wide as is enough, or twice as wide where that is more; a second one if there is one."""
    layers = [layer.to_dict() for layer in spec.layers]
    layers = [*layers, dict(layers[0])] if len(layers) == 1 else layers
    for layer in layers:
        units = layer["units"]
        layer["units"] = max(units, ENOUGH) if narrow(spec) else min(2 * units, 128)
    return Fix(_widths([layer["units"] for layer in layers]), {"layers": layers})


def _widths(units: list[int]) -> Message:
    """What a button says that makes layers this wide."""
    match units:
        case [first, second]:
            return N_("Use layers of {first} and {second} neurons", first=first, second=second)
        case [first, second, third]:
            return N_(
                "Use layers of {first}, {second} and {third} neurons",
                first=first,
                second=second,
                third=third,
            )
    return N_("Widen the layers")


def narrower(spec: RunSpec) -> Fix:
    """Half as many neurons in every layer."""
    units = [max(layer.units // 2, 1) for layer in spec.layers]
    return Fix(N_("Halve the neurons"), {f"layers.{i}.units": n for i, n in enumerate(units)})


def batch_norm(spec: RunSpec) -> Fix:
    """Batch normalization in every hidden layer."""
    changes: dict[str, Any] = {f"layers.{i}.batch_norm": True for i in range(len(spec.layers))}
    if spec.batch_size > 1:
        return Fix(N_("Turn on batch normalization"), changes)
    label = N_("Turn on batch normalization, in batches of 10")
    return Fix(label, {**changes, "batch_size": 10})


def dropout(spec: RunSpec, share: float) -> Fix:
    """Dropout in every hidden layer."""
    label = N_("Set dropout to {share}", share=numeral(share)) if share else N_("Turn off dropout")
    return Fix(label, {f"layers.{i}.dropout": share for i in range(len(spec.layers))})


def pulls(spec: RunSpec) -> dict[str, float]:
    """What pulls the weights to zero, by path: the largest first, and only what is on."""
    found = {f"penalty.{name}": spec.penalty[name] for name in ("l1", "l2")}
    found["optimizer.weight_decay"] = spec.optimizer.knobs.get("weight_decay", 0.0)
    on = {path: value for path, value in found.items() if value > 0}
    return dict(sorted(on.items(), key=lambda item: -item[1]))


def weaker_pull(spec: RunSpec) -> Fix:
    """A tenth of every pull that is too strong, or what is mild where that is less."""
    strong = {path: value for path, value in pulls(spec).items() if value > MILD[path]}
    chosen = strong or pulls(spec)
    changes = {path: rounded(min(value / 10, MILD[path])) for path, value in chosen.items()}
    pulled = (_lowered(path, numeral(value)) for path, value in changes.items())
    return Fix(N_("Lower {pulls}", pulls=listed(pulled)), changes)


def _lowered(path: str, value: str) -> Message:
    """One pull and what it is lowered to."""
    match path:
        case "penalty.l1":
            return N_("L1 to {value}", value=value)
        case "penalty.l2":
            return N_("L2 to {value}", value=value)
    return N_("weight decay to {value}", value=value)


def pulls_are_strong(spec: RunSpec) -> bool:
    """Whether something pulls harder than learning stands."""
    return any(value > MILD[path] for path, value in pulls(spec).items())


def no_pull(spec: RunSpec) -> Fix:
    """None of them."""
    return Fix(N_("Turn off the penalty"), dict.fromkeys(pulls(spec), 0.0))


def large_start(spec: RunSpec) -> bool:
    """Whether the initial weights are drawn larger than any layer here can use."""
    return any(abs(spec.initializer.knobs.get(name, 0)) > 1 for name in SIZES)


def shallower(spec: RunSpec) -> Fix:
    """The first two hidden layers."""
    layers = [layer.to_dict() for layer in spec.layers[:2]]
    return Fix(N_("Keep only two hidden layers"), {"layers": layers})


def entropy_loss() -> Fix:
    """A loss whose gradient does not vanish where the network is sure and wrong."""
    return Fix(N_("Use softmax cross-entropy"), {"loss": {"kind": "cross_entropy"}})


def brake() -> Fix:
    """Some L2 penalty."""
    return Fix(N_("Set the L2 penalty to {value}", value=numeral(BRAKE)), {"penalty.l2": BRAKE})


def more_points() -> Fix:
    """More to learn from."""
    return Fix(N_("Use {points} points", points=f"{PLENTY:,}"), {"data.points": PLENTY})


def standardize() -> Fix:
    """Inputs of mean 0 and variance 1."""
    return Fix(N_("Standardize the inputs"), {"standardize": True})


def larger_batches() -> Fix:
    """Batches whose mean and variance say something of all points."""
    return Fix(N_("Use batches of {points}", points=STEADY), {"batch_size": STEADY})


def no_batch_norm(spec: RunSpec) -> Fix:
    """No batch normalization in any layer."""
    layers = range(len(spec.layers))
    changes = {f"layers.{i}.batch_norm": False for i in layers}
    return Fix(N_("Turn off batch normalization"), changes)


def train_on_all() -> Fix:
    """Every point trains, and none is kept for the test."""
    return Fix(N_("Train on all points"), {"data.train_share": 1.0})
