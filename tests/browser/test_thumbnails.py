"""The pictures of the data sets show what the map shows, whatever it is made with."""

import numpy as np

from tests.browser.playground import Playground

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
          (canvas) => canvas.toDataURL().length > 1000)"""
    )
    before = pictures(playground)
    assert len(before) == 17
    del before["custom"]
    for kind, picture in before.items():
        playground.click_restart(playground.tile(kind))
        playground.page.evaluate("new Promise(requestAnimationFrame)")
        after = pictures(playground, kind)[kind]
        # The previews are rounded to thousandths, so that edges of points may differ a little.
        assert distance(after, picture) < 1, kind
        assert min(distance(after, before[other]) for other in before if other != kind) > 5, kind
