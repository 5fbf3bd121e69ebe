"""Which changes to try for what goes wrong, the likeliest cure first."""

from __future__ import annotations

from engine.catalog.activations import ACTIVATIONS
from engine.catalog.datasets import DATASETS
from engine.insight.diagnosis import fixes as fix
from engine.insight.diagnosis.fixes import Fix
from engine.spec.run_spec import RunSpec
from engine.training.data import raw_inputs
from engine.training.failures import LINEAR, overshooting
from engine.words import N_

MOST = 3
"""More buttons than this are a list that nobody reads."""
ADAPTIVE = ("adam", "adamw", "nadam", "amsgrad", "adamax", "radam", "adabelief", "lion")
"""Optimizers that Adam is no great step from."""


def offered(spec: RunSpec, fixes: tuple[Fix, ...]) -> tuple[Fix, ...]:
    """The first few fixes that change something."""
    return tuple(fix for fix in fixes if fix.alters(spec))[:MOST]


def _calm(spec: RunSpec) -> list[Fix]:
    """First of all for whatever never comes to rest."""
    return [fix.friction()] if fix.never_rests(spec) else []


def runaway(spec: RunSpec) -> tuple[Fix, ...]:
    """For steps that go too far."""
    found = [*rescaling(spec)] if raw_inputs(spec) else []
    found += _calm(spec)
    if overshooting(spec):
        # the pull alone overshoots zero, and grows
        found.append(fix.weaker_pull(spec))
    if fix.large_start(spec) and not fix.rate_is_high(spec):
        found.append(fix.initializer("glorot", N_("Start from smaller weights (Glorot)")))
    shorter = [fix.lower_rate(spec)]
    if spec.clip.kind == "none" and spec.optimizer.kind in LINEAR:
        # where the rate is a usual one, it is the gradient that is too long
        shorter.insert(1 if fix.rate_is_high(spec) else 0, fix.clip())
    elif spec.layers and any(layer.activation.kind != "tanh" for layer in spec.layers):
        shorter.append(fix.activation(spec, "tanh", N_("Use tanh, which stays between −1 and 1")))
    return (*found, *shorter)


def nonlinearity(spec: RunSpec) -> tuple[Fix, ...]:
    """For a network that can only draw a straight line."""
    if not spec.layers:
        return (fix.hidden_layer(),)
    return fix.activation(spec, "tanh", N_("Use tanh")), fix.activation(
        spec, "relu", N_("Use ReLU")
    )


def freedom(spec: RunSpec) -> tuple[Fix, ...]:
    """For weights that are pulled to zero too hard."""
    return fix.weaker_pull(spec), fix.no_pull(spec)


def revival(spec: RunSpec) -> tuple[Fix, ...]:
    """For dead rectifiers."""
    leaky = fix.activation(spec, "leaky_relu", N_("Use leaky ReLU, which never dies"))
    he, rate = fix.initializer("he", N_("Start from He weights")), fix.lower_rate(spec)
    if fix.rate_is_high(spec):
        return rate, leaky, he
    if spec.initializer.kind == "he":
        return leaky, rate
    # small or biased initial weights kill neurons too, and leave a leaky one next to no gradient
    return fix.together(N_("Use leaky ReLU and He weights"), leaky, he), he, leaky


def desaturation(spec: RunSpec) -> tuple[Fix, ...]:
    """For hidden neurons that are flat."""
    smaller = fix.initializer("glorot", N_("Start from smaller weights (Glorot)"))
    relu = fix.activation(spec, "relu", N_("Use ReLU, which never flattens out upwards"))
    rate = fix.lower_rate(spec)
    if fix.rate_is_high(spec) and not fix.large_start(spec):
        return *_calm(spec), rate, smaller, relu
    return *_calm(spec), smaller, relu, rate


def decision(spec: RunSpec) -> tuple[Fix, ...]:
    """For outputs that are flat where they are wrong."""
    kinds = {layer.activation.kind for layer in spec.layers}
    smaller = _fitting_weights(kinds)
    if fix.rate_is_high(spec) and not fix.large_start(spec):
        return *_calm(spec), fix.lower_rate(spec), smaller, fix.entropy_loss()
    return *_calm(spec), smaller, fix.entropy_loss(), fix.lower_rate(spec)


