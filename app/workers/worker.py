"""A worker process: does one job after the other. Imports no NumPy, so that it is not loaded yet."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from multiprocessing.connection import Connection

THREAD_LIMITS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
KEPT_MEMORY = 2**24
"""Bytes that a slice may use for its arrays and leave to the next one."""


def serve(channel: Connection, load: str) -> None:
    """Answer every job (function, argument) with (result, None, "") or (None, error, trace), all pickled.

    `load` names a module whose `warm` loads what jobs will need, so that the first one does not wait for it.
    """
    prepare()
    if load:
        importlib.import_module(load).warm()
    try:
        channel.send_bytes(pickle.dumps(os.getpid()))
        while True:
            channel.send_bytes(answer(channel.recv_bytes()))
    except (EOFError, OSError):
        return  # the parent wants no more


def answer(packed: bytes) -> bytes:
    """What a packed job returns or raises, packed."""
    try:
        function, job = pickle.loads(packed)  # noqa: S301 - from our own parent
        return pickle.dumps((function(job), None, ""), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - it is raised again where the job was given
        return _failure(error)


def _failure(error: Exception) -> bytes:
    """A packed error; one that cannot be packed is told in words."""
    trace = traceback.format_exc()
    try:
        packed = pickle.dumps((None, error, trace))
        pickle.loads(packed)  # noqa: S301 - our own; some errors can be packed but not unpacked
    except Exception:  # noqa: BLE001 - whatever its own methods raise
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}"), trace))
    return packed


def prepare() -> None:
    """One BLAS thread a worker: the cores are shared by workers, not within them."""
    os.environ.update(dict.fromkeys(THREAD_LIMITS, "1"))
    keep_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which stops us
    threading.Thread(target=_end_with_parent, daemon=True).start()


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
