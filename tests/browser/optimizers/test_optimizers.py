"""Optimizers race over a surface: what is seen of it, and what can be done."""

import csv
import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import engine
from tests.browser.conftest import Complaints, NewContext
from tests.browser.race_page import RacePage, number

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BOWL = (-1.5, 1.5, -1.5, 1.5)
WEBGL = ("GPU stall due to ReadPixels", "willReadFrequently")
"""What a browser without a graphics card says of every picture in three dimensions."""


@pytest.fixture
def race(page: Page) -> RacePage:
    """The test's own page, not opened yet."""
    return RacePage(page)


@pytest.fixture
def phone(new_context: NewContext) -> RacePage:
    """The same on a phone."""
    return RacePage(new_context(**PHONE).new_page())


def test_the_worked_example_is_written_out_step_by_step(race: RacePage):
    """By hand, f = x² + 2y² from (1, 1): g = (2x, 4y), v ← 0.9 v + g, w ← w − 0.1 v."""
    race.open("surface=bowl&racer=momentum,learning_rate~0.1,momentum~0.9&steps=30")
    expected = [
        (("1", "1"), ("2", "4"), ("2", "4"), ("0.8", "0.6")),
        (("0.8", "0.6"), ("1.6", "2.4"), ("3.4", "6"), ("0.46", "0")),
        # what rounding left of 0.6 − 0.1 · 6 goes on, and is shown as it is
        (
            ("0.46", "−1.11×10⁻¹⁶"),
            ("0.92", "−4.441×10⁻¹⁶"),
            ("3.98", "5.4"),
            ("0.062", "−0.54"),
        ),
    ]
    for update, lines in enumerate(expected):
        expect(race.get("arithmetic-step")).to_contain_text(f"Update {update + 1}")
        shown = race.arithmetic()
        assert [tuple(cell[1] for cell in line) for line in shown] == list(lines)
        race.get("step").click()
    race.get("step-back").click()
    race.get("step-back").click()
    expect(race.get("arithmetic-step")).to_contain_text("Update 2")
    velocity, place = race.arithmetic()[2:]
    rounded = race.get("arithmetic").locator(".arithmetic-rounded.is-shown")
    expect(rounded).to_have_count(1)
    expect(rounded).to_be_visible()
    legend = race.page.locator(".arithmetic-legend")
    for words in ("η learning rate", "μ momentum", "v velocity", "g gradient"):
        expect(legend).to_contain_text(words)
    assert [cell[0] for cell in velocity] == ["0.9·2 + 1.6", "0.9·4 + 2.4"]
    assert [cell[0] for cell in place] == ["0.8 − 0.1·3.4", "0.6 − 0.1·6"]


def test_a_step_comes_in_parts(race: RacePage):
    """By hand, in the second update: g = (1.6, 2.4), v = 0.9 (2, 4) + g = (3.4, 6), Δw = −0.1 v."""
    race.open("surface=bowl&racer=momentum,learning_rate~0.1,momentum~0.9&steps=30&arrows=parts")
    reading, step = race.get("map-reading"), race.get("step")
    present = race.get("arithmetic").locator("tr.is-present th")
    expect(reading).to_have_text(re.compile(r"1 of 3, gradient: −g = \(−2, −4\), drawn × 0\.\d+"))
    expect(present).to_have_count(1)
    for _ in range(3):
        step.click()
    race.wait_step(1)
    expect(reading).to_contain_text("1 of 3, gradient: −g = (−1.6, −2.4)")
    step.click()
    expect(reading).to_contain_text("2 of 3, velocity: −v = (−3.4, −6)")
    expect(present).to_contain_text("velocity")
    race.page.keyboard.press("s")
    expect(reading).to_have_text("3 of 3, step: Δw = (−0.34, −0.6), drawn in full")
    race.get("step-back").click()
    expect(reading).to_contain_text("2 of 3, velocity")
    race.get("arrows").select_option("all")
    expect(race.page).to_have_url(re.compile("arrows=all"))
    expect(present).to_have_count(0)
    step.click()
    race.wait_step(2)
    race.get("arrows").select_option("chosen")
    expect(race.page).not_to_have_url(re.compile("arrows"))


