"""Two thin layers around the application: headers for every answer, and who may open the stream."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # plotly.js positions with style attributes
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds the headers to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OriginCheck:
    """Refuses a websocket that another site's page opens: HTTP 403 before it is accepted.

    An Origin header must be this server's own (scheme, host and port, as the browser addressed it) or
    one of `allowed`. Scripts send none and may come in.
    """

    def __init__(self, app: ASGIApp, allowed: Iterable[str] = ()) -> None:
        self.app = app
        self.allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not self.may_enter(scope):
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)

    def may_enter(self, scope: Scope) -> bool:
        """Whether the origin of this websocket is none, our own or an allowed one."""
        headers = Headers(scope=scope)
        origins, hosts = headers.getlist("origin"), headers.getlist("host")
        if not origins:
            return True
        scheme = {"ws": "http", "wss": "https"}[scope["scheme"]]
        own = {f"{scheme}://{host}" for host in hosts[:1]}
        if len(origins) == 1 and len(hosts) == 1 and origins[0] in own | self.allowed:
            return True
        log.warning(
            "refused a websocket from %s: this server is %s "
            "(PLAYGROUND_ORIGINS lists other origins that may come in)",
            ", ".join(origins),
            ", ".join(own) or "addressed without a host",
        )
        return False
