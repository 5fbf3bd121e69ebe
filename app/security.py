"""Thin layers around the application: headers for every answer, the names it answers to, who may stream."""

from __future__ import annotations

import ipaddress
import logging
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
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

HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:\[\]]+)(:\d*)?", re.IGNORECASE)
RESERVED = (".local", ".localhost", ".internal", ".home.arpa")
"""Endings of names that only this network can give out: RFC 6762, 6761, ICANN's .internal, RFC 8375."""
ANY_HOST = "*"


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


class HostCheck:
    """Answers only to names that nobody far away can own, and to those of `allowed`; "*" is any name.

    A page of another site could have its own name point to this server, and its scripts would then be of
    the same origin (DNS rebinding). Addresses, names without a dot, and reserved endings cannot be had for
    that. A browser always sends a Host; what sends none is no browser.
    """

    def __init__(self, app: ASGIApp, allowed: Iterable[str] = ()) -> None:
        self.app = app
        self.allowed = frozenset(name.lower() for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            hosts = Headers(scope=scope).getlist("host")
            if not all(map(self.answers_to, hosts)) or len(hosts) > 1:
                await self._refuse(scope, receive, send, ", ".join(hosts))
                return
        await self.app(scope, receive, send)

    def answers_to(self, host: str) -> bool:
        """Whether this Host header names the server."""
        found = HOST.fullmatch(host)
        if ANY_HOST in self.allowed or not found:
            return bool(found)
        name = found["name"].lower().removesuffix(".")
        return name in self.allowed or _is_of_this_network(name)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, host: str) -> None:
        """HTTP 400 in words; a websocket gets 403 before it is accepted."""
        log.warning("refused a request to the host %.200s (PLAYGROUND_HOSTS lists its names)", host)
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        said = (
            "This server does not answer to this name. PLAYGROUND_HOSTS lists the names it has.\n"
        )
        await PlainTextResponse(said, 400)(scope, receive, send)


def _is_of_this_network(name: str) -> bool:
    """Whether a name is an address, or one that is given out on the own network only."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return "." not in name or name.endswith(RESERVED)
    return True


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
