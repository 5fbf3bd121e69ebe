"""Changing data, network and training, also while the network trains."""

from playwright.sync_api import expect

from tests.browser.playground_page import Playground

LIVE_NUMBERS = {"optimizer.learning_rate": 0.1, "batch_size": 30, "penalty.l2": 0.003}
RESTARTING_NUMBERS = {"data.noise": 0.2, "data.train_share": 0.8}


def start_playing(playground: Playground) -> tuple[int, int]:
    """The run that plays now, and a step that it has passed."""
    playground.open()
    playground.play()
    playground.wait_steps(200)
    return playground.run, playground.steps


def went_on(playground: Playground, run: int, passed: int) -> None:
    playground.wait_steps(passed + 200)
    playground.wait_phase("playing")
    assert playground.run == run


def started_again(playground: Playground, run: int) -> None:
    playground.wait_run(run + 1)
    playground.wait_steps(200)
    playground.wait_phase("playing")


def test_live_numbers_go_on_with_the_running_network(playground: Playground):
    run, passed = start_playing(playground)
    for path, value in LIVE_NUMBERS.items():
        playground.fill(path, value)
        went_on(playground, run, passed)
        passed = playground.steps
        edit = playground.status["edits"][-1]
        assert edit["changes"] == {path: value}
        assert f"{edit['step']}~{path}~{value}" in playground.page.url


def test_batches_of_one_point_are_refused_with_batch_normalization(playground: Playground):
    playground.open("layers.0.batch_norm=true")
    playground.knob("batch_size").fill("1")
    playground.knob("batch_size").press("Enter")
    said = playground.get("problems")
    expect(said).to_contain_text("batch_size = 1 Allowed: 2 or more")
    expect(said).to_contain_text("batch normalization (layers.0.batch_norm)")
    assert playground.status["spec"]["batch_size"] == 10


def test_the_optimizer_changes_while_it_trains(playground: Playground):
    run, passed = start_playing(playground)
    playground.choose("optimizer.kind", "adam")
    playground.fill("optimizer.learning_rate", 0.01)
    went_on(playground, run, passed)
    expect(playground.get("train-loss")).not_to_have_text("–")


def test_the_activation_changes_while_it_trains(playground: Playground):
    run, passed = start_playing(playground)
    playground.choose("layers.0.activation.kind", "relu")
    went_on(playground, run, passed)
    assert playground.value("layers.1.activation.kind") == "tanh"


def test_numbers_of_the_data_start_again_and_go_on_playing(playground: Playground):
    run, _ = start_playing(playground)
    for path, value in RESTARTING_NUMBERS.items():
        playground.fill(path, value)
        started_again(playground, run)
        run = playground.run
    assert playground.status["edits"] == []


def test_the_share_says_how_many_points_train(playground: Playground):
    playground.open()
    playground.fill("data.train_share", 0.8)
    playground.settle()
    header, arrays = playground.scene()
    assert (header["train"], len(arrays["labels"])) == (400, 500)
    assert playground.status["steps_per_epoch"] == 40


def test_another_data_set_starts_again_and_goes_on_playing(playground: Playground):
    run, _ = start_playing(playground)
    _, before = playground.scene()
    playground.choose_data("xor")
    started_again(playground, run)
    _, after = playground.scene()
    assert (before["points"] != after["points"]).any()
    expect(playground.tile("xor").locator("input")).to_be_checked()
    expect(playground.tile("circle").locator("input")).not_to_be_checked()


def test_a_new_sample_draws_other_points(playground: Playground):
    playground.open()
    _, before = playground.scene()
    thumbnail = playground.page.locator('.tile[data-value="circle"] canvas')
    playground.wait(
        "() => document.querySelector('.tile[data-value=circle] canvas').toDataURL().length > 1000"
    )
    drawn = thumbnail.evaluate("(canvas) => canvas.toDataURL()")
    playground.click_restart(playground.get("new-data"))
    playground.settle()
    _, after = playground.scene()
    assert (before["points"] != after["points"]).any()
    assert "data.seed=2" in playground.page.url
    playground.wait(
        "(drawn) => document.querySelector('.tile[data-value=circle] canvas').toDataURL() !== drawn",
        drawn,
    )


