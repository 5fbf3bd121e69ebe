"""`python -m app rehearse`: what an instructor runs the evening before."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlsplit

from app.rehearsal.crowd import Crowd, Measured
from app.rehearsal.verdict import judge, table
from engine.words import ENGLISH, N_, Language
from locales.command_line import Parser

SECONDS = 15.0
"""How long everyone plays, after a moment in which they come."""
DEFAULT = "http://127.0.0.1:8000"
PEOPLE, MOST = 30, 2000


def main(arguments: Sequence[str], language: Language = ENGLISH) -> int:
    """Play a room full of people. Returns 0 if it is comfortable, else 1, and 2 for wrong arguments."""
    try:
        given = _parser(language).parse_args(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    begun = N_(
        "{people} people play at {url} for {seconds} seconds …",
        people=given.people,
        url=given.url,
        seconds=f"{SECONDS:.0f}",
    )
    sys.stdout.write(f"{language.say(begun)}\n")
    sys.stdout.flush()
    found = asyncio.run(_rehearse(stream(given.url), given.people))
    verdict = judge(found)
    row = f"\n{table(found, language)}\n\n" if found.people else ""
    sys.stdout.write(f"{row}{language.say(verdict.words)}\n")
    return 0 if verdict.comfortable else 1


def stream(url: str) -> str:
    """Where the stream of a server is. Raises ValueError for what is no address of one."""
    parts = urlsplit(url if "//" in url else f"//{url}", scheme="http")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(N_("an address such as {example}", example=DEFAULT))
    return (
        f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path.rstrip('/')}/ws"
    )


async def _rehearse(url: str, people: int) -> Measured:
    async with Crowd(url, [{}] * people) as crowd:
        crowd.play()
        return await crowd.watch(SECONDS)


def _parser(language: Language) -> Parser:
    what = N_(
        "Play a room full of people at a server that runs, and say whether it is comfortable. "
        "Everyone plays the default run and changes the learning rate every two seconds."
    )
    parser = Parser(language, prog="python -m app rehearse", description=language.say(what))
    people = N_("how many (default: {default})", default=PEOPLE)
    parser.options.add_argument(
        "--people", type=partial(_count, language), default=PEOPLE, help=language.say(people)
    )
    address = N_("the server's address (default: {default})", default=DEFAULT)
    parser.needed.add_argument(
        "url",
        nargs="?",
        type=partial(_address, language),
        default=DEFAULT,
        help=language.say(address),
    )
    return parser


def _count(language: Language, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        said = N_(
            "a whole number from {least} to {most}, not {given}",
            least=1,
            most=f"{MOST:,}",
            given=repr(text),
        )
        raise argparse.ArgumentTypeError(language.say(said))
    return int(text)


def _address(language: Language, text: str) -> str:
    try:
        stream(text)
    except ValueError as error:
        said = N_("{allowed}, not {given}", allowed=str(error), given=repr(text))
        raise argparse.ArgumentTypeError(language.say(said)) from None
    return text
