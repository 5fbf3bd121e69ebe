"""From a state and a view to the numbers a person wants to see. Nothing here changes a state.

A picture costs what is asked for: what a view leaves out is not computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine.catalog.augmentations import is_on
from engine.catalog.features import FEATURES
from engine.catalog.losses import LOSSES
from engine.core.arrays import Array, read_only
from engine.core.errors import position
from engine.core.plain import unboxed, whole_number
from engine.insight.evaluation import evaluate
from engine.insight.inspection import Inspection
from engine.insight.layer_statistics import layer_statistics
from engine.insight.next_step import next_step
from engine.network.forward import Network, outputs
from engine.spec.run_spec import RunSpec
from engine.training.batches import augmented
from engine.training.data import Inputs, sample
from engine.training.grid import Population, metrics
from engine.training.metrics import METRICS, together
from engine.training.state import State
from engine.words import N_

EXTENT = 6.0
"""The square that is drawn reaches from −EXTENT to +EXTENT in both coordinates."""


@dataclass(frozen=True)
class View:
    """What to look at.

    grid: the side of the decision map. neurons: the side of each neuron's map, 0 for none.
    member: which member the picture is of. members: the side of every member's decision map, 0 for none.
    scores: the outputs as they are on the decision map too, before they are made probabilities.
    layers: what `engine.insight.layer_statistics` finds. masks: the next update's masks of dropout.
    evaluation: what `engine.insight.evaluation` finds.
    augmented: the training points as this epoch has changed them.
    training: boundary, scores and neurons as `engine.insight.in_training` has them, in place of evaluation.
    """

    grid: int = 48
    neurons: int = 16
    member: int = 0
    members: int = 0
    scores: bool = False
    layers: bool = False
    masks: bool = False
    evaluation: bool = False
    augmented: bool = False
    training: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError for maps that have no two corners, and for members that cannot be."""
        for name, least in (("grid", 2), ("neurons", 0), ("member", 0), ("members", 0)):
            object.__setattr__(self, name, whole_number(name, getattr(self, name), least))
        for name in ("scores", "layers", "masks", "evaluation", "augmented", "training"):
            value = unboxed(getattr(self, name))
            if not isinstance(value, bool):
                raise ValueError(
                    N_("{name} must be true or false, not {value}", name=name, value=repr(value))
                )
            object.__setattr__(self, name, value)
        for name in ("neurons", "members"):
            if getattr(self, name) == 1:
                raise ValueError(N_("{name} must be 0 or a whole number from 2, not 1", name=name))


def observe(
    state: State | Population, view: View, seen: Inspection | None = None
) -> dict[str, Array]:
    """The arrays of one picture of one member.

    Members of a population are numbered in the order of its combinations. seen: what has been found out about
    this state already.

    Always: metrics (5, M) in the order of METRICS; theta (P,); boundary (1, G, G) from −1 to +1 for two
    classes, else (C, G, G), the probability of each.
    If asked for: neurons (U, g, g), every unit's activation, outputs last; boundaries (M·K, g, g), the
    boundary of every member, one after the other; scores (K, G, G), the outputs
    that the loss compares with its targets; masks (U, B), the part of dropout in the next update: 0 for a
    silent unit, else what it is multiplied by, and 1 where there is no dropout; augmented (n, 3), x1, x2 and
    label of each training point in this epoch, n = 0 where nothing augments; and the arrays of
    `LayerStatistics` and `Evaluation` by their names.
    Row 0 of a map is the top of the square. Raises PositionError for a member that the population lacks.
    """
    if isinstance(state, Population):
        return _observe_one(state, view)
    member = position("member", view.member, len(state.specs))
    spec, here = state.specs[member], slice(member, member + 1)
    seen = seen or Inspection(state)
    network = seen.network(member)
    if view.training:
        shown = seen.in_training(member).state
        network = Network(spec, shown.theta[here], shown.running[here])
    numbers = _numbers(seen.metrics)
    with np.errstate(all="ignore"):
        there = _grid_inputs(Inputs.of(spec), view.grid, spec.dtype)
        output = network.scores_and_outputs(there)[1][0].reshape(-1, view.grid, view.grid)
        found = {
            "metrics": numbers,
            "theta": state.theta[member],
            "boundary": _boundary(spec, output),
        }
        if view.scores:
            found["scores"] = output
        if view.neurons:
            found["neurons"] = np.concatenate(_map(spec, network, view.neurons))
            if view.training:
                _silence(found["neurons"], seen.in_training(member).first)
        if view.members:
            found["boundaries"] = np.concatenate(_boundaries(state, view.members))
    if view.layers:
        found |= vars(layer_statistics(state, member))
    if view.masks:
        found["masks"] = _masks(state, member)
    if view.evaluation:
        found |= vars(evaluate(state, member, seen))
    if view.augmented:
        found["augmented"] = _augmented(state, member)
    return found


