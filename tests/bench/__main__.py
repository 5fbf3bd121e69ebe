"""Every benchmark in one run: python -m tests.bench, or with names: python -m tests.bench steps serving."""

from __future__ import annotations

import importlib
import os
import sys

ALL = (
    "steps",
    "optimizers",
    "populations",
    "pictures",
    "panels",
    "races",
    "searches",
    "overhead",
    "costs",
    "learning",
    "serving",
    "attacks",
    "searching",
    "page",
    "race_page",
    "search_page",
)


def main() -> None:
    """Run the benchmarks named on the command line, or all of them."""
    names = sys.argv[1:] or ALL
    unknown = [name for name in names if name not in ALL]
    if unknown:
        raise SystemExit(f"no benchmark named {unknown[0]}; there are: {', '.join(ALL)}")
    for name in names:
        importlib.import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    # small products are slower on more than one thread, and the peers are timed on one as well
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
