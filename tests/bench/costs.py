"""What a step is said to cost beforehand, beside what it takes: of many networks and few, narrow and wide."""

from __future__ import annotations

import engine
from tests.bench.steps import spec_of, step_of
from tests.bench.timing import micro, side_by_side, table

SHAPES = ((2, 4, 2, 1), (2, 8, 8, 1), (2, 32, 32, 1), (2, 128, 128, 1))


def main() -> None:
    """Print the table."""
    rows = []
    for units in SHAPES:
        for members in (1, 8, 64, 256):
            cells = []
            for batch in (10, 128):
                for optimizer in ("sgd", "adam"):
                    spec = spec_of(units, batch, optimizer)
                    specs = [spec.replace({"weights_seed": seed}) for seed in range(members)]
                    took = side_by_side({"step": step_of(specs)}, repeats=5)["step"].median
                    said = engine.cost(specs).update
                    cells += [f"{micro(took)}, {said / took:.1f}"]
            rows.append(["-".join(map(str, units)), str(members), *cells])
    head = ["network", "members", "10, SGD", "10, Adam", "128, SGD", "128, Adam"]
    title = "A step by batch and optimizer: what it takes, and how many times as much is said"
    table(title, head, rows)


if __name__ == "__main__":
    main()
