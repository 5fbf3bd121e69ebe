"""The address holds the whole run, in a form a person can read and edit."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground


def address(playground: Playground) -> str:
    return playground.page.url.partition("#")[2]


def test_a_person_can_read_it(playground: Playground):
    playground.open()
    playground.fill("data.noise", 0.1)
    playground.choose_data("spiral")
    playground.choose("layers.1.activation.kind", "relu")
    wanted = "data=spiral&data.noise=0.1&layers=4,2&layers.1.activation=relu"
    assert address(playground) == wanted


def test_it_says_only_what_differs_from_the_default_run(playground: Playground):
    playground.open()
    assert address(playground) == ""
    playground.fill("batch_size", 30)
    playground.wait("() => location.hash === '#batch_size=30'")
    playground.fill("batch_size", 10)
    playground.wait("() => location.hash === '' && !location.href.includes('#')")


def test_it_gives_another_person_the_same_losses(playground: Playground, visit: Visit):
    playground.open("data=spiral&data.noise=0.1&layers=8,8&shuffle=true&optimizer=adam")
    playground.step(7)
    playground.step(13, "step")
    other = visit(address(playground))
    assert other.steps == 0
    other.step(playground.steps, "step")
    assert other.losses() == playground.losses()


def test_it_gives_another_person_the_same_losses_after_changes_under_way(
    playground: Playground, visit: Visit
):
    """Some changes while playing, some while paused: each is made again at its very step."""
    playground.open("layers=6,4")
    playground.play()
    for path, value in (
        ("optimizer.learning_rate", 0.1),
        ("batch_size", 7),
        ("optimizer.kind", "momentum"),
        ("layers.1.activation.kind", "relu"),
        ("penalty.l2", 0.001),
    ):
        if isinstance(value, str):
            playground.choose(path, value)
        else:
            playground.fill(path, value)
        # changes at one step would be one edit
        playground.wait_steps(playground.status["edits"][-1]["step"] + 1)
    playground.pause()
    playground.step(11, "step")
    playground.choose("optimizer.kind", "adam")
    playground.step(500, "step")
    assert len(playground.status["edits"]) == 6
    other = visit(address(playground))
    other.step(playground.steps, "step")
    assert other.losses() == playground.losses()
    assert address(other) == address(playground)


def test_where_it_is_played_makes_no_difference(playground: Playground, visit: Visit):
    playground.open("data=xor&batch_size=3")
    playground.play()
    playground.wait_steps(3000)
    playground.pause()
    other = visit(address(playground))
    other.step(playground.steps, "step")
    assert other.losses() == playground.losses()


def test_changes_at_step_0_are_simply_the_start(playground: Playground):
    playground.open()
    playground.fill("optimizer.learning_rate", 0.1)
    assert "edits=" not in address(playground)
    assert address(playground) == "optimizer.learning_rate=0.1"


def test_a_link_opened_elsewhere_gives_the_same_run(playground: Playground, visit: Visit):
    playground.open("data=gauss&data.noise=0.3")
    playground.step(5)
    other = visit(playground.page.url.partition("#")[2])
    assert other.steps == 0
    other.step(5)
    assert other.losses() == playground.losses()


def test_a_bad_address_names_what_is_wrong_and_keeps_the_rest(playground: Playground):
    playground.open(
        "data=cirle&data.noise=7&layers=8,8&optimizer.learning_rate=fast&batch_size=25&colour=red"
        "&optimizer=adam&layers.5.activation=relu&features=x1,x9"
    )
    problems = playground.get("problems")
    for field in (
        "data.kind = cirle",
        "data.noise = 7",
        "optimizer.learning_rate = fast",
        "colour = red",
        "layers.5.activation = relu",
        "x9",
    ):
        expect(problems).to_contain_text(field)
    items = problems.get_by_role("listitem")
    assert all("Allowed:" in text for text in items.all_text_contents())
    expect(items.filter(has_text="data.kind")).to_contain_text("circle")
    expect(items.filter(has_text="data.noise")).to_contain_text("0.5")
    assert playground.value("batch_size") == 25
    assert playground.value("optimizer.kind") == "adam"
    assert playground.status["units"][1:] == [8, 8, 1]
    playground.step(2)
    problems.get_by_role("button").click()
    expect(problems).to_have_count(0)


def test_nonsense_in_the_address_is_survived(playground: Playground):
    playground.open("%&&&===&=1&edits=&edits=5~x&layers=a,b&<script>alert(1)</script>")
    playground.step(1)
    for nonsense in ("%", "data", "layers=", "layers=,,,", "features=", "edits=1~2~3~4", "%00"):
        run = playground.run
        playground.page.evaluate("(hash) => { location.hash = hash; }", nonsense)
        playground.wait_run(run + 1)
        playground.step(1)


def test_bad_changes_under_way_are_named_and_left_out(playground: Playground):
    playground.open(
        "edits=10~optimizer.learning_rate~0.1,20~optimizer.learning_rate~-1,30~layers~4"
    )
    expect(playground.get("problems")).to_contain_text("-1")
    playground.step(2)
    assert [edit["step"] for edit in playground.status["edits"]] == [10]
    assert playground.value("optimizer.learning_rate") == 0.1


def test_editing_the_address_by_hand_loads_another_run(playground: Playground):
    playground.open()
    playground.play()
    run = playground.run
    playground.page.evaluate("location.hash = 'data=xor&layers=3&optimizer.learning_rate=0.1'")
    playground.wait_run(run + 1)
    playground.settle()
    assert playground.steps == 0
    assert playground.value("data.kind") == "xor"
    assert playground.status["units"] == [2, 3, 1]
    expect(playground.knob("optimizer.learning_rate")).to_have_value("0.1")
    playground.page.evaluate("location.hash = 'data.noise=9&batch_size=5'")
    playground.wait_value("batch_size", 5)
    expect(playground.get("problems")).to_contain_text("data.noise = 9")


TENSORFLOW = (
    "activation=relu&batchSize=20&dataset=xor&regDataset=reg-plane&learningRate=0.1&regularizationRate=0"
    "&noise=25&networkShape=3&seed=0.35423&showTestData=true&discretize=false&percTrainData=80&x=true"
    "&y=true&xTimesY=false&cosX=false&problem=classification&initZero=false&hideText=false"
)


def test_a_link_of_tensorflow_playground_is_understood(playground: Playground):
    playground.open(TENSORFLOW)
    assert address(playground) == (
        "data=xor&data.noise=0.25&data.train_share=0.8&data.seed=35423&layers=3&layers.0.activation=relu"
        "&optimizer.learning_rate=0.1&batch_size=20&weights_seed=35423"
    )
    expect(playground.get("notice")).to_contain_text("Its seed 0.35423 draws other points")
    expect(playground.get("problems")).to_have_count(0)
    expect(playground.get("show-test")).to_be_checked()
    playground.page.evaluate("location.hash = 'activation=tanh&networkShape=&dataset=moons'")
    playground.wait("() => wire.status.units.length === 2")
    expect(playground.get("notice")).to_contain_text("TensorFlow Playground")
    expect(playground.get("problems")).to_contain_text("dataset = moons")


@pytest.mark.parametrize(
    "link",
    [
        "/#data=xor&amp;batch_size=5&amp;layers=3).",
        "/%23data=xor&batch_size=5&layers=3",
        "/%23data%3Dxor%26batch_size%3D5%26layers%3D3",
    ],
)
def test_a_link_that_a_mail_program_changed_leads_to_the_run(playground: Playground, link: str):
    playground.page.goto(link)
    playground.ready()
    playground.wait("() => location.hash === '#data=xor&layers=3&batch_size=5'")
    assert playground.status["units"] == [2, 3, 1]
    expect(playground.get("problems")).to_have_count(0)


def test_a_landscape_of_the_default_run_stays_itself(playground: Playground):
    """Who comes without an address is shown a race: the address of the default run is not empty."""
    page = playground.page
    page.goto("/landscape%23step=0")
    playground.ready()
    playground.wait("() => location.pathname === '/landscape' && location.hash === '#step=0'")
    assert playground.status.get("members", []) == []


def test_of_many_wrong_settings_the_first_are_named_and_none_fills_the_page(playground: Playground):
    playground.open("x" * 5000 + "=1&" + "&".join(f"a{i}={'9' * 5000}" for i in range(40)))
    problems = playground.get("problems")
    expect(problems).to_contain_text("41 settings were rejected")
    items = problems.get_by_role("listitem")
    expect(items).to_have_count(21)
    expect(items.last).to_have_text("and 21 more.")
    assert max(len(text) for text in items.all_inner_texts()) < 200
