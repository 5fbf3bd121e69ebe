"""Hidden space: the plane as each layer sees it, from frame to frame."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import engine
from tests.browser.access import audit
from tests.browser.playground_page import Playground

SETTINGS = "data=xor&layers=5,3&optimizer=adam&optimizer.learning_rate=0.02"


def opened(playground: Playground, settings: str = SETTINGS, epochs: int = 3) -> Playground:
    playground.open(settings)
    playground.step(epochs)
    playground.get("tab-hidden-space").click()
    expect(playground.get("hidden-space-sentence")).not_to_be_empty()
    return playground


def space_of(playground: Playground) -> engine.insight.HiddenSpace:
    """What the engine says of the state that the page shows."""
    spec = engine.RunSpec.from_dict(playground.status["start_spec"])
    state, _ = engine.train(engine.start(spec), playground.steps)
    return engine.insight.hidden_space(engine.insight.Inspection(state))


def test_it_says_how_many_points_a_line_separates(playground: Playground):
    opened(playground)
    space = space_of(playground)
    said = f"One line separates {space.right} of 250 training points in layer 2"
    expect(playground.get("hidden-space-sentence")).to_contain_text(said)
    expect(playground.page.locator("#panel-hidden-space .inside-canvas")).to_have_accessible_name(
        playground.get("hidden-space-sentence").text_content() or ""
    )
    frames = playground.page.locator(".space-frame")
    expect(frames).to_have_count(3)
    share = f"{100 * space.share[1]:.1f} %"
    expect(frames.nth(1)).to_have_accessible_name(
        f"Layer 1: {frames.nth(1).get_attribute('data-tip')}"
    )
    expect(frames.nth(1)).to_have_attribute(
        "data-tip",
        f"Its two main axes show {share} of the spread of the points. "
        f"A straight cut separates {100 * space.apart[1]:.1f} % of the 125 training points looked at.",
    )
    columns = playground.page.locator(".network-units .unit:not(.feature)")
    middles = [
        box["x"] + box["width"] / 2 for box in map(playground.box, (frames.nth(1), columns.first))
    ]
    assert middles[0] == pytest.approx(middles[1], abs=1)


def test_the_slider_folds_the_plane_in_the_place_of_the_map(playground: Playground):
    playground.page.emulate_media(reduced_motion="reduce")
    opened(playground)
    stage, slider = playground.get("space-stage"), playground.get("space-scrubber")
    expect(stage).to_be_hidden()
    expect(slider).to_have_attribute("aria-valuetext", "Layer 2")
    slider.focus()
    playground.page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "Layer 1")
    expect(stage).to_be_visible()
    expect(playground.get("space-title")).to_contain_text("Layer 1: main axes")
    slider.fill("0.5")
    expect(slider).to_have_attribute("aria-valuetext", "between Inputs and Layer 1")
    playground.page.locator(".space-frame").first.click()
    expect(playground.get("space-title")).to_have_text("Inputs: x₁ and x₂")
    assert audit(playground.page, "hidden space") == []
    playground.get("space-back").click()
    expect(stage).to_be_hidden()
    slider.focus()
    playground.page.keyboard.press("ArrowRight")
    expect(stage).to_be_visible()
    playground.page.keyboard.press("Escape")
    expect(stage).to_be_hidden()
    slider.fill("1")
    expect(stage).to_be_visible()
    playground.get("close-insight").click()
    expect(stage).to_be_hidden()


def test_a_point_lights_up_on_the_map_and_in_every_frame(playground: Playground):
    opened(playground)
    lit = playground.get("lit-point")
    expect(lit).to_be_hidden()
    spec = engine.RunSpec.from_dict(playground.status["start_spec"])
    x1, x2 = engine.sample(spec).points[0]
    board = playground.box(playground.get("boundary"))
    side = board["width"] / 12
    playground.page.mouse.move(board["x"] + side * (x1 + 6), board["y"] + side * (6 - x2))
    expect(lit).to_be_visible()
    box = playground.box(lit)
    assert box["x"] + box["width"] / 2 == pytest.approx(board["x"] + side * (x1 + 6), abs=2)
    playground.page.mouse.move(5, 5)
    expect(lit).to_be_hidden()
    playground.page.locator(".space-frame").first.hover(position={"x": 1, "y": 1})
    expect(lit).to_be_hidden()


def test_two_units_are_picked_in_the_network(playground: Playground):
    opened(playground)
    units = playground.get("space-units")
    units.click()
    expect(units).to_have_attribute("aria-pressed", "true")
    picked = playground.page.locator(".unit[data-picked]")
    expect(picked).to_have_count(4)
    other = playground.page.locator('.unit[aria-label^="Layer 1"]:not([data-picked])').first
    other.click()
    expect(picked).to_have_count(4)
    expect(playground.get("parameter-editor")).to_be_hidden()
    tip = playground.page.locator(".space-frame").nth(1)
    expect(tip).to_have_attribute("data-tip", re.compile(r"^Its axes are unit \d and unit \d\."))
    units.click()
    expect(picked).to_have_count(0)


def test_it_is_saved_as_pictures_and_a_table(playground: Playground):
    opened(playground)
    playground.get("hidden-space-save").click()
    files = {}
    for kind in ("png", "svg", "csv"):
        with playground.page.expect_download() as waiting:
            playground.get(f"download-hidden-space-{kind}").click()
        files[kind] = Path(waiting.value.path()).read_bytes()
    assert files["png"].startswith(b"\x89PNG")
    assert "One line separates" in files["svg"].decode()
    rows = list(csv.DictReader(files["csv"].decode().splitlines()))
    space = space_of(playground)
    assert len(rows) == 3 * 125
    assert [float(row["x"]) for row in rows[:125]] == pytest.approx(
        space.points[0, :, 0].tolist(), abs=0.01
    )
    told = [float(row["share_separated"]) for row in rows[::125]]
    assert told == pytest.approx(space.apart.tolist(), rel=1e-6)


@pytest.mark.viewport(390, 844)
def test_on_a_phone_the_chosen_frame_is_in_the_card(playground: Playground):
    playground.page.emulate_media(reduced_motion="reduce")
    opened(playground)
    slider = playground.get("space-scrubber")
    slider.fill("0.5")
    expect(playground.get("space-stage")).to_be_hidden()
    expect(slider).to_have_attribute("aria-valuetext", "between Inputs and Layer 1")
    assert playground.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("layers=", "There is no hidden layer: one line separates"),
        ("data=plane&layers=1", "A slope explains"),
        ("data=blobs&data.classes=5&loss=cross_entropy", "Lines separate"),
        ("layers=3&layers.0.activation=relu&initializer=zeros", "Folded to one place: layer 1"),
        ("layers=16,16,16,16,16,16,16,16", "in layer 8"),
    ],
)
def test_odd_networks_are_told_as_well(playground: Playground, run: str, said: str):
    opened(playground, run, 1)
    expect(playground.get("hidden-space-sentence")).to_contain_text(said)
