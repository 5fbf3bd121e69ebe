"""Networks that train side by side, and the landscape of their loss."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cases import at_sizes
from tests.browser.landscape_page import LandscapePage
from tests.browser.playground_page import Playground

SPEC = "data=moons&data.points=120&data.noise=0.2&layers=5&loss=cross_entropy&initializer=xavier"
FOUR = (
    "members=0~optimizer~sgd,0~optimizer.learning_rate~0.3,1~optimizer~momentum,"
    "1~optimizer.learning_rate~0.1,2~optimizer~rmsprop,3~optimizer~adam,3~optimizer.learning_rate~0.05"
)
RACE = f"{SPEC}&{FOUR}"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WEBGL = ("GPU stall due to ReadPixels", "willReadFrequently")
"""What a browser without a graphics card says of every picture in three dimensions."""


@pytest.fixture
def landscape(page: Page) -> LandscapePage:
    """The test's own page, not opened yet."""
    return LandscapePage(page)


def test_paths_begin_at_one_point_and_end_at_the_losses_of_the_curves(landscape: LandscapePage):
    landscape.open(RACE)
    expect(landscape.get("trust")).to_contain_text("No path yet")
    assert len(set(landscape.losses_of_members())) == 1, "the same initial weights"
    landscape.go(60)
    losses = landscape.losses_of_members()
    assert len(set(losses)) == 4

    rows = landscape.paths()
    starts = [row for row in rows if row["step"] == 0]
    assert len(starts) == 4
    for name in ("a", "b", "true_loss", "plane_loss", "distance"):
        assert len({round(row[name], 5) for row in starts}) == 1
    ends = [row for row in rows if row["step"] == 60]
    assert [row["true_loss"] for row in ends] == pytest.approx(losses, rel=1e-5)
    curves = landscape.chart()
    assert [curve["y"][-1] for curve in curves] == pytest.approx(losses)
    assert len({curve["y"][0] for curve in curves}) == 1
    # the plane goes through the chosen network, and it alone is on the ground
    true, plane, away = landscape.table()[0]
    assert (true, away) == (pytest.approx(plane, rel=1e-5), pytest.approx(0, abs=1e-4))
    assert ends[0]["a"] == pytest.approx(0, abs=1e-4)
    assert float(landscape.get("explained").get_attribute("data-value") or 0) <= 1

    landscape.get("boundary-2").click()
    landscape.drawn(member=2)
    assert landscape.table()[2][:2] == pytest.approx([losses[2], losses[2]], rel=1e-5)
    expect(landscape.get("member-2").get_by_test_id("knob-optimizer.decay")).to_be_visible()


def test_pressing_the_map_puts_the_networks_there_and_can_be_taken_back(landscape: LandscapePage):
    landscape.open(RACE)
    landscape.go(30)
    losses, pictures = landscape.losses_of_members(), [landscape.boundary_of(i) for i in range(4)]
    picture = landscape.picture("landscape")
    landscape.get("landscape").hover(position={"x": 60, "y": 60})
    expect(landscape.get("landscape-reading")).to_contain_text(re.compile(r"loss \d.* here"))
    landscape.press_map(0.2, 0.3)
    there = landscape.losses_of_members()
    assert len(set(there)) == 1, "all networks have the same weights now"
    said = re.search(r"has the loss (\d+\.\d+)", landscape.get("placed").inner_text())
    assert said
    assert there[0] == pytest.approx(float(said[1]), rel=0.05)
    assert len({landscape.boundary_of(i) for i in range(4)}) == 1
    assert landscape.boundary_of(0) not in pictures
    assert [edit["step"] for edit in landscape.status["edits"]] == [30]

    with landscape.restarted():
        landscape.get("take-back").click()
    landscape.wait_steps(30)
    landscape.settle()
    landscape.drawn()
    assert landscape.losses_of_members() == losses
    assert landscape.picture("landscape") == picture

    # from the keyboard, and with the initial weights
    landscape.reset()
    landscape.drawn()
    start = landscape.losses_of_members()
    landscape.page.keyboard.press("?")
    expect(landscape.get("shortcuts")).to_contain_text("Enter puts every network there")
    landscape.page.keyboard.press("Escape")
    landscape.get("landscape").focus()
    with landscape.redrawn():
        for key in ("ArrowUp", "ArrowUp", "ArrowRight", "Enter"):
            landscape.page.keyboard.press(key)
    expect(landscape.get("placed")).to_contain_text("At step 0")
    landscape.settle()
    assert landscape.losses_of_members() != start
    with landscape.restarted():
        landscape.get("take-back").click()
    assert landscape.losses_of_members() == start


