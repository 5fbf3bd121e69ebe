"""What a page must be for everybody's eyes and hands: axe-core's rules, and the size of what is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

COLOUR = ("color-contrast", "link-in-text-block")
"""The rules of axe-core that depend on colours."""

RUN = """async (only) => {
  // a tip is read with what it explains (aria-describedby), so that it needs no landmark of its own
  const regionMatcher = "dialog, [role=dialog], [role=alertdialog], [role=tooltip], svg";
  axe.configure({ checks: [{ id: "region", options: { regionMatcher } }] });
  // what is fading in has no colour of its own yet; what is folded up never comes to an end of it
  const ends = ({ effect }) => effect.getComputedTiming().iterations !== Infinity
    && effect.target.checkVisibility();
  const passing = document.getAnimations().filter(ends);
  await Promise.allSettled(passing.map((one) => one.finished));
  // what is not shown has no colour either, and to find that out costs axe-core most of its time
  const unseen = ({ children }) =>
    [...children].flatMap((one) => (one.checkVisibility() ? unseen(one) : [one]));
  const exclude = only.runOnly ? unseen(document.body) : [];
  const where = { include: [document], exclude };
  const { violations } = await axe.run(where, { resultTypes: ["violations"], ...only });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join("; ");
      return `${id} (${help}): ${target.join(" ")}: ${why}`;
    }));
}"""

SMALL = """(least) => {
  const kinds = "a[href], button, select, summary, textarea, label:has(input, select), "
    + "input:not([type=hidden]), [role=button], [role=tab], [tabindex='0']";
  const isSeen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !one.closest("[inert]") && one.getBoundingClientRect().width > 1;
  const isInText = (one) => one.matches("a") && getComputedStyle(one).display === "inline";
  const isOfScreen = (one) => one.matches("input, label") && getComputedStyle(one).clipPath !== "none";
  return [...document.querySelectorAll(kinds)].filter(isSeen)
    .filter((one) => !isInText(one) && !isOfScreen(one))
    // a label around a field is measured as that field
    .filter((one) => !one.matches("label") || ![...one.querySelectorAll("input, select")].some(isSeen))
    .filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return Math.min(width, height) < least - 0.5;
    })
    .map((one) => {
      const { width, height } = one.getBoundingClientRect();
      const name = one.dataset.testid ?? one.getAttribute("aria-label") ?? one.textContent.trim();
      const kind = `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? ""}`;
      return `${kind} “${name.slice(0, 30)}” is ${width.toFixed(0)} × ${height.toFixed(0)}`;
    });
}"""


@cache
def source() -> str:
    """axe-core, as npm installed it; `make` sees to that."""
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Every rule of axe-core, or one of these, that the page breaks as it is now: rule, element, reason."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(source())
    found: list[str] = page.evaluate(RUN, {"runOnly": list(rules)} if rules else {})
    return found


def small_targets(page: Page, least: int) -> list[str]:
    """What can be pressed and is not `least` pixels wide and high; links within text may be smaller."""
    found: list[str] = page.evaluate(SMALL, least)
    return found


def audit(page: Page, state: str, *, least: int | None = None) -> list[str]:
    """All that is wrong in one state of a page; targets only where `least` says how large they are to be.

    The two themes differ in nothing but colours: the other one is looked at for those alone, and then stays
    on, so that the next state is looked at in it first.
    """
    found: list[Any] = violations(page)
    if least:
        found += small_targets(page, least)
    theme = change_theme(page)
    found += [f"in the {theme} theme: {each}" for each in violations(page, COLOUR)]
    return [f"{state}: {each}" for each in found]


def change_theme(page: Page) -> str:
    """Choose the other theme without touching what is open or has the focus; which one it is then."""
    theme = "light" if page.locator("html").get_attribute("data-theme") == "dark" else "dark"
    page.get_by_test_id("theme").evaluate("(button) => button.click()")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    return theme
