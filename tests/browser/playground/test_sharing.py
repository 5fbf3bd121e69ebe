"""Taking a run along: link, code, files, and the last runs of this browser."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def download(playground: Playground, what: str) -> tuple[str, bytes]:
    """Press a download; its name and content."""
    with playground.page.expect_download() as waiting:
        playground.get(f"download-{what}").click()
    expect(playground.get("share-said")).to_have_text(
        f"{waiting.value.suggested_filename} is saved."
    )
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("device", [{}, PHONE], ids=["laptop", "phone"])
def test_the_link_and_the_code_lead_to_the_same_run(visit: Visit, device: dict):
    mine = visit("data=moons&data.noise=0.2&layers=5", **device)
    mine.step(3)
    mine.fill("optimizer.learning_rate", 0.3)
    mine.step(4)
    mine.get("share").click()
    expect(mine.get("share-link")).to_have_value(re.compile("#.+"))
    link = mine.get("share-link").input_value()
    assert "edits=" in link
    assert "batch_size" not in link, "what is as usual is not said"
    mine.get("share-code").evaluate("(code) => code.decode()")  # it is here, and can be drawn
    picture = Image.open(io.BytesIO(mine.get("share-code").screenshot()))
    (code,) = zxingcpp.read_barcodes(np.array(picture.resize((600, 600))))
    assert code.text == link

    theirs = visit()
    theirs.page.goto(link)
    theirs.page.reload()
    theirs.ready()
    theirs.step(7)
    assert theirs.losses() == mine.losses()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_for_the_room_is_read_from_the_last_row(visit: Visit, scheme: str):
    """As a phone sees it there: the whole screen a hundred pixels high, and not quite sharp."""
    mine = visit("data=spiral&data.noise=0.1&layers=8,8&optimizer=adam", color_scheme=scheme)
    mine.get("share").click()
    mine.get("share-room").click()
    code = mine.page.locator(".room-code")
    code.evaluate("(code) => code.decode()")
    box = mine.box(code)
    assert box["height"] >= 0.8 * 800
    screen = Image.open(io.BytesIO(mine.page.screenshot())).convert("L")
    seen = screen.resize((200, 125), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.5))
    (found,) = zxingcpp.read_barcodes(np.array(seen))
    assert found.text == mine.get("share-link").input_value()
    assert found.text.endswith("/#data=spiral&data.noise=0.1&layers=8,8&optimizer=adam")


def test_files_hold_what_the_page_shows(playground: Playground, tmp_path: Path):
    playground.open("data=spiral&layers=6,4&optimizer=adam&dtype=float64")
    playground.step(10)
    playground.fill("optimizer.learning_rate", 0.05)
    playground.step(10)
    playground.get("share").click()

    name, content = download(playground, "weights")
    assert name == f"mlp-playground-step-{playground.steps}.npz"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    arrays = np.load(io.BytesIO(content))
    assert arrays["layers.0.W"].shape == (2, 6)
    assert json.loads(str(arrays["spec"]))["optimizer"]["learning_rate"] == 0.05
    assert arrays["step"] == playground.steps

    _, content = download(playground, "metrics")
    lines = content.decode().splitlines()
    assert lines[0].startswith("step,epoch,train_loss,test_loss")
    assert lines[-1].split(",")[0] == str(playground.steps)

    _, content = download(playground, "numpy")
    script = tmp_path / "run.py"
    script.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", str(script)], capture_output=True, text=True, check=True
    )
    last = done.stdout.splitlines()[-1].split()
    assert float(last[2]) == pytest.approx(playground.number("train-loss"), rel=1e-4)
    _, content = download(playground, "pytorch")
    assert b"import torch" in content

    _, content = download(playground, "picture-png")
    assert Image.open(io.BytesIO(content)).size[0] > 1500
    _, content = download(playground, "picture-svg")
    drawing = ElementTree.fromstring(content)  # noqa: S314
    assert len(drawing.findall(".//{http://www.w3.org/2000/svg}image")) > 13


def test_a_run_is_pinned_at_the_loss_plot_and_compared_with_one_press(playground: Playground):
    playground.open()
    places = [playground.get(name) for name in ("boundary", "network", "loss-chart", "loss-log")]
    expect(playground.get("pin")).to_be_hidden()
    playground.step(20)
    before = [playground.box(place) for place in places]
    expect(playground.get("pin-compare")).to_be_hidden()
    playground.get("pin").click()
    expect(playground.get("pin")).to_have_attribute("aria-pressed", "true")
    expect(playground.get("loss-chart").get_by_text("A", exact=True)).to_be_visible()
    assert [playground.box(place) for place in places] == before

    # it stays behind the next run
    playground.reset()
    expect(playground.get("pin")).to_have_attribute("aria-disabled", "true")
    expect(playground.get("loss-chart").get_by_text("A", exact=True)).to_be_visible()
    playground.get("tab-curves").click()
    playground.get("pin-compare").click()
    expect(playground.get("tab-compare")).to_be_focused()
    expect(playground.get("compare-pinned")).to_be_in_viewport()

    # pressed again, it goes
    playground.step(5)
    for state in ("true", "false"):
        playground.get("pin").click()
        expect(playground.get("pin")).to_have_attribute("aria-pressed", state)
    expect(playground.get("loss-chart").get_by_text("B", exact=True)).to_be_hidden()


def test_the_last_runs_are_listed_pinned_and_trained_again(playground: Playground):
    playground.open("data=circle")
    playground.get("runs").click()
    expect(playground.get("run-list")).to_contain_text("A run appears here")
    playground.page.keyboard.press("Escape")
    playground.step(12)
    losses = playground.losses()
    playground.choose_data("gauss")
    playground.step(2)
    playground.get("runs").click()
    expect(playground.get("run")).to_have_count(2)
    expect(playground.get("run").nth(1)).to_contain_text("Circle · 4-2 Tanh")
    expect(playground.get("run").nth(1)).to_contain_text("step 300")
    playground.get("run-pin").nth(1).click()
    playground.page.keyboard.press("Escape")

    expect(playground.get("compare-pinned")).to_be_visible()
    expect(playground.get("differences")).to_contain_text("DataCircleGauss")
    playground.page.reload()
    playground.ready()
    playground.get("runs").click()
    playground.get("run-open").nth(1).click()
    playground.wait("() => wire.drawn.step === 300")
    playground.settle()
    assert playground.losses() == losses


def test_a_run_pinned_as_in_training_says_so(playground: Playground):
    playground.open("layers=8&layers.batch_norm=true&batch_size=20&mode=training")
    playground.step(2)
    playground.get("pin").click()
    playground.get("tab-curves").click()
    playground.get("pin-compare").click()
    marks = playground.get("compare-mode").filter(visible=True)
    expect(marks).to_have_text(["As in training", "As in training"])


def test_four_runs_are_compared_by_name(playground: Playground):
    playground.open("data=moons&layers=2")
    for layers in (2, 3, 4, 5, 6):
        playground.page.goto(f"{playground.page.url.split('#')[0]}#data=moons&layers={layers}")
        playground.wait_value("layers.0.units", layers)
        playground.step(2)
    playground.get("runs").click()
    pins = playground.get("run-pin")
    expect(pins).to_have_count(5)
    for index in (4, 3, 2, 1):
        pins.nth(index).click()
    expect(pins.nth(0)).to_have_attribute("aria-disabled", "true")
    playground.page.keyboard.press("Escape")

    maps = playground.get("compare-pinned")
    expect(maps).to_have_count(4)
    boxes = [playground.box(maps.nth(index)) for index in range(4)]
    boxes.append(playground.box(playground.get("compare-current")))
    assert {box["y"] for box in boxes} == {boxes[0]["y"]}
    assert min(box["width"] for box in boxes) >= 200
    for index in range(4):
        width = maps.nth(index).evaluate("(image) => image.decode().then(() => image.naturalWidth)")
        assert width >= boxes[index]["width"]
    name = playground.get("compare-name").first
    name.fill("Smallest")
    name.press("Enter")
    expect(playground.page.locator(".compare thead")).to_contain_text("Smallest")
    differs = playground.get("differences").locator("tr", has_text="Hidden layers")
    expect(differs.locator("td")).to_have_text([f"{units} Tanh" for units in (2, 3, 4, 5, 6)])

    playground.get("tab-curves").click()
    playground.wait(
        """() => {
          const { data } = document.querySelector('[data-testid="curves-chart"]');
          const others = (data ?? []).filter(({ name }) => name.includes("Smallest"));
          return others.length === 2 && new Set(data.map(({ line }) => line?.color)).size >= 6;
        }"""
    )
