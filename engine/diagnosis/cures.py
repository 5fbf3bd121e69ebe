"""Which changes to try for what goes wrong, the likeliest cure first."""

from __future__ import annotations

from engine.activations import ACTIVATIONS
from engine.diagnosis import fixes as fix
from engine.diagnosis.fixes import Fix
from engine.failures import LINEAR, overshooting
from engine.spec import RunSpec

ADAPTIVE = ("adam", "adamw", "nadam", "amsgrad", "adamax", "radam", "adabelief", "lion")
"""Optimizers that Adam is no great step from."""


def runaway(spec: RunSpec) -> tuple[Fix, ...]:
    """For steps that go too far."""
    found = []
    if overshooting(spec):
        # the pull alone overshoots zero, and grows
        found.append(fix.weaker_pull(spec))
    if fix.large_start(spec) and not fix.rate_is_high(spec):
        found.append(fix.initializer("glorot", "Start from smaller weights (Glorot)"))
    shorter = [fix.lower_rate(spec)]
    if spec.clip.kind == "none" and spec.optimizer.kind in LINEAR:
        # where the rate is a usual one, it is the gradient that is too long
        shorter.insert(1 if fix.rate_is_high(spec) else 0, fix.clip())
    elif spec.layers and any(layer.activation.kind != "tanh" for layer in spec.layers):
        shorter.append(fix.activation(spec, "tanh", "Tanh, which stays between −1 and 1"))
    return tuple([*found, *shorter][:3])


def nonlinearity(spec: RunSpec) -> tuple[Fix, ...]:
    """For a network that can only draw a straight line."""
    if not spec.layers:
        return (fix.hidden_layer(),)
    return fix.activation(spec, "tanh", "Tanh"), fix.activation(spec, "relu", "ReLU")


def freedom(spec: RunSpec) -> tuple[Fix, ...]:
    """For weights that are pulled to zero too hard."""
    return fix.weaker_pull(spec), fix.no_pull(spec)


def revival(spec: RunSpec) -> tuple[Fix, ...]:
    """For dead rectifiers."""
    leaky = fix.activation(spec, "leaky_relu", "Leaky ReLU, which never dies")
    he, rate = fix.initializer("he", "Start from He weights"), fix.lower_rate(spec)
    if fix.rate_is_high(spec):
        return rate, leaky, he
    return (leaky, rate) if spec.initializer.kind == "he" else (leaky, he, rate)


def desaturation(spec: RunSpec) -> tuple[Fix, ...]:
    """For hidden neurons that are flat."""
    smaller = fix.initializer("glorot", "Start from smaller weights (Glorot)")
    relu = fix.activation(spec, "relu", "ReLU, which never flattens out upwards")
    rate = fix.lower_rate(spec)
    return (rate, smaller, relu) if fix.rate_is_high(spec) else (smaller, relu, rate)


def decision(spec: RunSpec) -> tuple[Fix, ...]:
    """For outputs that are flat where they are wrong."""
    found = [fix.entropy_loss()]
    if fix.rate_is_high(spec):
        found.insert(0, fix.lower_rate(spec))
    return tuple(found)


def flow(spec: RunSpec) -> tuple[Fix, ...]:
    """For gradients that vanish or explode on the way back."""
    kinds = {layer.activation.kind for layer in spec.layers}
    glorot, he = (
        fix.initializer(kind, f"Start from {kind.title()} weights") for kind in ("glorot", "he")
    )
    tanh = fix.activation(spec, "tanh", "Tanh")
    if "sigmoid" in kinds:
        first = fix.together("Tanh and Glorot weights", tanh, glorot)
    else:
        first = glorot if "tanh" in kinds else he
    return first, fix.batch_norm(spec), fix.shallower(spec)


def asymmetry(spec: RunSpec) -> tuple[Fix, ...]:
    """For neurons that started alike."""
    rectified = any(ACTIVATIONS[layer.activation.kind].dies for layer in spec.layers)
    he = fix.initializer("he", "Start from random weights (He)")
    glorot = fix.initializer("glorot", "Start from random weights (Glorot)")
    return (he, glorot) if rectified else (glorot, he)


def progress(spec: RunSpec) -> tuple[Fix, ...]:
    """For a loss that stays where it is."""
    found = []
    if any(layer.dropout > 0 for layer in spec.layers):
        found.append(fix.dropout(spec, 0))
    if fix.rate_is_high(spec):
        found.append(fix.lower_rate(spec))
    elif fix.rate_is_low(spec):
        found.append(fix.higher_rate(spec))
    if any(layer.activation.kind == "sigmoid" for layer in spec.layers):
        found.append(fix.activation(spec, "tanh", "Tanh"))
    larger = fix.wider(spec) if spec.layers else fix.hidden_layer()
    if spec.optimizer.kind in ADAPTIVE:
        found.append(larger)
    elif fix.narrow(spec):
        found += [
            fix.together(f"{larger.label}, with Adam", larger, fix.adam()),
            larger,
            fix.adam(),
        ]
    else:
        found += [fix.adam(), larger]
    return tuple(found[:3])


def generalization(spec: RunSpec) -> tuple[Fix, ...]:
    """For points that are learned by heart."""
    found = []
    if spec.penalty["l2"] < fix.BRAKE:
        found.append(fix.brake())
    if spec.data.kind != "custom" and spec.data["points"] < fix.PLENTY:
        found.append(fix.more_points())
    if spec.layers and all(layer.dropout == 0 for layer in spec.layers):
        found.append(fix.dropout(spec, 0.2))
    if any(layer.units > 4 for layer in spec.layers):
        found.append(fix.narrower(spec))
    return tuple(found[:3])