def scene(spec: RunSpec, grid: int = 32) -> dict[str, Any]:
    """What stays as it is during a run: points (N, 2) and labels (N,), the first `train` of them for
    training, and the map of every feature in the catalogue, chosen or not, (D, grid, grid).

    `class_names`, `column_names` and `target_scale` are those of the spec."""
    mine = sample(spec)
    every = spec.replace({"features": list(FEATURES)})
    maps = _grid_inputs(Inputs.of(every), grid, "float32").reshape(-1, grid, grid)
    return {
        "points": mine.points,
        "labels": mine.labels,
        "feature_maps": maps,
        "train": mine.train,
        "task": spec.task,
        "classes": spec.classes,
        "features": list(FEATURES),
        "class_names": list(spec.class_names),
        "column_names": list(spec.column_names),
        "target_scale": list(spec.target_scale),
    }


def _observe_one(population: Population, view: View) -> dict[str, Array]:
    """One member's picture out of the group it trains in, beside the numbers of all."""
    state, member = population.one(view.member)
    found = observe(state, replace(view, member=member, members=0))
    found["metrics"] = _numbers(metrics(population))
    if view.members:
        maps = [_boundaries(group, view.members) for group in population.states]
        found["boundaries"] = np.concatenate([maps[i][j] for i, j in population.places])
    return found


def _numbers(found: Mapping[str, Array]) -> Array:
    """METRICS of every member, (5, M)."""
    return np.stack([found[name] for name in METRICS])


def _boundaries(state: State, side: int) -> list[Array]:
    """The boundary (K, side, side) of each member."""
    found: dict[int, Array] = {}
    for here in together(state.specs, side * side):
        spec = state.specs[here[0]]
        inputs = _grid_inputs(Inputs.of(spec), side, spec.dtype)
        output = outputs(spec, state.theta[here], state.running[here], inputs)
        maps = output.reshape(*output.shape[:2], side, side)
        found |= zip(here, (_boundary(spec, one) for one in maps), strict=True)
    return [found[member] for member in range(len(state.specs))]


def _map(spec: RunSpec, network: Network, side: int) -> list[Array]:
    """Every layer's activations on the square, [(U, side, side), ...], outputs last."""
    inputs = _grid_inputs(Inputs.of(spec), side, spec.dtype)
    return [layer[0].reshape(-1, side, side) for layer in network.activations_at(inputs)]


def _silence(neurons: Array, first: Array) -> None:
    """Hidden units' maps times their mask, in place."""
    neurons[: len(first)] *= first[:, None, None].astype(neurons.dtype)


def _boundary(spec: RunSpec, output: Array) -> Array:
    """(K, G, G): one signed map for two classes or regression, else a probability for each class."""
    if spec.task == "regression":
        return output
    p = LOSSES[spec.loss.kind].probabilities(output.reshape(len(output), -1))
    shown: Array = p[1:] - p[:1] if spec.task == "two_class" else p
    return shown.reshape(-1, *output.shape[1:])


def _masks(state: State, member: int) -> Array:
    """The masks (U, B) of all hidden layers in the next update."""
    step = next_step(state, member)
    layers = zip(state.specs[member].layers, step.masks, strict=True)
    masks = [np.ones((layer.units, step.batch)) if m is None else m for layer, m in layers]
    return np.concatenate([np.empty((0, step.batch)), *masks])


def _augmented(state: State, member: int) -> Array:
    """(n, 3): x1, x2 and label of the points that this epoch trains on."""
    spec = state.specs[member]
    if not is_on(spec.augmentation.knobs):
        return np.empty((0, 3))
    points, labels = augmented(spec, state.epoch)
    return np.column_stack([points, labels])


@lru_cache(maxsize=32)
def _grid_inputs(given: Inputs, grid: int, dtype: str) -> Array:
    """The inputs (D, G·G) of the square's grid points, row by row from the top left."""
    axis = np.linspace(-EXTENT, EXTENT, grid)
    x1, x2 = np.meshgrid(axis, axis[::-1])
    points = np.stack([x1.ravel(), x2.ravel()], axis=1)
    inputs = np.ascontiguousarray(given.compute(points), dtype=dtype)
    return read_only(inputs)
