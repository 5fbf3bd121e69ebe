"""Training that blows up pauses, says what happened, and is recovered from."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground

RELU = "layers=8,8&layers.0.activation=relu&layers.1.activation=relu"
EXPLODES = f"data=plane&{RELU}&optimizer.learning_rate=100"


def explode(playground: Playground) -> int:
    """Play until training stops, and return the step it stopped at."""
    playground.open(EXPLODES)
    playground.get("play").click()
    expect(playground.get("failure")).to_be_visible()
    playground.settle()
    return playground.status["failure"]["step"]


def test_it_pauses_says_what_happened_and_is_cured_with_one_press(playground: Playground):
    step = explode(playground)
    card = playground.get("failure")
    expect(card).to_contain_text(f"Training stopped at step {step}")
    expect(card).to_contain_text("A weight became")
    assert playground.steps == step - 1, "the picture shows the last step that could be computed"
    expect(playground.get("play")).to_have_attribute("aria-label", "Play")

    # weights that are past mending are left behind
    playground.click_restart(card.get_by_role("button", name="Set the learning rate to 0.03"))
    playground.settle()
    assert playground.steps == 0
    playground.step(5)
    expect(card).to_have_count(0)
    assert playground.value("optimizer.learning_rate") == 0.03
    assert playground.number("train-loss") < 0.1


def test_it_happens_at_the_same_step_for_everybody(playground: Playground, visit: Visit):
    step = explode(playground)
    other = visit(EXPLODES)
    other.get("step-count").fill("1000")
    other.get("step").click()
    expect(other.get("failure")).to_contain_text(f"Training stopped at step {step}")


def test_reset_brings_back_the_beginning(playground: Playground):
    explode(playground)
    run = playground.run
    playground.get("failure").get_by_role("button", name="Reset").click()
    playground.wait_run(run + 1)
    playground.settle()
    assert playground.steps == 0
    expect(playground.get("failure")).to_have_count(0)
    assert playground.number("train-loss") < 1


def test_a_lower_learning_rate_at_once_goes_on_from_there(playground: Playground):
    """A linear model has one minimum, so that it finds its way back even from weights of 1e35."""
    playground.open("data=plane&layers=&optimizer.learning_rate=100")
    playground.get("play").click()
    expect(playground.get("failure")).to_be_visible()
    playground.settle()
    stopped, run = playground.steps, playground.run
    playground.fill("optimizer.learning_rate", 0.03)
    expect(playground.get("failure")).to_have_count(0)
    playground.play()
    playground.wait_steps(stopped + 5000)
    playground.pause()
    assert playground.run == run
    assert playground.number("train-loss") < 0.01
