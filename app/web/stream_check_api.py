"""Why a page that is served cannot open the stream, for the page to ask."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from app.languages import language_of
from app.origins import Refusal, canonical, refusal
from app.settings import Settings
from engine.words import N_

MOST_NOTED = 64
LONGEST = 300
"""A longer origin is none that a browser has."""


class Refusals:
    """Why the last stream of each origin was refused.

    A proxy may ask for streams in another way than for pages, so only the stream itself can tell.
    """

    def __init__(self) -> None:
        self._noted: dict[str, Refusal] = {}

    def note(self, origin: str, refused: Refusal | None) -> None:
        """Keep what came of a stream: why it was refused, or None."""
        name = canonical(origin)
        if name:
            self._noted.pop(name, None)
            if refused:
                self._noted[name] = refused
            while len(self._noted) > MOST_NOTED:
                del self._noted[next(iter(self._noted))]

    def of(self, origin: str) -> Refusal | None:
        """Why the last stream of this origin was refused; None if it was not."""
        return self._noted.get(canonical(origin) or "")


Origin = Annotated[
    str,
    Query(
        max_length=LONGEST,
        description=N_(
            "the origin of a page, such as https://example.org, of at most {most} characters",
            most=LONGEST,
        ),
    ),
]

router = APIRouter(prefix="/api")


@router.get("/stream-check")
def check(origin: Origin, request: Request) -> JSONResponse:
    """Whether a page at this origin may open the stream, why not, and the setting that changes it."""
    settings: Settings = request.app.state.settings
    refusals: Refusals = request.app.state.refusals
    refused = refusal(request.scope, [origin], settings.origins) or refusals.of(origin)
    answer = {
        "allowed": refused is None,
        "reason": language_of(request).say(refused.reason) if refused else None,
        "setting": refused.setting if refused else None,
    }
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})
