"""The weights of a run as a file that NumPy reads."""

from __future__ import annotations

import io
import json

import numpy as np

import engine


def npz(state: engine.State, member: int = 0) -> bytes:
    """An NPZ file: every array of `engine.layout` under its name, as this member has it.

    Beside them `spec` (the settings as JSON text), `step`, and, where layers are batch-normalized, `running`:
    their running means and variances, layer by layer.
    """
    theta = state.theta[member]
    arrays = {
        name: theta[offset : offset + int(np.prod(shape))].reshape(shape)
        for name, offset, shape in engine.layout(state.spec)
    }
    if state.running.size:
        arrays["running"] = state.running[member]
    arrays["spec"] = np.array(json.dumps(state.specs[member].to_dict()))
    arrays["step"] = np.array(state.step)
    file = io.BytesIO()
    np.savez(file, **arrays)  # weights hardly get smaller, and that would take twenty times as long
    return file.getvalue()
