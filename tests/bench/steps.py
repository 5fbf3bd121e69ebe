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


SHAPES = ((2, 4, 2, 1), (2, 8, 8, 1), (2, *[8] * 6, 1), (2, 32, 32, 1), (2, 64, 64, 64, 1))


def beside_torch() -> None:
    """One network, beside PyTorch: shapes, batches, two optimizers, batch normalization."""
    gone = peers.missing()
    rows = []
    for units in SHAPES:
        for batch in (10, 30, 128):
            row = ["-".join(map(str, units)), str(batch)]
            for optimizer, norm in (("sgd", False), ("adam", False), ("sgd", True)):
                spec = spec_of(units, batch, optimizer)
                layers = {f"layers.{i}.batch_norm": norm for i in range(len(units) - 2)}
                ours = step_time([spec.replace(layers)], 1000)
                row += [micro(ours), "–"]
                if "PyTorch" not in gone:
                    steps = peers.torch_step(units, batch, optimizer, batch_norm=norm)
                    theirs = median_time(lambda steps=steps: steps(50), 50, repeats=9)
                    row[-1] = f"1/{theirs / ours:.1f}"
            rows.append(row)
    head = ["network", "batch", "SGD", "of PyTorch", "Adam", "of PyTorch", "SGD + BN", "of PyTorch"]
    table("One step of one network, tanh, float32", head, rows)


def beside_sklearn() -> None:
    """One network, beside scikit-learn and PyTorch in full figures."""
    gone = peers.missing()
    rows = []
    for units in SHAPES[:4]:
        ours = step_time([spec_of(units, 30, "sgd")], 2000)
        row = ["-".join(map(str, units)), micro(ours)]
        for label, make in (("PyTorch", peers.torch_step), ("scikit-learn", peers.sklearn_step)):
            if label in gone:
                row += ["–", "–"]
                continue
            steps = make(units, 30, "sgd")
            theirs = median_time(lambda steps=steps: steps(100), 100, repeats=9)
            row += [micro(theirs), f"1/{theirs / ours:.1f}"]
        rows.append(row)
    head = ["network", "ours", "PyTorch", "ratio", "scikit-learn", "ratio"]
    table("One step of one network, tanh, batch 30, SGD", head, rows)


def main() -> None:
    """Print the tables."""
    for label in peers.missing():
        print(f"{label} is not installed: its columns are empty")
    beside_sklearn()
    beside_torch()


if __name__ == "__main__":
    main()
