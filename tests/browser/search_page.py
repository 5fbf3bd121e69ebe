"""The page on which settings are searched, as a person sees and works it, for tests."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import expect

from tests.browser.playground_page import Playground


class SearchPage(Playground):
    """One page. Methods that change something return when the page shows what came of it."""

    def open(self, settings: str = "", base: str = "") -> Self:
        """Open an address with these settings, and wait until it can be used."""
        self.page.goto(f"{base}/search#{settings}")
        self.ready()
        return self

    def ready(self) -> None:
        """Wait until the page is connected."""
        expect(self.get("status")).to_have_attribute("data-state", "open")
        expect(self.page.locator("[data-needs-run][inert]")).to_have_count(0)

    def search(self) -> None:
        """Press Search, and wait for the end."""
        self.get("search-run").click()
        self.wait_phase("done")

    def drag(self, begin: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag from one place of the window to another."""
        self.page.mouse.move(*begin)
        self.page.mouse.down()
        self.page.mouse.move(*((a + b) / 2 for a, b in zip(begin, end, strict=True)))
        self.page.mouse.move(*end)
        self.page.mouse.up()

    def wait_phase(self, phase: str) -> None:
        """Wait until the search stands there."""
        expect(self.get("search-best")).to_have_attribute("data-phase", phase)

    def chosen(self) -> int:
        """The number of the trial that is chosen on the map."""
        return int(self.get("search-map").get_attribute("data-chosen") or -1)

    def ranking(self, count: int) -> list[int]:
        """The first trials by rank, as the arrow keys go through them."""
        chart = self.get("search-map")
        chart.press("Home")
        found = [self.chosen()]
        for _ in range(count - 1):
            chart.press("ArrowRight")
            found.append(self.chosen())
        return found
