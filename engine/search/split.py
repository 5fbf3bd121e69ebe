"""Three kinds of points: those that train, those that judge, and those that nobody has looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.catalog.losses import LOSSES
from engine.core.arrays import Array
from engine.network.forward import outputs
from engine.spec.run_spec import RunSpec
from engine.training.data import arrays, sample
from engine.training.metrics import mean, right, together
from engine.training.state import State


@dataclass(frozen=True)
class Split:
    """Which of a run's points train, which validate, and which test.

    Choosing is a kind of learning: on the points that chose it, the best of many trials looks better than it
    is. So the points kept from training are cut in two, one part to choose by and one that is looked at once.
    A run without a search is none the wiser: it trains on the same points, and tests on both parts.

    >>> Split.of(RunSpec.from_dict({"data": {"points": 500, "train_share": 0.3}}), 0.4)
    Split(train=slice(0, 150, None), validation=slice(150, 290, None), test=slice(290, 500, None))
    """

    train: slice
    validation: slice
    test: slice

    @classmethod
    def of(cls, spec: RunSpec, share: float) -> Split:
        """The first points train; of the n others round(share · n) validate, 1 to n − 1 of them."""
        train, points = spec.train_points, spec.points
        kept = points - train
        end = train + min(max(round(kept * share), 1), kept - 1)
        return cls(slice(0, train), slice(train, end), slice(end, points))


def scores(state: State, members: Sequence[int], part: slice, score: str) -> Array:
    """How bad members (M,) are on a part of the points, lower is better; infinite where it is no number.

    score: "loss", the mean data loss, or "error", the share of points told wrong.
    """
    found = np.empty(len(members))
    specs = [state.specs[member] for member in members]
    for here in together(specs, part.stop - part.start):
        spec, chosen = specs[here[0]], [members[i] for i in here]
        inputs, targets = (values[:, part] for values in arrays(spec))
        with np.errstate(all="ignore"):
            output = outputs(spec, state.theta[chosen], state.running[chosen], inputs)
            if score == "error":
                found[here] = 1 - mean(right(spec, output, sample(spec).labels[part]))
            else:
                loss = LOSSES[spec.loss.kind].value(output, targets, spec.loss.knobs)
                found[here] = mean(loss.astype(np.float64))
    return np.where(np.isfinite(found), found, np.inf)
