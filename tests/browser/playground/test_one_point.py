"""One point: forward through the diagram to its loss, and back to every weight."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import engine
from tests.browser.access import audit
from tests.browser.playground_page import Playground

CLASSES = "data=blobs&data.classes=3&loss=cross_entropy&layers=4"


def opened(playground: Playground, settings: str, epochs: int = 2) -> Playground:
    playground.open(settings)
    if epochs:
        playground.step(epochs)
    playground.get("tab-one-point").click()
    expect(playground.get("point-step")).to_contain_text("The point")
    return playground


def walk(playground: Playground, name: str) -> None:
    """Go on until the step of this name is there."""
    step = playground.get("point-step")
    for _ in range(40):
        if name in step.inner_text():
            return
        before = step.inner_text()
        playground.get("point-next").click()
        expect(step).not_to_have_text(before)
    raise AssertionError(f"no step is called {name}")


def test_a_point_goes_forward_to_its_loss_and_back_to_the_weights(playground: Playground):
    opened(playground, CLASSES)
    expect(playground.get("followed-point")).to_be_visible()
    walk(playground, "layer 1, unit 2")
    marks = playground.get("trace-marks")
    expect(marks.locator(".trace-ring")).to_be_visible()
    # two inputs, the two units so far, and a number on each of the two links
    expect(marks.locator(".trace-text")).to_have_count(6)

    walk(playground, "Loss")
    spec = engine.RunSpec.from_dict(playground.status["spec"])
    state, _ = engine.train(engine.start(spec), playground.steps)
    drawn = engine.sample(spec)
    label = drawn.labels[0]
    loss = engine.insight.trace(state, drawn.points[0], label).loss
    expect(playground.get("point-sentence")).to_contain_text(f"= {loss:.2f} nats")
    playground.get("point-base").click()
    expect(playground.get("point-loss")).to_contain_text("bits")

    walk(playground, "Backward: Class 0")
    ticks = playground.get("panel-one-point").locator("td", has_text="✓")
    expect(ticks).to_have_count(5)
    walk(playground, "Next update")
    expect(playground.get("point-next")).to_be_disabled()
    expect(playground.get("point-sentence")).to_contain_text(re.compile("rises from|falls from"))


def test_keys_walk_and_the_map_chooses(playground: Playground):
    opened(playground, CLASSES, epochs=0)
    step = playground.get("point-step")
    playground.page.keyboard.press("PageDown")
    expect(step).to_contain_text("unit 1")
    playground.get("point-next").focus()
    playground.page.keyboard.press("ArrowRight")
    expect(step).to_contain_text("unit 2")
    playground.page.keyboard.press("PageUp")
    playground.page.keyboard.press("PageUp")
    expect(step).to_contain_text("The point")
    assert playground.steps == 0

    sentence = playground.get("point-sentence")
    before = sentence.inner_text()
    playground.get("boundary").click(position={"x": 200, "y": 60})
    expect(sentence).not_to_have_text(before)
    playground.get("close-insight").click()
    expect(playground.get("followed-point")).to_be_hidden()
    expect(playground.get("trace-marks").locator(".trace-text")).to_have_count(0)


def test_scores_are_dragged_to_see_what_softmax_makes_of_them(playground: Playground):
    opened(playground, CLASSES, epochs=0)
    walk(playground, "Softmax")
    playground.get("point-worked-example").click()
    panel = playground.get("panel-one-point")
    shares = panel.locator(".point-table.is-present td:last-child")
    expect(shares).to_have_text(["0.29", "0.58", "0.13", "1.00"])
    score = playground.get("point-score-0")
    box = score.bounding_box()
    assert box
    playground.page.mouse.move(box["x"] + 5, box["y"] + 5)
    playground.page.mouse.down()
    playground.page.mouse.move(box["x"] + 65, box["y"] + 5)
    playground.page.mouse.up()
    expect(score).to_have_attribute("aria-valuenow", "1.5")
    score.focus()
    playground.page.keyboard.press("ArrowDown")
    expect(score).to_have_attribute("aria-valuenow", "1.4")
    expect(playground.get("point-step")).to_contain_text("Softmax")
    playground.get("point-own-scores").click()
    expect(playground.get("point-own-scores")).to_be_disabled()


@pytest.mark.parametrize(
    ("settings", "steps"),
    [
        ("layers=8,8,8,8,8,8", 17),
        ("layers=", 5),
        ("data=plane&layers=3", 11),
        ("data=blobs&data.classes=3&loss=hinge&layers=4", 17),
        ("loss=logistic&layers=2", 10),
        ("layers=16,16,16,16,16,16,16,16", 21),
    ],
)
def test_networks_of_all_kinds_fit(playground: Playground, settings: str, steps: int):
    opened(playground, settings, epochs=0)
    expect(playground.get("point-step")).to_contain_text(f"1 of {steps}")
    panel = playground.get("panel-one-point")
    for _ in range(steps - 1):
        playground.page.keyboard.press("PageDown")
    expect(playground.get("point-step")).to_contain_text(f"{steps} of {steps}")
    expect(playground.get("point-sentence")).to_contain_text("next batch")
    assert panel.evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")


@pytest.mark.parametrize(
    ("width", "height", "least"), [(1280, 800, 24), (390, 844, 40)], ids=["laptop", "phone"]
)
def test_everybody_can_use_it(playground: Playground, width: int, height: int, least: int):
    playground.page.set_viewport_size({"width": width, "height": height})
    opened(playground, CLASSES, epochs=1)
    found = []
    for name in ("unit 3", "Softmax", "Backward: Class 1", "Next update"):
        walk(playground, name)
        found += audit(playground.page, name, least=least)
    assert [each for each in found if "point-" in each] == []


def test_it_is_live_while_the_network_trains(playground: Playground):
    opened(playground, CLASSES, epochs=0)
    walk(playground, "Loss")
    before = playground.get("point-loss").inner_text()
    playground.play()
    expect(playground.get("point-loss")).not_to_have_text(before)
    playground.pause()


def test_a_point_is_saved_as_pictures_and_a_table(playground: Playground):
    opened(playground, CLASSES)
    walk(playground, "Softmax")
    said = playground.get("point-sentence").text_content() or ""
    playground.get("one-point-save").click()
    files = {}
    for kind in ("png", "svg", "csv"):
        with playground.page.expect_download() as waiting:
            playground.get(f"download-one-point-{kind}").click()
        files[kind] = Path(waiting.value.path()).read_bytes()
    assert files["png"].startswith(b"\x89PNG")
    assert said in files["svg"].decode()
    rows = list(csv.DictReader(files["csv"].decode().splitlines()))
    spec = engine.RunSpec.from_dict(playground.status["spec"])
    state, _ = engine.train(engine.start(spec), playground.steps)
    assert len(rows) == state.theta.size
    assert [float(row["weight"]) for row in rows[:3:2]] == pytest.approx(
        [float(state.theta[0, 0]), float(state.theta[0, 8])], rel=1e-6
    )
