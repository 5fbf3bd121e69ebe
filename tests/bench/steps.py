"""How long a training step takes, beside the libraries people know."""

from __future__ import annotations

from collections.abc import Sequence

import engine
from tests.bench import peers
from tests.bench.timing import Step, Timing, micro, side_by_side, table

SHAPES = ((2, 4, 2, 1), (2, 8, 8, 1), (2, *[8] * 6, 1), (2, 32, 32, 1), (2, 64, 64, 64, 1))


def spec_of(
    units: tuple[int, ...], batch: int, optimizer: str, *, batch_norm: bool = False
) -> engine.RunSpec:
    """A spec of this shape whose every batch is full."""
    return engine.RunSpec.from_dict(
        {
            "data": {"points": 20 * batch, "train_share": 0.5},
            "layers": [{"units": width, "batch_norm": batch_norm} for width in units[1:-1]],
            "optimizer": {"kind": optimizer, "learning_rate": 0.03},
            "batch_size": batch,
        }
    )


def step_of(specs: Sequence[engine.RunSpec]) -> Step:
    """Steps of a population of these, from its start."""
    state = engine.start(specs)
    return lambda count: engine.train(state, count)


def beside_torch(optimizer: str, *, batch_norm: bool = False) -> None:
    """One network of every shape and batch, beside PyTorch."""
    gone = peers.missing()
    rows = []
    for units in SHAPES:
        for batch in (10, 30, 128):
            works = {"ours": step_of([spec_of(units, batch, optimizer, batch_norm=batch_norm)])}
            if "PyTorch" not in gone:
                works["torch"] = peers.torch_step(units, batch, optimizer, batch_norm=batch_norm)
            rows.append(["-".join(map(str, units)), str(batch), *_cells(side_by_side(works))])
    title = f"One step of one network, tanh, {optimizer}{', batch normalization' * batch_norm}"
    table(title, ["network", "batch", "ours", "PyTorch", "ratio"], rows)


def _cells(found: dict[str, Timing]) -> list[str]:
    """Our time, and each peer's with the share that ours is of it."""
    ours, *theirs = found.values()
    cells = [micro(ours.median)]
    for peer in theirs:
        cells += [micro(peer.median), ours.share_of(peer)]
    return cells + ["–"] * (3 - len(cells))


def beside_sklearn() -> None:
    """One network, beside scikit-learn."""
    rows = []
    for units in SHAPES[:4]:
        works = {"ours": step_of([spec_of(units, 30, "sgd")])}
        if "scikit-learn" not in peers.missing():
            works["sklearn"] = peers.sklearn_step(units, 30, "sgd")
        rows.append(["-".join(map(str, units)), *_cells(side_by_side(works))])
    head = ["network", "ours", "scikit-learn", "ratio"]
    table("One step of one network, tanh, batch 30, sgd", head, rows)


def main() -> None:
    """Print the tables."""
    for label in peers.missing():
        print(f"{label} is not installed: its columns are empty")
    beside_sklearn()
    for batch_norm in (False, True):
        for optimizer in ("sgd", "adam"):
            beside_torch(optimizer, batch_norm=batch_norm)


if __name__ == "__main__":
    main()
