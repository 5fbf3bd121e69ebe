"""Which names the server answers to, and who may open a websocket."""

import asyncio
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.routing import BaseRoute, WebSocketRoute
from websockets.exceptions import InvalidStatus

from app.main import create_app
from app.origins import Host, Refusal
from app.settings import Settings
from app.web.security import HostCheck, OriginCheck, security_headers
from app.web.stream_check_api import MOST_NOTED, Refusals
from tests.app import http
from tests.app.client import PATIENCE, Client
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
        ("http://[0:0::0:1]:8000", "[::1]:8000", "ws"),
        ("http://localhost:80", "localhost", "ws"),
        ("http://localhost", "localhost:80", "ws"),
        ("http://localhost", "localhost:", "ws"),
        ("https://play.example.org:443", "play.example.org", "wss"),
        ("https://192.168.1.5", "192.168.1.5:443", "wss"),
        ("http://laptop.local:8123", "LAPTOP.local:8123", "ws"),
        ("HTTP://Laptop.local:8123", "laptop.local:8123", "ws"),
        ("http://laptop.local.:8123", "laptop.local.:8123", "ws"),
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
        "ws://127.0.0.1:8000",
        "http://127.0.0.1:8000 ",
        "http://127.0.0.1:8000#",
        "http://x@127.0.0.1:8000",
        "http://127.0.0.1:8000:8000",
        "http://127.0.0.1:80OO",
        "http://127.0.0.1,http://127.0.0.1:8000",
        "http://[::ffff:127.0.0.1]:8000",
    ],
)
def test_other_pages_may_not(origin: str) -> None:
    assert not may_enter([origin], "127.0.0.1:8000")


@pytest.mark.parametrize(
    ("origin", "host", "scheme"),
    [
        ("https://localhost:80", "localhost:80", "ws"),
        ("http://localhost:443", "localhost", "wss"),
        ("https://localhost", "localhost", "ws"),
        ("http://localhost", "localhost:443", "ws"),
        ("https://localhost", "localhost:80", "wss"),
    ],
)
def test_the_usual_port_is_that_of_the_scheme(origin: str, host: str, scheme: str) -> None:
    assert not may_enter([origin], host, scheme)


def test_scripts_without_an_origin_may_enter() -> None:
    assert may_enter([], "127.0.0.1:8000")


def test_two_origins_are_none_of_ours() -> None:
    assert not may_enter(["http://localhost", "http://localhost"], "localhost")


def test_other_origins_can_be_allowed_but_only_exactly() -> None:
    allowed = ["https://course.example.org"]
    assert may_enter(["https://course.example.org"], "10.0.0.1:8000", allowed=allowed)
    assert not may_enter(["https://course.example.org.evil"], "10.0.0.1:8000", allowed=allowed)
    assert not may_enter(["null"], "10.0.0.1:8000", allowed=allowed)
    for written in ("https://Course.example.org", "https://course.example.org:443"):
        assert Settings(origins=written).origins == ("https://course.example.org",)
        assert may_enter(["https://course.example.org"], "10.0.0.1:8000", allowed=[written])


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
    "local host",
    "localhost/",
    "localhost/../x",
    "localhost?",
    "local\thost",
    " localhost",
    "localhost ",
    "localhost:80 80",
    "localhost:-1",
    "localhost:65536",
    "localhost:1234567",
    "localhost\\x",
    "user@localhost",
    "l\u00f6calhost",
    ".",
    "..",
    ".localhost",
    "a..b.local",
    "[::1",
    "::1",
    "[::::1]",
    "[127.0.0.1]",
    "a" * 254,
    "*",
]


@pytest.mark.parametrize("host", OURS)
def test_names_of_the_own_network_are_answered_to(host: str) -> None:
    assert HostCheck(nobody).answers_to(host)


@pytest.mark.parametrize("host", NOT_OURS)
def test_other_names_are_not(host: str) -> None:
    assert not HostCheck(nobody).answers_to(host)


