"""What goes wrong is read whole at a glance, beside the network and not on it."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.playground_page import Playground

WHOLE = "(text) => text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1"
TROUBLES = {
    "All neurons are the same": "initializer=zeros&layers=8,8&layers.0.activation=relu",
    "The penalty is too strong": "penalty.l2=1&layers=8,8",
    "Training is stuck": "data=spiral&optimizer.learning_rate=0.00001",
    "Vanishing gradients": "data=xor&layers=8,8,8,8,8,8&"
    + "&".join(f"layers.{i}.activation=sigmoid" for i in range(6)),
}


def box(part: Locator) -> tuple[float, float, float, float]:
    found = part.bounding_box()
    assert found
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def apart(one: Locator, other: Locator) -> bool:
    left, top, right, bottom = box(one)
    x, y, width, height = box(other)
    return right <= x or width <= left or bottom <= y or height <= top


@pytest.mark.parametrize("title", TROUBLES)
def test_a_warning_is_read_whole_and_says_what_its_button_does(playground: Playground, title: str):
    playground.open(TROUBLES[title])
    before = box(playground.get("network"))
    playground.step(90, "epoch")
    line = playground.get("finding-line")
    expect(line).to_contain_text(title)
    assert playground.get("finding-text").evaluate(WHOLE)
    assert box(playground.get("network")) == before, "nothing moves"
    assert apart(line, playground.get("network"))
    verb, *_ = line.get_by_test_id("fix").inner_text().split()
    assert verb in {"Set", "Use", "Lower", "Start", "Turn", "Switch", "Add", "Widen", "Keep"}


@pytest.mark.viewport(1280, 720)
def test_cards_keep_off_the_network(playground: Playground):
    playground.open("noise=0.9&layers=8,8")
    problems = playground.get("problems")
    expect(problems).to_be_visible()
    assert apart(problems, playground.get("network"))


def test_a_run_that_its_rule_ended_says_so_below_the_network(playground: Playground):
    playground.open("stop=steps&stop.steps=50")
    playground.get("play").click()
    stop = playground.get("stop")
    expect(stop).to_contain_text("Training stopped early at step 50")
    assert playground.get("finding-text").evaluate(WHOLE)
    assert apart(stop, playground.get("network"))
    stop.get_by_role("button", name="Dismiss").click()
    expect(stop).to_have_count(0)