def test_a_plane_through_three_networks_is_chosen_and_none_of_the_three_is_hollow(
    landscape: LandscapePage,
):
    landscape.open(RACE)
    landscape.go(200)
    landscape.get("axes-kind").select_option("networks")
    landscape.drawn(axes="networks")
    with landscape.drawn_anew():
        landscape.get("axes-network-3").click()
    picks = [landscape.get(f"axes-network-{i}").get_attribute("aria-pressed") for i in range(4)]
    assert picks == ["false", "true", "true", "true"]
    assert "map=networks&map.networks=1,2,3" in landscape.page.url
    assert set(landscape.get("landscape").get_attribute("data-hollow") or "") <= {"0"}
    expect(landscape.get("trust")).to_contain_text("networks lie on this ground")

    # along the paths, one can be left out
    landscape.get("axes-kind").select_option("pca")
    landscape.drawn(axes="pca")
    with landscape.drawn_anew():
        landscape.get("axes-network-2").click()
    expect(landscape.get("axes-network-2")).to_have_attribute("aria-pressed", "false")
    assert "map.networks=0,1,3" in landscape.page.url


def test_test_points_are_not_offered_where_all_train(landscape: LandscapePage):
    landscape.open(f"{SPEC}&data.train_share=1&map.half=test")
    # the link asks for what there is not
    landscape.drawn(half="train")
    for name in ("half", "member-curves-half"):
        select = landscape.get(name)
        expect(select).to_have_value("train")
        expect(select.locator("option[value=test]")).to_be_disabled()
        tip = select.locator("xpath=ancestor-or-self::*[@data-tip][1]")
        expect(tip).to_have_attribute("data-tip", re.compile("All points train the network"))
    landscape.page.get_by_text("Slice", exact=True).click()
    expect(landscape.page.get_by_text("Training points", exact=True)).to_be_visible()
    expect(landscape.page.get_by_text("Test points", exact=True)).to_be_hidden()


def test_test_points_are_offered_again_with_data_that_has_some(landscape: LandscapePage):
    landscape.open(SPEC)
    for name in ("half", "member-curves-half"):
        expect(landscape.get(name).locator("option[value=test]")).to_be_enabled()


def test_directions_points_and_penalty_are_those_that_were_chosen(landscape: LandscapePage):
    landscape.open(f"{SPEC}&penalty.l2=0.2")
    landscape.go(40)
    (loss,) = landscape.losses_of_members()
    for axes in ("random", "line", "weights"):
        landscape.get("axes-kind").select_option(axes)
        landscape.drawn(axes=axes)
        assert landscape.table()[0][:2] == pytest.approx([loss, loss], rel=1e-5)
    expect(landscape.get("axis-0")).to_have_value("layers.0.W.0.0")
    labels = landscape.page.locator("#parameter-names option")
    assert labels.first.get_attribute("label") == "x₁ → unit 1"
    (row,) = [row for row in landscape.paths() if row["step"] == 0]
    weights = landscape.status["layout"][0]
    assert weights["name"] == "layers.0.W"
    with landscape.drawn_anew():
        landscape.get("axis-1").fill("output.b.1")
        landscape.get("axis-1").press("Enter")
    landscape.wait("() => location.hash.includes('map.weights=layers.0.W.0.0,output.b.1')")
    (other,) = [row for row in landscape.paths() if row["step"] == 0]
    assert other["a"] == row["a"], "one axis stayed as it was"
    assert other["b"] != row["b"]

    landscape.get("half").select_option("test")
    landscape.drawn(half="test")
    shown = landscape.get("accuracy-0").get_attribute("data-value")
    assert shown
    test_loss = landscape.table()[0][0]
    assert test_loss != pytest.approx(loss, rel=1e-3)
    landscape.get("half").select_option("train")
    landscape.get("penalty").check()
    landscape.drawn(half="train", penalty=True)
    assert landscape.table()[0][0] > loss + 1e-3

    landscape.get("axis-1").fill("nothing.0")
    landscape.get("axis-1").press("Enter")
    expect(landscape.page.locator(".landscape-empty").first).to_contain_text("Allowed")
    landscape.get("axes-kind").select_option("pca")
    landscape.drawn(axes="pca")
    expect(landscape.page.locator(".landscape-empty").first).to_be_hidden()


