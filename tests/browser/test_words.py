"""Every text of every state of every page comes through the door for words; long words are not cut."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import write_po

from tests.browser.conftest import NewContext, Server, StartServer
from tests.browser.playground_page import Playground
from tests.browser.states import VISITS
from tests.browser.words import cut, english, pseudo_locale

PSEUDO = "am"
"""A language with an alphabet of its own: whatever the browser itself says in it has no Latin letter."""
SIZES = [
    pytest.param({"viewport": {"width": 1280, "height": 800}}, id="laptop"),
    pytest.param(
        {"viewport": {"width": 390, "height": 844}}, id="phone", marks=pytest.mark.thorough
    ),
]


@pytest.fixture(scope="session")
def foreign_server(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server that knows a language which nobody speaks."""
    folder: Path = tmp_path_factory.mktemp("locales")
    with (folder / f"{PSEUDO}.po").open("wb") as file:
        write_po(file, pseudo_locale())
    return start_server(PLAYGROUND_LOCALES=str(folder))


@pytest.mark.allow_console(
    "Multiple readback operations using getImageData", "GPU stall due to ReadPixels"
)
@pytest.mark.timeout(600)
@pytest.mark.parametrize("device", SIZES)
@pytest.mark.parametrize(("page_of", "states"), VISITS)
def test_nothing_stands_beside_the_door_and_long_words_fit(
    new_context: NewContext,
    foreign_server: Server,
    page_of: type[Playground],
    states: Callable[[Any], Iterator[str]],
    device: dict[str, Any],
) -> None:
    context = new_context(base_url=foreign_server.url, **device)
    context.add_cookies([{"name": "language", "value": PSEUDO, "url": foreign_server.url}])
    page = page_of(context.new_page())
    found = []
    for state in states(page):
        found += [f"{state}: {one}" for one in (*english(page.page), *cut(page.page))]
    assert found == []