def test_with_reduced_motion_all_parts_of_a_step_are_there_at_once(
    new_context: NewContext,
):
    race = RacePage(new_context(reduced_motion="reduce").new_page())
    race.open("surface=bowl&racer=momentum,learning_rate~0.1,momentum~0.9&steps=30&arrows=parts")
    expect(race.get("map-reading")).to_contain_text("3 of 3, step: Δw = (−0.2, −0.4)")
    race.get("step").click()
    race.wait_step(1)
    expect(race.get("map-reading")).to_contain_text("3 of 3, step: Δw = (−0.34, −0.6)")


def test_while_a_race_diverges_nothing_is_shown_as_zero(race: RacePage):
    """Gradients of 1e20 beside ε = 1e-8 and rates of 0.01: each stands as it is."""
    race.open("surface=rosenbrock&racer=adagrad,learning_rate~100,epsilon~0.00000001&steps=60")
    race.get("step").click()
    expect(race.get("arithmetic-step")).to_contain_text("Update 2")
    numbers = [cell[0] for line in race.arithmetic()[2:] for cell in line]
    assert any("1×10⁻⁸" in text for text in numbers)
    assert not any(re.search(r"\+ 0\)", text) for text in numbers)


def test_what_is_shown_is_the_race_of_the_engine(race: RacePage):
    settings = {
        "surface": {"kind": "rosenbrock"},
        "racers": [
            {"optimizer": {"kind": "adam", "learning_rate": 0.05}},
            {
                "optimizer": {"kind": "rmsprop", "learning_rate": 0.01},
                "clip": {"kind": "norm", "limit": 2.0},
            },
        ],
        "starts": [[-1, 2]],
        "steps": 120,
        "noise": 0.3,
    }
    race.open(
        "surface=rosenbrock&racer=adam,learning_rate~0.05&racer=rmsprop,learning_rate~0.01,clip~norm,clip.limit~2"
        "&starts=-1,2&steps=120&noise=0.3"
    )
    _, rows = engine.race.advance_race(
        engine.race.begin_race(engine.race.RaceSpec.from_dict(settings)), 120
    )
    assert race.heights() == rows.value[0].tolist()
    race.seek(57)
    assert race.heights() == rows.value[57].tolist()
    race.get("timeline").press("PageUp")
    race.wait_step(63)
    assert race.heights() == rows.value[63].tolist()

    chart = race.page.locator(".race-plot.js-plotly-plot")
    # it is drawn of what is there, and again when the rest has come
    race.wait("() => document.querySelector('.race-plot').data?.[0]?.y.length === 121")
    curves = chart.evaluate("(plot) => plot.data.map(({ name, y }) => [name, y])")
    assert [name for name, _ in curves] == ["Adam", "RMSProp"]
    drawn = np.array([y for _, y in curves]).T
    assert drawn == pytest.approx(rows.value)
    race.get("race-measure").select_option("gradient_norm")
    norms = chart.evaluate("(plot) => plot.data.map(({ y }) => y)")
    drawn = np.array(norms).T
    assert drawn == pytest.approx(rows.gradient_norm)


def test_it_plays_to_the_end_and_goes_back_and_forth(race: RacePage):
    race.open(
        "surface=bowl&racer=sgd,learning_rate~0.1&racer=sgd,learning_rate~0.001&steps=40&tolerance=0.01"
    )
    assert race.statuses() == ["running", "running"]
    race.get("speed").select_option("100")
    race.page.keyboard.press("Space")
    expect(race.get("steps")).to_have_text("40")
    expect(race.get("play")).to_have_attribute("aria-label", "Play")
    assert race.statuses() == ["converged", "running"]
    row = race.get("race-table").locator("tbody tr").first
    reached = int(row.locator("td").nth(2).inner_text())
    race.seek(reached - 1)
    assert race.statuses()[0] == "running"
    race.page.locator("body").click(position={"x": 640, "y": 790})
    race.page.keyboard.press("ArrowRight")
    expect(race.get("steps")).to_have_text(str(reached))
    assert race.statuses()[0] == "converged"
    race.page.keyboard.press("ArrowLeft")
    expect(race.get("steps")).to_have_text(str(reached - 1))
    race.page.keyboard.press("r")
    expect(race.get("steps")).to_have_text("0")
    race.page.keyboard.press("?")
    expect(race.get("shortcuts")).to_be_visible()


