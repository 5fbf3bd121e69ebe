"""What share of a step is arithmetic, and what is the price of calling NumPy.

The same calls on very small arrays (two units a layer, a batch of two points) cost almost nothing but the
calls themselves. Arrays of one number would not do: NumPy is slower with them. What a step takes beyond that
is arithmetic and memory.
"""

from __future__ import annotations

from tests.bench.steps import SHAPES, spec_of, step_of
from tests.bench.timing import micro, side_by_side, table


def shares(*, batch_norm: bool) -> None:
    """Print the table."""
    rows = []
    for units in SHAPES:
        narrow = (2, *(2 for _ in units[1:-1]), 1)
        smallest = spec_of(narrow, 2, "sgd", batch_norm=batch_norm)
        works = {"calls": step_of([smallest])}
        for batch in (10, 30, 128):
            works[str(batch)] = step_of([spec_of(units, batch, "sgd", batch_norm=batch_norm)])
        calls, *whole = side_by_side(works).values()
        for name, step in zip(list(works)[1:], whole, strict=True):
            share = max(1 - calls.times(step), 0)
            times = [micro(step.median), micro(calls.median), f"{share:.0%}"]
            rows.append(["-".join(map(str, units)), name, *times])
    head = ["network", "batch", "step", "the calls alone", "share of arithmetic"]
    title = f"Where the time of a step goes, sgd, float32{', batch normalization' * batch_norm}"
    table(title, head, rows)


def main() -> None:
    """Print the tables."""
    for batch_norm in (False, True):
        shares(batch_norm=batch_norm)


if __name__ == "__main__":
    main()
