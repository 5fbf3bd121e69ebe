"""The languages there are, each a file of translations, as `zh-Hans.po` is for simplified Chinese.

English needs no file: the sentences of the code are English. A folder named by the environment variable
`PLAYGROUND_LOCALES` may hold more languages, or other words for these.
"""

from __future__ import annotations

import gettext
import io
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib

from engine.words import ENGLISH, Language

FOLDERS = [Path(__file__).parent, *map(Path, filter(None, [os.environ.get("PLAYGROUND_LOCALES")]))]
"""Where languages are looked for; a later folder's file stands in place of an earlier one's."""
PAGE = "static/js/"
"""Sentences that come from there are said by the page itself."""
AFTER_CONTEXT = "\x04"
"""What gettext puts between a context and its sentence."""


class FiledLanguage(Language):
    """A language whose file every process finds: on its way to another one it is its tag."""

    def __reduce__(self) -> tuple[Callable[[str], Language], tuple[str]]:
        return language, (self.tag,)


Words = dict[str, str | list[str]]


@dataclass(frozen=True)
class Locale:
    """A language, its own name for itself, and the sentences that its pages say.

    places: the files in which each of these stands.
    """

    language: Language
    name: str
    page: Words
    places: Mapping[str, frozenset[str]]

    @property
    def tag(self) -> str:
        """As browsers name it: "en", "zh-Hans"."""
        return self.language.tag

    def said_in(self, files: Iterable[str]) -> Words:
        """The sentences of a page that is made of these files."""
        mine = frozenset(files)
        return {key: said for key, said in self.page.items() if self.places[key] & mine}


@cache
def languages() -> dict[str, Path | None]:
    """Every language by its tag, English first; None where there is no file because there need not be one."""
    found: dict[str, Path | None] = {ENGLISH.tag: None}
    for folder in FOLDERS:
        found |= {path.stem: path for path in sorted(folder.glob("*.po"))}
    return found


@cache
def locale(tag: str) -> Locale:
    """A language; English where there is no such one."""
    path = languages().get(tag)
    if path is None:
        return Locale(ENGLISH, "English", {}, {})
    entries = polib.pofile(str(path))
    catalogue = gettext.GNUTranslations(io.BytesIO(entries.to_binary()))
    said = [each for each in entries.translated_entries() if _is_of_page(each)]
    return Locale(
        FiledLanguage(tag, catalogue),
        entries.metadata.get("X-Name", tag),
        {_key(each): _said(each) for each in said},
        {_key(each): frozenset(place for place, _ in each.occurrences) for each in said},
    )


def language(tag: str) -> Language:
    """The language that says what the server does."""
    return locale(tag).language


def _is_of_page(entry: polib.POEntry) -> bool:
    return any(place.startswith(PAGE) for place, _ in entry.occurrences)


def _key(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}{AFTER_CONTEXT}{entry.msgid}" if entry.msgctxt else entry.msgid


def _said(entry: polib.POEntry) -> str | list[str]:
    forms = entry.msgstr_plural
    return [forms[index] for index in sorted(forms)] if forms else entry.msgstr
