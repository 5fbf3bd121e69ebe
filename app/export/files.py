"""Files of a run to keep, made in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

import engine
from app.export import numpy_script, pytorch_script
from app.export.metrics import table
from app.export.weights import npz
from engine.words import ENGLISH, Language

What = Literal["weights", "metrics", "numpy", "pytorch"]


@dataclass(frozen=True)
class Export:
    """A file to make of one member of a state, and of its history (n, 8), its words in a language."""

    what: What
    state: engine.State
    rows: NDArray[np.float64]
    member: int = 0
    language: Language = ENGLISH


@dataclass(frozen=True)
class File:
    """A file: what to call it, what it is, what is in it."""

    name: str
    media: str
    content: bytes


def make(job: Export) -> File:
    """The file that is asked for."""
    state = job.state
    recipe = engine.Recipe(state.start_specs[job.member], edits=state.edits)
    name = f"mlp-playground-step-{state.step}"
    match job.what:
        case "weights":
            return File(f"{name}.npz", "application/x-npz", npz(state, job.member))
        case "metrics":
            return File(f"{name}.csv", "text/csv", table(job.rows, job.language))
        case "numpy":
            text = numpy_script.script(recipe, state.step, job.language)
            return File(f"{name}-numpy.py", "text/x-python", text.encode())
        case "pytorch":
            text = pytorch_script.script(recipe, state.step, job.language)
            return File(f"{name}-pytorch.py", "text/x-python", text.encode())
