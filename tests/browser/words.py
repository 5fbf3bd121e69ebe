"""What a person reads on a page, and whether it is in the page's language: by its letters."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
LATIN = Path(__file__).parent / "latin.txt"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = str.maketrans(PLAIN, "åƀçđéƒĝĥîĵķłɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶŁṀÑÖÞǪŔŠŢÛṼŴẊÝŽ")
HOLE = re.compile(r"\{\w+\}|%\(\w+\)s")
WORD = re.compile(r"[A-Za-z]{3,}")
PATH = re.compile(r"\w+(\.\w+){2,}")
"""The name of a parameter: layers.0.W.1.2."""
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")

READ = """() => {
  const NAMES = ["aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "title",
    "placeholder", "alt", "label", "data-tip", "data-tip-title", "data-tip-note", "data-tip-legend",
    "data-question"];
  // what is written in its own language, in mathematics, by the person, or as a drawing's source
  const OTHERS = "script, style, noscript, math, code, [lang]:not(html), .notranslate";
  const found = new Set();
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: around, data } = walker.currentNode;
    if (data.trim() && around && !around.closest(OTHERS)) found.add(data.trim());
  }
  for (const element of document.querySelectorAll("*")) {
    if (element.closest(OTHERS)) continue;
    for (const name of NAMES) {
      const value = element.getAttribute(name);
      if (value?.trim()) found.add(value.trim());
    }
  }
  return [...found];
}"""

CUT = """() => {
  const isCut = (one) => {
    const { overflowX, textOverflow } = getComputedStyle(one);
    return overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1 && textOverflow !== "ellipsis";
  };
  const says = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && getComputedStyle(one).clipPath === "none" && one.getBoundingClientRect().width > 1;
  const isWide = document.documentElement.scrollWidth > innerWidth + 1;
  const all = [...document.body.querySelectorAll("*")];
  const name = (one) => `${one.tagName.toLowerCase()}.${one.className}`;
  return [
    ...(isWide ? ["the page is wider than the window"] : []),
    ...all.filter((one) => says(one) && shown(one) && isCut(one))
      .map((one) => `${name(one)}: “${one.textContent.trim().slice(0, 60)}” is cut`),
  ];
}"""


@cache
def latin() -> frozenset[str]:
    """Words that are Latin in every language: names, units and symbols."""
    lines = LATIN.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


def english(page: Page) -> list[str]:
    """Texts with a word that should have been translated."""
    found = {text: foreign(text) for text in page.evaluate(READ)}
    return [f"{', '.join(words)} in “{text[:80]}”" for text, words in found.items() if words]


def foreign(text: str) -> list[str]:
    """The words of a text that are English and no names."""
    return [word for word in WORD.findall(PATH.sub("", text)) if word not in latin()]


def chinese(page: Page) -> list[str]:
    """Texts with Chinese letters."""
    return [text for text in page.evaluate(READ) if CHINESE.search(text)]


def cut(page: Page) -> list[str]:
    """Texts that do not fit where they stand."""
    found: list[str] = page.evaluate(CUT)
    return found


def pseudo(text: str) -> str:
    """A text as a long foreign language would have it: with accents, two fifths longer, in brackets."""
    parts = HOLE.split(text)
    holes = [*HOLE.findall(text), ""]
    said = "".join(part.translate(ACCENTED) + hole for part, hole in zip(parts, holes, strict=True))
    more = sum(letter.isalpha() for part in parts for letter in part) * 2 // 5
    return f"[{said}{' '.join(['~' * 8] * (more // 8) + ['~' * (more % 8)])}]"


def pseudo_locale() -> Catalog:
    """Every sentence of the code in a language that nobody speaks."""
    with (ROOT / "locales" / "messages.pot").open("rb") as file:
        template = read_po(file)
    catalog = Catalog(locale="en", fuzzy=False)
    for each in template:
        if each.id:
            catalog.add(each.id, _said(each), each.locations, context=each.context)
    return catalog


def _said(message: Message) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return pseudo(message.id)
    return tuple(pseudo(form) for form in message.id)
