"""Firefox and WebKit, driven by what each of them speaks itself: WebDriver BiDi and WebDriver."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Protocol, Self

import httpx2
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import free_port

START_SECONDS = 60
ANSWER_SECONDS = 60
WIDTH, HEIGHT = 1280, 800

QUIET = {
    "app.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "remote.prefs.recommended": True,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}
"""Settings of Firefox with which it asks nobody but the server under test."""

LISTEN = """() => {
  window.complaints = [];
  addEventListener("error", ({ message }) => complaints.push(message));
  addEventListener("unhandledrejection", ({ reason }) => complaints.push(String(reason)));
  for (const level of ["error", "warn"]) {
    const say = console[level];
    console[level] = (...words) => {
      complaints.push(words.map(String).join(" "));
      say.apply(console, words);
    };
  }
}"""


class Browser(Protocol):
    """One window of a browser."""

    def open(self, url: str) -> None:
        """Load a page."""

    def run(self, function: str) -> Any:
        """What a JavaScript function without parameters returns in the page, of what JSON can say."""

    def complaints(self) -> list[str]:
        """The errors and warnings since the page was opened."""


class Driven:
    """What a browser has started, and ends with it: use it as a context manager."""

    def __init__(self) -> None:
        self._exits = ExitStack()

    def __enter__(self) -> Self:
        with self._exits:  # what fails here ends what was started before
            self._start()
            self._exits = self._exits.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._exits.close()

    def _start(self) -> None:
        raise NotImplementedError

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
        self._exits.callback(_end, process)
        return process


class Firefox(Driven):
    """Debian's firefox-esr, or the Firefox that FIREFOX names."""

    def _start(self) -> None:
        executable = shutil.which(os.environ.get("FIREFOX", "firefox-esr"))
        if executable is None:
            raise FileNotFoundError(
                "no Firefox found: install firefox-esr, or set FIREFOX to its path"
            )
        profile = self._exits.enter_context(
            tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)
        )
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in QUIET.items())
        Path(profile, "user.js").write_text("\n".join(lines))
        port = free_port()
        options = ["--headless", "--no-remote", "--profile", profile]
        options += ["--remote-debugging-port", str(port)]
        self._process = self._run([executable, *options, "about:blank"])
        self._complaints: list[str] = []
        self._asked = 0
        self._socket = self._connect(f"ws://127.0.0.1:{port}/session")
        self._ask("session.new", capabilities={})
        self._tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        self._ask("session.subscribe", events=["log.entryAdded"])
        size = {"width": WIDTH, "height": HEIGHT}
        self._ask("browsingContext.setViewport", context=self._tab, viewport=size)

    def _connect(self, url: str) -> ClientConnection:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(OSError, InvalidHandshake):
                line = connect(url, max_size=None, open_timeout=ANSWER_SECONDS)
                return self._exits.enter_context(line)
            time.sleep(0.1)
        raise RuntimeError("Firefox did not get ready")

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(ANSWER_SECONDS))
            if message["type"] == "event":
                self._note(message["params"])
            elif message["id"] == self._asked:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                result: dict[str, Any] = message["result"]
                return result

    def _note(self, entry: dict[str, Any]) -> None:
        if entry.get("level") in {"error", "warn"}:
            self._complaints.append(str(entry.get("text")))

    def open(self, url: str) -> None:
        self._complaints.clear()
        self._ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def run(self, function: str) -> Any:
        result = self._ask(
            "script.callFunction",
            functionDeclaration=f"async () => JSON.stringify(await ({function})() ?? null)",
            target={"context": self._tab},
            awaitPromise=True,
        )
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def complaints(self) -> list[str]:
        self._ask("browsingContext.getTree")  # what was said before has arrived with its answer
        return list(self._complaints)


class WebKit(Driven):
    """WebKitGTK's small browser, with the engine of Safari. It needs a display, such as Xvfb's."""

    def _start(self) -> None:
        driver = shutil.which("WebKitWebDriver")
        browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
        if driver is None or not browsers:
            raise FileNotFoundError("no WebKit found: install webkit2gtk-driver")
        port = free_port()
        self._process = self._run([driver, f"--port={port}"])
        base = f"http://127.0.0.1:{port}"
        self._client = self._exits.enter_context(
            httpx2.Client(base_url=base, timeout=ANSWER_SECONDS)
        )
        self._wait()
        options = {"binary": str(browsers[-1]), "args": ["--automation"]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = self._ask("POST", "/session", {"capabilities": capabilities})
        self._session = f"/session/{session['sessionId']}"
        self._exits.callback(self._ask, "DELETE", self._session)
        self._ask("POST", f"{self._session}/window/rect", {"width": WIDTH, "height": HEIGHT})

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(httpx2.TransportError):
                self._client.get("/status")
                return
            time.sleep(0.1)
        raise RuntimeError("WebKit's driver did not get ready")

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        response = self._client.request(method, path, json=body)
        value = response.json()["value"]
        if response.is_error:
            raise RuntimeError(f"{path}: {value['message']}")
        return value

    def open(self, url: str) -> None:
        self._ask("POST", f"{self._session}/url", {"url": url})
        self.run(LISTEN)  # what goes wrong before shows in that the page does not get ready

    def run(self, function: str) -> Any:
        script = f"return JSON.stringify(({function})() ?? null)"
        body = {"script": script, "args": []}
        return json.loads(self._ask("POST", f"{self._session}/execute/sync", body))

    def complaints(self) -> list[str]:
        found: list[str] = self.run("() => window.complaints")
        return found


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