def test_layers_and_neurons_come_and_go(playground: Playground):
    playground.open()
    playground.play()
    shape = []
    for name in ("add-layer", "add-unit-0", "add-unit-2", "remove-unit-1", "layer-remove-1"):
        playground.click_restart(playground.in_sight(playground.get(name)))
        shape.append(playground.status["units"])
    assert shape == [
        [2, 4, 2, 2, 1],
        [2, 5, 2, 2, 1],
        [2, 5, 2, 3, 1],
        [2, 5, 1, 3, 1],
        [2, 5, 3, 1],
    ]
    playground.wait_phase("playing")
    expect(playground.get("units-1")).to_have_text("3")
    expect(playground.get("units-2")).to_have_count(0)


def test_a_layer_keeps_at_least_one_neuron(playground: Playground):
    playground.open("layers=1")
    fewer = playground.get("remove-unit-0")
    expect(fewer).to_have_attribute("aria-disabled", "true")
    fewer.click(force=True)
    playground.step(1, "step")
    assert playground.status["units"] == [2, 1, 1]


def test_inputs_come_and_go(playground: Playground):
    playground.open()
    playground.click_restart(playground.get("feature-x1_squared"))
    assert playground.status["units"] == [3, 4, 2, 1]
    expect(playground.get("feature-x1_squared")).to_have_attribute("aria-pressed", "true")
    playground.click_restart(playground.get("feature-x1_squared"))
    playground.click_restart(playground.get("feature-x1"))
    playground.get("feature-x2").click()
    expect(playground.get("notice")).to_contain_text("at least one input")
    assert playground.value("features") == ["x2"]


def test_every_layer_has_an_activation_of_its_own(playground: Playground):
    playground.open()
    playground.choose("layers.0.activation.kind", "relu")
    playground.choose("layers.1.activation.kind", "leaky_relu")
    playground.fill("layers.1.activation.slope", 0.2)
    playground.step(1)
    kinds = [layer["activation"]["kind"] for layer in playground.value("layers")]
    assert kinds == ["relu", "leaky_relu"]


def test_a_number_that_cannot_be_is_refused_at_its_field(playground: Playground):
    playground.open()
    field = playground.page.locator('.field[data-path="optimizer.learning_rate"]')
    knob = playground.knob("optimizer.learning_rate")
    for typed, good in (("-1", 0.1), ("0", 0.2), ("1e9", 0.3), ("e", 0.4)):
        knob.press("ControlOrMeta+a")
        knob.press_sequentially(typed)
        knob.press("Enter")
        expect(field.get_by_role("alert")).to_contain_text("Allowed: a number from")
        expect(knob).to_have_attribute("aria-invalid", "true")
        playground.fill("optimizer.learning_rate", good)
        expect(field.get_by_role("alert")).to_be_hidden()


def test_settings_that_clash_are_named(playground: Playground):
    """Three classes do not go with a loss for two: the server says so and keeps what was there."""
    playground.open()
    playground.knob("loss.kind").select_option("logistic")
    playground.wait_value("loss.kind", "logistic")
    playground.tile("blobs").click()
    playground.wait(
        "() => wire.status.spec.data.kind === 'blobs'"
        " || document.querySelector('[data-testid=problems], [data-testid=notice]')"
    )
    playground.step(1)


def test_show_test_points_and_discretize_are_only_a_way_to_look(playground: Playground):
    playground.open()
    playground.step(2)
    before, run = playground.losses(), playground.run
    picture = playground.picture("boundary")
    playground.in_sight(playground.get("show-test")).check()
    playground.in_sight(playground.get("discretize")).check()
    playground.wait(
        "(before) => document.querySelector('[data-testid=boundary]').toDataURL() !== before",
        picture,
    )
    assert (playground.losses(), playground.run) == (before, run)
