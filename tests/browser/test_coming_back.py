"""Leaving a page and coming back to it: the run goes on where it was, to the last bit."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import StartServer, Visit
from tests.browser.landscape_page import LandscapePage
from tests.browser.playground_page import RECORDER, Playground
from tests.browser.race_page import RacePage

RATE = "optimizer.learning_rate"
LOST = ("WebSocket connection", "ERR_CONNECTION_REFUSED", "api/stream-check")
RACE = "members=0~optimizer~sgd,1~optimizer~adam&layers=3"


def session(playground: Playground) -> str:
    """The name of the session that the page's line has."""
    return playground.page.evaluate("wire.welcome.session")


Shown = tuple[int, dict[str, str], list[list[int]]]
PLACES = [(across / 10, down / 10) for across in range(1, 10) for down in range(1, 10)]


def shown(playground: Playground) -> Shown:
    """The step, all numbers to the last bit, and the colours of the map, of a run at rest."""
    playground.settle()
    playground.wait("() => wire.drawn.grid === 100")  # finer than while it moved
    return playground.steps, playground.losses(), playground.pixels("boundary", PLACES)


def trained(playground: Playground, settings: str = "data=xor&layers=5,3") -> Shown:
    """Open, train, change something on the way, train on; what is shown then."""
    playground.open(settings)
    playground.step(10)
    playground.fill(RATE, 0.1)
    playground.step(10)
    return shown(playground)


def test_a_reload_goes_on_where_the_page_was(playground: Playground, visit: Visit):
    before = trained(playground)
    run, name = playground.run, session(playground)
    playground.page.reload()
    playground.ready()
    assert shown(playground) == before
    assert (playground.run, session(playground)) == (run, name)
    playground.step(7)
    other = visit(playground.page.url.partition("#")[2])
    other.step(playground.steps, "step")
    assert other.losses() == playground.losses()


def test_what_plays_goes_on_playing(playground: Playground):
    playground.open()
    playground.speed(250)
    playground.play()
    playground.wait_steps(50)
    name = session(playground)
    playground.page.reload()
    playground.ready()
    playground.wait_phase("playing")
    assert session(playground) == name
    playground.wait_steps(100)
    expect(playground.get("speed")).to_have_value("250")


def test_from_page_to_page_and_back(playground: Playground):
    before = trained(playground)
    name = session(playground)
    playground.get("page-optimizers").click()
    expect(playground.get("race-table")).to_have_attribute("aria-busy", "false")
    playground.get("page-playground").click()
    playground.ready()
    assert shown(playground) == before
    assert session(playground) == name
    playground.page.go_back()
    playground.page.go_back()
    playground.ready()
    assert shown(playground) == before
    playground.page.go_forward()
    playground.page.go_forward()
    playground.ready()
    assert shown(playground) == before


@pytest.mark.allow_console(*LOST)
@pytest.mark.parametrize("plays", [False, True])
def test_a_server_that_was_restarted_meanwhile_makes_the_run_again(
    start_server: StartServer, playground: Playground, plays: bool
):
    server = start_server()
    playground.open("data=gauss&layers=4", server.url)
    playground.step(20)
    playground.fill(RATE, 0.1)
    playground.step(10)
    before = shown(playground)
    if plays:
        playground.play()
        playground.wait_steps(before[0] + 100)
    playground.page.goto("about:blank")
    server.stop()
    start_server(port=int(server.url.rpartition(":")[2]))
    playground.page.go_back()
    playground.ready()
    assert not playground.page.evaluate("wire.welcome.resumed")
    if plays:
        playground.wait_phase("playing")
        playground.wait_steps(before[0] + 100)
    else:
        playground.wait_steps(before[0])
        assert shown(playground) == before


def test_another_address_wins(playground: Playground):
    trained(playground)
    name = session(playground)
    playground.page.goto("/optimizers")
    playground.open("data=gauss")
    playground.settle()
    assert (playground.steps, playground.value("data.kind")) == (0, "gauss")
    assert session(playground) != name


