"""The connection may be lost and comes back; nothing is lost with it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Server, StartServer, Visit
from tests.browser.landscape_page import LandscapePage
from tests.browser.playground_page import Playground
from tests.browser.proxy import Proxy
from tests.browser.race_page import RacePage

LOST = ("WebSocket connection", "ERR_CONNECTION_REFUSED", "ERR_INTERNET_DISCONNECTED")


def lost(playground: Playground) -> None:
    """Wait until the page says that the line is lost and lets nothing be pressed."""
    expect(playground.get("status")).to_have_text("Reconnecting …")
    expect(playground.transport).to_have_attribute("inert", "")


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    """A proxy in front of the shared server."""
    with Proxy(server.url) as proxy:
        yield proxy


@contextmanager
def silence(playground: Playground, proxy: Proxy) -> Iterator[None]:
    """The line goes silent. After what is done inside the page notices, says so and opens another."""
    sockets = playground.page.evaluate(
        """() => {
          const status = document.querySelector('[data-testid="status"]');
          window.said = [];
          new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
          return wire.sockets.length;
        }"""
    )
    proxy.go_silent()
    yield
    playground.wait(
        """(sockets) => wire.sockets.length > sockets && said.includes("Reconnecting …")
          && said.at(-1) === 'Connected'""",
        sockets,
    )
    playground.ready()


def test_a_closed_socket_comes_back_and_goes_on(playground: Playground):
    playground.open()
    playground.play()
    playground.wait_steps(500)
    run = playground.run
    passed, sockets = playground.page.evaluate(
        """() => {
          wire.sockets.at(-1).close();
          return [wire.drawn.step, wire.sockets.length];
        }"""
    )
    playground.wait("(sockets) => wire.sockets.length > sockets", sockets)
    playground.ready()
    playground.wait_steps(passed + 500)
    playground.wait_phase("playing")
    assert playground.page.evaluate("wire.welcome.resumed")
    assert playground.run == run


@pytest.mark.allow_console(*LOST)
def test_it_waits_while_the_network_is_gone_and_comes_back_with_it(playground: Playground):
    playground.open()
    playground.wait_chart_begun()
    playground.step(20)
    losses = playground.losses()
    playground.page.context.set_offline(True)
    playground.page.evaluate("wire.sockets.at(-1).close()")
    lost(playground)
    assert playground.losses() == losses, "the last picture stays"
    playground.page.context.set_offline(False)
    playground.ready()
    playground.settle()
    assert (playground.steps, playground.losses()) == (500, losses)
    playground.step(1)


@pytest.mark.allow_console(*LOST)
def test_a_server_that_was_killed_goes_on_where_the_page_was(
    start_server: StartServer, playground: Playground, visit: Visit
):
    """The new server knows nothing: it makes the run again from what the page knows, bit for bit."""
    server = start_server()
    playground.open("data=xor&layers=5,3", server.url)
    playground.wait_chart_begun()
    playground.wait_pictures()
    playground.play()
    playground.fill("optimizer.learning_rate", 0.1)
    playground.wait_steps(2000)
    server.process.kill()
    server.process.wait()
    lost(playground)
    passed = playground.steps
    start_server(port=int(server.url.rpartition(":")[2]))
    playground.ready()
    playground.wait_steps(passed + 500)
    playground.wait_phase("playing")
    assert not playground.page.evaluate("wire.welcome.resumed")
    playground.pause()
    other = visit(playground.page.url.partition("#")[2])
    other.step(playground.steps, "step")
    assert other.losses() == playground.losses()
    playground.wait_chart()
    epochs = playground.chart()[0]["x"]
    assert epochs == sorted(set(epochs))


@pytest.mark.allow_console(*LOST)
def test_speed_and_pause_survive_a_server_that_was_stopped(
    start_server: StartServer, playground: Playground
):
    server = start_server()
    playground.open("", server.url)
    playground.wait_chart_begun()
    playground.wait_pictures()
    playground.speed(25)
    playground.step(10)
    losses = playground.losses()
    server.stop()
    lost(playground)
    start_server(port=int(server.url.rpartition(":")[2]))
    playground.look_again()
    playground.ready()
    playground.settle()
    assert (playground.steps, playground.losses()) == (250, losses)
    expect(playground.get("speed")).to_have_value("25")


def test_a_full_server_says_so_and_lets_in_who_waits(start_server: StartServer, visit: Visit):
    server = start_server(PLAYGROUND_MAX_SESSIONS="1")
    first = visit("", server.url)
    second = Playground(first.page.context.new_page())
    second.page.goto(server.url)
    expect(second.get("status")).to_have_text("Server is full, waiting …")
    expect(second.transport).to_have_attribute("inert", "")
    first.step(1)
    first.page.close()
    second.look_again()
    second.ready()
    second.step(1)


def test_two_tabs_do_not_disturb_each_other(playground: Playground):
    playground.open()
    playground.step(5)
    losses = playground.losses()
    other = Playground(playground.page.context.new_page()).open()
    other.choose_data("xor")
    other.play()
    other.wait_steps(500)
    playground.page.bring_to_front()
    playground.settle()
    assert (playground.steps, playground.losses()) == (125, losses)
    assert playground.value("data.kind") == "circle"


def test_a_session_taken_over_elsewhere_goes_on_as_one_of_its_own(playground: Playground):
    """As when a browser duplicates a tab with all it holds."""
    playground.open()
    playground.step(20)
    losses = playground.losses()
    session = playground.page.evaluate("wire.welcome.session")
    playground.page.evaluate(
        """(session) => {
          const thief = new Socket(new URL("ws", document.baseURI.replace("http", "ws").split("#")[0]));
          thief.onopen = () => thief.send(JSON.stringify({ type: "hello", protocol: 1, session }));
        }""",
        session,
    )
    playground.wait("(session) => wire.welcome.session !== session", session)
    playground.ready()
    playground.settle()
    assert (playground.steps, playground.losses()) == (500, losses)


def test_a_line_that_goes_silent_while_it_plays_is_noticed(proxy: Proxy, playground: Playground):
    """As after a sleep, or in a phone's gap: nobody closes anything, and nothing comes any more."""
    playground.open("", proxy.url)
    playground.play()
    playground.wait_steps(100)
    run, session = playground.run, playground.page.evaluate("wire.welcome.session")
    with silence(playground, proxy):
        passed = playground.steps
    playground.wait_steps(passed + 100)
    playground.wait_phase("playing")
    assert playground.run == run
    assert playground.page.evaluate("[wire.welcome.session, wire.sockets.length]") == [session, 2]


