"""Clipping: a limit on the gradient before the optimizer sees it, so that no step explodes.

Each member is clipped by itself. Pascanu, Mikolov and Bengio 2013, On the difficulty of training recurrent
neural networks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.catalog.worked_lines import WorkedLine
from engine.core.arrays import Array
from engine.core.registry import Family, Knob, Record
from engine.words import N_, Message


class Clipping:
    """What a clip works with, made once for gradients (M, P).

    limit: c in the gradients' dtype, and exact_limit in float64: 0-d, or (M, 1) where members differ.
    squares (M, P) and norm (M, 1) are in float64, which can square every float32.
    acts (M, 1): whether the last gradient was over the limit; counts (M, 1): how many have been.
    """

    def __init__(self, limit: Any, g: Array) -> None:
        column = (len(g), 1)
        self.limit, self.exact_limit = np.array(limit, g.dtype), np.array(limit, np.float64)
        self.scratch, self.number = np.empty_like(g), np.empty(column, g.dtype)
        self.squares, self.norm = np.empty(g.shape, np.float64), np.empty(column, np.float64)
        self.acts, self.counts = np.empty(column, np.bool_), np.zeros(column, np.int64)


@dataclass(frozen=True, kw_only=True)
class Clip(Record):
    """A rule of clipping.

    apply(g, b): g (M, P) <- the clipped gradient, and b.acts <- whether that changed it. None where there
    is nothing to do; every other record has the knob "limit".
    lines: the same for two parameters, written out: from `raw`, with the parts `raw_x` and `raw_y`, to `g`.
    script_name: its class in exported scripts.
    """

    apply: Callable[[Array, Clipping], None] | None = None
    lines: tuple[WorkedLine, ...] = ()
    script_name: str = ""


def _by_value(g: Array, b: Clipping) -> None:
    """gᵢ ← sign(gᵢ) min(|gᵢ|, c)."""
    np.absolute(g, out=b.scratch)
    np.maximum.reduce(b.scratch, axis=1, keepdims=True, out=b.number)
    np.greater(b.number, b.limit, out=b.acts)
    np.minimum(b.scratch, b.limit, out=b.scratch)
    np.copysign(b.scratch, g, out=g)


def _by_norm(g: Array, b: Clipping) -> None:
    """g ← g min(1, c/‖g‖), with the norm over all of a member's parameters."""
    np.copyto(b.squares, g)
    np.multiply(b.squares, b.squares, out=b.squares)
    np.add.reduce(b.squares, axis=1, keepdims=True, out=b.norm)
    np.sqrt(b.norm, out=b.norm)
    np.greater(b.norm, b.exact_limit, out=b.acts)
    np.maximum(b.norm, b.exact_limit, out=b.norm)
    np.divide(b.exact_limit, b.norm, out=b.norm)
    np.copyto(b.number, b.norm, casting="same_kind")
    np.multiply(g, b.number, out=g)


def clip(record: Clip, g: Array, b: Clipping) -> None:
    """Clip g in place and count the members it changed."""
    assert record.apply is not None
    record.apply(g, b)
    np.add(b.counts, 1, out=b.counts, where=b.acts)


def _limit(sentence: Message) -> Knob:
    return Knob(
        "limit",
        N_("Limit"),
        sentence,
        default=1.0,
        minimum=1e-4,
        maximum=1000,
        scale="log",
        choices=(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
        symbol="c",
        meaning=N_("limit"),
    )


CLIPS: Family[Clip] = Family(
    N_("clip"),
    Clip(
        kind="none",
        label=N_("None"),
        help=N_("The optimizer gets the gradient as it is."),
        formula="g ← g",
        terms=(("g", N_("gradient")),),
    ),
    Clip(
        kind="value",
        label=N_("By value"),
        script_name="ClipByValue",
        help=N_("Cuts each component by itself, which also turns the gradient's direction."),
        formula="gᵢ ← min(max(gᵢ, −c), c)",
        terms=(("gᵢ", N_("one component of the gradient")),),
        knobs=(_limit(N_("The largest size that a component of the gradient may have (c).")),),
        apply=_by_value,
        lines=(
            WorkedLine(
                name="g",
                symbol="g",
                rule="min(max(g, −c), c)",
                numbers="min(max({raw}, −{limit}), {limit})",
                result=lambda n: np.minimum(np.maximum(n.raw, -n.limit), n.limit),
            ),
        ),
    ),
    Clip(
        kind="norm",
        label=N_("By norm"),
        script_name="ClipByNorm",
        help=N_("Shortens the whole gradient to a length and keeps its direction."),
        formula="g ← g min(1, c / ‖g‖)",
        terms=(("g", N_("gradient")), ("‖g‖", N_("its length"))),
        knobs=(_limit(N_("The largest length that the gradient may have (c).")),),
        apply=_by_norm,
        lines=(
            WorkedLine(
                name="norm",
                symbol="‖g‖",
                rule="√(g₁² + g₂²)",
                numbers="√({raw_x}² + {raw_y}²)",
                result=lambda n: np.sqrt(n.raw_x**2 + n.raw_y**2),
            ),
            WorkedLine(
                name="g",
                symbol="g",
                rule="g min(1, c / ‖g‖)",
                numbers="{raw}·min(1, {limit} / {norm})",
                result=lambda n: n.raw * np.minimum(1, n.limit / n.norm),
            ),
        ),
    ),
)
