"""Undo brings back what was there, to the last bit, its step and its map; redo what was undone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cases import case
from tests.browser.landscape_page import LandscapePage
from tests.browser.playground_page import Playground
from tests.browser.test_coming_back import Shown, shown

RATE = "optimizer.learning_rate"
Change = Callable[[Playground], None]


def undo(playground: Playground, key: str = "Control+z") -> None:
    """Press the keys, and wait for the picture of what they led to."""
    with playground.redrawn():
        playground.page.locator("body").press(key)


def back_to(playground: Playground, before: Shown) -> None:
    """Wait until that step is shown; then everything else is as it was too."""
    playground.wait(
        "(step) => wire.drawn?.run === wire.status.run && wire.drawn.step === step", before[0]
    )
    assert shown(playground) == before


def press(testid: str) -> Change:
    return lambda playground: playground.get(testid).click()


def choose(path: str, value: str) -> Change:
    return lambda playground: playground.choose(path, value)


def fill(path: str, value: float) -> Change:
    return lambda playground: playground.fill(path, value)


def type_weight(playground: Playground) -> None:
    playground.page.get_by_role("button", name="Output", exact=True).click()
    with playground.redrawn():
        playground.get("value-output.b.0").fill("3")
        playground.get("value-output.b.0").press("Enter")
    playground.page.keyboard.press("Escape")
    playground.page.mouse.move(0, 0)


def load_preset(playground: Playground) -> None:
    playground.get("presets").click()
    playground.get("preset-vanishing").click()


CHANGES: dict[str, Change] = {
    "add a neuron": press("add-unit-0"),
    "remove a neuron": press("remove-unit-0"),
    "add a layer": press("add-layer"),
    "data": lambda playground: playground.choose_data("gauss"),
    "noise": fill("data.noise", 0.2),
    "loss": choose("loss.kind", "logistic"),
    "optimizer": choose("optimizer.kind", "adam"),
    "initializer": choose("initializer.kind", "zeros"),
    "learning rate": fill(RATE, 0.1),
    "batch size": fill("batch_size", 5),
    "a weight": type_weight,
    "reset": press("reset"),
    "new start": press("new-start"),
    "preset": load_preset,
}


@pytest.mark.timeout(600)  # many changes, each taken back twice
def test_undo_brings_back_what_was_there(playground: Playground):
    playground.open("data=xor&layers=4,3")
    playground.step(8)
    for name, change in CHANGES.items():
        with case(name):
            taken_back(playground, change)
            playground.step(1)  # and it trains on from there


def taken_back(playground: Playground, change: Change) -> None:
    """Change, train, undo, redo, and undo again."""
    before = shown(playground)
    status = playground.status
    with playground.redrawn():
        change(playground)
    expect(playground.get("undo")).not_to_have_attribute("aria-disabled", "true")
    playground.catch_up()
    playground.step(3)
    after = shown(playground)
    assert after != before
    undo(playground)
    back_to(playground, before)
    for key in ("spec", "start_spec", "edits"):
        assert playground.status[key] == status[key]
    undo(playground, "Control+Shift+Z")
    back_to(playground, after)
    undo(playground)
    back_to(playground, before)


def test_undo_after_a_change_in_the_past_brings_back_that_moment(playground: Playground):
    playground.open("data=xor")
    playground.step(10)
    playground.fill(RATE, 0.1)
    playground.step(10)
    playground.get("timeline").fill("100")
    playground.wait("() => wire.drawn.step === 100")
    before, edits = shown(playground), playground.status["edits"]
    playground.fill(RATE, 0.3)
    playground.step(1)
    undo(playground)
    back_to(playground, before)
    assert (playground.status["edits"], playground.status["planned"]) == (edits, 1)


def test_what_played_plays_on_from_there(playground: Playground):
    playground.open("data=xor")
    playground.play()
    playground.wait_steps(300)
    playground.click_restart(playground.get("add-unit-0"))
    playground.wait_phase("playing")
    run = playground.run
    playground.page.locator("body").press("Control+z")
    playground.wait_run(run + 1)
    playground.wait_steps(300)
    playground.wait_phase("playing")
    playground.pause()
    assert playground.value("layers.0.units") == 4


def test_a_few_changes_are_taken_back_one_by_one(playground: Playground):
    playground.open()
    seen = []
    for change in ("add-unit-0", "add-layer", "reset"):
        playground.step(4)
        seen.append(shown(playground))
        playground.click_restart(playground.get(change))
    for before in reversed(seen):
        undo(playground)
        back_to(playground, before)
    expect(playground.get("undo")).to_have_attribute("aria-disabled", "true")
    undo(playground, "Control+y")
    back_to(playground, seen[1])


def test_undo_says_where_it_leads(playground: Playground):
    playground.open()
    playground.step(484, "step")
    playground.click_restart(playground.get("reset"))
    expect(playground.get("undo")).to_have_attribute("data-tip", "Undo: back to step 484.")
    playground.click_restart(playground.get("add-unit-0"))
    expect(playground.get("undo")).to_have_attribute("data-tip", "Undo: Neurons (layer 1) 5 → 4.")


def test_undo_after_putting_the_networks_somewhere_undoes_that(page: Page):
    landscape = LandscapePage(page).open("members=0~optimizer~sgd,1~optimizer~adam&layers=3")
    landscape.go(30)
    losses, edits = landscape.losses_of_members(), landscape.status["edits"]
    landscape.press_map(0.3, 0.3)
    put = landscape.losses_of_members()
    assert put != losses
    landscape.go(10)
    after = landscape.losses_of_members()
    with landscape.restarted():
        landscape.get("undo").click()
    landscape.wait_steps(30)
    assert (landscape.steps, landscape.losses_of_members()) == (30, losses)
    assert landscape.status["edits"] == edits
    with landscape.restarted():
        landscape.get("redo").click()
    landscape.wait_steps(40)
    assert landscape.losses_of_members() == after