def test_the_map_follows_training_only_where_it_should(landscape: LandscapePage):
    landscape.open(f"{RACE}&map.size=25")
    landscape.get("follow").uncheck()
    landscape.step(20, "step")
    expect(landscape.get("renew")).to_be_visible()
    expect(landscape.get("landscape")).to_have_attribute("data-step", "0")
    landscape.get("renew").click()
    landscape.drawn()
    expect(landscape.get("renew")).to_be_hidden()
    landscape.get("follow").check()
    landscape.speed(10)
    landscape.play()
    for _ in range(2):
        seen = landscape.get("landscape").get_attribute("data-step")
        expect(landscape.get("landscape")).not_to_have_attribute("data-step", seen or "")
        expect(landscape.get("landscape")).to_have_attribute("data-side", "25")
    landscape.pause()
    landscape.drawn()
    last = landscape.steps

    # back and forth in time: the same picture as before
    picture = landscape.picture("landscape")
    landscape.get("timeline").press("ArrowLeft")
    landscape.wait_steps(last - 1)
    landscape.wait("(step) => wire.drawn.step === step", last - 1)
    landscape.settle()
    landscape.drawn()
    assert landscape.picture("landscape") != picture
    landscape.get("newest").click()
    landscape.wait("(step) => wire.drawn.step === step", last)
    landscape.settle()
    landscape.drawn()
    assert landscape.picture("landscape") == picture


def test_a_link_gives_the_same_picture(landscape: LandscapePage, new_context):
    landscape.open(f"{RACE}&map=random&map.seed=5&map.half=test&map.size=25")
    landscape.go(25)
    landscape.get("boundary-1").click()
    landscape.drawn(member=1, axes="random", half="test")
    landscape.press_map(0.7, 0.6)
    landscape.drawn()
    landscape.page.mouse.move(0, 0)
    link = landscape.share_link()
    assert "step=25" in link
    other = LandscapePage(new_context().new_page())
    other.page.goto(link)
    other.ready()
    other.wait_steps(25)
    other.settle()
    other.drawn(member=1, axes="random", half="test")
    assert other.steps == 25
    assert other.losses_of_members() == landscape.losses_of_members()
    assert other.table() == landscape.table()
    assert other.picture("landscape") == landscape.picture("landscape")

    # the address may change under the open page, and lead to weights that are there without naming them
    with other.restarted():
        other.page.evaluate(
            "location.hash = 'layers=3&members=0~optimizer~adam,1&step=7&map=weights'"
        )
        other.wait("() => wire.drawn.step === 7")
    other.drawn(axes="weights", member=0)
    expect(other.get("axis-1")).to_have_value("layers.0.W.0.1")
    assert other.status["members"] == [{"optimizer.kind": "adam"}, {}]


def test_from_the_playground_and_back(playground: Playground):
    playground.open(f"{SPEC}&shuffle=true")
    playground.step(20, "step")
    playground.fill("optimizer.learning_rate", 0.3)
    playground.step(10, "step")
    losses = playground.losses()
    playground.get("show-landscape").click()
    playground.page.wait_for_url(lambda url: urlsplit(url).path == "/landscape")
    landscape = LandscapePage.of(playground)
    landscape.ready()
    landscape.wait_steps(30)
    landscape.settle()
    landscape.drawn()
    assert landscape.losses_of_members() == [float(losses["train-loss"])]

    with landscape.restarted():
        landscape.get("add-member").click()
    expect(landscape.get("member-1")).to_be_visible()
    landscape.go(30)
    assert landscape.status["members"][1]["optimizer.kind"] == "momentum"
    second = landscape.losses_of_members()[1]
    landscape.get("share").click()
    landscape.get("open-playground").click()
    playground.page.wait_for_url(lambda url: urlsplit(url).path == "/")
    playground.ready()
    playground.step(30, "step")
    assert playground.value("optimizer.kind") == "momentum"
    assert playground.number("train-loss") == second


