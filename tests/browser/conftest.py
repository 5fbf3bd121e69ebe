"""The page in a real browser: one server and one or a few Chromiums for each process that tests.

Every test has clean profiles, and may run beside any other.
"""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.app import http
from tests.browser import chromium
from tests.browser.playground_page import PATIENCE_MS, Playground
from tests.browser.profiles import COLOR_SCHEME, VIEWPORT, WarmProfile, WarmProfiles

ROOT = Path(__file__).parent.parent.parent
RESULTS = ROOT / "test-results"  # pictures of the pages of failed tests
FAILED = pytest.StashKey[bool]()
START_SECONDS = 90
STOP_SECONDS = 30

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Server:
    """A running playground: where it answers and what it logged."""

    url: str
    process: subprocess.Popen[bytes]
    log_path: Path

    @property
    def log(self) -> str:
        """Everything the server and its workers wrote so far."""
        return self.log_path.read_text(errors="replace")

    def wait_until_ready(self) -> None:
        """Return when /readyz answers 200; raise with the log if it does not in time."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(httpx2.TransportError):
                if http.get(f"{self.url}/readyz", timeout=2).is_success:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"the server did not get ready:\n{self.log}")

    def stop(self) -> None:
        """Ask the server to end; if it hangs, end it by force and raise."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


