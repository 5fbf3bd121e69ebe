"""The plane as the layers see it: where each puts the points and a grid of lines, until one line is enough.

A layer of U units puts every point at a place in U dimensions. What is drawn of it is a plane: two units, or
the two directions along which the points are spread most (principal axes, Pearson 1901). How far a layer has
come is told by how many points one straight line, or hyperplane, separates there (a linear probe, Alain and
Bengio 2016, "Understanding intermediate layers using linear classifier probes").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalog.losses import one_hot
from engine.core.arrays import Array, read_only
from engine.insight.inspection import Inspection
from engine.insight.observe import EXTENT
from engine.network.forward import forward
from engine.spec.run_spec import RunSpec
from engine.training.data import Inputs, sample, train_points

SIDE = 13
"""The lattice has so many lines in each direction, from −EXTENT to EXTENT: one at every whole number."""
ROOM = 1.08
"""A frame reaches a little farther than its points."""
FARTHEST = 2.0
"""A frame reaches at most so many times as far as its points: lines may leave it."""
LEAST = 1e-10
"""A direction counts as flat where the points' variance is this share of the largest one."""

Pair = tuple[int, int]


@dataclass(frozen=True, eq=False)
class HiddenSpace:
    """One member at a sample of its training points, in evaluation; F frames: inputs, then each hidden layer.

    every: the n points are training points 0, every, 2·every, …
    points (F, n, 2): where each frame has them, about their mean.
    lines (F, SIDE, SIDE, 2): where it has the lattice, [i, j] at x1 = j − 6 and x2 = i − 6.
    axes: of each frame (U, 2), columns of length 1; a place in the frame is axesᵀ (a − mean of a).
    pairs (F, 2): the two units that are the axes; (0, 0) of one unit; (−1, −1) where they are principal axes.
    reach (F,): the frame is drawn from −reach to +reach; NaN where activations are not finite.
    share (F,): of the points' variance, how much is seen in the frame; NaN where there is none.
    apart (F,): which share of the points one hyperplane separates, laid by least squares, or in the last
        frame by the outputs, if those do better; in regression R², what share of the values' variance a
        slope explains. NaN where a layer's activations are not finite.
    border (K, 3): the outputs' sums in the last frame, s = g·y + c, as g and c: exact for points that lie in
        the plane that is drawn.
    spread (U,): √ of the variance over the points, of the units of all hidden layers.
    right: how many of all training points the outputs tell right; None in regression.
    """

    every: int
    points: Array
    lines: Array
    axes: tuple[Array, ...]
    pairs: Array
    reach: Array
    share: Array
    apart: Array
    border: Array
    spread: Array
    right: int | None


