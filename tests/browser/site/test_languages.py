"""The page's language: that of the address, of a choice, of the browser; the run keeps its step."""

from pathlib import Path

import polib
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import StartServer, Visit
from tests.browser.playground_page import Playground
from tests.browser.words import READ

CHINESE = "简体中文"
ESPERANTO = Path(__file__).parents[2] / "locales" / "esperanto"
PAGES = ("", "optimizers", "landscape", "search")


def language(page: Page) -> str:
    return page.evaluate("document.documentElement.lang")


def choose(playground: Playground, name: str) -> None:
    with playground.page.expect_navigation():
        playground.get("language").select_option(name)
    playground.ready()


def test_a_browser_that_reads_chinese_gets_chinese(visit: Visit):
    assert language(visit("", locale="zh-CN").page) == "zh-Hans"
    assert language(visit("", locale="zh-TW").page) == "zh-Hans"
    assert language(visit("", locale="fr-FR").page) == "en"


@pytest.mark.parametrize("path", PAGES)
def test_the_address_goes_before_the_browser(page: Page, path: str):
    page.goto(f"/{path}?lang=zh")
    expect(page.get_by_test_id("language")).to_have_value("zh-Hans")
    assert language(page) == "zh-Hans"


def test_a_choice_keeps_the_run_to_the_step_and_is_kept(playground: Playground):
    playground.open("data=xor&layers=5,3")
    playground.step(10)
    playground.settle()
    before = playground.steps, playground.run, playground.losses()
    choose(playground, CHINESE)
    playground.settle()
    assert language(playground.page) == "zh-Hans"
    assert (playground.steps, playground.run, playground.losses()) == before
    playground.open()
    assert language(playground.page) == "zh-Hans"
    choose(playground, "English")
    assert language(playground.page) == "en"


def test_a_choice_wins_over_a_link_that_carries_a_language(playground: Playground):
    playground.page.goto("/?lang=zh-Hans")
    playground.ready()
    choose(playground, "English")
    assert language(playground.page) == "en"


def test_a_third_language_says_its_sentences_and_the_rest_is_english(
    start_server: StartServer, visit: Visit
):
    server = start_server(PLAYGROUND_LOCALES=str(ESPERANTO))
    english = visit("layers=2", server.url, locale="en").page
    playground = visit("layers=2", server.url, locale="eo")
    assert language(playground.page) == "eo"
    names = playground.get("language").locator("option")
    assert names.all_text_contents() == ["English", CHINESE, "Esperanto"]
    before, after = (set(page.evaluate(READ)) for page in (english, playground.page))
    said = {each.msgid: each.msgstr for each in polib.pofile(str(ESPERANTO / "eo.po"))}
    shown = {text: said[text] for text in before & said.keys()}
    assert len(shown) >= 28
    assert set(shown.values()) <= after
    assert not shown.keys() & after
    assert len(before & after) > 400, "what has no translation is English"


def test_a_third_language_counts_in_its_own_way(start_server: StartServer, visit: Visit):
    server = start_server(PLAYGROUND_LOCALES=str(ESPERANTO))
    playground = visit("layers=2", server.url, locale="eo")
    summary = playground.page.locator(".network-summary")
    expect(summary).to_contain_text("1 kaŝita tavolo,")
    playground.get("add-layer").click()
    expect(summary).to_contain_text("2 kaŝitaj tavoloj,")
