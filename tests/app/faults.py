"""Jobs that go wrong, for worker processes to import."""

import os
from pathlib import Path

import app.slices
from app.slices import Slice, Sliced


def fail(job: object) -> Sliced:
    """A bug of our own."""
    raise ZeroDivisionError("made to fail")


def die(job: object) -> None:
    """A worker that dies under every job."""
    os._exit(1)


def die_once(flag: Path) -> str:
    """A worker that dies under its first job."""
    if not flag.exists():
        flag.touch()
        os._exit(1)
    return "survived"


def fail_at_ten(job: Slice) -> Sliced:
    """A slice that fails when the run has reached step 10."""
    if job.state.step >= 10:
        fail(job)
    return app.slices.run_slice(job)


def threads() -> tuple[int, dict[str, str]]:
    """How many threads this process has after a large product, and what limits them."""
    import numpy as np  # noqa: PLC0415

    square = np.ones((512, 512))
    square @ square
    limits = {name: value for name, value in os.environ.items() if name.endswith("_THREADS")}
    return len(list(Path("/proc/self/task").iterdir())), limits


def threads_of(job: object) -> tuple[int, dict[str, str]]:
    """`threads` as a job."""
    return threads()


def page_faults(rounds: int) -> int:
    """How many pages this process gets from the system while four maps of 1 MiB come and go again."""
    import resource  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415

    for left in range(rounds, -1, -1):
        if left == rounds - 1:
            # the first time through everything is new
            before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        maps = [np.ones(2**17) for _ in range(4)]
        del maps
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
