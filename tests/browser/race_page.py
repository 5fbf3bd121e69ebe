"""The page on which optimizers race, as a person sees and works it, for tests and benchmarks."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import Position, expect

from tests.browser.playground_page import Playground

LINE = """(row) => [...row.querySelectorAll("td")].map((cell) =>
  [...cell.children].map((part) => part.textContent))"""


def number(text: str) -> float:
    """A number as the page writes it: −0.5, 4.2×10⁻⁷."""
    plain = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")
    return float(text.strip().translate(plain).replace("×10", "e"))


class RacePage(Playground):
    """One page. Methods that change something return when the page shows what came of it."""

    def open(self, settings: str = "", base: str = "") -> Self:
        """Open an address with these settings, and wait until its race is computed."""
        self.page.goto(f"{base}/optimizers#{settings}")
        self.ready()
        return self

    def ready(self) -> None:
        """Wait until the page is connected and has a race to show, on its ground."""
        expect(self.get("status")).to_have_attribute("data-state", "open")
        self.raced()
        expect(self.page.locator(".race-empty")).to_be_hidden()  # the ground is drawn too
        expect(self.transport).not_to_have_attribute("inert", "")

    def raced(self) -> None:
        """Wait until the race of the settings as they are is computed and shown."""
        expect(self.get("race-table")).to_have_attribute("aria-busy", "false")

    @property
    def steps(self) -> int:
        """The step that is shown."""
        return int(self.get("steps").get_attribute("data-value") or -1)

    def in_three_dimensions(self) -> None:
        """Make the surface in 3-D the large picture."""
        self.page.locator("label:has([data-testid=picture-surface])").click()

    def seek(self, step: int) -> None:
        """Drag the timeline to a step."""
        self.get("timeline").fill(str(step))
        self.wait_step(step)

    def wait_step(self, step: int) -> None:
        """Wait until this step is shown."""
        expect(self.get("steps")).to_have_attribute("data-value", str(step))

    def heights(self) -> list[float]:
        """The height of every racer, with all digits."""
        cells = self.page.locator('[data-testid^="value-"]')
        return [
            float(value) for value in cells.evaluate_all("(c) => c.map((e) => e.dataset.value)")
        ]

    def names(self) -> list[str]:
        """What the racers are called, in the order of the table."""
        return self.get("race-table").locator("tbody th").all_inner_texts()

    def marks(self) -> list[str]:
        """The outline of each racer's mark, in the order of the list."""
        paths = self.page.locator(".racer-pick path")
        return [str(d) for d in paths.evaluate_all("(p) => p.map((e) => e.getAttribute('d'))")]

    def statuses(self) -> list[str]:
        """How every racer stands."""
        cells = self.page.locator('[data-testid^="status-"]')
        return [str(state) for state in cells.evaluate_all("(c) => c.map((e) => e.dataset.state)")]

    def arithmetic(self) -> list[list[list[str]]]:
        """For each line of the update: what stands in it for x and for y, and what comes out."""
        rows = self.get("arithmetic").locator("tbody tr")
        return [row.evaluate(LINE) for row in rows.all()]

    def place(self, x: float, y: float, view: tuple[float, float, float, float]) -> Position:
        """Where on the map, in its pixels, a point of the plane is."""
        box = self.box(self.get("race-map"))
        x_min, x_max, y_min, y_max = view
        return {
            "x": box["width"] * (x - x_min) / (x_max - x_min),
            "y": box["height"] * (y_max - y) / (y_max - y_min),
        }
