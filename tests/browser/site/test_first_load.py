"""What a browser asks for when it opens a page for the first time."""

import pytest
from playwright.sync_api import Page

ASKED = """() => performance.getEntriesByType("resource").map(({ name, initiatorType }) =>
  [new URL(name).pathname.replace(/^[/]static[/][0-9a-f]{16}[/]/, ""), initiatorType])"""
NAMED = """() => [...document.querySelectorAll("link[rel=modulepreload]")].map(({ href }) =>
  new URL(href).pathname.replace(/^[/]static[/][0-9a-f]{16}[/]/, ""))"""


@pytest.mark.parametrize("address", ["/", "/optimizers", "/landscape", "/search"])
def test_every_module_is_asked_for_once_as_the_page_names_it(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function("() => !document.querySelector('[data-needs-run][inert]')")
    asked = page.evaluate(ASKED)
    modules = [path for path, _ in asked if path.endswith(".js") and path.startswith("js/")]
    assert len(modules) == len(set(modules)), "nothing is loaded twice under two names"
    entry = page.evaluate("() => document.querySelector('script[type=module]').src")
    others = {path for path in modules if not entry.endswith(path)} - {"js/pages/first-paint.js"}
    assert others == set(page.evaluate(NAMED))
    assert sum(path.endswith(".css") for path, _ in asked) == 1
    catalogues = [path for path, _ in asked if path == "/api/catalog"]
    assert len(catalogues) == 1, "what is asked for ahead is what the page takes"
