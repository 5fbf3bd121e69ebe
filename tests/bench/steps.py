"""How long a training step takes, beside the libraries people know."""

from __future__ import annotations

import engine
from tests.bench import peers
from tests.bench.timing import median_time, micro, table


def spec_of(units: tuple[int, ...], batch: int, optimizer: str) -> engine.RunSpec:
    """A spec of this shape whose every batch is full."""
    return engine.RunSpec.from_dict(
        {
            "data": {"points": 20 * batch, "train_share": 0.5},
            "layers": [{"units": width} for width in units[1:-1]],
            "optimizer": {"kind": optimizer, "learning_rate": 0.03},
            "batch_size": batch,
        }
    )


def step_time(specs: list[engine.RunSpec], steps: int) -> float:
    """Seconds for one step of a population of these."""
    state = engine.start(specs)
    return median_time(lambda: engine.train(state, steps), steps)


def singles() -> None:
    """One network, beside its peers."""
    gone = peers.missing()
    rows = []
    for units in ((2, 4, 2, 1), (2, 8, 8, 1), (2, 8, 8, 8, 8, 8, 8, 1), (2, 32, 32, 1)):
        for optimizer in ("sgd", "adam"):
            ours = step_time([spec_of(units, 30, optimizer)], 2000)
            row = ["-".join(map(str, units)), optimizer, micro(ours)]
            for label, make in (
                ("PyTorch", peers.torch_step),
                ("scikit-learn", peers.sklearn_step),
            ):
                if label in gone:
                    row += ["–", "–"]
                    continue
                steps = make(units, 30, optimizer)
                theirs = median_time(lambda steps=steps: steps(100), 100, repeats=9)
                row += [micro(theirs), f"1/{theirs / ours:.1f}"]
            rows.append(row)
    head = ["network", "optimizer", "ours", "PyTorch", "ratio", "scikit-learn", "ratio"]
    table("One step of one network, tanh, batch 30, float32", head, rows)


def populations() -> None:
    """Many networks in lockstep."""
    spec = spec_of((2, 8, 8, 1), 30, "sgd")
    rows = []
    single = 0.0
    for members in (1, 4, 16, 64, 256):
        specs = [spec.replace({"weights_seed": seed}) for seed in range(members)]
        each = step_time(specs, max(2000 // members, 20)) / members
        single = single or each
        rows.append([str(members), micro(each * members), micro(each), f"1/{single / each:.1f}"])
    head = ["members", "step", "each", "of a single step"]
    table("One step of a population, 2-8-8-1 tanh, batch 30, SGD", head, rows)


def pictures() -> None:
    """What one frame costs the engine."""
    rows = []
    for units, grid, side in (
        ((2, 4, 2, 1), 48, 16),
        ((2, 4, 2, 1), 100, 32),
        ((2, *[8] * 6, 1), 48, 16),
    ):
        state, _ = engine.train(engine.start(spec_of(units, 30, "sgd")), 10)
        view = engine.View(grid=grid, neurons=side)
        seconds = median_time(lambda state=state, view=view: engine.observe(state, view), 1, 51)
        rows.append(["-".join(map(str, units)), f"{grid}×{grid}", f"{side}×{side}", micro(seconds)])
    table(
        "One picture: decision map, all neuron maps, metrics",
        ["network", "map", "neurons", "time"],
        rows,
    )


def main() -> None:
    """Print the tables."""
    for label in peers.missing():
        print(f"{label} is not installed: its columns are empty")
    singles()
    populations()
    pictures()


if __name__ == "__main__":
    main()
