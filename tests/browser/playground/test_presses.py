"""The table of docs/first-minutes.md: how many presses it takes to do what TensorFlow Playground can do."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.playground_page import Playground

TABLE = Path(__file__).parents[3] / "docs" / "first-minutes.md"
ROW = re.compile(r"^\| ([^|]+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
HERE = {name: int(here) for name, _, here in ROW.findall(TABLE.read_text("utf-8"))}


class Hand:
    """Presses on what is seen, and counts."""

    def __init__(self, playground: Playground) -> None:
        self.page = playground
        self.presses = 0

    def press(self, target: Locator | str, across: float = 0.5) -> None:
        """One press, where a person would: what is folded away cannot be reached."""
        found = self.page.get(target) if isinstance(target, str) else target
        expect(found).to_be_visible()
        box = self.page.box(found)
        found.click(position={"x": across * box["width"], "y": box["height"] / 2})
        self.presses += 1

    def type(self, text: str) -> None:
        """Into the field that has the focus, in place of what it holds."""
        keyboard = self.page.page.keyboard
        keyboard.press("ControlOrMeta+a")
        keyboard.type(text)
        keyboard.press("Enter")

    def press_tile(self, kind: str) -> None:
        """The picture of a data set."""
        self.press(self.page.page.locator(f'.tile[data-value="{kind}"]'))

    def choose(self, target: str, value: str) -> None:
        """Open a list and choose."""
        expect(self.page.get(target)).to_be_visible()
        self.page.get(target).select_option(value)
        self.presses += 2

    def slide(self, path: str) -> None:
        """Press the track of a slider towards its end; the server has another value then."""
        before = self.page.value(path)
        field = self.page.page.locator(".field", has=self.page.get(f"knob-{path}"))
        slider = field.locator('input[type="range"]')
        self.press(slider, 0.8)
        self.changed(path, before)

    def changed(self, path: str, before: object) -> None:
        """Wait until the server has another value."""
        read = """([path, before]) => JSON.stringify(before) !== JSON.stringify(
          path.split(".").reduce((part, name) => part?.[name], wire.status.spec))"""
        self.page.wait(read, [path, before])


def neuron(hand: Hand) -> Locator:
    return hand.page.page.get_by_role("button", name="Layer 1, neuron 1", exact=True)


def play(hand: Hand) -> None:
    hand.press("play")
    hand.page.wait_phase("playing")


def step(hand: Hand) -> None:
    hand.press("step")
    hand.page.wait_steps(1)


def reset(hand: Hand) -> None:
    hand.page.step(1)
    run = hand.page.run
    hand.press("reset")
    hand.page.wait_run(run + 1)


def data_set(hand: Hand) -> None:
    hand.press_tile("spiral")
    hand.page.wait_value("data.kind", "spiral")


def regression_on(kind: str) -> Callable[[Hand], None]:
    def regress(hand: Hand) -> None:
        hand.press(hand.page.page.locator("label", has=hand.page.get("predict-numbers")))
        hand.press_tile(kind)
        hand.page.wait_value("data.kind", kind)

    return regress


def new_sample(hand: Hand) -> None:
    before = hand.page.value("data.seed")
    hand.press("new-data")
    hand.changed("data.seed", before)


def feature(hand: Hand) -> None:
    hand.press("feature-x1_x2")
    hand.page.wait("() => wire.status.spec.features.includes('x1_x2')")


def add_layer(hand: Hand) -> None:
    hand.press("add-layer")
    hand.page.wait("() => wire.status.spec.layers.length === 3")


def remove_layer(hand: Hand) -> None:
    hand.press("remove-layer-1")
    hand.page.wait("() => wire.status.spec.layers.length === 1")


def add_neuron(hand: Hand) -> None:
    hand.press("add-unit-0")
    hand.page.wait("() => wire.status.units[1] === 5")


def remove_neuron(hand: Hand) -> None:
    hand.press("remove-unit-0")
    hand.page.wait("() => wire.status.units[1] === 3")


def activation(hand: Hand) -> None:
    hand.choose("every-activation", "relu")
    hand.page.wait(
        "() => wire.status.spec.layers.every(({ activation }) => activation.kind === 'relu')"
    )


def l1(hand: Hand) -> None:
    hand.press(hand.page.get("more-training").locator("summary"))
    hand.slide("penalty.l1")


def weight(hand: Hand) -> None:
    one = hand.page.box(hand.page.get("feature-x1"))
    other = hand.page.box(neuron(hand))
    across = (one["x"] + one["width"] + other["x"]) / 2
    heights = [box["y"] + box["height"] / 2 for box in (one, other)]
    hand.page.page.mouse.click(across, sum(heights) / 2)
    hand.presses += 1
    expect(hand.page.get("value-layers.0.W.0.0")).to_be_focused()
    hand.type("3")
    hand.page.wait("() => wire.status.edits[0]?.changes['theta.layers.0.W.0.0'] === 3")


def bias(hand: Hand) -> None:
    hand.press(neuron(hand))
    expect(hand.page.get("network-reading")).to_be_hidden()
    expect(hand.page.get("value-layers.0.b.0")).to_be_focused()
    hand.type("2")
    hand.page.wait("() => wire.status.edits[0]?.changes['theta.layers.0.b.0'] === 2")


def shown(name: str) -> Callable[[Hand], None]:
    def show(hand: Hand) -> None:
        hand.press("output-show")
        hand.press(hand.page.page.locator("label", has=hand.page.get(name)))
        expect(hand.page.get(name)).to_be_checked()

    return show


def shown_large(hand: Hand) -> None:
    neuron(hand).hover()
    expect(hand.page.page.locator(".output-title")).to_have_text("Layer 1, neuron 1")


def link(hand: Hand) -> None:
    hand.page.fill("data.noise", 0.2)
    expect(hand.page.page).to_have_url(re.compile(r"#.*noise=0\.2"))


def hide(hand: Hand) -> None:
    hand.press("share")
    hand.press("share-class")
    for _ in range(2):
        hand.press("preview-noise")
    expect(hand.page.get("class-link")).to_have_value(re.compile("hide=noise"))


WAYS: dict[str, Callable[[Hand], None]] = {
    "Play": play,
    "Step": step,
    "Reset": reset,
    "Data set": data_set,
    "Regression": regression_on("plane"),
    "Regression on other data": regression_on("multi_gaussian"),
    "Training share": lambda hand: hand.slide("data.train_share"),
    "Noise": lambda hand: hand.slide("data.noise"),
    "Batch size": lambda hand: hand.slide("batch_size"),
    "New sample": new_sample,
    "Input on or off": feature,
    "Add a layer": add_layer,
    "Remove a layer": remove_layer,
    "Add a neuron": add_neuron,
    "Remove a neuron": remove_neuron,
    "Learning rate": lambda hand: hand.slide("optimizer.learning_rate"),
    "Activation of all layers": activation,
    "L2 penalty": lambda hand: hand.slide("penalty.l2"),
    "L1 penalty": l1,
    "Weight by hand": weight,
    "Bias by hand": bias,
    "Test points": shown("show-test"),
    "Discretize the map": shown("discretize"),
    "Neuron shown large": shown_large,
    "Link to the run": link,
    "Hide a control from others": hide,
}


def test_the_table_has_every_line_that_is_done_here():
    assert list(HERE) == list(WAYS)


@pytest.mark.parametrize("name", WAYS)
def test_it_takes_as_many_presses_as_the_table_says(playground: Playground, name: str):
    hand = Hand(playground.open("layers=4,2"))
    WAYS[name](hand)
    assert hand.presses == HERE[name]
