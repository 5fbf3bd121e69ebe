"""A member and its history as a diagnosis looks at them: how good it is, and what goes on in its layers."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from engine.catalog.losses import LOSSES
from engine.core.arrays import Array
from engine.insight.diagnosis.baselines import Yardstick, yardstick
from engine.insight.history import COLUMNS
from engine.network.batch_norm import EPSILON
from engine.network.forward import LayerPass, Network
from engine.spec.run_spec import RunSpec
from engine.training.data import arrays, train_points
from engine.training.metrics import learning_rate
from engine.training.state import State
from engine.words import N_, Message

NEWEST = 3
"""So many rows are "now": a single batch can throw the numbers off for a moment."""
FIRST_EPOCH = 5
"""Before every point has been seen so often, everything may still settle by itself."""
GOOD = 0.75
"""A score is good from this share of the way from chance to what neighbours reach: healthy runs pass it soon,
and runs that are stuck stay well below."""
FADED = 0.05
"""Where a schedule has left less than this share of the learning rate, steps hardly move anything."""
LITTLE = 0.05
"""Where neighbours reach no more than this above chance, nothing can be learned."""


class Case:
    """A member and its history; what several detectors need is worked out once, and only if it is."""

    def __init__(self, state: State, member: int, history: Array) -> None:
        self.state, self.member = state, member
        self.spec: RunSpec = state.specs[member]
        self._history = history

    def column(self, name: str) -> Array:
        """A column of the history (n,)."""
        column: Array = self._history[:, COLUMNS.index(name)]
        return column

    def now(self, name: str) -> float:
        """The newest value of a column."""
        return float(self.column(name)[-1])

    def best(self, name: str) -> float:
        """The largest of the newest values of a column, so that one unlucky step is not all that counts."""
        return float(self.column(name)[-NEWEST:].max())

    @property
    def long(self) -> bool:
        """Whether there is enough of the run to judge it by."""
        return len(self._history) > 1 and self.now("epoch") >= FIRST_EPOCH

    @cached_property
    def yardstick(self) -> Yardstick:
        """What simple methods make of the data."""
        return yardstick(self.spec)

    @cached_property
    def chance_loss(self) -> float:
        """The training loss of a network that answers 0 everywhere; the mean in regression."""
        record, knobs = LOSSES[self.spec.loss.kind], self.spec.loss.knobs
        targets = self.targets.astype(np.float64)
        answer = 0 if self.spec.classes else targets.mean()
        return float(record.value(np.full_like(targets, answer), targets, knobs).mean())

    @property
    def faded(self) -> bool:
        """Whether the schedule has left next to nothing of the learning rate."""
        rate = learning_rate(self.state)[self.member]
        return bool(rate < FADED * self.spec.optimizer["learning_rate"])

    @property
    def targets(self) -> Array:
        """What the outputs at the training points are compared with, (1, K, N)."""
        return arrays(self.spec)[1][None, :, : train_points(self.spec)]

    @property
    def score(self) -> float:
        """The share of training points told right, or R² in regression."""
        if self.spec.classes:
            return self.best("train_accuracy")
        return 1 + float((-self.column("train_loss")[-NEWEST:]).max()) / self.chance_loss

    @property
    def reachable(self) -> float:
        """The best score of the simple methods."""
        found = self.yardstick
        return max(found.chance, found.linear, found.neighbours)

    @property
    def enough(self) -> float:
        """The score from which a network does well."""
        chance = self.yardstick.chance
        return chance + GOOD * (self.reachable - chance)

    @property
    def good(self) -> bool:
        """Whether it does well, or nothing can do better."""
        return self.score >= self.enough or self.reachable - self.yardstick.chance < LITTLE

    @property
    def score_words(self) -> Message:
        """The score, and what could be reached, as a sentence."""
        if self.spec.classes:
            return N_(
                "{share} of points are right; about {reachable} is possible.",
                share=f"{self.score:.0%}",
                reachable=f"{self.reachable:.0%}",
            )
        return N_(
            "R² is {score}; about {reachable} is possible.",
            score=f"{self.score:.2f}",
            reachable=f"{self.reachable:.2f}",
        )

    @cached_property
    def passes(self) -> list[LayerPass]:
        """Every layer at the training points."""
        here = slice(self.member, self.member + 1)
        network = Network(self.spec, self.state.theta[here], self.state.running[here])
        return list(network.passes(arrays(self.spec)[0][None, :, : train_points(self.spec)]))

    @property
    def hidden(self) -> list[LayerPass]:
        """All of them but the outputs."""
        return self.passes[:-1]

    def gradient_sizes(self) -> Array:
        """The root mean square of dL/dz over points and units, for each layer (L,)."""
        here = slice(self.member, self.member + 1)
        theta, running = self.state.theta[here], self.state.running[here]
        output = self.passes[-1].a
        g, t, u = (np.empty_like(output) for _ in range(3))
        LOSSES[self.spec.loss.kind].gradient(output, self.targets, g, t, u, self.spec.loss.knobs)
        g /= g.shape[-1]
        sizes = []
        for layer in reversed(self.passes):
            g = g * layer.slope
            if layer.block.batch_norm:
                variance = layer.block.statistics(running).variance
                g = g * (layer.block.scale(theta).gamma / np.sqrt(variance + EPSILON))
            sizes.append(float(np.sqrt(np.mean(np.square(g, dtype=np.float64)))))
            g = np.matmul(layer.block.weights(theta), g)
        return np.array(sizes[::-1])