@pytest.mark.parametrize("host", [host for host in NOT_OURS if not Host.of(host)])
def test_what_is_no_name_is_not_answered_to_under_any_setting(host: str) -> None:
    assert not HostCheck(nobody, ["*"]).answers_to(host)


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
    answer = http.get(f"{server.url}{path}", headers={"Host": "evil.example"})
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
            answer = http.get(f"{server.url}/healthz", headers={"Host": name})
            assert answer.status_code == status


CASES = [
    # host, origin, what the proxy says, status; the first five are those that people met
    ("192.168.1.5:443", "https://192.168.1.5", "https", 101),
    ("LAPTOP.local:8123", "http://laptop.local:8123", None, 101),
    ("127.0.0.1:8123", "http://evil.example", None, 403),
    ("127.0.0.1:8123", "http://localhost:8123", None, 403),
    ("[::1]:8123", "http://[::1]:8123", None, 101),
    ("192.168.1.5", "https://192.168.1.5:443", "https", 101),
    ("192.168.1.5", "https://192.168.1.5", "https,http", 101),
    ("192.168.1.5", "https://192.168.1.5", "https , http", 101),
    ("192.168.1.5", "https://192.168.1.5", "HTTPS", 101),
    ("192.168.1.5", "https://192.168.1.5", "wss", 101),
    ("192.168.1.5", "https://192.168.1.5", "http,https", 403),
    ("192.168.1.5", "https://192.168.1.5", "spdy", 403),
    ("192.168.1.5", "https://192.168.1.5", None, 403),
    ("192.168.1.5", "http://192.168.1.5", "https", 403),
    ("laptop.local:80", "http://LAPTOP.local", None, 101),
    ("local host", "http://local host", None, 403),
    ("localhost/x", "http://localhost/x", None, 403),
]


async def knock(
    server: Server, host: str, origin: str, proto: str | None, path: str = "/ws"
) -> int:
    """The status of a handshake with these headers."""
    headers = [f"Host: {host}", f"Origin: {origin}", "Connection: Upgrade", "Upgrade: websocket"]
    headers += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    headers += [f"X-Forwarded-Proto: {proto}"] if proto else []
    address, port = server.address.split(":")
    reader, writer = await asyncio.open_connection(address, int(port))
    writer.write("\r\n".join([f"GET {path} HTTP/1.1", *headers, "", ""]).encode())
    async with asyncio.timeout(PATIENCE):
        status = int((await reader.readline()).split()[1])
    writer.close()
    return status


@pytest.mark.parametrize(("host", "origin", "proto", "status"), CASES)
async def test_handshakes(
    server: Server, host: str, origin: str, proto: str | None, status: int
) -> None:
    assert await knock(server, host, origin, proto) == status


async def test_what_a_proxy_says_twice_counts_from_the_first(server: Server) -> None:
    origin = "https://192.168.1.5\r\nX-Forwarded-Proto: https"
    assert await knock(server, "192.168.1.5", origin, "http") == 101


async def test_a_proxy_that_is_not_trusted_is_not_believed_and_named(
    serve: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "10.0.0.1")
    with serve() as server:
        assert await knock(server, "192.168.1.5", "https://192.168.1.5", "https,http") == 403
    assert "X-Forwarded-Proto was https, from 127.0.0.1" in caplog.text
    assert "FORWARDED_ALLOW_IPS" in caplog.text


