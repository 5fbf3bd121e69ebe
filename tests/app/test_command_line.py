"""`python -m app`: what it says, and how it ends."""

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path

import pytest

from app import VERSION
from app.__main__ import listen, main
from app.operations.addresses import url
from app.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
async def test_it_prints_the_address_serves_there_and_ends_in_silence(
    ending: signal.Signals,
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app",
        cwd=ROOT,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": "0", "PLAYGROUND_WORKERS": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    address = re.search(r"http://127\.0\.0\.1:(\d+)", line)
    assert address, line
    reader, writer = await asyncio.open_connection("127.0.0.1", int(address[1]))
    writer.write(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert b"200 OK" in await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    process.send_signal(ending)
    output, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (output, errors) == (b"", b"")
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PORT": "http"}, ["PORT", "http", "0 to 65535"]),
        ({"PORT": "99999"}, ["PORT", "99999", "0 to 65535"]),
        ({"PLAYGROUND_WORKERS": "0"}, ["PLAYGROUND_WORKERS"]),
        ({"PLAYGROUND_ORIGINS": "https://a.example,x"}, ["PLAYGROUND_ORIGINS"]),
        (
            {"PLAYGROUND_ORIGINS": "https://a.example/"},
            ["PLAYGROUND_ORIGINS", "https://a.example/"],
        ),
        ({"PLAYGROUND_HOSTS": "a/b"}, ["PLAYGROUND_HOSTS"]),
        ({"PLAYGROUND_FRAME_ANCESTORS": "https://*"}, ["PLAYGROUND_FRAME_ANCESTORS"]),
        ({"PLAYGROUND_FRAME_ANCESTORS": "https://*.org"}, ["PLAYGROUND_FRAME_ANCESTORS"]),
        ({"PLAYGROUND_FRAME_ANCESTORS": "a.example"}, ["PLAYGROUND_FRAME_ANCESTORS", "a.example"]),
        (
            {"PLAYGROUND_FRAME_ANCESTORS": "https://a.example; script-src *"},
            ["PLAYGROUND_FRAME_ANCESTORS"],
        ),
        ({"PLAYGROUND_LOG": "xml"}, ["PLAYGROUND_LOG", "text or json"]),
        ({"PLAYGROUND_JOB_TIMEOUT": "0"}, ["PLAYGROUND_JOB_TIMEOUT", "more than 0"]),
        ({"PLAYGROUND_MAX_CONNECTIONS": "many"}, ["PLAYGROUND_MAX_CONNECTIONS", "1 or more"]),
        (
            {"PLAYGROUND_STUDIES": "tcp://scheduler:8786"},
            ["PLAYGROUND_STUDIES", "dask://HOST:PORT"],
        ),
        ({"PLAYGROUND_RETENTION": "nan"}, ["PLAYGROUND_RETENTION", "0 or more"]),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    environment: dict[str, str],
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main() == 2
    output, said = capsys.readouterr()
    assert output == ""
    assert said.count("\n") == 1
    for word in words:
        assert word in said


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_an_address_that_cannot_be_had_is_said_in_one_sentence(
    host: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "0")
    assert main() == 1
    output, said = capsys.readouterr()
    assert (output, said.count("\n")) == ("", 1)
    assert host in said
    assert "HOST" in said


@pytest.mark.parametrize("argument", ["--help", "-h"])
def test_help_says_what_can_be_set_and_does_not_serve(
    argument: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([argument]) == 0
    output, said = capsys.readouterr()
    assert said == ""
    for name in Settings.model_fields:
        assert re.search(rf"^(PLAYGROUND_)?{name.upper()}=", output, re.MULTILINE)
    assert "PORT=8000\n    the port to serve on" in output
    assert "a whole number from 1 to 256" in output
    assert all(len(line) <= 100 for line in output.splitlines())


def test_every_setting_has_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert all(field.title and field.description for field in Settings.model_fields.values())


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert VERSION in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--port", "80"], ["serve"], ["--Help"], [""]])
def test_other_arguments_are_refused_in_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    output, said = capsys.readouterr()
    assert (output, said.count("\n")) == ("", 1)
    assert f'"{arguments[0]}"' in said
    assert "--help" in said


def test_a_misspelt_setting_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAYGROUND_ORIGIN", "https://a.example")
    monkeypatch.setenv("PORT", "http")
    assert main() == 2
    assert "PLAYGROUND_ORIGIN; PLAYGROUND_ORIGINS is one." in capsys.readouterr().err


def test_a_port_in_use_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("PORT", port)
        assert main() == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert port in said
    assert "PORT" in said


def test_connections_hold_few_frames() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * 64 * 1024


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),  # noqa: S104
        ("::", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("example.org", "http://example.org:80"),
    ],
)
def test_the_address_to_open(host: str, expected: str) -> None:
    assert url(host, 80) == expected


def test_host_and_port_are_read_with_and_without_the_prefix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOST", "10.0.0.1")
    monkeypatch.setenv("PORT", "81")
    assert (Settings().host, Settings().port) == ("10.0.0.1", 81)
    monkeypatch.setenv("PLAYGROUND_HOST", "10.0.0.2")
    monkeypatch.setenv("PLAYGROUND_PORT", "82")
    assert (Settings().host, Settings().port) == ("10.0.0.2", 82)


def test_origins_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ORIGINS", "https://a.example, https://b.example:8443")
    assert Settings().origins == ("https://a.example", "https://b.example:8443")


def test_the_document_names_every_setting() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`{name.upper()}`" in text