def test_racers_come_and_go_and_keep_their_marks(race: RacePage):
    race.open("surface=bowl&racer=sgd&racer=momentum&steps=50")
    first, second = race.marks()
    race.get("racer-more-1").click()
    race.get("racer-duplicate-1").click()
    race.raced()
    assert race.names() == ["SGD", "Momentum", "Momentum (2)"]
    race.get("knob-racers.2.optimizer.learning_rate").fill("0.05")
    race.get("knob-racers.2.optimizer.learning_rate").press("Enter")
    race.raced()
    assert race.names()[2] == "Momentum η 0.05"
    race.get("add-racer").click()
    race.raced()
    assert len(set(race.marks())) == 4
    race.get("racer-more-0").click()
    race.get("racer-remove-0").click()
    race.raced()
    assert race.marks()[0] == second
    assert first not in race.marks()

    race.get("knob-racers.0.optimizer.kind").select_option("adam")
    race.raced()
    race.get("racer-more-0").click()
    race.get("knob-racers.0.optimizer.bias_correction").uncheck()
    race.get("knob-racers.0.schedule.kind").select_option("step")
    race.get("knob-racers.0.clip.kind").select_option("value")
    race.raced()
    expect(race.page).to_have_url(
        re.compile("racer=adam,learning_rate~0.01,bias_correction~false,schedule~step,clip~value&")
    )
    race.get("racer-show-1").click()
    expect(race.get("racer-1")).to_have_class(re.compile("is-hidden"))
    names = race.names()
    race.page.reload()
    race.ready()
    assert race.names() == names


def test_changes_are_taken_back_and_made_again(race: RacePage):
    race.open("surface=bowl&racer=sgd,learning_rate~0.1&steps=50")
    race.seek(20)
    before = race.heights()
    expect(race.get("undo")).to_have_attribute("aria-disabled", "true")
    race.get("knob-racers.0.optimizer.learning_rate").fill("0.2")
    race.get("knob-racers.0.optimizer.learning_rate").press("Enter")
    race.raced()
    after = race.heights()
    assert (race.steps, after != before) == (20, True)
    race.get("undo").click()
    race.raced()
    assert race.heights() == before
    race.page.keyboard.press("Control+Shift+z")
    race.raced()
    assert (race.steps, race.heights()) == (20, after)


def test_undo_takes_back_a_change_that_was_made_just_now(race: RacePage):
    race.open("surface=bowl&racer=sgd,learning_rate~0.1&steps=50")
    rate = race.get("knob-racers.0.optimizer.learning_rate")
    rate.fill("0.2")
    rate.press("Enter")
    expect(race.get("undo")).not_to_have_attribute("aria-disabled", "true")
    rate.fill("0.4")
    rate.press("Enter")
    race.get("undo").click()
    expect(rate).to_have_value("0.2")


def test_the_start_is_set_on_the_map(race: RacePage):
    race.open("surface=bowl&racer=sgd,learning_rate~0.1&steps=50")
    plot = race.get("race-map")
    plot.click(position=race.place(-0.75, 0.5, BOWL))
    race.raced()
    assert float(race.get("start-0-x").input_value()) == pytest.approx(-0.75, abs=0.01)
    assert float(race.get("start-0-y").input_value()) == pytest.approx(0.5, abs=0.01)
    box = race.box(plot)
    ring, target = race.place(-0.75, 0.5, BOWL), race.place(0.3, -0.6, BOWL)
    race.page.mouse.move(box["x"] + ring["x"], box["y"] + ring["y"])
    race.page.mouse.down()
    race.page.mouse.move(box["x"] + target["x"], box["y"] + target["y"], steps=8)
    race.page.mouse.up()
    race.raced()
    x, y = (float(race.get(f"start-0-{name}").input_value()) for name in "xy")
    assert (x, y) == (pytest.approx(0.3, abs=0.01), pytest.approx(-0.6, abs=0.01))
    assert race.heights() == [pytest.approx(x * x + 2 * y * y)]
    expect(race.get("map-reading")).to_contain_text("x 0.3")
    plot.focus()
    plot.press("ArrowRight")
    race.raced()
    assert float(race.get("start-0-x").input_value()) == pytest.approx(x + 0.03, abs=0.005)

    race.get("add-start").click()
    race.raced()
    expect(race.get("starts-reached")).to_contain_text("start 2 of 2")
    race.get("start-1-x").fill("1.25")
    race.get("start-1-x").press("Enter")
    race.raced()
    expect(race.page).to_have_url(re.compile(r"starts=[-\d.,]+;1\.25,"))
    race.get("tab-theory").click()
    expect(race.get("theory-start")).to_contain_text("from the first of the 2 starts")


