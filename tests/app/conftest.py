"""A real server in a thread, with an event loop of its own."""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from app.__main__ import configure, listen
from app.server.http_protocol import Gate
from app.settings import Settings


@dataclass
class Server:
    """A server that runs, and the application inside it."""

    address: str
    app: FastAPI
    connections: Collection[Any]
    """Those that are open."""

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    @property
    def stream(self) -> str:
        return f"ws://{self.address}/ws"


@contextmanager
def serving(gate: Gate | None = None, **values: Any) -> Iterator[Server]:
    """Serve with these settings until the end of the block."""
    settings = Settings(**{"workers": 1, "port": 0, "host": "127.0.0.1", **values})
    config = configure(settings, gate)
    started = threading.Event()

    class Announced(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            started.set()

    server = Announced(config)
    with listen("127.0.0.1", 0) as listener:
        host, port = listener.getsockname()
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            assert started.wait(90)
            connections = server.server_state.connections
            yield Server(f"{host}:{port}", config.app, connections)  # type: ignore[arg-type]
        finally:
            server.should_exit = True
            thread.join(90)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server that most tests share."""
    with serving() as running:
        yield running


@pytest.fixture
def serve() -> Callable[..., Any]:
    """`with serve(max_sessions=1) as server:` runs one with other settings."""
    return serving
