"""What share of a step is arithmetic, and what is the price of calling NumPy.

The same calls on the smallest arrays there are (one unit a layer, a batch of one point) cost almost
nothing but the calls themselves. What a step takes beyond that is arithmetic and memory.
"""

from __future__ import annotations

from tests.bench.steps import spec_of, step_time
from tests.bench.timing import micro, table


def main() -> None:
    """Print the table."""
    rows = []
    for hidden in ((4, 2), (8, 8), (8,) * 6, (32, 32), (64, 64, 64)):
        smallest = spec_of((2, *(1 for _ in hidden), 1), 10, "sgd").replace({"batch_size": 1})
        calls = step_time([smallest], 2000)
        for batch in (10, 30, 128):
            units = (2, *hidden, 1)
            whole = step_time([spec_of(units, batch, "sgd")], 1000)
            share = max(1 - calls / whole, 0)
            name = "-".join(map(str, units))
            rows.append([name, str(batch), micro(whole), micro(calls), f"{share:.0%}"])
    head = ["network", "batch", "step", "the calls alone", "share of arithmetic"]
    table("Where the time of a step goes, SGD, float32", head, rows)


if __name__ == "__main__":
    main()