def test_a_formula_is_raced_on_while_it_is_typed(race: RacePage):
    race.open("steps=50&racer=sgd,learning_rate~0.1")
    race.get("surfaces").click()
    race.get("surface-formula").click()
    race.raced()
    field = race.get("formula")
    field.fill("x^2 + 3*y^2")
    expect(race.page).to_have_url(re.compile(re.escape("surface.text=x^2%20%2B%203*y^2")))
    race.raced()
    assert race.heights() == [3**2 + 3 * 2**2]
    field.fill("x^2 + foo*y")
    expect(race.page.locator(".formula-fault")).to_contain_text("foo")
    assert race.page.locator(".formula-marked mark").inner_text() == "foo"
    expect(field).to_have_value("x^2 + foo*y")
    assert race.heights() == [21], "the last good one stays"
    field.fill("(x - y")
    expect(race.page.locator(".formula-marked mark")).not_to_have_text("foo")
    field.fill("(x - y)^2 + y^2")
    race.raced()
    expect(race.page.locator(".formula-fault")).to_be_hidden()
    expect(race.page).to_have_url(re.compile(re.escape("(x%20-%20y)^2")))
    race.open("surface=formula&surface.text=x^2%20%2B%20foo*y")
    expect(race.get("problems").locator("mark")).to_have_text("foo")
    field.fill("sqrt(-x)")
    expect(race.page.locator("#panel-arithmetic")).to_contain_text("There is no update")


def test_ravines_are_drawn_by_lot_with_a_chosen_condition_number(race: RacePage):
    race.open("surface=ravine&surface.condition=50&racer=sgd,learning_rate~0.01&steps=50")
    race.get("random-ravine").click()
    race.raced()
    assert race.get("knob-surface.condition").input_value() == "50"
    x, y = (float(race.get(f"start-0-{name}").input_value()) for name in "xy")
    assert np.hypot(x, y) == pytest.approx(2.5, abs=0.01)
    angle = np.deg2rad(float(race.get("knob-surface.angle").input_value()))
    u, v = np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x
    assert race.heights() == [pytest.approx((u * u + 50 * v * v) / 2)]
    race.get("tab-theory").click()
    expect(race.get("theory")).to_contain_text("1 and 50")


def test_what_is_wrong_in_an_address_is_named_and_the_rest_kept(race: RacePage):
    race.open(
        "surface=ravine&surface.condition=1e9&racer=momentum,learning_rate~5000,momentum~0.5"
        "&racer=adam,banana~3&steps=70&fog=3"
    )
    problems = race.get("problems")
    for part in ("surface.condition", "racers.0.optimizer.learning_rate", "banana~3", "fog"):
        expect(problems).to_contain_text(part)
    assert race.names() == ["Momentum", "Adam"]
    race.get("racer-more-0").click()
    assert race.get("knob-racers.0.optimizer.momentum").input_value() == "0.5"
    assert race.get("knob-steps").input_value() == "70"


def test_who_leaves_the_map_or_the_numbers_is_said_in_words(race: RacePage):
    race.open("surface=bowl&racer=sgd,learning_rate~3&racer=momentum,learning_rate~0.6&steps=1000")
    # f = x² + 2y²: every step multiplies x by −5, y by −11, and ten diagonals of the map are 42
    race.seek(1)
    expect(race.get("off-map")).to_contain_text("SGD is off the map, at (−5, −11)")
    assert race.statuses()[0] == "running"
    race.seek(2)
    expect(race.get("off-map")).to_contain_text("SGD diverged: it is far off the map, at (25, 121)")
    assert race.statuses()[0] == "diverged"
    race.seek(1000)
    expect(race.get("off-map")).to_contain_text(
        re.compile("SGD diverged in step .* too large for float64")
    )
    assert race.statuses()[0] == "diverged"
    expect(race.get("status-0")).to_have_text("✕diverged")


