"""In the frame of a course's page, where the browser forbids storage and the clipboard: said, not broken."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Server, StartServer

SANDBOXES = ["allow-scripts", "allow-scripts allow-same-origin"]


@pytest.fixture(scope="module")
def course() -> Iterator[str]:
    """The origin of a page that shows the address in its query in a sandboxed frame."""

    class Checkpoints(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sandbox, _, address = self.path.removeprefix("/?").replace("%20", " ").partition("@")
            body = (
                "<!doctype html><title>Course</title><link rel=icon href=data:,>"
                f'<iframe sandbox="{sandbox}" src="{address}" width=1200 height=760></iframe>'
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Checkpoints) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def framed(start_server: StartServer, course: str) -> Server:
    return start_server(PLAYGROUND_FRAME_ANCESTORS=course, PLAYGROUND_WORKERS="1")


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_the_playground_trains_in_a_sandboxed_frame(
    page: Page, framed: Server, course: str, sandbox: str
) -> None:
    page.goto(f"{course}/?{sandbox}@{framed.url}/#data=xor")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_test_id("status")).to_have_text("Connected")
    inside.get_by_test_id("step").click()
    expect(inside.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    inside.get_by_test_id("theme").click()
    inside.get_by_test_id("runs").click()
    hint = inside.locator(".runs-hint")
    forbidden = sandbox == "allow-scripts"
    said = "does not let the page keep anything" if forbidden else "Kept in this browser only"
    expect(hint).to_contain_text(said)
    expect(inside.get_by_test_id("run")).to_have_count(1)
    page.keyboard.press("Escape")


@pytest.mark.allow_console("Permissions policy violation: The Clipboard API")
@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_a_link_that_cannot_be_copied_is_selected_and_it_is_said(
    page: Page, framed: Server, course: str, sandbox: str
) -> None:
    page.goto(f"{course}/?{sandbox}@{framed.url}/")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_test_id("status")).to_have_text("Connected")
    inside.get_by_test_id("share").click()
    inside.get_by_test_id("share-copy").click()
    expect(inside.locator("body")).to_contain_text("Press Ctrl+C to copy the link.")
    field = inside.get_by_test_id("share-link")
    selected = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(selected) == field.input_value() != ""


def test_the_code_for_a_page_of_a_course_shows_the_run_there(
    page: Page, framed: Server, course: str
) -> None:
    page.goto(f"{framed.url}/#data=moons&data.noise=0.35")
    expect(page.get_by_test_id("status")).to_have_text("Connected")
    page.get_by_test_id("share").click()
    field = page.get_by_test_id("share-embed")
    expect(field).to_have_value(re.compile("^<iframe .*data=moons&amp;data.noise=0.35"))
    code = field.input_value()
    page.get_by_test_id("embed-copy").click()
    expect(page.get_by_test_id("share-said")).to_contain_text("code")

    page.goto(f"{course}/?@about:blank")
    page.evaluate("(code) => { document.body.innerHTML = code; }", code)
    inside = page.frame_locator("iframe")
    expect(inside.get_by_test_id("status")).to_have_text("Connected")
    expect(inside.get_by_test_id("knob-data.noise")).to_have_value("0.35")
    inside.get_by_test_id("step").click()
    expect(inside.get_by_test_id("epoch")).to_have_attribute("data-value", "1")


@pytest.mark.parametrize("address", ["optimizers", "landscape", "search"])
def test_the_other_pages_open_in_a_frame_too(
    page: Page, framed: Server, course: str, address: str
) -> None:
    page.goto(f"{course}/?{SANDBOXES[0]}@{framed.url}/{address}")
    inside = page.frame_locator("iframe")
    expect(inside.locator("[data-needs-run][inert]")).to_have_count(0)


@pytest.mark.allow_console("frame-ancestors", "ERR_BLOCKED_BY_RESPONSE")
def test_a_page_that_is_not_listed_shows_nothing(
    page: Page, server: Server, course: str, complaints: Complaints
) -> None:
    with page.expect_event("console") as said:
        page.goto(f"{course}/?{SANDBOXES[1]}@{server.url}/")
    assert "frame" in said.value.text.lower()
    expect(page.frame_locator("iframe").get_by_test_id("status")).to_have_count(0)
