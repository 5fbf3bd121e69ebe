"""What proxies say of the browser's scheme, in a form that uvicorn understands."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

NAME = b"x-forwarded-proto"


class ForwardedScheme:
    """Keeps of `X-Forwarded-Proto: https,http` the first: what the browser spoke to the first proxy.

    uvicorn takes one word in small letters. Whether the proxy is trusted is decided there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            said = [value for name, value in scope["headers"] if name == NAME]
            if said:
                first = b",".join(said).split(b",")[0].strip().lower()
                others = [header for header in scope["headers"] if header[0] != NAME]
                scope = {**scope, "headers": [*others, (NAME, first)]}
        await self.app(scope, receive, send)
