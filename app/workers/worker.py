"""A worker process: does one job after the other. Imports no NumPy, so that it is not loaded yet."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import signal
import socket
import threading
import traceback
from collections.abc import Sequence

from app.workers.packing import Messages, Part, pack, unpack

THREAD_LIMITS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
KEPT_MEMORY = 2**24
"""Bytes that a slice may use for its arrays and leave to the next one."""
READ = 2**18
"""The most bytes that are read at once."""


def serve(channel: socket.socket, load: str) -> None:
    """Answer every job (function, argument) with (result, None, "") or (None, error, trace), all packed.

    `load` names a module whose `warm` loads what jobs will need, so that the first one does not wait for it.
    """
    prepare()
    if load:
        importlib.import_module(load).warm()
    gc.freeze()  # what is loaded stays: no need to look through it again and again
    messages = Messages()
    try:
        _send(channel, pack(os.getpid()))
        while data := channel.recv(READ):
            for message in messages.feed(data):
                _send(channel, answer(message))
    except OSError:
        return  # the parent wants no more


def _send(channel: socket.socket, parts: Sequence[Part]) -> None:
    for part in parts:
        channel.sendall(part)


def answer(message: Sequence[memoryview]) -> list[Part]:
    """What a packed job returns or raises, packed."""
    try:
        function, job = unpack(message)
        return pack((function(job), None, ""))
    except Exception as error:  # noqa: BLE001 - it is raised again where the job was given
        return _failure(error)


def _failure(error: Exception) -> list[Part]:
    """A packed error; one that cannot be packed is told in words."""
    trace = traceback.format_exc()
    try:
        parts = pack((None, error, trace))
        (message,) = Messages().feed(b"".join(parts))
        unpack(message)  # some errors can be packed but not unpacked
    except Exception:  # noqa: BLE001 - whatever its own methods raise
        return pack((None, RuntimeError(f"{type(error).__name__}: {error}"), trace))
    return parts


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
