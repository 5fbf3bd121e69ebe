"""What an open panel reads of a state: a header for the frame, and arrays in the types of the wire."""

from __future__ import annotations

import numpy as np

import engine
from app import protocol
from app.protocol import inspect

Reading = tuple[dict[str, object], dict[str, protocol.Array]]


def read(
    wanted: inspect.Inspect, state: engine.State, member: int, trainers: engine.Trainers | None
) -> Reading:
    """The reading of a kind, of one member. Its header has the kind."""
    match wanted:
        case inspect.InspectGradients():
            header, arrays = _gradients(state, member, trainers)
    return {"kind": wanted.kind, **header}, arrays


def _gradients(state: engine.State, member: int, trainers: engine.Trainers | None) -> Reading:
    flow = engine.insight.gradient_flow(state, member, trainers)
    rows = (flow.gradients, flow.deltas, flow.slopes, flow.updates, flow.over)
    return {"batch": flow.batch, "total": protocol.finite(flow.total)}, {
        "flow": _small(np.stack(rows)),
        "factors": _small(flow.factors),
    }


def _small(values: protocol.Array) -> protocol.Array:
    """As f4; what grew beyond it arrives as infinity, for which the page writes a dash."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)
