"""The strip under the network: panels that look inside, one open at a time, which move nothing."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import engine
from tests.browser.cases import at_sizes
from tests.browser.playground_page import Playground

SIX = "layers=8,8,8,8,8,8" + "".join(f"&layers.{i}.activation=sigmoid" for i in range(6))
NAMES = ("gradients", "activations", "weights", "hidden-space")
OF_LAYERS = NAMES[:3]
PARTS = ("boundary", "network", "play", "timeline", "knob-optimizer.learning_rate", "strip")
AT_SIZES = at_sizes((1024, 768), (1280, 800), (1920, 1200))


def state_of(playground: Playground) -> engine.State:
    """The state that the page shows, worked out here."""
    spec = engine.RunSpec.from_dict(playground.status["start_spec"])
    return engine.train(engine.start(spec), playground.steps)[0]


def sentence(playground: Playground, name: str) -> str:
    """What a panel says of the state that the page shows."""
    state = state_of(playground)
    if name == "gradients":
        norms = engine.insight.gradient_flow(state).gradients
        times = float(f"{norms[-1] / norms[0]:.3g}")
        return f"Vanishing: layer 1 gets a gradient {times:,.0f} times smaller"
    if name == "activations":
        seen = engine.insight.Inspection(state)
        spread = engine.insight.activation_flow(seen).outputs[0, 1]
        return f"Signals die out: they spread over the points by {spread:.2g} in layer 1"
    found = engine.insight.weight_spread(state)
    return (
        f"{found.small.sum()} of {found.weights.sum()} weights are below 0.01 in size, none is 0."
    )


def shown(playground: Playground) -> set[str]:
    """The arrays of the newest picture."""
    return {name for name, *_ in playground.page.evaluate("wire.drawn.arrays")}


@pytest.mark.parametrize("name", OF_LAYERS)
def test_a_panel_says_the_numbers_of_the_run(playground: Playground, name: str):
    playground.open(SIX)
    playground.get(f"tab-{name}").click()
    playground.step(2)
    said = playground.get(f"{name}-sentence")
    expect(said).to_contain_text(sentence(playground, name))
    panel = playground.get(f"panel-{name}")
    expect(panel.locator("canvas")).to_have_accessible_name(said.text_content() or "")
    layers = panel.locator(".inside-layer")
    expect(layers).to_have_count(7)
    layers.first.focus()
    expect(layers.first).to_have_accessible_name(
        f"Layer 1: {layers.first.get_attribute('data-tip')}"
    )
    columns = panel.page.locator(".network-units .unit:not(.feature)")
    middle = [
        box["x"] + box["width"] / 2 for box in map(playground.box, (layers.last, columns.last))
    ]
    assert middle[0] == pytest.approx(middle[1], abs=1)


def test_the_open_panel_is_remembered_and_only_it_reads(playground: Playground):
    playground.open()
    expect(playground.get("insight-questions")).to_be_visible()
    assert not shown(playground) & {"flow", "reach"}
    playground.page.get_by_role("button", name="Does every layer learn?").click()
    playground.wait("() => wire.drawn.arrays.some(([name]) => name === 'flow')")
    playground.get("tab-activations").click()
    playground.wait("() => wire.drawn.arrays.some(([name]) => name === 'idle')")
    assert "flow" not in shown(playground)
    playground.page.reload()
    playground.ready()
    expect(playground.get("panel-activations")).to_be_visible()
    expect(playground.get("panel-gradients")).to_be_hidden()
    expect(playground.get("activations-sentence")).not_to_be_empty()
    playground.get("close-insight").click()
    playground.wait("() => !wire.drawn.arrays.some(([name]) => name === 'idle')")
    expect(playground.get("insight-questions")).to_be_visible()
    playground.step(1)
    assert "idle" not in shown(playground)


def test_the_sharpness_is_read_where_it_is_ticked(playground: Playground):
    playground.open()
    playground.get("tab-gradients").click()
    said = playground.get("gradients-sentence")
    expect(said).not_to_be_empty()
    expect(said).not_to_contain_text("λmax")
    playground.get("sharpness").check()
    expect(said).to_contain_text("λmax")
    playground.step(2)
    found = engine.insight.sharpness(state_of(playground))
    expect(said).to_contain_text(
        f"λmax = {found.value:.3g}, below the edge 2/η = {found.edge:.3g}: steps are stable."
    )
    playground.get("sharpness").uncheck()
    expect(said).not_to_contain_text("λmax")


@AT_SIZES
def test_a_panel_that_opens_moves_nothing(playground: Playground, size: tuple[int, int]):
    playground.open(SIX)

    def places() -> dict[str, object]:
        boxes = {name: playground.box(playground.get(name)) for name in PARTS}
        # the strip itself comes up from below the window
        return {name: box if name != "strip" else box["height"] for name, box in boxes.items()}

    before = places()
    for name in NAMES:
        playground.get(f"tab-{name}").evaluate("(tab) => tab.click()")
        expect(playground.get(f"{name}-sentence")).not_to_be_empty()
        assert places() == before
        box = playground.box(playground.get("strip"))
        assert box["y"] + box["height"] <= size[1]
    playground.get("close-insight").click()
    assert places() == before


@pytest.mark.viewport(390, 844)
def test_on_a_phone_panels_are_cards(playground: Playground):
    playground.open(SIX)
    cards = playground.page.locator(".inside-cards")
    cards.scroll_into_view_if_needed()
    for card, name in enumerate(NAMES, 1):
        cards.evaluate("(cards, card) => cards.scrollTo({ left: card * cards.clientWidth })", card)
        expect(playground.get(f"tab-{name}")).to_have_attribute("aria-selected", "true")
        expect(playground.get(f"{name}-sentence")).not_to_be_empty()
    assert playground.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    playground.get("tab-gradients").click()
    expect(playground.get("gradients-sentence")).to_be_in_viewport()
    picture = playground.get("panel-gradients").locator(".inside-picture")
    columns = picture.locator(".inside-layer")
    widths = columns.evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().width)")
    assert min(widths) >= 44, "a finger finds each of the seven columns"
    picture.evaluate("(picture) => picture.scrollTo({ left: picture.scrollWidth })")
    expect(columns.last).to_be_in_viewport(ratio=0.99)
    expect(playground.get("tab-gradients")).to_have_attribute("aria-selected", "true")


@pytest.mark.viewport(390, 844)
def test_on_a_phone_two_weights_stand_in_their_card(playground: Playground):
    playground.open("data=circle&layers=4&penalty.l1=0.01")
    playground.get("tab-weights").click()
    canvas = playground.get("panel-weights").locator("canvas")
    read = "(canvas) => canvas.toDataURL()"
    before = canvas.evaluate(read)
    playground.get("weights-pair").click()
    expect(playground.get("weights-sentence")).to_contain_text("L1 moves the minimum")
    expect(playground.get("pair-stage")).to_be_hidden()
    assert canvas.evaluate(read) != before
    assert playground.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def saved(playground: Playground, panel: str, name: str) -> dict[str, bytes]:
    """Each kind of file of a panel after 25 steps, which is called by this name."""
    playground.get(f"{panel}-save").click()
    files = {}
    for kind in ("png", "svg", "csv"):
        with playground.page.expect_download() as waiting:
            playground.get(f"download-{panel}-{kind}").click()
        assert waiting.value.suggested_filename == f"mlp-playground-{name}-step-25.{kind}"
        files[kind] = Path(waiting.value.path()).read_bytes()
    return files


def test_two_weights_are_saved_as_picture_and_table(playground: Playground):
    playground.open("data=circle&layers=4&penalty.l1=0.01")
    playground.step(1)
    playground.get("tab-weights").click()
    playground.get("weights-pair").click()
    said = playground.get("weights-sentence")
    expect(said).to_contain_text("L1 moves the minimum")
    files = saved(playground, "weights", "two-weights")
    assert files["png"].startswith(b"\x89PNG")
    assert "L1 moves the minimum" in files["svg"].decode()
    names, *rows = csv.reader(files["csv"].decode().splitlines())
    assert names[0] == "place"
    units = [re.fullmatch(r"unit (\d) → output", name) for name in names[1:3]]
    one, other = (f"output.W.{int(unit[1]) - 1}.0" for unit in units if unit)
    state = state_of(playground)
    found = engine.landscape.weight_pair(state, (one, other))
    losses = [float(row[3]) for row in rows if row[0] == "map"]
    assert losses == pytest.approx(found.loss.ravel().tolist(), rel=1e-5)
    places = {row[0]: [float(x) for x in row[1:3]] for row in rows}
    assert places["weights"] == pytest.approx(found.place.tolist(), rel=1e-5)
    assert places["least_with_penalty"] == pytest.approx(found.with_penalty.tolist(), rel=1e-5)


@pytest.mark.parametrize(
    "run",
    [
        "layers=",
        "layers=16,16,16,16,16,16,16,16",
        "data=plane",
        "data=blobs&data.classes=5&clip=norm",
        "layers=3,3&layers.0.activation=relu&initializer=zeros",
        "data=plane&layers=6,6&layers.0.activation=relu&optimizer.learning_rate=10",
    ],
)
def test_odd_runs_are_told_as_well(playground: Playground, run: str):
    playground.open(run)
    playground.get("step").click()  # one of them does not come far
    playground.wait("() => wire.drawn.step > 0")
    playground.settle()
    for name in NAMES:
        playground.get(f"tab-{name}").click()
        expect(playground.get(f"{name}-sentence")).not_to_be_empty()
        expect(playground.get(f"{name}-sentence")).not_to_contain_text("NaN")
        expect(playground.get(f"panel-{name}").locator("canvas")).to_have_accessible_name(
            playground.get(f"{name}-sentence").text_content() or ""
        )


def test_a_panel_is_saved_as_picture_and_table(playground: Playground):
    playground.open(SIX)
    playground.step(1)
    playground.get("tab-gradients").click()
    expect(playground.get("gradients-sentence")).not_to_be_empty()
    files = saved(playground, "gradients", "gradients")
    assert files["png"].startswith(b"\x89PNG")
    assert "Vanishing" in files["svg"].decode()
    rows = list(csv.DictReader(files["csv"].decode().splitlines()))
    flow = engine.insight.gradient_flow(state_of(playground))
    norms = [float(row["gradient_norm"]) for row in rows]
    assert norms == pytest.approx(flow.gradients.tolist(), rel=1e-5)
    assert [float(row["factor_gain"]) for row in rows[:-1]] == pytest.approx(
        flow.factors[:, 2].tolist(), rel=1e-5
    )


def test_two_weights_show_what_a_penalty_does(playground: Playground):
    playground.open("layers=4,3&penalty.l1=0.02&data=xor")
    playground.step(2)
    playground.get("tab-weights").click()
    toggle, stage = playground.get("weights-pair"), playground.get("pair-stage")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(stage).to_be_visible()
    said = playground.get("weights-sentence")
    expect(said).to_contain_text("L1 moves the minimum over these weights from")
    state = state_of(playground)
    theta = abs(state.theta[0][-4:-1])
    first, second = sorted(theta.argsort()[-2:])
    expect(playground.get("pair-title")).to_have_text(
        f"Across unit {first + 1} → output; up unit {second + 1} → output"
    )
    pair = engine.landscape.weight_pair(state, (f"output.W.{first}.0", f"output.W.{second}.0"))
    a, b = (f"{x:.2f}".replace("-0.00", "0.00").replace("-", "−") for x in pair.with_penalty)
    expect(said).to_contain_text(f"to ({a}, {b}).")
    marks = playground.get("trace-marks").locator(".trace-text")
    expect(marks).to_have_count(2)
    other = ({0, 1, 2} - {first, second}).pop()
    source = playground.page.locator(".network-units .unit:not(.feature)").nth(4 + other)
    box = playground.box(source)
    playground.page.mouse.click(box["x"] + box["width"] + 6, box["y"] + box["height"] / 2)
    expect(playground.get("pair-title")).to_have_text(
        f"Across unit {second + 1} → output; up unit {other + 1} → output"
    )
    playground.page.keyboard.press("Escape")
    expect(stage).to_be_hidden()
    expect(marks).to_have_count(0)


NORMAL = "data=spiral&layers=8,4&layers.batch_norm=true&layers.1.dropout=0.5&batch_size=20"


def choose(playground: Playground, mode: str) -> None:
    playground.page.locator(f".segment:has([data-testid=mode-{mode}])").click()


def test_a_switch_shows_the_network_as_in_training_and_back(playground: Playground):
    playground.open(NORMAL)
    expect(playground.get("mode-chip")).to_be_hidden()
    playground.get("tab-activations").click()
    playground.step(2)
    said = playground.get("activations-sentence")
    expect(said).to_contain_text("Running averages spread by")
    playground.step(3)
    found = engine.insight.in_training(state_of(playground))
    expect(said).to_contain_text(f"lie up to {max(found.apart[:2]):.2g} σ apart")
    first = playground.get("panel-activations").locator(".inside-layer").first
    expect(first).to_have_attribute("data-tip", re.compile("as in evaluation"))
    before = {name: playground.box(playground.get(name)) for name in PARTS}

    choose(playground, "training")
    chip = playground.get("mode-chip")
    expect(chip).to_have_text("As in training, 20 points")
    expect(first).to_have_attribute("data-tip", re.compile("as in training"))
    playground.wait("(batch) => wire.drawn.training === batch", found.batch)
    assert {name: playground.box(playground.get(name)) for name in PARTS} == before
    assert "mode=training" in playground.page.url
    playground.page.reload()
    playground.ready()
    expect(chip).to_be_visible()
    chip.click()
    expect(chip).to_be_hidden()
    expect(playground.get("mode-evaluation")).to_be_checked()
    assert "mode" not in playground.page.url


def test_a_network_without_either_has_no_switch(playground: Playground):
    playground.open("layers=4&mode=training")
    playground.get("tab-activations").click()
    expect(playground.get("activations-sentence")).not_to_be_empty()
    expect(playground.get("mode-training")).to_be_hidden()
    expect(playground.get("mode-chip")).to_be_hidden()
    assert playground.page.evaluate("wire.drawn.training") is None
    playground.page.goto("about:blank")
    playground.open("layers=4&layers.dropout=0.5&mode=training")
    expect(playground.get("mode-chip")).to_be_visible()
