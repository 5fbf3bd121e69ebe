"""Numbers as people type them: taken for what they mean, or answered at the field, never reinterpreted."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.landscape_page import LandscapePage
from tests.browser.playground_page import Playground
from tests.browser.race_page import RacePage

RATE = "optimizer.learning_rate"


def type_over(field: Locator, text: str) -> None:
    """Replace what the field holds, key by key, as a person does."""
    field.press("ControlOrMeta+a")
    field.press("Delete")
    field.press_sequentially(text)
    field.press("Enter")


def complaint(field: Locator) -> Locator:
    """What describes the field, which a screen reader reads with it."""
    ids = field.get_attribute("aria-describedby") or ""
    return field.page.locator(", ".join(f"#{one}" for one in ids.split() if one != "tip"))


def test_a_number_is_taken_for_what_it_means(playground: Playground):
    playground.open()
    knob = playground.knob(RATE)
    meanings = {"0,05": 0.05, " .5 ": 0.5, "1E−3": 0.001, "０，０５": 0.05, "1×10⁻³": 0.001}
    for typed, meant in meanings.items():
        type_over(knob, typed)
        playground.wait_value(RATE, meant)
        expect(knob).to_have_value(str(meant))
        expect(knob).to_have_attribute("aria-valuenow", str(meant))


def test_what_could_mean_two_numbers_is_answered_at_the_field(playground: Playground):
    playground.open()
    knob = playground.knob(RATE)
    for typed in ("1,000", "1.000,5", "1 000", "0,05,3", "ten", ""):
        type_over(knob, typed)
        expect(knob).to_have_attribute("aria-invalid", "true")
        expect(complaint(knob)).to_contain_text("Allowed: a number from")
        expect(complaint(knob)).to_contain_text(typed)
        expect(knob).to_have_value(typed)  # to be mended
        playground.step(1, "step")  # elsewhere, with the old value
        assert playground.value(RATE) == 0.03
        expect(knob).to_have_value("0.03")
        playground.fill(RATE, 0.04)
        expect(knob).not_to_have_attribute("aria-invalid", "true")
        playground.fill(RATE, 0.03)


def test_a_pasted_number_keeps_its_sign(playground: Playground):
    playground.open("data=gauss&initializer=zeros")
    knob = playground.knob("initializer.bias")
    knob.fill("−0,05")
    knob.press("Enter")
    playground.wait_value("initializer.bias", -0.05)


def test_keys_step_through_the_values_and_the_wheel_does_not(playground: Playground):
    playground.open()
    noise = playground.knob("data.noise")
    for key, value in (("ArrowUp", 0.05), ("PageUp", 0.5), ("ArrowUp", 0.5), ("ArrowDown", 0.45)):
        noise.press(key)
        playground.wait_value("data.noise", value)
    expect(playground.page.locator('[data-path="data.noise"] [role=alert]')).to_be_hidden()
    noise.hover()
    playground.page.mouse.wheel(0, 50)
    expect(noise).to_have_value("0.45")
    noise.press("ControlOrMeta+a")
    noise.press_sequentially("0,2")
    noise.press("ArrowUp")  # from what is typed
    playground.wait_value("data.noise", 0.25)


def test_escape_brings_back_the_value_that_holds(playground: Playground):
    playground.open()
    knob = playground.knob(RATE)
    type_over(knob, "1,000")
    expect(knob).to_have_attribute("aria-invalid", "true")
    knob.press("Escape")
    expect(knob).to_have_value("0.03")
    expect(knob).not_to_have_attribute("aria-invalid", "true")


def test_seeds_steps_and_weights_are_read_alike(playground: Playground):
    playground.open()
    seed = playground.in_sight(playground.get("seed-weights"))
    type_over(seed, "1.000")
    expect(complaint(seed)).to_contain_text("it can mean 1 or 1000")
    type_over(seed, "-1")
    expect(complaint(seed)).to_contain_text("a whole number from 0")
    type_over(seed, "１２")
    playground.wait_value("weights_seed", 12)
    playground.page.keyboard.press("Escape")

    count = playground.get("step-count")
    for typed in ("0", "2,5", "1,000"):
        type_over(count, typed)
        expect(complaint(count)).to_contain_text("a whole number from 1")
    type_over(count, "3,0")
    expect(count).to_have_value("3")
    playground.get("step").click()
    playground.wait_steps(75)

    playground.page.get_by_role("button", name="Output").press("Enter")
    bias = playground.get("value-output.b.0")
    type_over(bias, "1,000")
    expect(complaint(bias)).to_contain_text("it can mean 1 or 1000")
    type_over(bias, "−0,05")
    playground.wait(
        "() => wire.status.edits.some(({ changes }) => changes['theta.output.b.0'] === -0.05)"
    )


def test_starts_of_a_race_are_read_alike(page: Page):
    race = RacePage(page).open()
    start = race.get("start-0-x")
    type_over(start, "1,000")
    expect(complaint(start)).to_contain_text("it can mean 1 or 1000")
    type_over(start, "−2,25")
    page.wait_for_url("**#*starts=-2.25,*")
    race.raced()
    rate = race.knob("racers.0.optimizer.learning_rate")
    type_over(rate, "0,05")
    page.wait_for_url("**#*learning_rate~0.05*")


def test_the_seed_of_a_landscape_is_read_alike(page: Page):
    landscape = LandscapePage(page).open("map=random")
    seed = landscape.get("axes-seed")
    type_over(seed, "2,5")
    expect(complaint(seed)).to_contain_text("a whole number from 0")
    type_over(seed, "７")
    page.wait_for_url("**map.seed=7*")


def test_no_field_leaves_numbers_to_the_browser(page: Page):
    for path in ("/", "/optimizers", "/landscape"):
        page.goto(path)
        page.get_by_test_id("status").get_by_text("Connected").wait_for()
        expect(page.locator("input[type=number]")).to_have_count(0)
        assert page.locator("input.number[role=spinbutton]").count() > 0
