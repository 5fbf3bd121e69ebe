"""Hosts and origins as browsers write them, and which origins may open the stream."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from starlette.datastructures import Headers
from starlette.types import Scope

from engine.words import N_, sentences

HOST = re.compile(
    r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?)(:(?P<port>\d{0,5}))?", re.IGNORECASE
)
ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>\S+)", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_NAME = 253
"""Letters of the longest name that the Internet knows."""
LONGEST_SHOWN = 100


@dataclass(frozen=True)
class Host:
    """What a Host header names, in small letters. port: None where it has none."""

    name: str
    port: int | None

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Read a Host header; None where it is none."""
        found = HOST.fullmatch(text)
        if not found or len(found["name"]) > LONGEST_NAME:
            return None
        port = int(found["port"]) if found["port"] else None
        if port is not None and port > 65535:
            return None
        name = found["name"].lower()
        if name.startswith("["):
            try:
                name = f"[{ipaddress.IPv6Address(name[1:-1]).compressed}]"
            except ValueError:
                return None
        return cls(name, port)


def canonical(origin: str) -> str | None:
    """An origin in small letters and without the usual port of its scheme; None where it is none."""
    found = ORIGIN.fullmatch(origin)
    host = Host.of(found["host"]) if found else None
    if not found or not host:
        return None
    scheme = found["scheme"].lower()
    usual = host.port in {None, DEFAULT_PORTS[scheme]}
    return f"{scheme}://{host.name}" if usual else f"{scheme}://{host.name}:{host.port}"


def shown(text: str) -> str:
    """What somebody sent, fit for a log: short, and in letters that no terminal obeys."""
    plain = text.encode("ascii", "backslashreplace").decode()
    return plain if len(plain) <= LONGEST_SHOWN else plain[:LONGEST_SHOWN] + "..."


@dataclass(frozen=True)
class Refusal:
    """Why a page may not open the stream, and the setting that would let it; None where there is none."""

    reason: str
    setting: str | None = None


def refusal(scope: Scope, origins: list[str], allowed: Iterable[str] = ()) -> Refusal | None:
    """Why a page with these Origin headers may not open the stream; None if it may.

    An origin must be the server's own (scheme, host and port, as the browser addressed it) or one of
    `allowed`. Scripts send none and may come in.
    """
    if not origins:
        return None
    hosts = Headers(scope=scope).getlist("host")
    if len(origins) > 1 or len(hosts) != 1:
        return Refusal(N_("The browser must send one Origin and one Host."))
    origin = canonical(origins[0])
    if origin is None:
        said = N_(
            '"{origin}" is not the origin of a page on a server, such as https://example.org.',
            origin=shown(origins[0]),
        )
        return Refusal(said)
    scheme = scope["scheme"].replace("ws", "http")
    own = canonical(f"{scheme}://{hosts[0]}")
    if origin == own or origin in set(map(canonical, allowed)):
        return None
    return Refusal(_explain(scope, origin, own or shown(hosts[0])), f"PLAYGROUND_ORIGINS={origin}")


def _explain(scope: Scope, origin: str, own: str) -> str:
    """What stands between the browser and the server, most likely."""
    said = N_(
        "The page is at {origin}, but the server was asked for as {own}.", origin=origin, own=own
    )
    if origin.partition("://")[2] != own.partition("://")[2]:
        return sentences(said, N_("A proxy must pass the Host header on as the browser sent it."))
    forwarded = Headers(scope=scope).get("x-forwarded-proto")
    if forwarded is None:
        return sentences(
            said, N_("A proxy must send X-Forwarded-Proto with the scheme that the browser used.")
        )
    believed = N_(
        "X-Forwarded-Proto was {scheme}, from {client}; it is believed from the addresses in "
        "FORWARDED_ALLOW_IPS.",
        scheme=shown(forwarded),
        client=(scope.get("client") or [N_("unknown")])[0],
    )
    return sentences(said, believed)