def test_the_error_and_the_curvature_stand_beside_the_edge(race: RacePage):
    """With η = 0.11 across a ravine of curvature 20: 1 − ηλ = −1.2, and 2/η = 18.2."""
    race.open("surface=ravine&surface.condition=20&racer=sgd,learning_rate~0.11&steps=40")
    before = race.box(race.get("tab-arithmetic"))
    note = race.get("race-chart-note")
    expect(note).to_be_hidden()
    race.get("race-measure").select_option("error")
    expect(note).to_contain_text("Steep, λ = 20, 2/λ = 0.1: 1 − ηλ = −1.2, so it flips and grows.")
    expect(note).to_contain_text("Flat, λ = 1, 2/λ = 2: 1 − ηλ = 0.89, so it shrinks.")
    scale = race.get("edge-scale")
    expect(scale).to_have_accessible_name(
        "Steep: η = 0.11 is past the edge 0.1. Flat: η = 0.11 is below the edge 2."
    )
    assert scale.locator(".edge-limit").all_inner_texts() == ["2/λ 0.1", "2/λ 2"]
    marks = [race.box(mark) for mark in scale.locator(".racer-badge").all()]
    stable = [race.box(zone) for zone in scale.locator(".edge-stable").all()]
    past, below = (
        mark["x"] + mark["width"] / 2 - zone["x"] - zone["width"]
        for mark, zone in zip(marks, stable, strict=True)
    )
    assert past > 0 > below
    drawn = "document.querySelector('.race-plot').data"
    race.wait(f"() => {drawn}?.[0]?.name === 'SGD, steep direction' && {drawn}[0].y.length === 41")
    steep, flat = race.page.evaluate(f"{drawn}.map(({{ y }}) => y)")
    k = np.arange(41)
    assert steep == pytest.approx(1.2**k)
    assert flat == pytest.approx(2.5 * 0.89**k)
    race.get("race-measure").select_option("curvature")
    expect(note).to_have_text("λmax = 20 here, above 2/η = 18.2: along this direction steps grow.")
    race.wait(f"() => {drawn}?.[1]?.name === 'SGD, 2/η'")
    expect(race.get("race-chart")).to_contain_text("dashed: 2/η")
    expect(scale).to_be_hidden()
    assert race.box(race.get("tab-arithmetic")) == before, "nothing moves"
    race.get("surfaces").click()
    race.get("surface-rosenbrock").click()
    race.raced()
    race.get("knob-racers.0.optimizer.kind").select_option("adam")
    race.raced()
    expect(note).to_contain_text("scales each direction by itself")


def test_another_surface_without_the_chosen_start_is_worked_out_from_its_own(race: RacePage):
    race.open("surface=bowl&racer=sgd,learning_rate~0.1&starts=2,1&steps=30")
    race.get("add-start").click()
    race.raced()
    expect(race.get("starts-reached")).to_contain_text("start 2 of 2")
    race.get("surfaces").click()
    race.get("surface-rosenbrock").click()
    race.raced()
    here = race.get("arithmetic").locator("tbody tr").first
    expect(here).to_contain_text("−1.2")
    expect(race.get("problems")).to_have_count(0)


def test_basins_say_which_minimum_is_reached_from_where(race: RacePage):
    race.open("surface=himmelblau&racer=sgd,learning_rate~0.01&steps=200")
    race.get("basins").check()
    legend = race.get("map-legend")
    expect(legend).to_contain_text("(3, 2)")
    expect(legend).to_contain_text("(−3.78, −3.28)")
    shares = [int(share) for share in re.findall(r"(\d+) %", legend.inner_text())]
    assert sum(shares) == pytest.approx(100, abs=3)