@pytest.mark.parametrize("event", ["online", "visibilitychange", "pageshow"])
def test_a_silent_line_is_noticed_as_soon_as_somebody_looks(
    proxy: Proxy, playground: Playground, event: str
):
    """At rest nothing is due, so that nothing can be missed; coming back is reason enough to ask."""
    playground.open("", proxy.url)
    playground.step(20)
    losses = playground.losses()
    with silence(playground, proxy):
        playground.page.evaluate(
            """(name) => (name === "visibilitychange" ? document : window).dispatchEvent(
              name === "pageshow" ? new PageTransitionEvent(name, { persisted: true }) : new Event(name))""",
            event,
        )
    playground.settle()
    assert (playground.steps, playground.losses()) == (500, losses)
    playground.step(1)


def test_who_presses_into_a_silent_line_is_not_left_waiting(proxy: Proxy, playground: Playground):
    playground.open("", proxy.url)
    playground.step(1)
    with silence(playground, proxy):
        playground.get("play").click()
    playground.play()
    playground.wait_steps(100)


def test_a_silent_line_is_noticed_by_whoever_waits_for_a_study(proxy: Proxy, page: Page):
    race = RacePage(page).open("surface=bowl&racer=sgd,learning_rate~0.1&steps=50", proxy.url)
    with silence(race, proxy):
        rate = race.get("knob-racers.0.optimizer.learning_rate")
        rate.fill("0.2")
        rate.press("Enter")
    race.seek(50)
    assert race.heights()[0] < 1e-6  # (1 - 0.2·l)^50 of the way is left, with l from 1 on