def flow(spec: RunSpec) -> tuple[Fix, ...]:
    """For gradients that vanish or explode on the way back."""
    kinds = {layer.activation.kind for layer in spec.layers}
    fitting = _fitting_weights(kinds)
    if "sigmoid" in kinds:
        tanh = fix.activation(spec, "tanh", N_("Use tanh"))
        glorot = _fitting_weights({"tanh"})
        fitting = fix.together(N_("Use tanh and Glorot weights"), tanh, glorot)
    found = [fitting, fix.batch_norm(spec), fix.shallower(spec)]
    if fix.rate_is_high(spec):
        found.insert(0, fix.lower_rate(spec))
    if fix.pulls_are_strong(spec):
        found.insert(0, fix.weaker_pull(spec))
    return tuple(found)


def _fitting_weights(kinds: set[str]) -> Fix:
    """The initializer that is made for these activations."""
    if kinds & {"tanh", "sigmoid"}:
        return fix.initializer("glorot", N_("Start from Glorot weights"))
    return fix.initializer("he", N_("Start from He weights"))


def asymmetry(spec: RunSpec) -> tuple[Fix, ...]:
    """For neurons that started alike."""
    rectified = any(ACTIVATIONS[layer.activation.kind].dies for layer in spec.layers)
    he = fix.initializer("he", N_("Start from random weights (He)"))
    glorot = fix.initializer("glorot", N_("Start from random weights (Glorot)"))
    return (he, glorot) if rectified else (glorot, he)


def progress(spec: RunSpec, *, faded: bool = False) -> tuple[Fix, ...]:
    """For a loss that stays where it is; faded: whether its schedule has left next to nothing of the rate."""
    found = _calm(spec)
    if faded:
        found.append(fix.constant_rate())
    if fix.clipped_short(spec):
        found.append(fix.longer_clip())
    if fix.pulls_are_strong(spec):
        found.append(fix.weaker_pull(spec))
    if any(layer.dropout > 0 for layer in spec.layers):
        found.append(fix.dropout(spec, 0))
    if fix.rate_is_high(spec):
        found.append(fix.lower_rate(spec))
    elif fix.rate_is_low(spec):
        found.append(fix.higher_rate(spec))
    if any(layer.activation.kind == "sigmoid" for layer in spec.layers):
        found.append(fix.activation(spec, "tanh", N_("Use tanh")))
    larger = fix.wider(spec) if spec.layers else fix.hidden_layer()
    if spec.optimizer.kind in ADAPTIVE:
        # steps that are too short get a larger network nowhere either
        if not (faded or fix.rate_is_low(spec)):
            found.append(larger)
    elif fix.narrow(spec):
        found += [
            fix.together(
                N_("{change}, and switch to Adam", change=larger.label), larger, fix.adam()
            ),
            fix.adam(),
            larger,
        ]
    else:
        found += [fix.adam(), larger]
    return tuple(found)


def generalization(spec: RunSpec) -> tuple[Fix, ...]:
    """For points that are learned by heart."""
    found = []
    if spec.penalty["l2"] < fix.BRAKE:
        found.append(fix.brake())
    if _can_draw_more(spec) and spec.data["points"] < fix.PLENTY:
        found.append(fix.more_points())
    if spec.layers and all(layer.dropout == 0 for layer in spec.layers):
        found.append(fix.dropout(spec, 0.2))
    if any(layer.units > 4 for layer in spec.layers):
        found.append(fix.narrower(spec))
    return tuple(found)


def rescaling(spec: RunSpec) -> tuple[Fix, ...]:
    """For inputs that are far from 0, or of a size that weights and rates are not made for."""
    return (fix.standardize(),)


def insight(spec: RunSpec) -> tuple[Fix, ...]:
    """For inputs that do not hold the answer."""
    return (fix.coordinates(spec),)


def steadiness(spec: RunSpec) -> tuple[Fix, ...]:
    """For batch normalization whose batches say little of the points."""
    return fix.larger_batches(), fix.no_batch_norm(spec)


def coverage(spec: RunSpec) -> tuple[Fix, ...]:
    """For so few training points that those held back are missed."""
    all_points = fix.train_on_all()
    return (fix.more_points(), all_points) if _can_draw_more(spec) else (all_points,)


def _can_draw_more(spec: RunSpec) -> bool:
    """Whether there can be more points: a person's own are as many as they are."""
    return "points" not in DATASETS[spec.data.kind].ignores
