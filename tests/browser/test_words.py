"""Every state of every page is in the page's language, down to the last tip; long words are not cut."""

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
States = Callable[[Any], Iterator[str]]
EVERY_STATE = pytest.mark.parametrize(("page_of", "states"), VISITS)
GPU = pytest.mark.allow_console(
    "Multiple readback operations using getImageData", "GPU stall due to ReadPixels"
)


@pytest.fixture(scope="session")
def foreign_server(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server that knows a language which nobody speaks."""
    folder: Path = tmp_path_factory.mktemp("locales")
    with (folder / f"{PSEUDO}.po").open("wb") as file:
        write_po(file, pseudo_locale())
    return start_server(PLAYGROUND_LOCALES=str(folder))


def wrong(states: Iterator[str], page: Playground, *looks: Callable[[Any], list[str]]) -> list[str]:
    return [f"{state}: {one}" for state in states for look in looks for one in look(page.page)]


@GPU
@pytest.mark.timeout(600)
@pytest.mark.parametrize("device", SIZES)
@EVERY_STATE
def test_nothing_stands_beside_the_door_and_long_words_fit(
    new_context: NewContext,
    foreign_server: Server,
    page_of: type[Playground],
    states: States,
    device: dict[str, Any],
) -> None:
    context = new_context(base_url=foreign_server.url, **device)
    context.add_cookies([{"name": "language", "value": PSEUDO, "url": foreign_server.url}])
    page = page_of(context.new_page())
    assert wrong(states(page), page, english, cut) == []


@GPU
@pytest.mark.thorough  # that each sentence has its Chinese is tested without a browser, in tests/locales
@pytest.mark.timeout(600)
@EVERY_STATE
def test_chinese_pages_are_chinese(
    new_context: NewContext, page_of: type[Playground], states: States
) -> None:
    page = page_of(new_context(locale="zh-CN").new_page())
    assert wrong(states(page), page, english) == []