def hidden_space(
    seen: Inspection,
    member: int = 0,
    *,
    pairs: Sequence[Pair] = (),
    before: Sequence[Array] = (),
) -> HiddenSpace:
    """Look at the plane through one member's layers.

    pairs: of each hidden layer the two units to look at; without them, and where a layer does not have them,
    principal axes if it has more than two units.
    before: the `axes` of an earlier look. Principal axes are known but for turns and reflections in their
    plane: they are turned so that points lie as near as can be to where they lay then and to where the frame
    before has them. So nothing flips while a network trains, and from frame to frame the plane folds.
    """
    spec, here = seen.state.specs[member], slice(member, member + 1)
    passes = seen.passes(member)
    theta, running = seen.state.theta[here], seen.state.running[here]
    with np.errstate(all="ignore"):
        lattice = forward(spec, theta, running, _lattice(Inputs.of(spec), spec.dtype))
    places = [passes[0].x[0], *(layer.a[0] for layer in passes[:-1])]
    lines = [_lattice(Inputs.of(spec), spec.dtype), *(a[0] for a in lattice[:-1])]
    count = train_points(spec)
    every = -(-count // places[0].shape[1])
    mine = sample(spec)
    chosen = [(0, 1), *pairs] if len(places[0]) == 2 else [(-1, -1), *pairs]
    last = before if [len(axes) for axes in before] == [len(a) for a in places] else ()
    goals = _goals(spec, mine.labels[:count:every])
    frames, picture = [], _centred(mine.points[:count:every].T)
    for i, (a, grid) in enumerate(zip(places, lines, strict=True)):
        with np.errstate(all="ignore"):
            pair = chosen[i] if i < len(chosen) else (-1, -1)
            frame = _Frame.of(a, grid, pair, picture, last[i] if last else None, goals)
        frames.append(frame)
        picture = frame.points
    weights, sums = passes[-1].block.weights(theta)[0], passes[-1].sums[0]
    with np.errstate(all="ignore"):
        border = np.column_stack([weights.T @ frames[-1].axes, sums.mean(axis=1)])
    right = None
    apart = np.array([frame.apart for frame in frames])
    if spec.task != "regression":
        accuracy = float(seen.metrics["train_accuracy"][member])
        right = round(accuracy * count)
        apart[-1] = np.fmax(apart[-1], accuracy) if np.isfinite(apart[-1]) else np.nan
    return HiddenSpace(
        every=every,
        points=np.array([frame.points.T for frame in frames]),
        lines=np.array([frame.lines.T.reshape(SIDE, SIDE, 2) for frame in frames]),
        axes=tuple(frame.axes for frame in frames),
        pairs=np.array([frame.pair for frame in frames]),
        reach=np.array([_reach(frame) for frame in frames]),
        share=np.array([frame.share for frame in frames]),
        apart=apart,
        border=border,
        spread=np.concatenate([np.empty(0), *(frame.spread for frame in frames[1:])]),
        right=right,
    )


@dataclass(frozen=True, eq=False)
class _Frame:
    """One layer's: points (2, n), lines (2, SIDE²), and the rest as `HiddenSpace` has it."""

    points: Array
    lines: Array
    axes: Array
    pair: Pair
    share: float
    apart: float
    spread: Array

    @classmethod
    def of(
        cls,
        a: Array,
        grid: Array,
        pair: Pair,
        picture: Array,
        last: Array | None,
        goals: Array,
    ) -> _Frame:
        """From a layer's activations a (U, n) and those of the lattice, grid (U, SIDE²).

        picture (2, n): where the frame before has the points. goals (K, n): as `_goals`.
        """
        a, grid = a.astype(np.float64), grid.astype(np.float64)
        if not np.isfinite(a).all():
            lost = np.full((len(a), 2), np.nan)
            return cls(lost.T @ a, lost.T @ grid, lost, (-1, -1), np.nan, np.nan, a.std(axis=1))
        mean = a.mean(axis=1, keepdims=True)
        around = a - mean
        size = np.abs(around).max() or 1.0
        scaled = around / size
        variances, directions = np.linalg.eigh(scaled @ scaled.T / a.shape[1])
        pair = _pair(len(a), pair)
        if pair == (-1, -1):
            axes = _turned(directions[:, :-3:-1], around, picture, last)
        else:
            axes = np.eye(len(a))[:, pair]
            axes[:, 1] *= pair[0] != pair[1]
        points = axes.T @ around
        spread = around.std(axis=1)
        total = np.square(spread / size).sum()
        return cls(
            points=points,
            lines=axes.T @ (grid - mean),
            axes=axes,
            pair=pair,
            share=float((points / size).var(axis=1).sum() / total) if total > 0 else math.nan,
            apart=_apart(scaled, variances, directions, goals),
            spread=spread,
        )


def _pair(units: int, wanted: Pair) -> Pair:
    """The units that are the axes: all there are, or those that are wanted; (−1, −1) for principal axes."""
    if units <= 2:
        return (0, units - 1)
    one, other = wanted
    return wanted if 0 <= one < units and 0 <= other < units and one != other else (-1, -1)


def _turned(axes: Array, around: Array, picture: Array, last: Array | None) -> Array:
    """The axes (U, 2) turned within their plane, so that points lie near to where they lay before.

    That is C = Σ y tᵀ over the points' places y and where they should be, t, and the orthogonal matrix R that
    makes trace(Rᵀ C) largest: U Vᵀ of C = U S Vᵀ (Schönemann 1966, the orthogonal Procrustes problem).
    """
    target = _unit(picture)
    if last is not None:
        target = target + _unit(last.T @ around)
    u, _, v = np.linalg.svd(_unit(axes.T @ around) @ target.T)
    turned: Array = axes @ u @ v
    return turned


def _unit(points: Array) -> Array:
    """The points scaled so that √Σx² is 1; as zeros where they are not finite."""
    size = np.sqrt(np.square(points).sum())
    return points / size if 0 < size < math.inf else np.zeros_like(points)


def _centred(points: Array) -> Array:
    around: Array = points - points.mean(axis=1, keepdims=True)
    return around


def _goals(spec: RunSpec, labels: Array) -> Array:
    """What a hyperplane is laid by, (K, n): in regression the values, else 0 and 1, a row for each class."""
    if spec.task == "regression":
        return labels[None].astype(np.float64)
    return one_hot(labels, spec.classes)


def _apart(around: Array, variances: Array, directions: Array, goals: Array) -> float:
    """Which share of the points the least squares fit of their goals tells right; R² of one goal alone.

    around (U, n) has the variances along the directions (U, U). Of two classes the cut across the fit stands
    where it separates most.
    """
    kept = variances > LEAST * variances[-1]
    v = directions[:, kept]
    away = _centred(goals)
    fit = (away @ around.T @ v / (variances[kept] * around.shape[1])) @ v.T @ around
    if len(goals) == 1:
        total = np.square(away).sum()
        return float(1 - np.square(away - fit).sum() / total) if total > 0 else math.nan
    if len(goals) == 2:
        return _best_cut(fit[1], goals[1])
    guess = (fit + goals.mean(axis=1, keepdims=True)).argmax(axis=0)
    return float(np.mean(guess == goals.argmax(axis=0)))


def _best_cut(values: Array, second: Array) -> float:
    """The largest share of points that one threshold tells right; second (n,) is 1 in the second class."""
    order = np.argsort(values, kind="stable")
    ordered, ones = values[order], second[order]
    # below each cut the points are said to be of the first class, above it of the second
    right = np.concatenate([[0], np.cumsum(1 - ones)]) + np.concatenate(
        [np.cumsum(ones[::-1])[::-1], [0]]
    )
    between = np.concatenate([[True], np.diff(ordered) > 0, [True]])
    return float(right[between].max() / len(values))


def _reach(frame: _Frame) -> float:
    """How far a frame is drawn: all of its points, and of its lines what is not far from them."""
    points = float(np.abs(frame.points).max())
    lines = float(np.abs(frame.lines[np.isfinite(frame.lines)]).max(initial=0))
    return max(ROOM * points, min(lines, FARTHEST * points)) or 1.0


@lru_cache(maxsize=32)
def _lattice(given: Inputs, dtype: str) -> Array:
    """The inputs (D, SIDE²) of the lattice, row by row from the bottom left."""
    axis = np.linspace(-EXTENT, EXTENT, SIDE)
    x1, x2 = np.meshgrid(axis, axis)
    points = np.stack([x1.ravel(), x2.ravel()], axis=1)
    return read_only(np.ascontiguousarray(given.compute(points), dtype=dtype))
