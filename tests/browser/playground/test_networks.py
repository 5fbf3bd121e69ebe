"""Other tasks and other shapes of network than the first one."""

import pytest
from playwright.sync_api import expect

from tests.browser.playground_page import Playground


def test_three_classes_with_cross_entropy(playground: Playground):
    playground.open("data=blobs&loss=cross_entropy&optimizer=adam")
    header, arrays = playground.scene()
    assert (header["task"], header["classes"]) == ("multi_class", 3)
    assert set(arrays["labels"]) == {0, 1, 2}
    assert playground.status["units"] == [2, 4, 2, 3]
    playground.step(60)
    assert playground.number("test-accuracy") > 0.9
    expect(playground.page.get_by_role("button", name="Output 2")).to_be_visible()
    playground.get("boundary").hover()
    expect(playground.get("reading")).to_contain_text("Class 2")


def test_three_classes_are_a_click_away(playground: Playground):
    """Also from a setting for two classes, and while playing."""
    playground.open()
    playground.play()
    playground.choose_data("blobs")
    playground.wait_steps(500)
    playground.choose_data("circle")
    playground.wait_steps(500)
    playground.pause()
    assert playground.number("train-loss") < 0.6


def test_regression_has_a_loss_and_no_accuracy(playground: Playground):
    playground.open("data=plane")
    assert playground.scene()[0]["task"] == "regression"
    playground.step(20)
    assert playground.number("test-loss") < 0.02
    expect(playground.get("train-accuracy")).to_have_text("–")
    playground.get("boundary").hover()
    expect(playground.get("reading")).to_contain_text("output")
    expect(playground.get("reading")).not_to_contain_text("Class")


def test_every_data_set_can_be_chosen_and_trains(playground: Playground):
    playground.open()
    playground.play()
    kinds = playground.page.locator(".tile").evaluate_all(
        "(tiles) => tiles.map((tile) => tile.dataset.value)"
    )
    # the editor, which own points open, lies over own values
    for kind in (kind for kind in kinds if kind != "custom_values"):
        run = playground.run
        playground.tile(kind).click()
        if kind != "circle":
            playground.wait_run(run + 1)
        playground.wait_value("data.kind", kind)
        playground.wait_steps(50)
        assert playground.number("train-loss") < 10
    expect(playground.get("problems")).to_have_count(0)


@pytest.mark.parametrize(
    ("layers", "units"),
    [
        ("", [2, 1]),
        ("8,8,8,8,8,8", [2, *[8] * 6, 1]),
        (",".join(["16"] * 8), [2, *[16] * 8, 1]),
        ("128", [2, 128, 1]),
    ],
    ids=["none", "six of eight", "eight of sixteen", "one of 128"],
)
def test_shapes_of_network(playground: Playground, layers: str, units: list[int]):
    playground.open(f"data=gauss&layers={layers}")
    assert playground.status["units"] == units
    start = playground.picture("network")
    playground.play()
    playground.wait_steps(300)
    playground.pause()
    assert playground.number("test-accuracy") > 0.9
    assert playground.picture("network") != start
    assert playground.page.evaluate("document.documentElement.scrollWidth") == 1280
    expect(playground.get("boundary")).to_be_in_viewport(ratio=1)


def test_all_inputs_at_once(playground: Playground):
    playground.open("data=spiral&layers=8")
    names = playground.page.locator("[data-testid^=feature-]").evaluate_all(
        "(all) => all.filter((one) => one.ariaPressed === 'false').map((one) => one.dataset.testid)"
    )
    for name in names:
        playground.click_restart(playground.get(name))
    assert playground.status["units"][0] == 2 + len(names)
    playground.step(5)


def test_the_last_layer_can_be_taken_out_and_put_back(playground: Playground):
    playground.open("layers=3")
    playground.click_restart(playground.in_sight(playground.get("layer-remove-0")))
    assert playground.status["units"] == [2, 1]
    playground.click_restart(playground.get("add-layer"))
    assert playground.status["units"] == [2, 4, 1]
    playground.step(1)