def test_theory_stands_beside_practice_and_settings_are_picked_on_a_map(race: RacePage):
    """With curvatures 1 and 20: η = 2/21, factor 19/21.

    By Polyak: η = 4/(1 + √20)², factor (√20 − 1)/(√20 + 1), μ its square.
    """
    race.open("surface=ravine&surface.condition=20&racer=sgd,learning_rate~0.09523809&steps=150")
    race.get("tab-theory").click()
    facts = race.get("theory")
    expect(facts).to_contain_text("η = 0.09524, factor 0.9048")
    expect(facts).to_contain_text("η = 0.1336, μ = 0.4026, factor 0.6345")
    predicted, measured = race.get("theory-table").locator("td").all_inner_texts()
    assert float(predicted) == pytest.approx(19 / 21, rel=1e-3)
    assert float(measured) == pytest.approx(19 / 21, rel=1e-3)

    rates = race.get("rates-map")
    rates.scroll_into_view_if_needed()
    box = race.box(rates)
    rates.hover(position={"x": box["width"] * 0.5, "y": box["height"] * 0.3})
    # the coarse map, which comes first, has other settings there than the one of 32 × 32
    settings = re.compile(r"η 0\.0113\s+μ 0\.671\s+f = ")
    expect(race.get("rates-reading")).to_contain_text(settings)
    words = race.get("rates-reading").inner_text()
    rates.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.3})
    race.raced()
    assert race.names() == ["Momentum"]
    race.seek(150)
    shown = words.split("f = ")[1]
    assert number(shown) == pytest.approx(race.heights()[0], rel=0.05)


def test_the_surface_in_three_dimensions_keeps_the_way_it_was_turned(
    race: RacePage, complaints: Complaints
):
    complaints.allow(*WEBGL)
    race.open(
        "surface=rosenbrock&racer=adam,learning_rate~0.05&racer=sgd,learning_rate~0.001&steps=100"
    )
    assert race.page.locator(".surface-3d .main-svg").count() == 0
    race.in_three_dimensions()
    expect(race.page.locator(".surface-3d .main-svg").first).to_be_attached()
    points = (
        """(plot) => plot.data[3].x.length && plot.data[2].x.filter((x) => x !== null).length"""
    )
    plot = race.get("surface-3d")
    assert plot.evaluate(points) == 2
    plot.evaluate(
        "(plot) => Plotly.relayout(plot, { 'scene.camera.eye': { x: 2, y: 0.5, z: 0.4 } })"
    )
    race.seek(60)
    race.wait(f"() => ({points})(document.querySelector('[data-testid=surface-3d]')) === 122")
    assert plot.evaluate("(plot) => plot._fullLayout.scene.camera.eye.x") == pytest.approx(2)
    end = plot.evaluate("(plot) => plot.data[3].x")
    assert len(end) == 2


def test_the_surface_in_three_dimensions_has_the_whole_window(
    race: RacePage, complaints: Complaints
):
    complaints.allow(*WEBGL)
    race.open("surface=rosenbrock&racer=adam,learning_rate~0.05&steps=20")
    race.in_three_dimensions()
    plot, button = race.get("surface-3d"), race.get("enlarge-surface")
    plot.scroll_into_view_if_needed()
    before = race.box(plot)
    button.click()
    larger = race.box(plot)
    assert larger["width"] > 2 * before["width"]
    assert larger["y"] + larger["height"] <= 800
    drawn = "(plot, room) => plot._fullLayout?.width === Math.floor(room)"
    race.wait(f"(room) => ({drawn})(document.querySelector('.surface-3d'), room)", larger["width"])
    race.page.keyboard.press("Escape")
    assert race.box(plot) == before
    plot.hover()
    race.page.keyboard.press("f")
    expect(button).to_have_attribute("aria-label", "Shrink the surface")
    button.click()
    assert race.box(plot) == before


@pytest.mark.viewport(1920, 1080)
def test_a_wide_window_is_used(race: RacePage, complaints: Complaints):
    complaints.allow(*WEBGL)
    race.open()
    frame = race.box(race.page.locator(".race-frame"))
    foot = race.box(race.get("map-legend").locator(".race-legend-scale"))
    numbers = race.box(race.page.locator(".lab-numbers"))
    assert frame["width"] > 780
    assert numbers["x"] - (frame["x"] + frame["width"]) < 40, "no blank between map and numbers"
    assert race.box(race.get("race-chart"))["height"] > 300
    race.in_three_dimensions()
    assert race.box(race.get("surface-3d"))["width"] == frame["width"]
    assert race.box(race.get("map-legend").locator(".race-legend-scale")) == foot, "nothing moves"
    small = race.box(race.page.locator(".race-frame"))
    assert 144 <= small["width"] < frame["width"] / 3
    assert small["x"] + small["width"] == frame["x"] + frame["width"]


