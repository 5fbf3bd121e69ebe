"""A server in processes of its own, and what they take of the machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE_EVERY = 0.25
"""Seconds between two looks at the memory."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Machine:
    """A server that runs: its process, and where it listens. most: the most bytes all had together."""

    process: subprocess.Popen[str]
    address: str
    most: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def stream(self) -> str:
        """The address of its stream."""
        return f"ws://{self.address}/ws"

    @property
    def workers(self) -> list[int]:
        """The processes that compute."""
        return [pid for pid in family(self.process.pid)[1:] if b"spawn_main" in command(pid)]

    def seconds(self) -> tuple[float, float]:
        """Processor seconds so far, of the web process and of the workers together."""
        return spent(self.process.pid), sum(map(spent, self.workers))

    def look(self) -> None:
        """Watch the memory until the end."""
        while not self._ended.wait(SAMPLE_EVERY):
            self.most = max(self.most, sum(map(resident, family(self.process.pid))))

    def end(self) -> None:
        """Stop watching, and the server."""
        self._ended.set()
        self.process.terminate()
        self.process.communicate()


@contextmanager
def machine(root: Path = ROOT, **settings: object) -> Iterator[Machine]:
    """Serve until the end of the block, with these settings besides."""
    values = {f"PLAYGROUND_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "app"],
        cwd=root,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": "0", **values},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://(\S+)", process.stdout.readline())
    assert found, "the server did not start"
    made = Machine(process, found[1])
    threading.Thread(target=made.look, daemon=True).start()
    try:
        with urllib.request.urlopen(f"http://{made.address}/readyz"):
            pass
        time.sleep(0.5)
        yield made
    finally:
        made.end()


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop(0)
        found.append(one)
        for each in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):
                waiting += map(int, each.read_text().split())
    return found


def command(pid: int) -> bytes:
    """How a process was started."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def resident(pid: int) -> int:
    """Bytes of memory that a process has."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def spent(pid: int) -> float:
    """Seconds that a process has had of a processor."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK
    return 0.0
