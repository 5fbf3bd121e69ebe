"""Jobs that go wrong, for worker processes to import."""

import os
import signal
import time
from pathlib import Path

import app.session.slices
import engine
from app.session.slices import Slice, Sliced


def fail(job: object) -> Sliced:
    """A bug of our own."""
    raise ZeroDivisionError("made to fail")


def die(job: object) -> None:
    """A worker that dies under every job."""
    os._exit(1)


def die_by_signal(job: object) -> None:
    """A worker that is killed under every job, as when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def stop(job: object) -> None:
    """A worker that stands still under every job."""
    os.kill(os.getpid(), signal.SIGSTOP)


def exit_quietly(job: object) -> None:
    """A job that ends its worker as Python ends."""
    raise SystemExit(0)


class UnpackableError(Exception):
    """An error that can be packed but not unpacked."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_unpackably(job: object) -> None:
    """Raise what the parent cannot unpack."""
    raise UnpackableError("made ", "to fail")


def unpackable(job: object) -> object:
    """A result that cannot be packed."""
    return lambda: job


def large(size: int) -> bytes:
    """A result of so many bytes."""
    return bytes(size)


def signed(number: int) -> tuple[int, tuple[int, int]]:
    """The number, when it was taken and by which process."""
    return number, (time.monotonic_ns(), os.getpid())


def nap(seconds: float) -> float:
    """A job that takes its time."""
    time.sleep(seconds)
    return seconds


def die_at_ten(job: Slice) -> Sliced:
    """A slice that kills its worker when the run has reached step 10."""
    assert isinstance(job.state, engine.State)
    if job.state.step >= 10:
        os._exit(1)
    return app.session.slices.run_slice(job)


def die_once(flag: Path) -> str:
    """A worker that dies under its first job."""
    if not flag.exists():
        flag.touch()
        os._exit(1)
    return "survived"


def fail_at_ten(job: Slice) -> Sliced:
    """A slice that fails when the run has reached step 10."""
    assert isinstance(job.state, engine.State)
    if job.state.step >= 10:
        fail(job)
    return app.session.slices.run_slice(job)


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
