"""The way forward in training: normalized by the statistics of the points themselves, and masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.core.arrays import Array
from engine.network.forward import LayerPass, Network
from engine.network.layout import initial_running
from engine.spec.run_spec import RunSpec


class TrainingNetwork(Network):
    """M networks of one architecture as they are in training.

    theta is (M, P). masks: for each hidden layer that of dropout, (U, B) or (M, U, B), or None; `running`
    (M, R) gets the batch's means and variances, divided by B, layer by layer as points go through.
    """

    def __init__(self, spec: RunSpec, theta: Array, masks: Sequence[Array | None]) -> None:
        self.running = initial_running([spec] * len(theta)).astype(theta.dtype)
        super().__init__(spec, theta, self.running)
        self._masks = [*masks, None]

    def passes(self, x: Array) -> Iterator[LayerPass]:
        """Every layer's pass, as in evaluation; what goes on from a layer is a times its mask."""
        for layer, mask in enumerate(self._masks):
            found = self.pass_of(layer, x)
            yield found
            x = found.a if mask is None else found.a * mask

    def normalized(self, layer: int, sums: Array) -> Array:
        """What enters a layer's activation (M, U, B): γ (s − mean)/√(var + ε) + β with the batch's own."""
        block = self.blocks[layer]
        if block.batch_norm:
            statistics = block.statistics(self.running)
            statistics.mean[...] = sums.mean(axis=-1, keepdims=True)
            statistics.variance[...] = sums.var(axis=-1, keepdims=True)
        return super().normalized(layer, sums)
