"""The connection may be lost and comes back; nothing is lost with it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import StartServer, Visit
from tests.browser.playground import Playground

LOST = ("WebSocket connection", "ERR_CONNECTION_REFUSED", "ERR_INTERNET_DISCONNECTED")


def lost(playground: Playground) -> None:
    """Wait until the page says that the line is lost and lets nothing be pressed."""
    expect(playground.get("status")).to_have_text("Reconnecting …")
    expect(playground.transport).to_have_attribute("inert", "")


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
    playground.speed(30)
    playground.step(10)
    losses = playground.losses()
    server.stop()
    lost(playground)
    start_server(port=int(server.url.rpartition(":")[2]))
    playground.ready()
    playground.settle()
    assert (playground.steps, playground.losses()) == (250, losses)
    expect(playground.get("speed")).to_have_value("30")


def test_a_full_server_says_so_and_lets_in_who_waits(start_server: StartServer, visit: Visit):
    server = start_server(PLAYGROUND_MAX_SESSIONS="1")
    first = visit("", server.url)
    second = Playground(first.page.context.new_page())
    second.page.goto(server.url)
    expect(second.get("status")).to_have_text("Server is full, waiting …")
    expect(second.transport).to_have_attribute("inert", "")
    first.step(1)
    first.page.close()
    second.page.evaluate("dispatchEvent(new Event('online'))")
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
