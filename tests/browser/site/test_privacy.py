"""Nothing leaves for another host, nothing breaks the content policy, and nothing is stored."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, WebSocket

from tests.browser.conftest import Server
from tests.browser.playground_page import Playground

pytestmark = pytest.mark.fresh_profile


def test_only_the_own_server_is_ever_asked(playground: Playground, server: Server):
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    def note_socket(socket: WebSocket) -> None:
        asked.append(socket.url)

    playground.page.context.on("request", note)
    playground.page.on("websocket", note_socket)
    playground.open()
    playground.play()
    playground.choose_data("xor")
    playground.get("theme").click()
    playground.pause()
    playground.wait_chart()
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in {"data", "blob"}}
    assert hosts == {urlsplit(server.url).netloc}
    assert any("plotly" in url for url in asked)
    assert any(url.startswith("ws://") for url in asked)


def test_nothing_breaks_the_content_policy(playground: Playground):
    policies: list[str] = []
    playground.page.on(
        "response",
        lambda response: policies.append(response.headers.get("content-security-policy", "")),
    )
    playground.open()
    playground.step(5)
    playground.wait_chart()
    playground.get("loss-chart").hover()
    playground.get("boundary").hover()
    assert "default-src 'none'" in policies[0]
    assert playground.page.evaluate("wire.violations") == []


def test_a_page_of_another_site_cannot_frame_it(playground: Playground, server: Server):
    policy = playground.page.request.get("/").headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy


def test_no_cookie_and_no_storage_but_what_a_person_chose_and_ran(playground: Playground):
    playground.open()
    assert playground.page.evaluate("Object.keys(localStorage)") == []
    playground.step(1)
    assert playground.page.context.cookies() == []
    playground.get("theme").click()
    assert set(playground.page.evaluate("Object.keys(localStorage)")) == {"runs", "theme"}
    # where it goes on after a reload; gone with the tab
    assert set(playground.page.evaluate("Object.keys(sessionStorage)")) <= {"places"}
