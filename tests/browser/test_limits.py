"""What a run may have and may cost: the page says what was not taken, and whatever was taken comes back."""

import random

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server, StartServer
from tests.browser.playground.test_connection import LOST, lost
from tests.browser.playground_page import Playground


def test_a_change_too_many_is_said_and_nothing_is_lost(playground: Playground):
    rates = ",".join(f"{10 + i}~optimizer.learning_rate~{0.03 + i / 1e5}" for i in range(1000))
    playground.open(f"edits={rates}")
    assert len(playground.status["edits"]) == 1000
    playground.step(1, "step")
    playground.knob("optimizer.learning_rate").fill("0.5")
    playground.knob("optimizer.learning_rate").press("Enter")
    expect(playground.get("problems")).to_contain_text("at most 1,000 changes while one run trains")
    assert len(playground.status["edits"]) == 1000
    assert playground.value("optimizer.learning_rate") == 0.03
    playground.step(3)
    assert playground.value("optimizer.learning_rate") == pytest.approx(0.03 + 66 / 1e5)


def test_a_network_too_large_for_the_server_is_said_with_what_to_take_less_of(
    playground: Playground,
):
    layers = ",".join(["128"] * 16)
    playground.open(
        f"data.points=5000&dtype=float64&batch_size=1000&layers={layers}&penalty.l2=0.01"
    )
    expect(playground.get("problems")).to_contain_text("try fewer or narrower layers")
    # the rest of the address is taken
    assert playground.value("data.points") == 5000
    assert playground.value("penalty.l2") == 0.01
    playground.step(1)


@pytest.mark.allow_console(*LOST)
def test_a_run_with_all_weights_set_many_times_comes_back_after_a_restart(
    start_server: StartServer, playground: Playground
):
    """Links from before list all numbers, 1,801 fourteen times: more than a message may have."""
    server = start_server()
    rng = random.Random(2)
    playground.open("layers=40,40", server.url)
    assert playground.status["parameters"] == 1801
    edits = [
        f"{5 * i + 5}~theta~{';'.join(repr(rng.gauss(0, 0.3)) for _ in range(1801))}"
        for i in range(14)
    ]
    address = f"layers=40,40&edits={','.join(edits)}"
    assert len(address) > 400_000
    server = comes_back(start_server, playground, address, server)
    # the address as the page writes it
    shorter = playground.page.url.partition("#")[2]
    assert len(shorter) < 150_000
    comes_back(start_server, playground, shorter, server)


def comes_back(
    start_server: StartServer, playground: Playground, address: str, server: Server
) -> Server:
    """Open an address, train, kill the server, and look at the same run on the next one."""
    playground.page.goto("about:blank")
    playground.open(address, server.url)
    playground.step(4)
    assert len(playground.status["edits"]) == 14
    there = playground.steps, playground.losses()
    server.process.kill()
    server.process.wait()
    lost(playground)
    server = start_server(port=int(server.url.rpartition(":")[2]))
    playground.look_again()
    playground.ready()
    playground.settle()
    assert not playground.page.evaluate("wire.welcome.resumed")
    assert (playground.steps, playground.losses()) == there
    assert len(playground.status["edits"]) == 14
    return server
