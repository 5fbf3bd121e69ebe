"""Answers that come in all languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

from fastapi import Request

from app.languages import tag_of
from app.web.assets import CODING_AND_LANGUAGE, Asset
from locales import languages, locale


class Spoken:
    """JSON in every language: made once for each, out of a structure that messages stand in."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._asset = cache(lambda tag: _asset(make(), tag))

    def prepare(self) -> None:
        """Make it in all languages, now rather than while somebody waits."""
        for tag in languages():
            self._asset(tag)

    def of(self, request: Request) -> Asset:
        """It in the language of who asks."""
        return self._asset(tag_of(request))


def _asset(value: object, tag: str) -> Asset:
    said = locale(tag).language.translated(value)
    return Asset.of(json.dumps(said).encode(), "application/json", vary=CODING_AND_LANGUAGE)
