"""A link for class: what it hides is nowhere, what it locks stays, and how it is made."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground

LESSON = (
    "data=spiral&title=Smallest+spiral&text=Find+the+**smallest+network**"
    "&hide=optimizer,loss,reset&lock=dataset,noise&speed=3-epochs"
)
EACH = """async () => {
  const own = performance.getEntriesByType("resource").map(({ name }) => name);
  const { PARTS } = await import(own.find((name) => name.includes("classroom/parts")));
  const wrong = [];
  for (const { name, hides } of PARTS) {
    const before = document.querySelectorAll(hides).length;
    if (before === 0) wrong.push(`${name} is nothing`);
    const moved = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    location.hash = `data=line&layers=4,4&hide=${name}`;
    await moved;
    const seen = [...document.querySelectorAll(hides)].filter((part) => part.checkVisibility());
    if (seen.length > 0) wrong.push(`${name} is seen`);
  }
  return wrong;
}"""


def test_every_name_hides_something_that_is_there(playground: Playground):
    playground.open("data=line&layers=4,4")
    playground.knob("schedule.kind")  # what is folded up is there, too
    assert playground.page.evaluate(EACH) == []


def test_a_lesson_says_what_to_do_and_withholds_the_rest(playground: Playground):
    playground.open(LESSON)
    expect(playground.get("class-title")).to_have_text("Smallest spiral")
    expect(playground.get("class-text").locator("strong")).to_have_text("smallest network")
    expect(playground.get("speed").locator("option:checked")).to_have_text("3 epochs/s")
    for hidden in ("knob-optimizer.kind", "knob-loss.kind", "reset"):
        expect(playground.get(hidden)).not_to_be_visible()
    expect(playground.get("knob-optimizer.learning_rate")).to_be_visible()

    playground.step(2)
    steps = playground.steps
    playground.page.locator("body").press("r")
    playground.page.locator("body").press("s")
    playground.wait_steps(steps + 1)
    playground.page.locator("body").press("?")
    shortcuts = playground.get("shortcuts")
    expect(shortcuts).to_contain_text("New start")
    assert "Reset" not in shortcuts.inner_text()
    shortcuts.press("Escape")

    playground.fill("optimizer.learning_rate", 0.1)
    expect(playground.page).to_have_url(
        re.compile(r"edits=.*&title=Smallest\+spiral&.*lock=dataset,noise")
    )
    playground.page.reload()
    playground.ready()
    expect(playground.get("knob-loss.kind")).not_to_be_visible()

    playground.get("show-everything").click()
    expect(playground.get("knob-loss.kind")).to_be_visible()
    playground.choose_data("xor")
    playground.get("show-everything").click()
    expect(playground.get("knob-loss.kind")).not_to_be_visible()


def test_what_is_locked_says_why_and_stays(playground: Playground):
    playground.open(LESSON)
    run = playground.run
    noise = playground.get("knob-data.noise")
    expect(noise).to_have_attribute("aria-disabled", "true")
    playground.get("new-data").focus()
    noise.focus()
    noise.press("ArrowUp")
    expect(playground.page.locator("#tip")).to_contain_text(
        "Locked by the person who made this link."
    )
    noise.press("5")
    expect(noise).to_have_value("0")
    playground.page.locator('.tile[data-value="xor"]').click(force=True)
    playground.page.locator('.tile[data-value="spiral"] input').press("ArrowLeft")
    playground.step(1)
    assert (playground.run, playground.value("data.kind")) == (run, "spiral")

    playground.get("show-everything").click()
    playground.choose_data("xor")
    playground.get("show-everything").click()
    playground.get("undo").click()
    expect(playground.get("notice")).to_contain_text("allows no changes to: Data sets.")
    assert playground.value("data.kind") == "xor"


def test_hidden_panels_leave_their_room_to_others(playground: Playground):
    playground.open("data=spiral")
    before = playground.box(playground.get("network"))
    playground.open("data=spiral&hide=data,training,output&everything=no")
    width, height = 1280, 800
    expect(playground.page.locator("#data-panel")).not_to_be_visible()
    network = playground.box(playground.page.locator("#network-panel"))
    assert network["x"] == 0
    assert network["width"] == width > before["width"]
    assert network["height"] >= height - 160
    expect(playground.get("show-everything")).to_have_count(0)


def test_a_wrong_name_is_said_and_the_rest_counts(playground: Playground):
    playground.open("data=spiral&hide=los,noise")
    expect(playground.get("problems")).to_contain_text("hide = los")
    expect(playground.get("problems")).to_contain_text("perhaps loss")
    expect(playground.get("knob-data.noise")).not_to_be_visible()


def test_a_link_of_tensorflow_playground_hides_what_it_hid(playground: Playground):
    playground.open("activation=tanh&dataset=xor&playButton_hide=true&learningRate_hide=true")
    expect(playground.get("step")).to_be_visible()
    expect(playground.get("play")).not_to_be_visible()
    expect(playground.get("knob-optimizer.learning_rate")).not_to_be_visible()


def test_a_link_is_made_with_a_preview_a_code_and_a_sheet(playground: Playground, page: Page):
    playground.open("preset=spiral")
    playground.get("share").click()
    playground.get("share-class").click()
    playground.get("class-title-field").fill("Smallest spiral")
    playground.get("class-text-field").fill("Find the **smallest network**.\nChange layers only.")
    playground.page.locator("label.segment", has=playground.get("data-lock")).click()
    playground.get("preview-loss").click()
    playground.get("preview-loss").click()
    playground.get("class-speed").select_option("3-epochs")
    expect(
        playground.get("class-preview").locator("strong", has_text="smallest network")
    ).to_be_visible()
    link = playground.get("class-link").input_value()
    assert link.endswith(
        "/#preset=spiral&title=Smallest+spiral&text=Find+the+**smallest+network**."
        "%250AChange+layers+only%252E&hide=loss&lock=data&speed=3-epochs"
    )

    code = playground.get("class-code")
    code.evaluate("(code) => code.decode()")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())).resize((600, 600)))
    assert found.text == link

    playground.get("class-room").click()
    page.locator(".room[open] .room-code").evaluate("(code) => code.decode()")
    screen = Image.open(io.BytesIO(page.screenshot())).convert("L")
    fifth = screen.resize((screen.width // 5, screen.height // 5), Image.Resampling.BOX)
    (afar,) = zxingcpp.read_barcodes(fifth)
    assert afar.text == link
    page.keyboard.press("Escape")

    page.evaluate("window.print = () => {}")
    playground.get("class-print").click()
    page.emulate_media(media="print")
    sheet = playground.get("room-sheet")
    expect(sheet).to_contain_text("Change layers only.")
    expect(playground.transport).not_to_be_visible()
    (printed,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(sheet.screenshot())))
    assert printed.text == link
    page.emulate_media(media="screen")

    playground.page.goto(link)
    playground.ready()
    expect(playground.get("class-title")).to_have_text("Smallest spiral")
    expect(playground.get("knob-loss.kind")).not_to_be_visible()
    assert playground.value("layers.0.units") == 16


def test_a_link_for_class_carries_the_changes_made_while_training(
    playground: Playground, visit: Visit
):
    playground.open("data=xor&layers=3")
    playground.step(2)
    playground.fill("optimizer.learning_rate", 0.1)
    playground.wait_value("optimizer.learning_rate", 0.1)
    (edit,) = playground.status["edits"]
    assert edit["step"] > 0
    playground.get("share").click()
    playground.get("share-class").click()
    playground.get("preview-loss").click()
    link = playground.get("class-link").input_value()
    pupil = visit(link.partition("#")[2])
    assert pupil.status["edits"] == [edit]
    expect(pupil.get("knob-loss.kind")).to_have_attribute("aria-disabled", "true")


DRAWN = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""
PLACE = "(part) => [part.offsetLeft, part.offsetTop, part.offsetWidth, part.offsetHeight]"
ENTERED = """(frame) => {
  frame.focus();
  frame.contentDocument.querySelector("[data-testid=play]").focus();
  return document.activeElement === frame;
}"""


def test_the_preview_is_a_picture_of_the_page_as_the_class_will_see_it(
    playground: Playground, page: Page
):
    playground.open("data=spiral")
    playground.step(2)
    lines: list[str] = []
    page.on("websocket", lambda line: lines.append(line.url))
    playground.get("share").click()
    playground.get("share-class").click()
    picture = playground.get("class-picture")
    seen = picture.frame_locator("iframe")
    expect(seen.get_by_test_id("steps")).to_have_text(str(playground.steps))
    assert seen.get_by_test_id("boundary").evaluate(DRAWN) > 50
    expect(seen.get_by_test_id("knob-optimizer.kind")).to_be_visible()
    expect(seen.get_by_test_id("class-dialog")).to_have_count(0)
    place = picture.evaluate(PLACE)

    playground.get("class-title-field").fill("Smallest spiral")
    playground.get("class-text-field").fill("Find the **smallest network**.")
    for name, presses in {"dataset": 1, "optimizer": 2}.items():
        for _ in range(presses):
            playground.get(f"preview-{name}").click()
    expect(seen.get_by_test_id("class-title")).to_have_text("Smallest spiral")
    expect(seen.get_by_test_id("class-text").locator("strong")).to_have_text("smallest network")
    expect(seen.get_by_test_id("knob-optimizer.kind")).not_to_be_visible()
    expect(seen.locator("#data-panel [data-locked]").first).to_be_visible()
    expect(playground.knob("optimizer.kind")).to_be_visible()
    assert picture.evaluate(PLACE) == place

    assert not picture.locator("iframe").evaluate(ENTERED), (
        "it runs nothing, and nobody gets into it"
    )
    playground.get("class-dialog").press("Escape")
    expect(picture.locator("iframe")).to_have_count(0)
    assert lines == []


@pytest.mark.viewport(390, 844)
def test_on_a_phone_the_lesson_comes_first(playground: Playground):
    playground.open(LESSON)
    note = playground.box(playground.get("class-title"))
    assert note["y"] < playground.box(playground.get("boundary"))["y"]
    assert playground.page.evaluate("document.documentElement.scrollWidth") <= 390