def test_a_silent_line_is_noticed_where_networks_race(proxy: Proxy, page: Page):
    landscape = LandscapePage(page).open("", proxy.url)
    landscape.play()
    landscape.wait_steps(20)
    with silence(landscape, proxy):
        passed = landscape.steps
    landscape.wait_steps(passed + 20)
    landscape.pause()
    landscape.drawn()


@pytest.mark.parametrize("address", ["", "optimizers", "landscape"])
@pytest.mark.allow_console(*LOST, "status 403", "api/stream-check")
def test_a_stream_that_is_refused_says_why_and_what_to_set(
    page: Page, server: Server, address: str
):
    """A proxy puts the server's address in place of its own, so that the origin is another one."""
    with Proxy(server.url, host=server.url.partition("//")[2]) as proxy:
        page.goto(f"{proxy.url}/{address}")
        trouble = page.get_by_test_id("trouble")
        expect(trouble).to_contain_text("The server refuses this page's stream")
        expect(trouble.locator("code")).to_have_text(f"PLAYGROUND_ORIGINS={proxy.url}")
        expect(page.get_by_test_id("status")).to_have_text("Reconnecting …")


@pytest.mark.allow_console("WebSocket connection", "status 403")
def test_a_stream_that_is_held_up_on_the_way_says_so(page: Page, server: Server):
    """The server would let it in, and never sees it."""

    def answer(route: Route) -> None:
        assert "origin=http%3A%2F%2F127.0.0.1%3A" in route.request.url
        route.fulfill(json={"allowed": True, "reason": None, "setting": None})

    page.route("**/api/stream-check?*", answer)
    with Proxy(server.url, host=server.url.partition("//")[2]) as proxy:
        page.goto(proxy.url)
        trouble = page.get_by_test_id("trouble")
        expect(trouble).to_contain_text("blocks websockets")
        expect(trouble.locator("code")).to_have_count(0)


@pytest.mark.allow_console(*LOST, "api/stream-check")
def test_a_server_that_is_gone_is_said_to_be(start_server: StartServer, playground: Playground):
    server = start_server()
    playground.open("", server.url)
    playground.wait_chart_begun()
    playground.wait_pictures()
    server.stop()
    lost(playground)
    expect(playground.get("trouble")).to_contain_text("cannot be reached")
    start_server(port=int(server.url.rpartition(":")[2]))
    playground.look_again()
    playground.ready()
    expect(playground.get("trouble")).to_be_hidden()


SWOLLEN = """() => {
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (text) {
    const message = JSON.parse(text);
    const edits = Array.from({ length: 20_000 }, (_, step) => ({ step, changes: {} }));
    send.call(this, JSON.stringify(message.type === "hello" ? { ...message, edits } : message));
  };
  window.shrink = () => { WebSocket.prototype.send = send; };
  wire.sockets.at(-1).close();
}"""


def test_a_run_that_the_server_does_not_take_is_not_tried_for_ever(playground: Playground):
    """Its hello has grown over what a message may have: the page says so, and offers a way on."""
    playground.open("data=xor")
    playground.step(5)
    playground.page.evaluate(SWOLLEN)
    expect(playground.get("refusal")).to_contain_text("The server rejected this run")
    expect(playground.get("status")).to_have_text("Not connected")
    sockets = playground.page.evaluate("wire.sockets.length")
    playground.get("try-again").click()
    playground.wait("(sockets) => wire.sockets.length > sockets", sockets)
    expect(playground.get("start-over")).to_be_visible()
    playground.page.evaluate("shrink()")
    playground.get("start-over").click()
    playground.ready()
    playground.settle()
    expect(playground.get("refusal")).to_be_hidden()
    # here the server holds it still, under its name
    assert (playground.steps, playground.value("data.kind")) == (125, "xor")
    playground.step(1)


def test_an_address_that_the_server_does_not_take_has_a_way_on(playground: Playground):
    playground.page.add_init_script(f"({SWOLLEN.replace('wire.sockets.at(-1).close();', '')})()")
    playground.page.goto("/#data=xor")
    expect(playground.get("refusal")).to_contain_text("The server rejected this run")
    playground.page.evaluate("shrink()")
    playground.get("start-over").click()
    playground.ready()
    playground.settle()
    assert (playground.steps, playground.value("data.kind")) == (0, "circle")
