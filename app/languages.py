"""The language of who asks."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from locales.choice import choose

COOKIE = "language"
"""Keeps what a person chose in the header of a page."""


def language_of(asking: HTTPConnection) -> str:
    """The tag of `?lang=`, of a choice that was made here before, or of what the browser likes best."""
    return choose(
        asking.query_params.get("lang", ""),
        asking.cookies.get(COOKIE, ""),
        asking.headers.get("accept-language", ""),
    )