def test_a_link_that_names_a_kind_alone_shows_and_carries_what_trains(landscape: LandscapePage):
    """Adam's own rate is 0.01; SGD's, which the spec has, is 0.03."""
    landscape.open("members=0~optimizer~sgd,1~optimizer~adam&member=1&map.size=25")
    assert landscape.status["specs"][1]["optimizer"]["learning_rate"] == 0.01
    card = landscape.get("member-1")
    expect(card.get_by_test_id("knob-optimizer.learning_rate")).to_have_value("0.01")
    expect(landscape.page).to_have_url(re.compile("members=0~optimizer~sgd,1~optimizer~adam&"))
    landscape.go(20)
    second = landscape.losses_of_members()[1]
    landscape.get("share").click()
    address = landscape.get("open-playground").get_attribute("href") or ""
    assert address.endswith("#optimizer=adam")
    landscape.get("open-playground").click()
    landscape.page.wait_for_url(lambda url: urlsplit(url).path == "/")
    alone = Playground.__new__(Playground)
    alone.page = landscape.page
    alone.ready()
    assert alone.value("optimizer.learning_rate") == 0.01
    alone.step(20, "step")
    assert alone.number("train-loss") == second


def test_networks_are_changed_added_and_removed(landscape: LandscapePage):
    landscape.open(RACE)
    card = landscape.get("member-0")
    with landscape.restarted():
        card.get_by_test_id("knob-optimizer.kind").select_option("adam")
    # a rate that a person set stays, as it does in the playground; all else is as Adam has it
    assert landscape.status["specs"][0]["optimizer"]["learning_rate"] == 0.3
    assert landscape.status["specs"][0]["optimizer"]["beta1"] == 0.9
    with landscape.restarted():
        landscape.get("undo").click()
    assert landscape.status["members"][0]["optimizer.kind"] == "sgd"
    with landscape.restarted():
        landscape.get("redo").click()
    expect(landscape.get("member-0")).to_contain_text("Adam η 0.3")
    expect(landscape.get("member-3")).to_contain_text("Adam η 0.05")
    card.get_by_text("More settings").click()
    with landscape.restarted():
        card.get_by_test_id("knob-clip.kind").select_option("norm")
    with landscape.restarted():
        landscape.get("member-3").get_by_role("button", name="Remove").click()
    with landscape.restarted():
        landscape.get("add-member").click()
    assert [member["optimizer.kind"] for member in landscape.status["members"]] == [
        "adam",
        "momentum",
        "rmsprop",
        "sgd",
    ]
    assert landscape.status["members"][0]["clip.kind"] == "norm"
    # what they learn is the same for all
    with landscape.restarted():
        landscape.get("task-layers").fill("3, 3")
        landscape.get("task-layers").press("Enter")
    assert [layer["units"] for layer in landscape.status["spec"]["layers"]] == [3, 3]
    landscape.get("task-layers").fill("many")
    landscape.get("task-layers").press("Enter")
    expect(landscape.get("problems")).to_contain_text("6 layers at most")


RACES: dict[str, tuple[int, Callable[[list[float]], bool]]] = {
    "race-optimizers": (300, lambda losses: losses[0] == max(losses)),
    "race-learning-rates": (300, lambda losses: losses[0] > losses[1] > losses[2]),
    "race-initializers": (100, lambda x: min(x[0], x[1]) > 0.6 and x[3] < x[2] < 0.1),
    "race-penalties": (800, lambda losses: losses == sorted(losses)),
    "race-seeds": (300, lambda losses: max(losses) < 0.15),
}
"""After so many steps each race shows in its training losses what it says."""


def claims_the_lowest(landscape: LandscapePage) -> None:
    """The title names the networks whose true losses read lowest, and no other."""
    losses = [true for true, _, _ in landscape.table()]
    names = landscape.get("true-losses").locator("tbody th").all_inner_texts()
    title = landscape.get("landscape-title").inner_text()
    lowest = f"{min(losses):.4f}"
    named = [name for name, loss in zip(names, losses, strict=True) if f"{loss:.4f}" == lowest]
    assert lowest in title
    assert f"step {landscape.steps:,}" in title
    if len(named) <= 2 < len(names):
        assert title.startswith(" and ".join(named)), title
    else:
        assert re.match(rf"(All )?{len(named)} ", title), title


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_the_title_claims_what_the_losses_say_whatever_the_seed(
    landscape: LandscapePage, seed: int
):
    landscape.open(f"{RACE}&weights_seed={seed}&batches_seed={seed}&map.size=25")
    expect(landscape.get("landscape-title")).to_contain_text("All 4 networks are equally low")
    for steps in (20, 60):
        landscape.go(steps)
        claims_the_lowest(landscape)
        losses = landscape.table()
        assert [true for true, _, _ in losses] == pytest.approx(
            landscape.losses_of_members(), rel=1e-5
        )


