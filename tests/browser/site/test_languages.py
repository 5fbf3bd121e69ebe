"""The page's language: that of the address, of a choice, of the browser; the run keeps its step."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground

CHINESE = "简体中文"
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
