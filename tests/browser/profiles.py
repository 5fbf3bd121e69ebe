"""Browser profiles whose compiled code outlives a test, and nothing else of it.

A profile of its own for every test is a machine that has never seen the page: 4.5 MB of plotly.js and all
modules are fetched and compiled anew, which costs more than most tests. So tests follow one another in a
warm profile: its cache and its compiled code stay, and all that a person can leave behind goes.
"""

from __future__ import annotations

import tempfile
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright, ViewportSize

from tests.browser import chromium

VIEWPORT: ViewportSize = {"width": 1280, "height": 800}
COLOR_SCHEME = "light"
STORES = (
    "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage,storage_buckets"
)
"""All that a page can store, as the DevTools protocol calls it. The cache is the browser's own and stays."""


class WarmProfile:
    """One Chromium with a profile on disk, which one test at a time uses."""

    def __init__(self, playwright: Playwright, url: str) -> None:
        """Start it; `url` is that of the server whose pages are opened."""
        self._directory = tempfile.TemporaryDirectory(prefix="profile-", ignore_cleanup_errors=True)
        self.context: BrowserContext = chromium.launch_profile(
            playwright,
            self._directory.name,
            base_url=url,
            viewport=VIEWPORT,
            color_scheme=COLOR_SCHEME,
        )
        # a page that stays, and with it the process in which all pages of this server run
        self._anchor = self.context.pages[0]
        self._anchor.goto("/healthz")
        self._devtools = self.context.new_cdp_session(self._anchor)
        self._origins: set[str] = set()
        self.context.on("page", self._remember_where)

    @property
    def pages(self) -> list[Page]:
        """What the test has open."""
        return [page for page in self.context.pages if page is not self._anchor]

    def clean(self) -> None:
        """Leave nothing of a test behind but what the browser has cached."""
        for page in self.pages:
            page.close()
        self.context.unroute_all()
        self.context.clear_permissions()
        self.context.clear_cookies()
        # set_storage_state would empty the cache as well, and with it what the code was compiled to
        for origin in self._origins:
            self._devtools.send(
                "Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORES}
            )
        self._origins.clear()

    def _remember_where(self, page: Page) -> None:
        """Wherever a page of this profile goes, it may store something."""
        page.on("framenavigated", lambda frame: self._origins.add(_origin(frame.url)))

    def close(self) -> None:
        """End this Chromium and remove its profile."""
        self.context.close()
        self._directory.cleanup()


def _origin(url: str) -> str:
    """The server of an address, as a browser tells servers apart."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class WarmProfiles:
    """As many warm profiles as a test needs people at once, each made when it is first needed."""

    def __init__(self, playwright: Playwright, url: str) -> None:
        self._playwright = playwright
        self._url = url
        self._free: list[WarmProfile] = []

    def borrow(self) -> WarmProfile:
        """A clean profile that nobody else has now."""
        return self._free.pop() if self._free else WarmProfile(self._playwright, self._url)

    def give_back(self, profile: WarmProfile, *, sound: bool) -> None:
        """Clean a profile for the next test; one in which something went wrong is thrown away."""
        if sound:
            profile.clean()
            self._free.append(profile)
        else:
            profile.close()

    def close(self) -> None:
        """End every Chromium."""
        for profile in self._free:
            profile.close()
