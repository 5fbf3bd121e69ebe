"""The language of who asks."""

from __future__ import annotations

from starlette.requests import HTTPConnection

import locales
from engine.words import Language
from locales.choice import choose

COOKIE = "language"
"""Keeps what a person chose in the header of a page."""


def language_of(asking: HTTPConnection) -> Language:
    """The language of `?lang=`, of a choice that was made here before, or that the browser likes best."""
    return locales.language(tag_of(asking))


def tag_of(asking: HTTPConnection) -> str:
    """The tag of that language."""
    return choose(
        asking.query_params.get("lang", ""),
        asking.cookies.get(COOKIE, ""),
        asking.headers.get("accept-language", ""),
    )