StartServer = Callable[..., Server]


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """`start_server(**environment)` starts a server of its own, for tests that kill or limit one.

    One worker is enough for one person, and is one process less to start.

    All servers are stopped at the end, and must have logged no traceback until then.
    """
    servers: list[Server] = []

    def start(port: int | None = None, **environment: str) -> Server:
        port = port or free_port()
        defaults = {"HOST": "127.0.0.1", "PORT": str(port), "PLAYGROUND_WORKERS": "1"}
        log_path = tmp_path_factory.mktemp("server") / "log.txt"
        with log_path.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "app"],
                cwd=ROOT,
                env={**os.environ, **defaults, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        server = Server(f"http://127.0.0.1:{port}", process, log_path)
        servers.append(server)
        server.wait_until_ready()
        return server

    yield start

    for server in servers:
        if server.process.poll() is None:
            server.stop()
    logs = [server.log for server in servers if "Traceback (most recent call last)" in server.log]
    assert not logs, "a server logged a traceback:\n" + "\n".join(logs)


@pytest.fixture(scope="session")
def server(start_server: StartServer) -> Server:
    """The server that most tests share: with two workers, as on any machine."""
    return start_server(PLAYGROUND_WORKERS="2")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers."""
    chromium.prepare()
    if chromium.find() is None:
        pytest.fail("no Chromium found: install one, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def warm_profiles(playwright: Playwright, server: Server) -> Iterator[WarmProfiles]:
    """The profiles in which tests follow one another."""
    profiles = WarmProfiles(playwright, server.url)
    yield profiles
    profiles.close()


@pytest.fixture(scope="session")
def get_browser(playwright: Playwright) -> Iterator[Callable[[], Browser]]:
    """`get_browser()` is the Chromium for profiles that one test uses, started when it is first needed."""
    started: list[Browser] = []

    def get() -> Browser:
        if not started:
            started.append(chromium.launch(playwright))
        return started[0]

    yield get
    for browser in started:
        browser.close()


@dataclass
class Complaints:
    """What a browser complained about; `allow(pattern)` excuses what a test provokes."""

    allowed: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def allow(self, *patterns: str) -> None:
        """Excuse every complaint, past or coming, in which one of the patterns is found."""
        self.allowed += patterns

    def unexpected(self) -> list[str]:
        """The complaints that nothing excuses, in order."""
        return [text for text in self.seen if not any(re.search(p, text) for p in self.allowed)]

    def watch(self, page: Page) -> None:
        """Collect the errors and warnings of a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"page error: {error}"))
        page.on("requestfailed", self._request_failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            self.seen.append(f"console {message.type}: {message.text}")

    def _request_failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page left before the answer came
            self.seen.append(f"request failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.seen.append(f"status {response.status}: {response.url}")


@pytest.fixture
def complaints(request: pytest.FixtureRequest) -> Iterator[Complaints]:
    """The complaints of all pages of this test, to `allow` some of them; any other fails it."""
    complaints = Complaints(allowed=list(mark_args(request, "allow_console", ())))
    yield complaints
    unexpected = complaints.unexpected()
    assert not unexpected, "the browser complained:\n" + "\n".join(unexpected)


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(
    request: pytest.FixtureRequest,
    warm_profiles: WarmProfiles,
    get_browser: Callable[[], Browser],
    server: Server,
    complaints: Complaints,
) -> Iterator[NewContext]:
    """`new_context(**options)` is a clean browser profile: another person at another machine.

    Rooted at the server, and watched. It is a warm one, unless an option makes it an uncommon one, or the
    mark `fresh_profile` asks for one that has never seen the page.
    """
    common = {"viewport": VIEWPORT, "color_scheme": COLOR_SCHEME}
    is_fresh = request.node.get_closest_marker("fresh_profile") is not None
    borrowed: list[WarmProfile] = []
    fresh: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        options = {**common, **options}
        if options == common and not is_fresh:
            borrowed.append(warm_profiles.borrow())
            context = borrowed[-1].context
        else:
            context = get_browser().new_context(**{"base_url": server.url, **options})
            fresh.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", complaints.watch)
        return context

    yield make

    has_failed = request.node.stash.get(FAILED, False)
    pages = [page for context in fresh for page in context.pages]
    pages += [page for profile in borrowed for page in profile.pages]
    for number, page in enumerate(pages):
        page.evaluate("null")  # events that the browser sent before this have arrived after it
        if has_failed:
            name = re.sub(r"[^\w-]+", "-", request.node.name)
            page.screenshot(path=RESULTS / f"{name}-{number}.png")
    for context in fresh:
        context.close()
    for profile in borrowed:
        profile.context.remove_listener("page", complaints.watch)
        warm_profiles.give_back(profile, sound=not has_failed)


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(request: pytest.FixtureRequest, new_context: NewContext) -> NewPage:
    """`new_page(**options)` is an empty page in a profile of its own, sized and coloured by the test's marks.

    A screen of another size or colour is the page's own, so that the profile can be a warm one.
    """
    width, height = mark_args(request, "viewport", tuple(VIEWPORT.values()))
    (color_scheme,) = mark_args(request, "color_scheme", (COLOR_SCHEME,))
    marked = {"viewport": {"width": width, "height": height}, "color_scheme": color_scheme}

    def make(**options: Any) -> Page:
        screen = {**marked, **options}
        if screen.keys() != marked.keys():
            return new_context(**screen).new_page()
        page = new_context().new_page()
        page.set_viewport_size(screen["viewport"])
        page.emulate_media(color_scheme=screen["color_scheme"])
        return page

    return make


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """An empty page of its own; the test fails if it, or one it opens, complains of anything."""
    return new_page()


@pytest.fixture
def playground(page: Page) -> Playground:
    """The test's own page, not opened yet."""
    return Playground(page)


Visit = Callable[..., Playground]


@pytest.fixture
def visit(new_page: NewPage) -> Visit:
    """`visit(settings, base, **options)` opens the playground in a browser profile of its own."""

    def open_playground(settings: str = "", base: str = "", **options: Any) -> Playground:
        return Playground(new_page(**options)).open(settings, base)

    return open_playground


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what has more time than others, so that at the end nobody waits for a long test."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell the page's fixture whether its test failed, so that it can take a picture."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def mark_args(request: pytest.FixtureRequest, name: str, default: tuple) -> tuple:
    """The positional arguments of the closest mark of that name, or the default."""
    mark = request.node.get_closest_marker(name)
    return mark.args if mark else default


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
