"""Where a server can be opened: on this machine, and from others through each interface it listens on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

import ifaddr
import segno

from engine.words import ENGLISH, N_, Language, listed

Address = IPv4Address | IPv6Address


def url(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    address = _read(host)
    if address and address.is_unspecified:
        host = "127.0.0.1"
    return _url(host, port)


def others(host: str, port: int) -> list[str]:
    """What browsers on other machines can open, IPv4 first; nothing where only this machine is served."""
    address = _read(host)
    if address is None or address.is_loopback:
        return []
    if not address.is_unspecified:
        return [_url(host, port)]
    found = [each for each in _interfaces() if address.version == 6 or each.version == 4]
    return [_url(str(each), port) for each in sorted(found, key=lambda each: each.version)]


def announcement(host: str, port: int, *, picture: bool, language: Language = ENGLISH) -> str:
    """What is printed when the server is up. picture: whether a QR code is, as a terminal shows it."""
    here = N_(
        "MLP Playground: open {address} in a browser. Ctrl+C stops it.", address=url(host, port)
    )
    lines = [language.say(here)]
    elsewhere = others(host, port)
    if elsewhere:
        there = N_("On other machines of the network: {addresses}", addresses=listed(elsewhere))
        lines.append(language.say(there))
    if elsewhere and picture:
        lines.append(_qr(elsewhere[0]))
    return "\n".join(lines) + "\n"


def _read(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _interfaces() -> Iterator[Address]:
    """The addresses of this machine that others can reach."""
    for adapter in ifaddr.get_adapters():
        for found in adapter.ips:
            address = ip_address(found.ip if isinstance(found.ip, str) else found.ip[0])
            if not (address.is_loopback or address.is_link_local):
                yield address


def _qr(text: str) -> str:
    """A QR code in half blocks, two modules high each."""
    file = io.StringIO()
    segno.make(text, micro=False).terminal(file, border=2, compact=True)
    return file.getvalue().rstrip("\n")
