"""What there is to draw: frames, and a slice of the loss around a network."""

from __future__ import annotations

import itertools

import numpy as np

import engine
from engine.batches import arrays
from engine.losses import LOSSES
from engine.network import forward
from tests.bench import peers
from tests.bench.steps import spec_of
from tests.bench.timing import median_time, micro, table

CHUNK = 51
"""Members evaluated at once: few enough for their activations to stay in the cache."""


def frames() -> None:
    """One frame: decision map, all neuron maps, metrics."""
    rows = []
    shapes = ((2, 4, 2, 1), (2, 8, 8, 1), (2, *[8] * 6, 1))
    for units in shapes:
        state, _ = engine.train(engine.start(spec_of(units, 30, "sgd")), 10)
        for grid, side in ((48, 16), (100, 100)):
            view = engine.View(grid=grid, neurons=side)
            seconds = median_time(lambda state=state, view=view: engine.observe(state, view), 1, 51)
            name = "-".join(map(str, units))
            rows.append([name, f"{grid}×{grid}", f"{side}×{side}", micro(seconds)])
    table("One picture", ["network", "map", "neurons", "time"], rows)


def slice_losses(spec: engine.RunSpec, thetas: np.ndarray) -> np.ndarray:
    """The mean loss over all points at each of many parameter vectors (M, P)."""
    inputs, targets = arrays(spec)
    loss = LOSSES[spec.loss.kind]
    running = np.empty((CHUNK, 0), thetas.dtype)
    found = []
    for begin in range(0, len(thetas), CHUNK):
        part = thetas[begin : begin + CHUNK]
        output = forward(spec, part, running[: len(part)], inputs)[-1]
        found.append(loss.value(output, targets, spec.loss.knobs).mean(axis=-1))
    return np.concatenate(found)


def torch_slice(units: tuple[int, ...], points: int, count: int) -> float:
    """Seconds for as many forward passes and losses in PyTorch, one by one, weights set before each."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    layers: list[torch.nn.Module] = []
    for n_in, n_out in itertools.pairwise(units):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers)
    x, y = torch.randn(points, units[0]), torch.sign(torch.randn(points, units[-1]))
    size = sum(parameter.numel() for parameter in model.parameters())
    vectors = torch.randn(count, size)

    @torch.no_grad()
    def work() -> None:
        for vector in vectors:
            torch.nn.utils.vector_to_parameters(vector, model.parameters())
            (0.5 * torch.mean((model(x) - y) ** 2)).item()

    return median_time(work, 1, repeats=3)


def landscape() -> None:
    """A 51×51 slice of the loss over 500 points."""
    units = (2, 8, 8, 1)
    spec = engine.RunSpec.from_dict({"layers": [{"units": 8}, {"units": 8}]})
    rng = np.random.default_rng(0)
    thetas = rng.normal(size=(51 * 51, engine.parameters(spec))).astype(np.float32)
    ours = median_time(lambda: slice_losses(spec, thetas), 1, repeats=5)
    row = ["2-8-8-1", f"{ours * 1e3:.0f} ms"]
    if "PyTorch" in peers.missing():
        row += ["–", "–"]
    else:
        theirs = torch_slice(units, 500, len(thetas))
        row += [f"{theirs * 1e3:.0f} ms", f"1/{theirs / ours:.1f}"]
    table(
        "A 51×51 slice of the loss over 500 points", ["network", "ours", "PyTorch", "ratio"], [row]
    )


def main() -> None:
    """Print the tables."""
    frames()
    landscape()


if __name__ == "__main__":
    main()
