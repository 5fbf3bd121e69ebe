"""What an open panel reads of a state: a header for the frame, and arrays in the types of the wire."""

from __future__ import annotations

import numpy as np

import engine
from app import protocol
from app.protocol import inspect

Reading = tuple[dict[str, object], dict[str, protocol.Array]]


def read(
    wanted: inspect.Inspect,
    seen: engine.insight.Inspection,
    member: int,
    trainers: engine.Trainers | None,
) -> Reading:
    """The reading of a kind, of one member. Its header has the kind."""
    match wanted:
        case inspect.InspectGradients():
            header, arrays = _gradients(seen.state, member, trainers)
        case inspect.InspectActivations():
            header, arrays = _activations(seen, member)
        case inspect.InspectWeights():
            header, arrays = {}, _weights(seen.state, member)
    return {"kind": wanted.kind, **header}, arrays


def _gradients(state: engine.State, member: int, trainers: engine.Trainers | None) -> Reading:
    flow = engine.insight.gradient_flow(state, member, trainers)
    rows = (flow.gradients, flow.deltas, flow.slopes, flow.updates, flow.over)
    return {"batch": flow.batch, "total": protocol.finite(flow.total)}, {
        "flow": _small(np.stack(rows)),
        "factors": _small(flow.factors),
    }


def _activations(seen: engine.insight.Inspection, member: int) -> Reading:
    flow = engine.insight.activation_flow(seen, member)
    return {"points": flow.points}, {
        "reach": _small(flow.reach),
        "counts": flow.counts.astype(np.uint32),
        "curves": _small(flow.curves),
        "outputs": _small(flow.outputs),
        "idle": flow.idle.astype(np.uint8),
    }


def _weights(state: engine.State, member: int) -> dict[str, protocol.Array]:
    spread = engine.insight.weight_spread(state, member)
    return {
        "reach": _small(spread.reach),
        "counts": spread.counts.astype(np.uint32),
        "norms": _small(spread.norms),
        "sizes": np.stack([spread.small, spread.zeros, spread.weights]).astype(np.uint32),
    }


def _small(values: protocol.Array) -> protocol.Array:
    """As f4; what grew beyond it arrives as infinity, for which the page writes a dash."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)
