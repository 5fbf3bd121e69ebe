"""What a request hears that the server gives up because it stops."""

from __future__ import annotations

import asyncio

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.languages import language_of
from engine.words import N_

WORDS = N_("The server is stopping. Try again in a few seconds.")


class Stopping:
    """Answers 503 where a request is cancelled before its answer has begun; uvicorn takes it for an error."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except asyncio.CancelledError:
            if begun:
                raise
            words = language_of(HTTPConnection(scope)).say(WORDS)
            await PlainTextResponse(words, 503, {"Retry-After": "5"})(scope, receive, send)
