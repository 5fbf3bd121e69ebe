"""`python -m app` serves the playground."""

from __future__ import annotations

import contextlib
import gc
import signal
import socket
import sys
from asyncio import Protocol
from collections.abc import Sequence
from functools import partial
from typing import cast

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

import locales
from app import VERSION
from app.main import create_app
from app.operations import logs
from app.operations.addresses import announcement
from app.rehearsal.command import main as rehearse
from app.server.forwarded import ForwardedScheme
from app.server.http_protocol import Gate, HttpProtocol
from app.server.websocket_protocol import WebSocketProtocol
from app.settings import Settings, complaint, misspelt, usage
from app.web.static_files import StaticFiles
from engine.words import ENGLISH, N_, Language, listed
from locales.choice import known, of_system

WRONG = 2
"""What a command returns that was called the wrong way."""
SEND_BUFFER = 64 * 1024
"""Bytes in the kernel for one browser: more would only be older frames."""
STUCK_AFTER = 20_000
"""Milliseconds after which a connection that takes nothing any more is dropped."""
OTHER_FILES = 128
"""Files that a server has open besides its connections."""
NO_LANGUAGE = N_("--lang takes one of {tags}.", tags=listed(locales.languages()))
PING_EVERY, PING_PATIENCE = 10, 15
"""Seconds: a line that died without a word is found after 26 at most."""


def main(arguments: Sequence[str] = ()) -> int:
    """Serve until stopped. What is wrong with the settings or the address is said in one sentence.

    Returns 2 for wrong settings and arguments, 1 for an address that cannot be had.
    """
    tag, rest = _language(arguments)
    if tag is None:
        _complain(NO_LANGUAGE, locales.language(of_system()))
        return WRONG
    language = locales.language(tag)
    if rest:
        return _answer(rest, language)
    for name in misspelt():
        _complain(name, language)
    try:
        settings = Settings()
    except ValidationError as error:
        _complain(complaint(error), language)
        return WRONG
    for path in filter(None, locales.languages().values()):
        try:
            locales.locale(path.stem)
        except (OSError, ValueError) as error:
            wrong = N_(
                "Cannot read {path}: {reason}. (PLAYGROUND_LOCALES)",
                path=str(path),
                reason=str(error),
            )
            _complain(wrong, language)
            return WRONG
    try:
        listener = listen(settings.host, settings.port)
    except OSError as error:
        said = N_(
            "Cannot serve on {host} port {port}: {reason}. (HOST, PORT)",
            host=settings.host,
            port=settings.port,
            reason=error.strerror or str(error),
        )
        _complain(said, language)
        return 1
    logs.configure(settings.log)
    allow_connections(settings.max_connections)
    # uvicorn raises the signal again when all is closed: end then as after Ctrl+C, not by force
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        Server(configure(settings), language).run([listener])
    return 0


class Server(uvicorn.Server):
    """Says where it serves as soon as it does."""

    def __init__(self, config: uvicorn.Config, language: Language = ENGLISH) -> None:
        super().__init__(config)
        self._language = language

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the addresses to open."""
        await super().startup(sockets)
        # what is loaded stays: looking through it again and again would hold everybody up
        gc.collect()
        gc.freeze()
        for listener in sockets or []:
            host, port = listener.getsockname()[:2]
            # a terminal shows the code; a log would only be garbled by it
            picture = sys.stdout.isatty()
            sys.stdout.write(announcement(host, port, picture=picture, language=self._language))
            sys.stdout.flush()


class Config(uvicorn.Config):
    """Reads what proxies say before uvicorn does, and answers for files before anything else."""

    def load(self) -> None:
        """Put the layers around the application."""
        super().load()
        self.loaded_app = StaticFiles(ForwardedScheme(self.loaded_app), cast(FastAPI, self.app))


def configure(settings: Settings, gate: Gate | None = None) -> uvicorn.Config:
    """How uvicorn is to serve the application."""
    gate = gate or Gate(settings.max_connections)
    return Config(
        create_app(settings),
        log_config=None,  # app.operations.logs has seen to it
        access_log=False,
        http=cast(type[Protocol], partial(HttpProtocol, gate)),  # it makes one, as a class does
        ws=WebSocketProtocol,
        ws_max_size=2**20,
        ws_ping_interval=PING_EVERY,
        ws_ping_timeout=PING_PATIENCE,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=5,
        server_header=False,
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections hold few frames and notice a browser that is stuck.

    Raises OSError for an address that cannot be had.
    """
    family, *_, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STUCK_AFTER)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def allow_connections(most: int) -> None:
    """Ask the system for as many files as so many connections take, as far as it gives more."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The tag of `--lang TAG` in front of the arguments or of the environment, and the arguments behind it.

    None in place of a tag that no language has.
    """
    given = list(arguments)
    if given[:1] != ["--lang"]:
        return of_system(), given
    return known(given[1]) if len(given) > 1 else None, given[2:]


def _answer(arguments: Sequence[str], language: Language) -> int:
    """What is said in place of serving."""
    match arguments[0]:
        case "-h" | "--help":
            sys.stdout.write(usage(language))
        case "--version":
            sys.stdout.write(f"MLP Playground {VERSION}\n")
        case "rehearse":
            return rehearse(arguments[1:], language)
        case other:
            said = N_(
                'There is no argument "{argument}"; python -m app --help says what can be set.',
                argument=other,
            )
            _complain(said, language)
            return WRONG
    return 0


def _complain(sentence: str, language: Language) -> None:
    sys.stderr.write(f"{language.say(sentence)}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
