"""What an open panel reads of a state: a header for the frame, and arrays in the types of the wire."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

import engine
from app import protocol
from app.protocol import inspect

Part = tuple[dict[str, object], dict[str, protocol.Array]]

BEYOND = 4
"""What a hidden space has farther away than so many times the reach of its frame lies there on the wire."""
WHOLE = 2**15 - 1
"""The largest i2."""
SHARPNESS_SECONDS, PAIR_SECONDS = 0.06, 0.3
"""What these may take a worker by estimate; a network for which they take longer is too large for them."""
TOO_LARGE: dict[str, object] = {"too_large": True}


class Reading(NamedTuple):
    """A header that has the kind, arrays, and axes beside which the next hidden space is kept steady."""

    header: dict[str, object]
    arrays: dict[str, protocol.Array]
    axes: tuple[protocol.Array, ...] = ()


def read(
    wanted: inspect.Inspect,
    seen: engine.insight.Inspection,
    member: int,
    trainers: engine.Trainers | None,
    before: tuple[protocol.Array, ...] = (),
    training: bool = False,
) -> Reading:
    """The reading of a kind, of one member. `before` are the axes of the last one.

    training: whether activations are those of training.
    """
    axes: tuple[protocol.Array, ...] = ()
    match wanted:
        case inspect.InspectGradients(sharpness=sharp):
            header, arrays = _gradients(seen.state, member, trainers)
            if sharp:
                header |= _sharpness(seen.state, member)
        case inspect.InspectActivations():
            header, arrays = _activations(seen, member, training)
        case inspect.InspectWeights(pair=pair):
            header, arrays = {}, _weights(seen.state, member)
            if pair and (more := _weight_pair(seen.state, pair, member)):
                header, arrays = more[0], arrays | more[1]
        case inspect.InspectHiddenSpace(pairs=pairs):
            space = engine.insight.hidden_space(seen, member, pairs=pairs, before=before)
            (header, arrays), axes = _hidden_space(space), space.axes
    return Reading({"kind": wanted.kind, **header}, arrays, axes)


def takes_long(wanted: inspect.Inspect) -> bool:
    """Whether a reading of this kind takes many times as long as the others."""
    match wanted:
        case inspect.InspectGradients(sharpness=sharp):
            return sharp
        case inspect.InspectWeights(pair=pair):
            return pair is not None
    return False


def _gradients(state: engine.State, member: int, trainers: engine.Trainers | None) -> Part:
    flow = engine.insight.gradient_flow(state, member, trainers)
    rows = (flow.gradients, flow.deltas, flow.slopes, flow.updates, flow.over)
    return {"batch": flow.batch, "total": protocol.finite(flow.total)}, {
        "flow": _small(np.stack(rows)),
        "factors": _small(flow.factors),
    }


def _sharpness(state: engine.State, member: int) -> dict[str, object]:
    if engine.insight.sharpness_seconds(state.specs[member]) > SHARPNESS_SECONDS:
        return TOO_LARGE
    found = engine.insight.sharpness(state, member)
    return {"sharpness": {**vars(found), "value": protocol.finite(found.value)}}


def _activations(seen: engine.insight.Inspection, member: int, training: bool) -> Part:
    shown = engine.insight.Inspection(seen.in_training(member).state) if training else seen
    flow = engine.insight.activation_flow(shown, member)
    header, arrays = _differences(seen, member)
    return {"points": flow.points, **header}, {
        "reach": _small(flow.reach),
        "counts": flow.counts.astype(np.uint32),
        "curves": _small(flow.curves),
        "outputs": _small(flow.outputs),
        "idle": flow.idle.astype(np.uint8),
        **arrays,
    }


def _differences(seen: engine.insight.Inspection, member: int) -> Part:
    """What training does otherwise than evaluation; nothing where there is no such thing."""
    if not any(each.batch_norm or each.dropout for each in seen.state.specs[member].layers):
        return {}, {}
    found = seen.in_training(member)
    columns = (found.batch_statistics, found.running_statistics, found.apart[:, None])
    return {"batch": found.batch}, {
        "normed": _small(np.concatenate(columns, axis=1)),
        "mask": _small(found.first),
    }


def _weights(state: engine.State, member: int) -> dict[str, protocol.Array]:
    spread = engine.insight.weight_spread(state, member)
    return {
        "reach": _small(spread.reach),
        "counts": spread.counts.astype(np.uint32),
        "norms": _small(spread.norms),
        "sizes": np.stack([spread.small, spread.zeros, spread.weights]).astype(np.uint32),
    }


def _weight_pair(state: engine.State, names: tuple[str, str], member: int) -> Part | None:
    """The loss over two weights; None where the network has these no more."""
    if engine.landscape.weight_pair_seconds(state.specs[member]) > PAIR_SECONDS:
        return TOO_LARGE, {}
    try:
        found = engine.landscape.weight_pair(state, names, member)
    except engine.SpecError:
        return None
    places = np.stack([found.place, found.least, found.with_penalty])
    return {"pair": names, "pair_reach": found.reach}, {
        "pair_loss": _small(found.loss),
        "pair_places": _small(places),
    }


def _hidden_space(space: engine.insight.HiddenSpace) -> Part:
    reach = np.nan_to_num(space.reach, nan=1)[:, None, None] * BEYOND
    places = np.concatenate([space.points, space.lines.reshape(len(reach), -1, 2)], axis=1)
    q = np.clip(np.nan_to_num(places / reach), -1, 1) * WHOLE
    return {"every": space.every, "right": space.right}, {
        "places": np.rint(q).astype(np.int16),
        "reach": _small(space.reach),
        "shares": _small(np.stack([space.share, space.apart])),
        "border": _small(space.border),
        "pairs": space.pairs.astype(np.int32),
        "spread": _small(space.spread),
    }


def _small(values: protocol.Array) -> protocol.Array:
    """As f4; what grew beyond it arrives as infinity, for which the page writes a dash."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)
