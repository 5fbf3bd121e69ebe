"""A forwarding proxy between browser and server that can misbehave as some on the way to a classroom do."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

CHUNK = 65536


class Proxy:
    """Forwards every connection, byte for byte, to a server; use it as a context manager.

    host: what stands in place of its own address in a request's Host header, as careless proxies have it.
    """

    def __init__(self, server: str, host: str | None = None) -> None:
        address = urlsplit(server)
        self._target = (address.hostname or "", address.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._rename = (self.address.encode(), host.encode()) if host else None
        self._silent: list[threading.Event] = []
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        """Where a browser reaches it."""
        return f"http://{self.address}"

    def go_silent(self) -> None:
        """Forward nothing more of the connections that are open, either way, and leave them open."""
        for silent in self._silent:
            silent.set()

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        # shutting down wakes whoever waits in accept or recv; closing alone would not
        _shut(self._listener)
        self._threads[0].join()
        self._listener.close()
        for each in self._sockets:
            _shut(each)
        for thread in self._threads:
            thread.join()
        for each in self._sockets:
            each.close()

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _ = self._listener.accept()
                self._sockets.append(browser)
                server = socket.create_connection(self._target)
                self._sockets.append(server)
                silent = threading.Event()
                self._silent.append(silent)
                self._start(_forward, browser, server, silent, self._renamed)
                self._start(_forward, server, browser, silent, bytes)

    def _renamed(self, data: bytes) -> bytes:
        if self._rename is None:
            return data
        own, other = self._rename
        return data.replace(b"Host: " + own, b"Host: " + other)


def _forward(
    source: socket.socket,
    sink: socket.socket,
    silent: threading.Event,
    change: Callable[[bytes], bytes],
) -> None:
    """Pass on what comes until one side ends, or swallow it once the line is silent."""
    with contextlib.suppress(OSError):
        while data := source.recv(CHUNK):
            if not silent.is_set():
                sink.sendall(change(data))
    if not silent.is_set():
        _shut(sink)


def _shut(line: socket.socket) -> None:
    """End a line that the other side may have ended already."""
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