def test_a_race_is_taken_along(race: RacePage):
    race.open("surface=bowl&racer=momentum,learning_rate~0.1,momentum~0.9&steps=30")
    race.seek(3)
    race.get("share").click()
    race.wait("() => document.querySelector('[data-testid=share-link]').value === location.href")

    def saved(what: str) -> tuple[str, str]:
        with race.page.expect_download() as download:
            race.get(f"download-{what}").click()
        return download.value.suggested_filename, download.value.path().read_text(
            "utf-8", "replace"
        )

    name, text = saved("csv")
    assert name.endswith(".csv")
    rows = list(
        csv.reader(
            io.StringIO("".join(line for line in text.splitlines(True) if not line.startswith("#")))
        )
    )
    assert len(rows) == 1 + 31
    assert [float(rows[4][rows[0].index(axis)]) for axis in "xy"] == pytest.approx([0.062, -0.54])
    name, text = saved("numpy")
    assert name.endswith(".py")
    assert "import numpy" in text
    name, text = saved("picture-svg")
    drawing = ElementTree.fromstring(text)  # noqa: S314
    words = " ".join(drawing.itertext())
    assert "f = " in words
    assert "Momentum" in words
    name, text = saved("picture-png")
    assert text[1:4] == "PNG"


def test_presets_tell_a_story_and_keep_their_short_address(race: RacePage):
    race.open()
    race.get("presets").click()
    race.get("preset-zigzag").click()
    race.raced()
    expect(race.page).to_have_url(re.compile("#preset=zigzag$"))
    expect(race.get("lesson-title")).to_have_text("Zigzag in a ravine")
    expect(race.get("lesson-look")).not_to_be_empty()
    race.get("knob-surface.condition").fill("100")
    race.get("knob-surface.condition").press("Enter")
    race.raced()
    expect(race.page).to_have_url(re.compile(r"#surface\.condition=100&racer="))
    race.page.goto(re.sub("#.*", "#preset=worked-example", race.page.url))
    expect(race.get("lesson-title")).to_have_text("One step by hand")
    race.raced()
    assert race.names() == ["Momentum", "SGD"]


def test_it_plays_on_while_the_line_is_lost(race: RacePage, complaints: Complaints):
    complaints.allow("WebSocket connection")
    race.open("surface=bowl&racer=sgd,learning_rate~0.1&steps=30")
    # a socket that nobody ever answers
    race.page.evaluate("() => { WebSocket = class { close() {} }; }")
    race.page.evaluate("() => wire.sockets.at(-1).close()")
    expect(race.get("status")).to_have_text("Reconnecting …")
    expect(race.page.locator(".lab-settings")).to_have_attribute("inert", "")
    race.get("step").click()
    expect(race.get("steps")).to_have_text("1")


@pytest.mark.parametrize("small", [False, True])
def test_everything_fits_is_named_and_explains_itself(race: RacePage, phone: RacePage, small: bool):
    page = phone if small else race
    page.open("preset=worked-example")
    for more in (0, 1):
        page.get(f"racer-more-{more}").click()
    for tab in ("theory", "arithmetic"):
        page.get(f"tab-{tab}").click()
        assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
    silent = page.page.evaluate(
        """() => [...document.querySelectorAll("main *, .top *")]
          .filter((part) => part.matches("button, input, select"))
          .filter((part) => !["Close", "Dismiss"].includes(part.getAttribute("aria-label")))
          .filter((part) => !(part.closest("[data-tip]")?.dataset.tip.length > 10))
          .map((part) => part.outerHTML)"""
    )
    assert silent == []
    session = page.page.context.new_cdp_session(page.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = ("button", "checkbox", "combobox", "link", "slider", "spinbutton", "tab", "textbox")
    controls = [n for n in nodes if not n["ignored"] and n.get("role", {}).get("value") in roles]
    assert len(controls) > 30
    assert not [n for n in controls if not n.get("name", {}).get("value", "").strip()]
    expect(page.get("play")).to_be_in_viewport()
    if small:
        page.get("race-map").tap(position=page.place(-0.5, 0.5, BOWL))
        page.raced()
        assert float(page.get("start-0-x").input_value()) == pytest.approx(-0.5, abs=0.02)