async def test_what_is_logged_of_the_refused_is_short_and_plain(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    for text in ("http://" + "a" * 5000, "http://\x9b31mred"):
        await knock(server, "localhost", text, None)
        await knock(server, text.removeprefix("http://"), text, None)
    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == 4
    assert all(len(message) < 500 and message.isascii() for message in messages)


def checked(server: Server, origin: str, **headers: str) -> dict[str, Any]:
    """What the page is told."""
    answer = http.get(f"{server.url}/api/stream-check", params={"origin": origin}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


async def test_the_page_can_ask_why_its_stream_is_refused(server: Server) -> None:
    assert checked(server, server.url) == {"allowed": True, "reason": None, "setting": None}
    found = checked(server, "http://PLAY.example:80")
    assert found["allowed"] is False
    assert found["setting"] == "PLAYGROUND_ORIGINS=http://play.example"
    assert server.address in found["reason"]
    assert "Host header" in found["reason"]
    found = checked(server, server.url.replace("http", "https"))
    assert "X-Forwarded-Proto" in found["reason"]
    for odd in ("null", "", "x" * 300, "http://a/b"):
        found = checked(server, odd)
        assert (found["allowed"], found["setting"]) == (False, None)
        assert found["reason"]


async def test_the_setting_that_is_named_lets_the_page_in(serve: Any) -> None:
    with serve() as server:
        setting = checked(server, "https://play.example:8443")["setting"]
    name, _, value = setting.partition("=")
    with serve(**{name.removeprefix("PLAYGROUND_").lower(): value}) as server:
        assert checked(server, "https://play.example:8443")["allowed"] is True
        host = server.address
        assert await knock(server, host, "https://play.example:8443", None) == 101


async def test_a_proxy_that_asks_for_the_stream_in_another_way_is_found_out(serve: Any) -> None:
    with serve() as server:
        assert checked(server, server.url)["allowed"] is True
        assert await knock(server, "upstream.example", server.url, None) == 403
        found = checked(server, server.url)
        assert found["allowed"] is False
        assert found["setting"] == "PLAYGROUND_HOSTS=upstream.example"
        assert await knock(server, "10.0.0.7", server.url, None) == 403
        assert checked(server, server.url)["setting"] == f"PLAYGROUND_ORIGINS={server.url}"
        assert await knock(server, server.address, server.url, None) == 101
        assert checked(server, server.url)["allowed"] is True


def test_only_so_many_refusals_are_kept() -> None:
    refusals = Refusals()
    for number in range(1000):
        refusals.note(f"http://host{number}.example", Refusal("No."))
    assert refusals.of("http://host0.example") is None
    assert refusals.of("http://host999.example") == Refusal("No.")
    assert len(refusals._noted) == MOST_NOTED


def test_frames_are_for_the_own_pages_unless_others_are_listed() -> None:
    none = dict(security_headers())
    assert none[b"content-security-policy"].split(b"; ")[-1] == b"frame-ancestors 'self'"
    assert none[b"x-frame-options"] == b"SAMEORIGIN"
    assert b"access-control-allow-origin" not in none
    listed = dict(security_headers(("https://course.example", "https://*.uni.example")))
    ending = b"frame-ancestors 'self' https://course.example https://*.uni.example"
    assert listed[b"content-security-policy"].split(b"; ")[-1] == ending
    assert b"x-frame-options" not in listed, "it would forbid what the policy allows"
    assert listed[b"access-control-allow-origin"] == b"null"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://Course.Example:443", ("https://course.example",)),
        (
            "http://10.0.0.7:8080, https://*.uni.example",
            ("http://10.0.0.7:8080", "https://*.uni.example"),
        ),
        ("", None),
        ("*", None),
        ("https://*", None),
        ("https://*.example", None),
        ("https://a.*.example", None),
        ("https://a.example/path", None),
        ("https://a.example 'unsafe-inline'", None),
        ("https://a.example; script-src *", None),
        ("javascript://a.example", None),
        ("null", None),
    ],
)
def test_frame_ancestors_are_origins(text: str, expected: tuple[str, ...] | None) -> None:
    if expected is None:
        with pytest.raises(ValidationError):
            Settings(frame_ancestors=text)
    else:
        assert Settings(frame_ancestors=text).frame_ancestors == expected


@pytest.mark.parametrize(("sandboxed", "expected"), [(False, False), (True, True)])
def test_a_page_of_no_origin_may_enter_where_frames_are_allowed(
    sandboxed: bool, expected: bool
) -> None:
    headers = [(b"host", b"a.example"), (b"origin", b"null")]
    scope = {"type": "websocket", "scheme": "wss", "headers": headers}
    assert OriginCheck(nobody, sandboxed=sandboxed).may_enter(scope) is expected
    twice = {**scope, "headers": [*headers, (b"origin", b"https://evil.example")]}
    assert not OriginCheck(nobody, sandboxed=sandboxed).may_enter(twice)
