"""Which names the server answers to, and who may open a websocket."""

from typing import Any

import httpx2
import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, WebSocketRoute
from websockets.exceptions import InvalidStatus

from app.main import create_app
from app.security import HostCheck, OriginCheck
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


OURS = [
    "127.0.0.1:8000",
    "192.168.1.20",
    "[::1]:8000",
    "[fe80::1]",
    "localhost:8000",
    "LAPTOP:8000",
    "laptop.local:8000",
    "Laptop.Local.",
    "play.localhost",
    "lab-3.internal",
    "pi.home.arpa:80",
]
NOT_OURS = [
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "local.evil.example",
    "evil.example.",
    "evillocal.example",
    "127.0.0.1@evil.example",
    "[::1].evil.example",
    "999.1.1.1",
    "",
    ":8000",
    "a:b:c",
]


@pytest.mark.parametrize("host", OURS)
def test_names_of_the_own_network_are_answered_to(host: str) -> None:
    assert HostCheck(nobody).answers_to(host)


@pytest.mark.parametrize("host", NOT_OURS)
def test_other_names_are_not(host: str) -> None:
    assert not HostCheck(nobody).answers_to(host)


def test_names_of_its_own_are_listed_and_a_star_is_any() -> None:
    assert HostCheck(nobody, ["Play.example.org"]).answers_to("play.example.org:443")
    assert not HostCheck(nobody, ["play.example.org"]).answers_to("play.example.org.evil.example")
    assert HostCheck(nobody, ["*"]).answers_to("anything.example")


HTTP_PATHS = sorted(
    route.path.replace("{path:path}", "x")
    for router in create_app(Settings()).routes
    for route in getattr(getattr(router, "original_router", router), "routes", [router])
    if isinstance(route, APIRoute)
)


def test_the_pages_are_among_the_routes() -> None:
    assert {"/", "/api/catalog", "/healthz"} <= set(HTTP_PATHS)


@pytest.mark.parametrize("path", HTTP_PATHS)
def test_no_route_answers_to_another_name(server: Server, path: str) -> None:
    answer = httpx2.get(f"{server.url}{path}", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "PLAYGROUND_HOSTS" in answer.text
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("path", PATHS)
async def test_no_websocket_answers_to_another_name(server: Server, path: str) -> None:
    url = f"ws://evil.example:8000{path}"
    host, port = server.address.split(":")
    with pytest.raises(InvalidStatus) as caught:
        async with Client.connect(
            url, origin="http://evil.example:8000", host=host, port=int(port)
        ):
            pass
    assert caught.value.response.status_code == 403


def test_a_listed_name_is_answered_to(serve: Any) -> None:
    with serve(hosts="play.example.org, other.example") as server:
        for name, status in {
            "play.example.org": 200,
            "other.example:1": 200,
            "x.example": 400,
        }.items():
            answer = httpx2.get(f"{server.url}/healthz", headers={"Host": name})
            assert answer.status_code == status
