"""What there is to draw: frames, and a slice of the loss around a network."""

from __future__ import annotations

import itertools
from functools import partial

import engine
from app.workers.worker import keep_memory
from tests.bench import peers
from tests.bench.steps import spec_of
from tests.bench.timing import median_time, micro, table


def frames() -> None:
    """One frame: decision map, all neuron maps, metrics."""
    rows = []
    shapes = ((2, 4, 2, 1), (2, 8, 8, 1), (2, *[8] * 6, 1))
    for units in shapes:
        state, _ = engine.train(engine.start(spec_of(units, 30, "sgd")), 10)
        for grid, side in ((48, 16), (100, 100)):
            view = engine.View(grid=grid, neurons=side)
            seconds = median_time(partial(engine.observe, state, view), 1, 51)
            name = "-".join(map(str, units))
            rows.append([name, f"{grid}×{grid}", f"{side}×{side}", micro(seconds)])
    table("One picture", ["network", "map", "neurons", "time"], rows)


POINTS = 500
SIZE = 51


def torch_losses(units: tuple[int, ...], points: int, count: int) -> float:
    """Seconds for as many forward passes and losses in PyTorch, one by one, weights set before each."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    layers: list[torch.nn.Module] = []
    for n_in, n_out in itertools.pairwise(units):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    x, y = torch.randn(points, units[0]), torch.randint(0, units[-1], (points,))
    loss = torch.nn.CrossEntropyLoss()
    size = sum(parameter.numel() for parameter in model.parameters())
    vectors = torch.randn(count, size)

    def work() -> None:
        with torch.no_grad():
            for vector in vectors:
                torch.nn.utils.vector_to_parameters(vector, model.parameters())
                loss(model(x), y).item()

    return median_time(work, 1, repeats=3)


def landscape() -> None:
    """A map of the loss around a trained network: the first coarse picture, and the whole."""
    units = (2, 8, 8, 2)
    layers = [{"units": 8}, {"units": 8}]
    data = {"points": 2 * POINTS, "train_share": 0.5}
    spec = engine.RunSpec.from_dict({"layers": layers, "loss": "cross_entropy", "data": data})
    states = [engine.start(spec)]
    for _ in range(100):
        states.append(engine.train(states[-1], 10)[0])
    trajectory = engine.landscape.Trajectory.of(states)

    def work(sizes: tuple[int, ...]) -> None:
        plane = engine.landscape.plane_through(states[-1], trajectory, engine.landscape.Axes("pca"))
        land = engine.landscape.Landscape.of(states[-1], plane)
        for size in sizes:
            land.losses(plane.grid(size))

    sizes = engine.landscape.map_sizes(SIZE)
    times = [median_time(partial(work, each), 1, 7) for each in (sizes[:1], sizes, sizes[-1:])]
    row = ["-".join(map(str, units)), *(f"{seconds * 1e3:.1f} ms" for seconds in times)]
    if "PyTorch" in peers.missing():
        row += ["–", "–"]
    else:
        theirs = torch_losses(units, POINTS, SIZE**2)
        row += [f"{theirs * 1e3:.0f} ms", f"1/{theirs / times[-1]:.1f}"]
    table(
        f"The loss over {SIZE}×{SIZE} places of a plane, {POINTS} points",
        ["network", f"first {sizes[0]}×{sizes[0]}", "coarse to fine", "ours", "PyTorch", "ratio"],
        [row],
    )


def main() -> None:
    """Print the tables, with memory kept as workers keep it."""
    keep_memory()
    frames()
    landscape()


if __name__ == "__main__":
    main()
