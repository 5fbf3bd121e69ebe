"""Who may open a websocket."""

from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, WebSocketRoute
from websockets.exceptions import InvalidStatus

from app.main import create_app
from app.security import OriginCheck
from app.settings import Settings
from tests.app.client import Client
from tests.app.conftest import Server


async def nobody(*_: object) -> None:
    """An application that must not be reached."""


def may_enter(origins: list[str], host: str, scheme: str = "ws", allowed: Any = ()) -> bool:
    headers = [(b"host", host.encode()), *((b"origin", origin.encode()) for origin in origins)]
    scope = {"type": "websocket", "scheme": scheme, "headers": headers}
    return OriginCheck(nobody, allowed).may_enter(scope)


@pytest.mark.parametrize(
    ("origin", "host", "scheme"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", "ws"),
        ("http://localhost", "localhost", "ws"),
        ("https://play.example.org", "play.example.org", "wss"),
        ("http://[::1]:8000", "[::1]:8000", "ws"),
    ],
)
def test_our_own_pages_may_enter(origin: str, host: str, scheme: str) -> None:
    assert may_enter([origin], host, scheme)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "http://127.0.0.1:8001",
        "http://127.0.0.1",
        "http://127.0.0.1:80000",
        "https://127.0.0.1:8000",
        "http://127.0.0.1:8000.evil.example",
        "http://127.0.0.1:8000/",
        "http://evil.example/?127.0.0.1:8000",
        "http://localhost:8000",
        "127.0.0.1:8000",
    ],
)
def test_other_pages_may_not(origin: str) -> None:
    assert not may_enter([origin], "127.0.0.1:8000")


def test_scripts_without_an_origin_may_enter() -> None:
    assert may_enter([], "127.0.0.1:8000")


def test_two_origins_are_none_of_ours() -> None:
    assert not may_enter(["http://localhost", "http://localhost"], "localhost")


def test_other_origins_can_be_allowed_but_only_exactly() -> None:
    allowed = ["https://course.example.org"]
    assert may_enter(["https://course.example.org"], "10.0.0.1:8000", allowed=allowed)
    assert not may_enter(["https://course.example.org.evil"], "10.0.0.1:8000", allowed=allowed)
    assert not may_enter(["null"], "10.0.0.1:8000", allowed=allowed)


def websocket_paths(routes: list[BaseRoute]) -> set[str]:
    """Every websocket route of an application, those in mounted parts too."""
    found = set()
    for route in routes:
        if isinstance(route, WebSocketRoute):
            found.add(route.path)
        elif not isinstance(route, APIRoute):
            inner = getattr(route, "routes", None) or getattr(
                getattr(route, "original_router", None), "routes", []
            )
            found |= websocket_paths(list(inner))
    return found


PATHS = sorted(websocket_paths(create_app(Settings()).routes))


def test_the_stream_is_a_websocket() -> None:
    assert "/ws" in PATHS


@pytest.mark.parametrize("path", PATHS)
async def test_no_websocket_lets_another_page_in(server: Server, path: str) -> None:
    url = f"ws://{server.address}{path}"
    for origin in ("null", "http://evil.example", f"http://{server.address}.evil.example"):
        with pytest.raises(InvalidStatus) as caught:
            async with Client.connect(url, origin=origin):
                pass
        assert caught.value.response.status_code == 403
    async with Client.connect(url, origin=server.url) as client:
        await client.say("hello", protocol=1)
        assert (await client.receive())["type"] == "welcome"