def test_every_race_shows_what_it_says(landscape: LandscapePage):
    landscape.open(f"{SPEC}&map.size=25")
    landscape.get("races").click()
    cards = landscape.page.locator(".race-card")
    assert [card.get_attribute("data-testid") for card in cards.all()] == list(RACES)
    landscape.page.keyboard.press("Escape")
    for name, (steps, holds) in RACES.items():
        with landscape.restarted():
            landscape.get("races").click()
            landscape.get(name).click()
        expect(landscape.get("problems")).to_be_hidden()
        expect(landscape.page.locator(".story")).to_be_visible()
        landscape.go(steps)
        assert landscape.status["failures"] == [None] * len(landscape.status["members"])
        assert holds(landscape.losses_of_members()), name
        claims_the_lowest(landscape)


def test_a_network_that_fails_is_said_and_the_others_go_on(landscape: LandscapePage):
    landscape.open(
        "data=plane&layers=6&layers.0.activation=relu"
        "&members=0~optimizer.learning_rate~100,1~optimizer.learning_rate~0.01&map.size=25"
    )
    landscape.go(60)
    failure = landscape.status["failures"][0]
    assert landscape.status["failures"][1] is None
    said = f"stopped at step {failure['step']}"
    expect(landscape.get("absent")).to_contain_text(said)
    expect(landscape.get("member-0")).to_contain_text(said.capitalize())
    expect(landscape.get("boundary-0")).to_contain_text(said.capitalize())
    expect(landscape.get("failure")).to_be_hidden()
    expect(landscape.get("member-0")).to_contain_text("Lower the learning rate (it is 100)")
    second = landscape.losses_of_members()[1]
    landscape.go(10)
    assert landscape.losses_of_members()[1] != second
    expect(landscape.get("true-losses").locator("tbody tr")).to_have_count(2)
    with landscape.restarted():
        landscape.get("member-1").get_by_role("button", name="Remove").click()
    landscape.get("step").click()
    expect(landscape.get("failure")).to_contain_text(f"Training stopped at step {failure['step']}")


def test_what_is_wrong_in_an_address_is_named_and_the_rest_kept(landscape: LandscapePage):
    landscape.open(
        f"{SPEC}&members=0~optimizer~sgd,1~optimizer~adam,1~data.noise~0.5,x~y~z&map=sideways&map.half=test"
    )
    problems = landscape.get("problems")
    for text in ("members.1.data.noise", "x~y~z", "sideways"):
        expect(problems).to_contain_text(text)
    assert [member["optimizer.kind"] for member in landscape.status["members"]] == ["sgd", "adam"]
    expect(landscape.get("half")).to_have_value("test")


