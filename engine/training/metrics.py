"""How well a network does: losses, accuracies and penalties, of every member at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from engine.catalog.losses import LOSSES
from engine.catalog.schedules import SCHEDULES
from engine.core.arrays import Array
from engine.network.forward import outputs
from engine.network.layout import blocks, parts
from engine.spec.run_spec import RunSpec
from engine.training.data import Inputs, arrays, sample
from engine.training.state import State

_ASKED = ("data", "features", "standardize", "loss", "layers")
"""The parts of a spec that say what is asked of a network, and of which kind it is."""
METRICS = ("train_loss", "test_loss", "train_accuracy", "test_accuracy", "penalty")


def metrics(state: State, answered: Array | None = None) -> dict[str, Array]:
    """How well each member does: a dict of (M,) arrays.

    answered: the outputs (1, K, N) at all points of a state's only member, where they are known.

    `train_loss` and `test_loss` are means of the data loss over the points, NaN of none; `penalty` is
    λ₁ Σ|w| + ½ λ₂ Σw² over the weights and is not part of them. Accuracies are shares of points that are
    told right. `epoch` (passes over the training points, with a fraction) and `step` are the state's.
    """
    members = len(state.specs)
    found = {name: np.empty(members) for name in METRICS}
    for here in together(state.specs, state.spec.points):
        values = _metrics(state, here, answered)
        if len(here) == members:
            found = values
            break
        for name in METRICS:
            found[name][here] = values[name]
    found["epoch"] = np.full(members, epochs(state))
    found["step"] = np.full(members, state.step)
    return found


def epochs(state: State) -> float:
    """Passes over the training points, with the fraction of the one under way."""
    return state.epoch + state.cursor / sample(state.spec).train


def learning_rate(state: State) -> Array:
    """The learning rate of the next update (M,): each optimizer's, times its schedule's factor."""
    now = epochs(state)
    rates = [
        spec.optimizer["learning_rate"]
        * SCHEDULES[spec.schedule.kind].factor(now - since, spec.schedule.knobs)
        for spec, since in zip(state.specs, state.schedule_since, strict=True)
    ]
    return np.array(rates, np.float64)


def together(specs: Sequence[RunSpec], points: int) -> Iterator[list[int]]:
    """The members that one evaluation serves: the same is asked of all, in networks of the same kind."""
    groups: dict[tuple[object, ...], list[int]] = {}
    first = specs[0]
    # the very same settings are alike, and a key of many points takes long to hash
    if all(_same(spec, first) for spec in specs):
        groups[()] = list(range(len(specs)))
    else:
        for member, spec in enumerate(specs):
            layers = tuple(layer.activation for layer in spec.layers)
            groups.setdefault((spec.data, Inputs.of(spec), spec.loss, layers), []).append(member)
    for alike in groups.values():
        for part in parts(specs[0], len(alike), points):
            yield alike[part]


def _same(one: RunSpec, other: RunSpec) -> bool:
    """Whether what `together` goes by are the very same objects."""
    return all(getattr(one, part) is getattr(other, part) for part in _ASKED)


def mean(values: Array) -> Array:
    """The mean over the points (..., N); NaN where there are none."""
    count = values.shape[-1]
    if not count:
        return np.full(values.shape[:-1], np.nan)
    # what `values.mean` comes to, without its half a dozen calls of Python
    return np.asarray(np.add.reduce(values, axis=-1) / count)


def answers(output: Array) -> Array:
    """The class that outputs (..., K, N) stand for at each point, (..., N): by sign, or the largest."""
    one = output.shape[-2] == 1
    found: Array = output[..., 0, :] > 0 if one else output.argmax(axis=-2)
    return found.astype(np.intp)


def right(spec: RunSpec, output: Array, labels: Array) -> Array:
    """Whether outputs (..., K, N) tell each point right (..., N): 1, 0, or NaN in regression."""
    told = answers(output)
    return (told == labels).astype(np.float64) if spec.classes else np.full(told.shape, np.nan)


def penalties(spec: RunSpec, theta: Array) -> Array:
    """λ₁ Σ|w| and ½ λ₂ Σw² over the weights of each member, (2, M), of theta (M, P)."""
    l1, l2 = spec.penalty["l1"], spec.penalty["l2"]
    found = np.zeros((2, len(theta)))
    if l1 or l2:
        for block in blocks(spec):
            w = block.weights(theta).astype(np.float64)
            found[0] += l1 * np.abs(w).sum(axis=(1, 2))
            found[1] += 0.5 * l2 * np.square(w).sum(axis=(1, 2))
    return found


def _metrics(state: State, members: list[int], answered: Array | None) -> dict[str, Array]:
    """METRICS (M,) of members that are evaluated together."""
    spec = state.specs[members[0]]
    inputs, targets = arrays(spec)
    mine = sample(spec)
    with np.errstate(all="ignore"):
        output = answered
        if output is None:
            output = outputs(spec, state.theta[members], state.running[members], inputs)
        values = LOSSES[spec.loss.kind].value(output, targets, spec.loss.knobs).astype(np.float64)
        told = right(spec, output, mine.labels)
        each = ((state.specs[i], state.theta[i : i + 1]) for i in members)
        penalty = np.array([penalties(*one).sum() for one in each])
    return {
        "train_loss": mean(values[:, : mine.train]),
        "test_loss": mean(values[:, mine.train :]),
        "train_accuracy": mean(told[:, : mine.train]),
        "test_accuracy": mean(told[:, mine.train :]),
        "penalty": penalty,
    }
