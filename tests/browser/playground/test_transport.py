"""Play, pause, step, speed, reset and new start, and the counters beside them."""

import pytest
from playwright.sync_api import expect

from tests.browser.playground_page import Playground


def test_a_fresh_page_waits_at_step_0(playground: Playground):
    playground.open()
    playground.settle()
    assert [playground.number(name) for name in ("epoch", "steps", "rate")] == [0, 0, 0]
    assert playground.number("train-loss") > 0
    expect(playground.get("play")).to_have_attribute("aria-label", "Play")


def test_playing_trains_until_paused(playground: Playground):
    playground.open()
    first = playground.number("train-loss")
    playground.play()
    expect(playground.get("play")).to_have_attribute("aria-label", "Pause")
    playground.wait_steps(2000)
    playground.wait("() => Number(document.querySelector('[data-testid=rate]').dataset.value) > 0")
    playground.pause()
    # the frame that shows where it stopped comes after the word that it has
    playground.wait(
        "() => Number(document.querySelector('[data-testid=rate]').dataset.value) === 0"
    )
    assert playground.number("train-loss") < first
    assert playground.number("epoch") == pytest.approx(playground.steps / 25)


def test_nothing_moves_while_paused(playground: Playground):
    playground.open()
    playground.step(3)
    # where training came to rest there may be one more frame, with the rate and what was found
    playground.wait("() => performance.now() - wire.drawn.at > 1000")
    frames = playground.page.evaluate("wire.frames")
    playground.get("test-loss").hover()
    playground.page.evaluate(
        "() => new Promise((done) => { let left = 12;"
        " const next = () => (left-- ? requestAnimationFrame(next) : done()); next(); })"
    )
    assert playground.page.evaluate("wire.frames") == frames
    assert playground.steps == 75


@pytest.mark.parametrize(("count", "unit", "steps"), [(37, "step", 37), (4, "epoch", 100)])
def test_a_step_goes_exactly_as_far_as_it_says(
    playground: Playground, count: int, unit: str, steps: int
):
    playground.open()
    playground.step(count, unit)
    assert playground.steps == steps
    assert playground.number("epoch") == pytest.approx(steps / 25)


def test_steps_that_are_pressed_fast_add_up(playground: Playground):
    playground.open()
    playground.get("step-unit").select_option("step")
    for _ in range(5):
        playground.get("step").click()
    playground.wait_steps(5)
    playground.settle()
    assert playground.steps == 5


def test_a_step_while_playing_pauses_first(playground: Playground):
    playground.open()
    playground.play()
    playground.get("step").click()
    playground.settle()
    assert playground.steps > 0


def test_a_step_count_that_cannot_be_is_answered_and_the_old_one_holds(playground: Playground):
    playground.open()
    count = playground.get("step-count")
    error = playground.page.locator(".step-by .field-error")
    for good, typed in (("2", "0"), ("3", "-5"), ("4", "2.6"), ("5", "99999999"), ("6", "")):
        count.fill(good)
        count.press("Tab")
        expect(error).to_be_hidden()
        count.fill(typed)
        count.press("Tab")
        expect(error).to_contain_text("Allowed: a whole number from 1")
        expect(count).to_have_value(good)


def test_a_slow_speed_shows_every_step(playground: Playground):
    playground.open()
    playground.speed(10)
    playground.page.evaluate(
        """() => {
          window.seen = [];
          const look = () => {
            const { step, at } = wire.drawn;
            if (seen.at(-1)?.step !== step) seen.push({ step, at });
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    playground.play()
    # ten steps, one after the other, take a second: as soon as this computer does nothing else for so long
    playground.wait(
        """() => seen.some(({ step, at }, i) => {
          const last = seen[i + 10];
          const pace = (last?.at - at) / 10;
          return step > 0 && last?.step === step + 10 && pace > 80 && pace < 200;
        })"""
    )
    assert playground.number("rate") < 30


def test_speed_can_be_changed_while_playing(playground: Playground):
    playground.open()
    playground.speed(1)
    playground.play()
    run = playground.run
    playground.speed(None)
    playground.wait_steps(1000)
    playground.speed(1)
    playground.pause()
    assert playground.run == run


def test_reset_starts_again_with_the_same_weights(playground: Playground):
    playground.open()
    start = playground.losses()
    playground.step(20)
    later = playground.losses()
    playground.reset()
    assert playground.steps == 0
    assert playground.losses() == start
    playground.step(20)
    assert playground.losses() == later


def test_reset_while_playing_pauses_at_step_0(playground: Playground):
    playground.open()
    start = playground.losses()
    playground.play()
    playground.reset()
    assert playground.steps == 0
    assert playground.losses() == start


def test_a_new_start_draws_other_weights(playground: Playground):
    playground.open()
    start = playground.losses()
    playground.click_restart(playground.get("new-start"))
    playground.settle()
    assert playground.steps == 0
    assert playground.losses() != start
    assert "weights_seed=2" in playground.page.url


def test_a_new_start_while_playing_goes_on_playing(playground: Playground):
    playground.open()
    playground.play()
    playground.click_restart(playground.get("new-start"))
    playground.wait_steps(100)
    playground.wait_phase("playing")
