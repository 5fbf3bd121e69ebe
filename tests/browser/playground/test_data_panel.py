"""The data panel: pictures that show what the map shows, and what is done to the points on their way."""

import numpy as np
from playwright.sync_api import expect

from tests.browser.playground_page import Playground

SETTINGS = "data.points=300&data.noise=0.15&data.balance=0.7&data.seed=4"

PIXELS = """(tiles) => tiles.map((tile) => {
  const canvas = tile.querySelector("canvas");
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  return [tile.dataset.value, [...copy.getImageData(0, 0, width, height).data]];
})"""


def pictures(playground: Playground, kind: str = "") -> dict[str, np.ndarray]:
    """Each data set's picture, or one: the red, green, blue and opacity of all pixels."""
    tiles = playground.page.locator(f'.tile[data-value="{kind}"]' if kind else ".tile")
    found = tiles.evaluate_all(PIXELS)
    return {kind: np.array(flat, float) for kind, flat in found}


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """How far two pictures are apart, of 255; pictures of other sizes are as far as can be."""
    return float(np.abs(one - other).mean()) if one.shape == other.shape else 255


def test_each_picture_is_that_of_its_map(playground: Playground):
    """Before it is chosen it comes from the previews; then it is drawn from the points of the run."""
    playground.open(f"data=custom&{SETTINGS}")
    playground.tile("plane")  # opens the list, so that all are drawn
    playground.wait(
        """() => [...document.querySelectorAll(".tile canvas")].every(
          (canvas) => canvas.toDataURL().length > 600)"""
    )
    before = pictures(playground)
    assert len(before) == 18
    del before["custom"], before["custom_values"]
    for kind, picture in before.items():
        playground.click_restart(playground.tile(kind))
        playground.page.evaluate("new Promise(requestAnimationFrame)")
        after = pictures(playground, kind)[kind]
        # The previews are rounded to thousandths, so that a point here and there stands a pixel aside.
        assert distance(after, picture) < 2, kind
        assert min(distance(after, before[other]) for other in before if other != kind) > 5, kind


def test_augmentation_stands_with_the_data_and_says_what_is_in_force(playground: Playground):
    playground.open("data=moons")
    summary = playground.get("more-data").locator("summary")
    expect(summary).to_have_text("More")
    playground.step(1)
    run = playground.run
    playground.fill("augmentation.jitter", 0.2)
    playground.choose("augmentation.flip", "both")
    assert playground.run == run, "augmentation goes on with the running network"
    expect(summary).to_contain_text("Flip: Both ways, Jitter: 0.2")
