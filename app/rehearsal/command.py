"""`python -m app rehearse`: what an instructor runs the evening before."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from app.rehearsal.crowd import Crowd, Measured
from app.rehearsal.verdict import judge, table

SECONDS = 15.0
"""How long everyone plays, after a moment in which they come."""
DEFAULT = "http://127.0.0.1:8000"
MOST = 2000


def main(arguments: Sequence[str]) -> int:
    """Play a room full of people. Returns 0 if it is comfortable, else 1, and 2 for wrong arguments."""
    try:
        given = _parser().parse_args(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    sys.stdout.write(f"{given.people} people play at {given.url} for {SECONDS:.0f} seconds …\n")
    sys.stdout.flush()
    found = asyncio.run(_rehearse(stream(given.url), given.people))
    verdict = judge(found)
    sys.stdout.write(
        f"\n{table(found)}\n\n{verdict.words}\n" if found.people else verdict.words + "\n"
    )
    return 0 if verdict.comfortable else 1


def stream(url: str) -> str:
    """Where the stream of a server is. Raises ValueError for what is no address of one."""
    parts = urlsplit(url if "//" in url else f"//{url}", scheme="http")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an address such as http://127.0.0.1:8000")
    return (
        f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path.rstrip('/')}/ws"
    )


async def _rehearse(url: str, people: int) -> Measured:
    async with Crowd(url, [{}] * people) as crowd:
        crowd.play()
        return await crowd.watch(SECONDS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m app rehearse",
        description="Play a room full of people at a server that runs, and say whether it is comfortable. "
        "Everyone plays the default run and changes the learning rate every two seconds.",
    )
    parser.add_argument("--people", type=_count, default=30, help="how many (default: 30)")
    parser.add_argument(
        "url",
        nargs="?",
        type=_address,
        default=DEFAULT,
        help=f"the server's address (default: {DEFAULT})",
    )
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {MOST:,}, not {text!r}")
    return int(text)


def _address(text: str) -> str:
    try:
        stream(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}, not {text!r}") from None
    return text
