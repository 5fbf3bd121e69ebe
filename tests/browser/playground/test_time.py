"""The time of a run: back to any step, on from there, and settings taken back."""

from playwright.sync_api import expect

from tests.browser.playground_page import Playground

RATE = "optimizer.learning_rate"


def seek(playground: Playground, step: int) -> None:
    """Put the timeline's thumb on a step."""
    playground.get("timeline").evaluate(
        """(slider, step) => {
          slider.value = step;
          slider.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        step,
    )
    playground.wait("(step) => wire.drawn.step === step", step)
    playground.settle()


def test_any_step_is_shown_as_it_was_and_goes_on_as_it_did(playground: Playground):
    playground.open("data=spiral&layers=6,4&shuffle=true")
    playground.step(30, "step")
    at_30, picture = playground.losses(), playground.picture("boundary")
    playground.fill(RATE, 0.1)
    playground.step(40, "step")
    at_70 = playground.losses()
    expect(playground.get("newest")).to_be_disabled()

    seek(playground, 30)
    assert playground.picture("boundary") == picture
    assert playground.losses() == at_30
    expect(playground.get("timeline-place")).to_have_text("At step 30 of 70")
    playground.get("newest").click()
    playground.wait("() => wire.drawn.step === 70")
    playground.settle()
    assert playground.losses() == at_70

    seek(playground, 10)
    expect(playground.get("drop-edits")).to_have_text("Drop 1 later change")
    playground.get("timeline").press("ArrowRight")
    playground.wait("() => wire.drawn.step === 11")
    playground.get("drop-edits").click()
    expect(playground.get("drop-edits")).to_be_hidden()
    expect(playground.get("timeline-place")).to_be_empty()
    playground.step(59, "step")
    assert playground.steps == 70
    assert playground.value(RATE) == 0.03
    assert playground.losses() != at_70


def test_settings_are_taken_back_and_made_again(playground: Playground):
    playground.open()
    expect(playground.get("undo")).to_have_attribute("aria-disabled", "true")
    playground.fill(RATE, 0.1)
    playground.click_restart(playground.get("add-unit-0"))
    playground.choose_data("xor")
    for path, value in (("data.kind", "circle"), ("layers.0.units", 4), (RATE, 0.03)):
        playground.page.locator("body").press("Control+z")
        playground.wait_value(path, value)
    expect(playground.get("undo")).to_have_attribute("aria-disabled", "true")
    playground.get("redo").click()
    playground.wait_value(RATE, 0.1)
    playground.page.locator("body").press("Control+Shift+Z")
    playground.wait_value("layers.0.units", 5)
    # where text is typed, the keys mean the text
    playground.knob(RATE).press("Control+z")
    playground.step(1)
    assert playground.value("layers.0.units") == 5


def test_seeds_are_seen_and_locked(playground: Playground):
    playground.open()
    playground.get("seeds").click()
    seed = playground.get("seed-weights")
    expect(seed).to_have_value("1")
    for typed in ("99999999999", "1.2", ""):
        seed.fill(typed)
        seed.press("Enter")
        expect(playground.page.locator("#seed-weights-error")).to_contain_text("Allowed:")
        seed.press("Tab")
        expect(seed).to_have_value("1")
    assert playground.value("weights_seed") == 1
    playground.get("lock-weights").check()
    playground.get("lock-data").uncheck()
    playground.page.keyboard.press("Escape")
    playground.click_restart(playground.get("new-start"))
    assert (playground.value("data.seed"), playground.value("weights_seed")) == (2, 1)
    playground.page.reload()
    playground.ready()
    playground.get("seeds").click()
    expect(playground.get("lock-weights")).to_be_checked()
    playground.get("lock-data").check()
    playground.get("lock-batches").check()
    playground.page.keyboard.press("Escape")
    playground.get("new-start").click()
    expect(playground.get("notice")).to_contain_text("All three seeds are locked")


def test_what_goes_wrong_is_said_and_cured_with_one_press(playground: Playground):
    playground.open("data=xor&layers=")
    playground.step(40)
    expect(playground.get("finding")).to_contain_text("Only a straight line")
    playground.click_restart(playground.page.locator(".finding-line").get_by_test_id("fix"))
    assert playground.value("layers.0.units") == 8
    expect(playground.get("finding")).to_be_hidden()
    playground.step(150)
    expect(playground.get("finding")).to_be_hidden()
    assert playground.number("train-accuracy") > 0.9

    # pictures that are late do not make the present look like the past
    playground.get("timeline-place").evaluate(
        """(place) => {
          window.said = [];
          new MutationObserver(() => window.said.push(place.textContent)).observe(place, { childList: true });
        }"""
    )
    playground.play()
    playground.wait_steps(playground.steps + 2000)
    playground.pause()
    assert playground.page.evaluate("said") == []
