"""A search as a scikit-learn script: the network nearest to the base run, and its own ways to search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

import engine
from app.export.plan import Plan
from app.export.source import literal, render
from engine.search import Axis, Range, SearchSpec
from engine.spec import RunSpec
from engine.words import ENGLISH, N_, Language

ACTIVATIONS = {"relu": "relu", "tanh": "tanh", "sigmoid": "logistic", "linear": "identity"}
SOLVERS = {"sgd": "sgd", "momentum": "sgd", "adam": "adam"}
RATE, L2, SOLVER = "optimizer.learning_rate", "penalty.l2", "optimizer.kind"


def script(spec: SearchSpec, language: Language = ENGLISH) -> str:
    """The source of a script in which scikit-learn searches.

    The sealed points are not in it. Raises ValueError where scikit-learn has no such network or setting.
    """
    base = spec.base
    _fits(base)
    plan = Plan(base, (), spec.updates)
    rows = [
        f"({x1!r}, {x2!r}, {label!r}),"
        for x1, x2, label in plan.points[: spec.split.validation.stop]
    ]
    pairs = [" ".join(rows[i : i + 2]) for i in range(0, len(rows), 2)]
    text = render(
        "search_sklearn.py.jinja",
        language,
        spec=spec,
        train=spec.split.train.stop,
        columns=", ".join(plan.features),
        regression=base.task == "regression",
        network=dict(_network(spec)),
        knobs=dict(_knob(spec, axis) for axis in spec.axes),
        search=_search(spec),
        rows="\n".join(f"    {pair}" for pair in pairs),
    )
    return text.strip("\n") + "\n"


def _fits(base: RunSpec) -> None:
    """Raise ValueError for a network that scikit-learn cannot have."""
    kinds = {layer.activation.kind for layer in base.layers}
    wrong = [N_("activation {kind}", kind=kind) for kind in sorted(kinds - ACTIVATIONS.keys())]
    if len(kinds) > 1:
        wrong.append(N_("layers with different activations"))
    if base.optimizer.kind not in SOLVERS:
        wrong.append(N_("optimizer {kind}", kind=base.optimizer.kind))
    if any(layer.batch_norm or layer.dropout for layer in base.layers):
        wrong.append(N_("batch normalization or dropout"))
    if not base.optimizer.knobs.get("bias_correction", True):
        wrong.append(N_("Adam without bias correction"))
    if base.schedule.kind != "constant":
        wrong.append(N_("schedule {kind}", kind=base.schedule.kind))
    if wrong:
        raise ValueError(_missing(wrong[0]))


def _missing(what: str) -> str:
    return N_("scikit-learn's network has nothing like this: {what}.", what=what)


def _network(spec: SearchSpec) -> Iterator[tuple[str, str]]:
    """The arguments that make the network, as source; those that are searched are among them, too."""
    base = spec.base
    kinds = [layer.activation.kind for layer in base.layers]
    yield "hidden_layer_sizes", repr(tuple(layer.units for layer in base.layers))
    yield "activation", literal(ACTIVATIONS[kinds[0]] if kinds else "identity")
    yield "solver", literal(SOLVERS[base.optimizer.kind])
    yield "learning_rate_init", repr(base.optimizer["learning_rate"])
    yield "momentum", repr(base.optimizer.knobs.get("momentum", 0.0))
    yield "nesterovs_momentum", "False"
    if base.optimizer.kind == "adam":
        yield "beta_1", repr(base.optimizer["beta1"])
        yield "beta_2", repr(base.optimizer["beta2"])
        yield "epsilon", repr(base.optimizer["epsilon"])
    yield "alpha", repr(base.penalty["l2"] * base.batch_size)
    yield "batch_size", repr(min(base.batch_size, spec.split.train.stop))
    yield "shuffle", repr(base.shuffle)
    epochs = ceil(spec.updates / engine.steps_per_epoch(base))
    yield "max_iter", repr(epochs)
    yield "n_iter_no_change", repr(epochs)
    yield "random_state", repr(base.weights_seed)


def _knob(spec: SearchSpec, axis: Axis) -> tuple[str, str]:
    """The argument that a setting is, and what it may be, as source. Raises ValueError for others."""
    over, layers = axis.over, len(spec.base.layers)
    if axis.path == RATE:
        return "learning_rate_init", _over(spec, over, 1)
    if axis.path == L2:
        return "alpha", _over(spec, over, spec.base.batch_size)
    if axis.path == "batch_size" and not isinstance(over, Range):
        return "batch_size", repr(list(over.values))
    if axis.path == "layers.0.units" and layers == 1 and not isinstance(over, Range):
        return "hidden_layer_sizes", repr([(units,) for units in over.values])
    if axis.path == SOLVER and not isinstance(over, Range):
        return "solver", _named(over.values, {"sgd": "sgd", "adam": "adam"})
    if axis.path == "layers.0.activation.kind" and layers == 1 and not isinstance(over, Range):
        return "activation", _named(over.values, ACTIVATIONS)
    raise ValueError(_missing(axis.path))


def _named(values: tuple[Any, ...], names: Mapping[str, str]) -> str:
    """A list of kinds under the names that scikit-learn has for them."""
    for value in values:
        if value not in names:
            raise ValueError(_missing(value))
    return f"[{', '.join(literal(names[value]) for value in values)}]"


def _over(spec: SearchSpec, over: Any, factor: int) -> str:
    """Numbers to choose from: a distribution, or for a grid a few of them."""
    if not isinstance(over, Range):
        return repr([value * factor for value in over.values])
    low, high = over.low * factor, over.high * factor
    if spec.strategy.kind == "grid":
        count = max(2, round(spec.trials ** (1 / len(spec.axes))))
        space = "geomspace" if over.scale == "log" else "linspace"
        return f"np.{space}({low!r}, {high!r}, {count})"
    return (
        f"loguniform({low!r}, {high!r})"
        if over.scale == "log"
        else f"uniform({low!r}, {high - low!r})"
    )


def _search(spec: SearchSpec) -> str:
    """How scikit-learn calls what is nearest to the strategy."""
    kinds = {"grid": "GridSearchCV", "halving": "HalvingRandomSearchCV"}
    return kinds.get(spec.strategy.kind, "RandomizedSearchCV")
