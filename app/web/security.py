"""Thin layers around the application: headers for every answer, the names it answers to, who may stream."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.languages import language_of
from app.operations.counts import COUNTS
from app.origins import Host, Refusal, refusal, shown
from app.web.stream_check_api import Refusals
from engine.words import N_

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

RawHeaders = list[tuple[bytes, bytes]]


def security_headers(frame_ancestors: Iterable[str] = ()) -> RawHeaders:
    """The headers of every answer, as they are sent.

    frame_ancestors: whose pages may show this one in a frame. Such a frame may be sandboxed, and is then of
    no origin: it may read what everyone may. X-Frame-Options knows no list; it is sent where there is none.
    """
    others = "".join(f" {origin}" for origin in frame_ancestors)
    headers = HEADERS | {"Content-Security-Policy": CONTENT_POLICY + others}
    if others:
        headers |= {"Access-Control-Allow-Origin": "null"}
    else:
        headers |= {"X-Frame-Options": "SAMEORIGIN"}
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


RESERVED = (".local", ".localhost", ".internal", ".home.arpa")
"""Endings of names that only this network can give out: RFC 6762, 6761, ICANN's .internal, RFC 8375."""
ANY_HOST = "*"


class SecurityHeaders:
    """Adds the headers to every HTTP answer."""

    def __init__(self, app: ASGIApp, headers: RawHeaders) -> None:
        self.app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *self._headers]}
            await send(message)

        await self.app(scope, receive, send_with_headers)


class HostCheck:
    """Answers only to names that nobody far away can own, and to those of `allowed`; "*" is any name.

    A page of another site could have its own name point to this server, and its scripts would then be of
    the same origin (DNS rebinding). Addresses, names without a dot, and reserved endings cannot be had for
    that. A browser always sends a Host; what sends none is no browser.
    """

    def __init__(
        self, app: ASGIApp, allowed: Iterable[str] = (), refusals: Refusals | None = None
    ) -> None:
        self.app = app
        self.allowed = frozenset(name.lower() for name in allowed)
        self._refusals = refusals or Refusals()
        self._answers_to = lru_cache(maxsize=64)(self.answers_to)  # browsers say the same few

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and not self.allows(scope):
            hosts = Headers(scope=scope).getlist("host")
            await self._refuse(scope, receive, send, ", ".join(hosts))
            return
        await self.app(scope, receive, send)

    def allows(self, scope: Scope) -> bool:
        """Whether a request or a stream names the server, or says no name."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        return len(hosts) < 2 and all(self._answers_to(host.decode("latin-1")) for host in hosts)

    def answers_to(self, host: str) -> bool:
        """Whether this Host header names the server."""
        found = Host.of(host)
        if ANY_HOST in self.allowed or not found:
            return bool(found)
        name = found.name.removesuffix(".")
        return name in self.allowed or _is_of_this_network(name)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, host: str) -> None:
        """HTTP 400 in words; a websocket gets 403 before it is accepted."""
        COUNTS.refusals["host"] += 1
        log.warning(
            "refused a request to the host %s (PLAYGROUND_HOSTS lists its names)", shown(host)
        )
        if scope["type"] == "websocket":
            self._refusals.note(Headers(scope=scope).get("origin", ""), _unknown_name(host))
            await send({"type": "websocket.close", "code": 1008})
            return
        said = N_(
            "This server does not answer to this name. PLAYGROUND_HOSTS lists the names it has."
        )
        words = language_of(HTTPConnection(scope)).say(said)
        await PlainTextResponse(f"{words}\n", 400)(scope, receive, send)


def _is_of_this_network(name: str) -> bool:
    """Whether a name is an address, or one that is given out on the own network only."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return "." not in name or name.endswith(RESERVED)
    return True


def _unknown_name(host: str) -> Refusal:
    """Why a stream that asks for this host is refused."""
    found = Host.of(host)
    return Refusal(
        N_(
            "The stream was asked for at {host}, which is not a name of this server.",
            host=shown(host),
        ),
        f"PLAYGROUND_HOSTS={found.name}" if found else None,
    )


class OriginCheck:
    """Refuses a websocket that another site's page opens: HTTP 403 before it is accepted.

    sandboxed: whether a page may enter that is of no origin, as in a sandboxed frame.
    """

    def __init__(
        self,
        app: ASGIApp,
        allowed: Iterable[str] = (),
        refusals: Refusals | None = None,
        *,
        sandboxed: bool = False,
    ) -> None:
        self.app = app
        self.allowed = tuple(allowed)
        self._sandboxed = sandboxed
        self._refusals = refusals or Refusals()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not self.may_enter(scope):
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)

    def may_enter(self, scope: Scope) -> bool:
        """Whether the origin of this websocket is none, our own or an allowed one."""
        origins = Headers(scope=scope).getlist("origin")
        if self._sandboxed and origins == ["null"]:
            return True
        refused = refusal(scope, origins, self.allowed)
        for origin in origins[:1]:
            self._refusals.note(origin, refused)
        if refused:
            COUNTS.refusals["origin"] += 1
            setting = f" ({refused.setting} lets it in)" if refused.setting else ""
            log.warning("refused a websocket. %s%s", refused.reason, setting)
        return refused is None
