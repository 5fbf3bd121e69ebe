"""The landscape page as a person sees and works it, for tests."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from playwright.sync_api import expect

from tests.browser.playground_page import Playground


class LandscapePage(Playground):
    """One page. Methods that change something return when the page shows what came of it."""

    @classmethod
    def of(cls, playground: Playground) -> LandscapePage:
        """The same page of the browser, on which a link has led to the landscape."""
        page = cls.__new__(cls)
        page.page = playground.page
        return page

    def open(self, settings: str = "", base: str = "") -> Self:
        """Open an address with these settings, and wait until its finest map is drawn."""
        self.page.goto(f"{base}/landscape#{settings}")
        self.ready()
        self.settle()
        self.drawn()
        return self

    def drawn(self, **choices: Any) -> None:
        """Wait for the finest map of this step of this run, drawn with these choices."""
        wanted = {name: str(value).lower() for name, value in choices.items()}
        self.wait(
            """(choices) => {
              const { dataset } = document.querySelector('[data-testid="landscape"]');
              const { run, step } = window.wire.status;
              const wanted = { run: String(run), step: String(step), done: "true", ...choices };
              return Object.entries(wanted).every(([name, value]) => dataset[name] === value);
            }""",
            wanted,
        )

    @contextmanager
    def drawn_anew(self) -> Iterator[None]:
        """What is done inside changes the map at this step, which is waited for."""
        self.drawn()
        # the page writes it with every map
        self.get("landscape").evaluate("(map) => { map.dataset.done = 'before'; }")
        yield
        self.drawn()

    def go(self, count: int = 1, unit: str = "step") -> None:
        """Train exactly so much, and wait for the map of the last step."""
        self.step(count, unit)
        self.drawn()

    @contextmanager
    def restarted(self) -> Iterator[None]:
        """What is done inside begins another run, which is waited for."""
        run = self.run
        yield
        self.wait_run(run + 1)
        self.settle()
        self.drawn()

    def losses_of_members(self) -> list[float]:
        """The training loss under every boundary, with all its digits."""
        tiles = self.page.locator('[data-testid^="loss-"]')
        return [float(tile.get_attribute("data-value") or "nan") for tile in tiles.all()]

    def table(self) -> list[list[float]]:
        """True loss, loss on the plane and distance of every network, as the table has them."""
        rows = self.get("true-losses").locator("tbody tr")
        return [
            [float(cell.get_attribute("data-value") or "nan") for cell in row.locator("td").all()]
            for row in rows.all()
        ]

    def paths(self) -> list[dict[str, float]]:
        """The rows of the table of paths that can be downloaded."""
        self.get("share").click()
        with self.page.expect_download() as download:
            self.get("download-landscape-csv").click()
        text = download.value.path().read_text()
        self.page.keyboard.press("Escape")
        return [
            {name: float(value) for name, value in row.items() if name != "name"}
            for row in csv.DictReader(io.StringIO(text))
        ]

    def boundary_of(self, member: int) -> str:
        """The picture of one network's boundary, to compare with another of it."""
        canvas = self.get(f"boundary-{member}").locator("canvas").first
        return canvas.evaluate("(canvas) => canvas.toDataURL()")

    def chart(self) -> list[dict[str, list[float]]]:
        """The curves of all networks: x and y of each."""
        self.get("member-curves").scroll_into_view_if_needed()
        self.wait(
            """() => document.querySelector('[data-testid="member-curves"]').data?.[0].x.at(-1)
              === Number(document.querySelector('[data-testid="epoch"]').dataset.value)"""
        )
        return self.get("member-curves").evaluate(
            "(plot) => plot.data.map(({ x, y }) => ({ x: [...x], y: [...y] }))"
        )

    def share_link(self) -> str:
        """What the link in the share panel says of the step that is shown."""
        self.get("share").click()
        expect(self.get("share-link")).to_have_value(re.compile(f"step={self.steps}"))
        link = self.get("share-link").input_value()
        self.page.keyboard.press("Escape")
        return link

    def press_map(self, across: float, down: float) -> None:
        """Press a place of the map, and wait until the networks are there and the map is drawn anew."""
        box = self.box(self.get("landscape"))
        before = self.status["edits"]
        with self.redrawn(), self.drawn_anew():
            self.get("landscape").click(
                position={"x": across * box["width"], "y": down * box["height"]}
            )
            self.wait(
                "(before) => JSON.stringify(wire.status.edits) !== JSON.stringify(before)", before
            )
        expect(self.get("placed")).to_contain_text("put at")
        self.settle()