@pytest.mark.allow_console(*WEBGL)
def test_the_same_landscape_as_a_surface_a_slice_and_a_picture(landscape: LandscapePage):
    landscape.open(f"{RACE}&map.size=25")
    landscape.go(30)
    landscape.get("boundary-3").click()
    landscape.drawn(member=3)
    landscape.get("share").click()
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<svg")):
        with landscape.page.expect_download() as download:
            landscape.get(f"download-landscape-{kind}").click()
        content = download.value.path().read_bytes()
        assert content.startswith(start)
        assert len(content) > 10_000
    with landscape.page.expect_download() as download:
        landscape.get("download-numpy").click()
    assert "Adam" in download.value.path().read_text(), "the script of the chosen network"
    landscape.page.keyboard.press("Escape")
    losses = landscape.losses_of_members()

    landscape.page.get_by_text("3-D", exact=True).click()
    landscape.wait("() => document.querySelector('[data-testid=landscape-3d]').data?.length === 14")
    plot = landscape.get("landscape-3d")
    heads = plot.evaluate(
        "({ data }) => data.filter((t) => t.mode === 'markers').map((t) => t.z[0])"
    )
    assert heads == pytest.approx(losses, rel=1e-5)
    assert plot.evaluate("({ data: [ground] }) => [ground.z.length, ground.z[0].length]") == [
        25,
        25,
    ]
    before = seen_from(landscape)
    camera = turned(landscape)
    assert camera != pytest.approx(before, abs=0.1), "a drag turns it"
    landscape.step(5, "step")
    landscape.wait(
        """(before) => {
          const { data } = document.querySelector('[data-testid=landscape-3d]');
          return data.find((t) => t.mode === 'markers').z[0] !== before;
        }""",
        heads[0],
    )
    assert seen_from(landscape) == pytest.approx(camera), "and it stays as it was turned"

    landscape.page.get_by_text("Slice", exact=True).click()
    landscape.wait(
        "() => document.querySelector('[data-testid=landscape-slice]').data?.length === 6"
    )
    train, test = landscape.get("landscape-slice").evaluate(
        "({ data }) => data.slice(0, 2).map((t) => ({ x: [...t.x], y: [...t.y] }))"
    )
    middle = min(range(25), key=lambda i: abs(train["x"][i]))
    assert min(train["y"]) <= train["y"][middle]
    assert train["y"] != test["y"]
    expect(landscape.get("explained")).to_contain_text("This line holds")


def turned(landscape: LandscapePage) -> dict[str, float]:
    """Drag the surface a little to the side; from where it is seen when it has come to rest."""
    plot = landscape.get("landscape-3d")
    box = landscape.box(plot)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    landscape.page.mouse.move(x, y)
    landscape.page.mouse.down()
    landscape.page.mouse.move(x + 60, y, steps=4)
    landscape.page.mouse.up()
    return seen_from(landscape)


def seen_from(landscape: LandscapePage) -> dict[str, float]:
    """From where the surface is seen, once its picture has stood still for some frames."""
    return landscape.at_rest(
        landscape.get("landscape-3d"),
        "() => part._fullLayout?.scene?._scene?.getCamera().eye",
        frames=20,
    )


def test_on_a_phone_a_tap_reads_and_a_button_puts(new_context):
    phone = LandscapePage(new_context(**PHONE, color_scheme="dark").new_page()).open(RACE)
    phone.go(20)
    width = phone.page.evaluate("document.documentElement.scrollWidth")
    assert width == 390
    assert phone.box(phone.get("landscape"))["width"] > 200
    phone.get("landscape").tap(position={"x": 60, "y": 60})
    expect(phone.get("landscape-reading")).to_contain_text(re.compile(r"loss \d.* here"))
    assert phone.status["edits"] == []
    phone.get("put-here").tap()
    expect(phone.get("placed")).to_contain_text("all networks were put at")
    assert [edit["step"] for edit in phone.status["edits"]] == [20]


@pytest.mark.parametrize(
    ("size", "least"),
    [
        pytest.param(size, least, marks=pytest.mark.viewport(*size))
        for size, least in [((1280, 800), 400), ((390, 844), 300)]
    ],
)
def test_the_first_look_is_at_the_map_below_a_few_lines(
    landscape: LandscapePage, size: tuple[int, int], least: int
):
    landscape.open()
    story = landscape.page.locator(".landscape-left > .story")
    expect(story).to_be_visible()
    assert landscape.box(story)["height"] < 150
    stage = landscape.box(landscape.page.locator(".landscape-stage"))
    assert stage["y"] < 0.45 * size[1]
    assert landscape.box(landscape.get("axes-kind"))["y"] > stage["y"] + stage["height"]
    assert stage["height"] > least


@at_sizes((1280, 800), (390, 844))
def test_nothing_moves_while_the_networks_train(landscape: LandscapePage, size: tuple[int, int]):
    landscape.open()
    landscape.go(5)
    landscape.play()
    assert landscape.shifts(600) == []


@pytest.mark.viewport(1280, 800)
def test_closing_what_a_race_is_about_leaves_the_map_where_it_is(landscape: LandscapePage):
    landscape.open()
    story = landscape.page.locator(".story")
    expect(story).to_be_visible()
    before = landscape.box(landscape.get("landscape"))
    story.locator("button").click()
    expect(story).to_be_hidden()
    assert landscape.box(landscape.get("landscape")) == before