def test_an_address_that_is_changed_by_hand_can_be_gone_back_from(playground: Playground):
    before = trained(playground)
    run = playground.run
    playground.page.evaluate("location.hash = 'data=gauss'")
    playground.wait_run(run + 1)
    playground.settle()
    assert (playground.steps, playground.value("data.kind")) == (0, "gauss")
    playground.step(3)
    after = shown(playground)
    playground.page.go_back()
    playground.wait_value("data.kind", "xor")
    playground.wait_steps(before[0])
    assert shown(playground) == before
    playground.page.go_forward()
    playground.wait_value("data.kind", "gauss")
    playground.wait_steps(after[0])
    assert shown(playground) == after


@pytest.mark.fresh_profile  # what is added to a context stays there
def test_two_windows_do_not_fight_over_a_session(playground: Playground):
    """A window that is opened from a page gets a copy of all that the tab keeps, as a duplicated tab does."""
    before = trained(playground)
    name = session(playground)
    playground.page.context.add_init_script(RECORDER)
    # what the page goes on with is kept when nothing has changed for a moment
    playground.wait(
        """(step) => JSON.parse(sessionStorage.getItem("places") ?? "[]")
          .some(({ hash, state }) => hash === location.hash && state.session && state.run.step === step)""",
        before[0],
    )
    with playground.page.expect_popup() as opened:
        playground.page.evaluate("window.open(location.href)")
    copy = Playground.at(opened.value)
    copy.ready()
    copy.wait_steps(before[0])
    assert shown(copy) == before
    assert session(copy) != name
    copy.step(1)
    playground.page.bring_to_front()
    assert shown(playground) == before
    assert session(playground) == name
    assert playground.page.evaluate("wire.sockets.length") == 1, "nobody took it away"


FORBID = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("no", "SecurityError"); },
});"""
PLAYGROUND = re.compile(r"//[^/]+/(#.*)?$")
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.mark.parametrize("trouble", [FORBID, FULL])
def test_without_storage_the_page_works_all_the_same(playground: Playground, trouble: str):
    playground.page.add_init_script(trouble)
    playground.open("data=xor")
    playground.step(5)
    playground.page.reload()
    playground.ready()
    playground.settle()
    assert (playground.steps, playground.value("data.kind")) == (0, "xor")
    playground.step(5)


def test_the_landscape_goes_on_where_it_was(page: Page):
    landscape = LandscapePage(page).open(RACE)
    landscape.go(40, "step")
    losses = landscape.losses_of_members()
    page.get_by_test_id("page-playground").click()
    page.wait_for_url(PLAYGROUND)
    landscape.ready()
    page.get_by_test_id("page-landscape").click()
    page.wait_for_url(re.compile("landscape#"))
    landscape.ready()
    landscape.settle()
    landscape.drawn()
    assert (landscape.steps, landscape.losses_of_members()) == (40, losses)
    page.reload()
    landscape.ready()
    landscape.settle()
    landscape.drawn()
    assert (landscape.steps, landscape.losses_of_members()) == (40, losses)
    assert landscape.page.evaluate("wire.welcome.resumed")


def test_a_race_of_optimizers_goes_on_where_it_was(page: Page):
    race = RacePage(page).open("surface=bowl&racer=sgd,learning_rate~0.1&racer=adam&steps=50")
    race.get("racer-show-1").click()
    race.get("tab-theory").click()
    race.seek(20)
    heights = race.heights()
    page.reload()
    race.ready()
    race.wait_step(20)
    assert race.heights() == heights
    expect(race.get("racer-1")).to_have_class(re.compile("is-hidden"))
    expect(race.get("tab-theory")).to_have_attribute("aria-selected", "true")
    page.get_by_test_id("page-playground").click()
    page.wait_for_url(PLAYGROUND)
    page.go_back()
    race.ready()
    race.wait_step(20)
    assert race.heights() == heights


def test_an_address_of_which_the_page_has_not_been_told_is_not_that_of_its_run(
    playground: Playground,
) -> None:
    playground.open("layers=3")
    kept = playground.page.evaluate(
        "() => { location.hash = 'layers=5'; dispatchEvent(new Event('pagehide'));"
        " return sessionStorage.getItem('places') ?? ''; }"
    )
    assert "#layers=5" not in kept
    playground.page.reload()
    playground.ready()
    assert playground.status["spec"]["layers"][0]["units"] == 5
