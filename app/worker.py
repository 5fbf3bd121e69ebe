"""What a worker process does before its first job. Imports nothing, so that NumPy is not loaded yet."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading

THREAD_LIMITS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
KEPT_MEMORY = 2**24
"""Bytes that a slice may use for its arrays and leave to the next one."""


def prepare() -> None:
    """One BLAS thread a worker: the cores are shared by workers, not within them."""
    os.environ.update(dict.fromkeys(THREAD_LIMITS, "1"))
    keep_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which stops us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import app.studies  # noqa: F401, PLC0415 - loads all of it and NumPy now, not in the first slice
    from app.export import source  # noqa: PLC0415

    source.warm()


def keep_memory() -> None:
    """Let memory that is freed stay with the process.

    Otherwise every large map gets its pages from the system and gives them back, which takes longer than
    filling them. glibc keeps what is smaller than the largest block that it has seen come back.
    """
    bytearray(KEPT_MEMORY)


def _end_with_parent() -> None:
    """A parent that was killed cannot stop its workers."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def ping(number: int) -> int:
    """An answer."""
    return number
