"""The default run against TensorFlow Playground's algorithm, written out as it runs there.

Point by point, unit by unit, in plain Python: errors are summed over a batch, then every link and bias
moves, and the L1 penalty acts after the gradient's step. Nothing of the engine is used but the initial
weights and the points.

In one thing ours is not the same. There, a weight decays after its step, (w − ηg)(1 − ηλ₂), which takes a
gradient that is shorter by the factor 1 − ηλ₂ than the one of L + ½λ₂w²; here it is w − η(g + λ₂w). L1 is the
same.
"""

import math

import numpy as np
import pytest

import engine
from engine.network.layout import blocks


class Node:
    """A unit with its incoming weights."""

    def __init__(self, weights: list[float], bias: float) -> None:
        self.weights, self.bias = weights, bias
        self.weight_sums, self.bias_sum = [0.0] * len(weights), 0.0
        self.output = self.delta = 0.0


def train_epoch(
    layers: list[list[Node]],
    points: list[tuple[list[float], float]],
    batch: int,
    rate: float,
    l1: float,
    l2: float,
) -> None:
    """One pass over the points in their order."""
    for i, (x, y) in enumerate(points):
        below = x
        for layer in layers:
            for node in layer:
                total = node.bias + sum(w * a for w, a in zip(node.weights, below, strict=True))
                node.output = math.tanh(total)
            below = [node.output for node in layer]
        errors = [layers[-1][0].output - y]
        for depth in range(len(layers) - 1, -1, -1):
            inputs = x if depth == 0 else [node.output for node in layers[depth - 1]]
            passed = [0.0] * len(inputs)
            for node, error in zip(layers[depth], errors, strict=True):
                node.delta = error * (1 - node.output**2)
                node.bias_sum += node.delta
                for j, a in enumerate(inputs):
                    node.weight_sums[j] += node.delta * a
                    passed[j] += node.delta * node.weights[j]
            errors = passed
        if (i + 1) % batch == 0:
            for node in (node for layer in layers for node in layer):
                node.bias -= rate * node.bias_sum / batch
                node.bias_sum = 0.0
                for j, w in enumerate(node.weights):
                    moved = w - rate * (node.weight_sums[j] / batch + l2 * w)
                    shrunk = moved - rate * l1 * math.copysign(1, moved)
                    node.weights[j] = 0.0 if l1 and moved * shrunk < 0 else shrunk
                    node.weight_sums[j] = 0.0


@pytest.mark.parametrize(("l1", "l2"), [(0, 0), (0.003, 0), (0, 0.01)])
def test_the_default_run_is_that_of_tensorflow_playground(l1: float, l2: float) -> None:
    spec = engine.RunSpec.from_dict({"dtype": "float64", "penalty": {"l1": l1, "l2": l2}})
    state = engine.start(spec)
    layers = [
        [
            Node(
                block.weights(state.theta)[0, :, unit].tolist(),
                float(block.bias(state.theta)[0, 0, unit]),
            )
            for unit in range(block.n_out)
        ]
        for block in blocks(spec)
    ]
    shown = engine.scene(spec)
    labels = (2 * shown["labels"] - 1).tolist()
    points = list(zip(shown["points"].tolist(), labels, strict=True))[:250]
    for _ in range(6):
        train_epoch(layers, points, 10, 0.03, l1, l2)
    state, _ = engine.train(state, 6 * 25)
    for block, layer in zip(blocks(spec), layers, strict=True):
        for unit, node in enumerate(layer):
            np.testing.assert_allclose(
                block.weights(state.theta)[0, :, unit], node.weights, atol=1e-11
            )
            assert block.bias(state.theta)[0, 0, unit] == pytest.approx(node.bias, abs=1e-11)
