"""The pictures show what the network says: the map, the neurons, the chart, and what is read from them."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground


def training_points(playground: Playground) -> tuple[np.ndarray, np.ndarray]:
    header, arrays = playground.scene()
    return arrays["points"][: header["train"]], arrays["labels"][: header["train"]].astype(int)


def agreement(playground: Playground) -> float:
    """The share of the training points that the map's colour under them gets right."""
    points, labels = training_points(playground)
    inside = np.abs(points).max(axis=1) < 6
    return float(np.mean(playground.classes_at(points[inside]) == labels[inside]))


def test_the_map_has_the_colours_of_the_classes_where_they_are(playground: Playground):
    """Gauss: class 1 at the top right, class 0 at the bottom left."""
    playground.open("data=gauss")
    playground.step(20)
    assert playground.classes_at([(4, 4), (2, 2), (-2, -2), (-4, -4)]) == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("settings", "epochs", "theme"),
    [("data=xor", 200, "light"), ("data=blobs&loss=cross_entropy&optimizer=adam", 60, "dark")],
    ids=["two classes", "three classes in the dark"],
)
def test_most_training_points_lie_on_their_colour(
    visit: Visit, settings: str, epochs: int, theme: str
):
    playground = visit(settings, color_scheme=theme)
    playground.step(epochs)
    accuracy = playground.number("train-accuracy")
    assert accuracy > 0.9
    assert agreement(playground) == pytest.approx(accuracy, abs=0.02)


def test_discretize_shows_only_the_two_full_colours(playground: Playground):
    playground.open()
    playground.step(50)
    points, _ = training_points(playground)
    before = playground.classes_at(points)
    playground.in_sight(playground.get("discretize")).check()
    playground.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    places = [(i / 40, j / 40) for i in range(1, 40) for j in range(1, 40)]
    colours = {tuple(colour) for colour in playground.pixels("boundary", places)}
    assert len(colours) < 0.1 * len(places), "two colours, and the line between them"
    assert np.mean(np.equal(playground.classes_at(points), before)) > 0.98


def test_neurons_and_edges_move_with_training(playground: Playground):
    playground.open()
    playground.settle()
    start = playground.picture("network")
    playground.step(1)
    soon = playground.picture("network")
    playground.step(50)
    later = playground.picture("network")
    assert len({start, soon, later}) == 3
    playground.reset()
    assert playground.picture("network") == start


@pytest.mark.viewport(1440, 1000)
def test_the_chart_has_named_axes_and_two_curves(playground: Playground):
    playground.open()
    playground.step(10)
    playground.wait_chart()
    chart = playground.get("loss-chart")
    expect(chart.locator(".xtitle")).to_have_text("Epoch")
    expect(chart.locator(".ytitle")).to_have_text("Loss")
    expect(chart.locator(".scatterlayer .trace")).to_have_count(2)
    train, test = playground.chart()
    assert train["x"] == test["x"]
    assert (train["x"][0], train["x"][-1]) == (0, 10)
    assert train["y"][-1] == playground.number("train-loss")
    assert test["y"][-1] == playground.number("test-loss")


def test_drawing_the_chart_again_adds_no_point(playground: Playground):
    playground.open()
    for _ in range(4):
        playground.step(2)
    playground.wait_chart()
    curves = playground.chart()
    epochs = curves[0]["x"]
    assert {0, 2, 4, 6, 8} <= set(epochs)
    assert len(set(epochs)) == len(epochs)
    playground.get("theme").click()
    playground.get("loss-log").check()
    playground.page.set_viewport_size({"width": 1100, "height": 900})
    playground.wait(
        """() => {
          const { layout } = document.querySelector("[data-testid=loss-chart]");
          return layout.yaxis.type === "log" && layout.font.color.includes(
            getComputedStyle(document.documentElement).getPropertyValue("--ink-soft").trim());
        }"""
    )
    assert playground.chart() == curves
    playground.get("play").click()
    playground.wait_phase("playing")
    playground.pause()
    playground.wait_chart()
    after = playground.chart()[0]["x"]
    assert after[: len(epochs)] == epochs
    assert sorted(set(after)) == after


def test_a_long_chart_stays_small_and_begins_at_the_beginning(playground: Playground):
    playground.open()
    playground.play()
    for steps in (10_000, 20_000, 30_000):
        playground.wait_steps(steps)
    playground.pause()
    playground.wait_chart()
    epochs = playground.chart()[0]["x"]
    assert epochs[0] == 0
    assert len(epochs) <= 2048


def test_a_new_run_begins_a_new_chart(playground: Playground):
    playground.open()
    playground.step(5)
    playground.click_restart(playground.get("new-start"))
    playground.step(3)
    playground.wait_chart()
    epochs = playground.chart()[0]["x"]
    assert (epochs[0], epochs[-1]) == (0, 3)


def test_the_map_is_read_where_the_pointer_is(playground: Playground):
    playground.open("data=gauss")
    playground.step(20)
    reading = playground.get("reading")
    box = playground.box(playground.get("boundary"))
    playground.page.mouse.move(box["x"] + box["width"] * 2 / 3, box["y"] + box["height"] / 3)
    expect(reading).to_contain_text("(+2.0, +2.0)")
    expect(reading).to_contain_text("Class 1")
    playground.page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] * 2 / 3)
    expect(reading).to_contain_text("(−2.0, −2.0)")
    expect(reading).to_contain_text("Class 0")
    playground.page.mouse.move(640, 5)
    expect(reading).to_have_text("Point at the map to read it.")


def test_the_map_is_read_live_while_it_trains(playground: Playground):
    playground.open("data=gauss&optimizer.learning_rate=0.0001")
    box = playground.box(playground.get("boundary"))
    playground.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.3)
    reading = playground.get("reading")
    expect(reading).to_contain_text("score")
    before = reading.text_content() or ""
    playground.page.keyboard.press("Space")
    expect(reading).not_to_have_text(before)
    expect(reading).to_contain_text("score")


def test_a_neuron_is_read_live_and_shown_large(playground: Playground):
    playground.open()
    reading = playground.get("network-reading")
    playground.page.get_by_role("button", name="Layer 1, neuron 2").hover()
    expect(reading).to_be_visible()
    expect(reading).to_contain_text("Bias")
    expect(reading.locator("dt")).to_have_text(["Bias", "x₁", "x₂"])
    expect(playground.page.locator(".output-title")).to_have_text("Layer 1, neuron 2")
    before = reading.locator("dd").all_text_contents()
    assert before[0] == "+0.100", "the bias that the default initializer gives"
    map_before = playground.picture("boundary")
    playground.page.keyboard.press("Space")
    expect(reading.locator("dd").nth(1)).not_to_have_text(before[1])
    playground.wait(
        "(before) => document.querySelector('[data-testid=boundary]').toDataURL() !== before",
        map_before,
    )
    playground.page.mouse.move(640, 5)
    expect(reading).to_be_hidden()
    expect(playground.page.locator(".output-title")).to_be_hidden()


def test_the_weight_of_an_edge_is_read_at_the_edge(playground: Playground):
    """Between the last layer and the output, from the middle of the first neuron to the output's."""
    playground.open("layers=1")
    boxes = [
        playground.box(playground.page.get_by_role("button", name=name, exact=True))
        for name in ("Layer 1, neuron 1", "Output")
    ]
    (x0, y0), (x1, y1) = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes
    ]
    playground.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
    reading = playground.get("network-reading")
    expect(reading).to_contain_text("Layer 1, neuron 1 → Output")
    expect(reading.locator("dd")).to_have_text(re.compile(r"^[+−]\d\.\d{3}$"))
