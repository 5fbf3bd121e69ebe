"""QR codes: what a camera reads is what was asked for."""

import re

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from app.web.qr import MOST_BYTES, draw
from tests.app import http
from tests.app.conftest import Server

MODULE = 4
"""Pixels a module is drawn with here."""


def raster(svg: bytes) -> np.ndarray:
    """The modules of an SVG from `draw` as pixels: its one path of runs `m`, `h` in units of a module."""
    text = svg.decode()
    (side,) = re.findall(r'viewBox="0 0 (\d+) \1"', text)
    (path,) = re.findall(r'class="qrline"[^>]* d="([^"]*)"', text)
    modules = np.full((int(side), int(side)), 255, np.uint8)
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        if command == "h":
            modules[int(y), int(x) : int(x + values[0])] = 0
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return np.kron(modules, np.ones((MODULE, MODULE), np.uint8))


def read(svg: bytes) -> str:
    """What a scanner reads in the picture."""
    (code,) = zxingcpp.read_barcodes(raster(svg))
    return code.text


def test_a_scanner_reads_the_link(server: Server) -> None:
    link = "http://192.168.1.5:8000/#data=spiral&layers=8,8&optimizer=adam&edits=10~batch_size~5"
    answer = http.get(f"{server.url}/api/qr", params={"text": link})
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert read(answer.content) == link


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=600))
def test_every_text_is_read_back(text: str) -> None:
    assert read(draw(text)) == text


@pytest.mark.parametrize("size", [1, MOST_BYTES])
def test_the_shortest_and_the_longest(size: int) -> None:
    assert read(draw("x" * size)) == "x" * size


def test_what_is_too_long_is_refused_with_the_number(server: Server) -> None:
    answer = http.get(f"{server.url}/api/qr", params={"text": "x" * (MOST_BYTES + 1)})
    assert answer.status_code == 422
    assert "2,953 bytes" in answer.json()["detail"]
    assert "2,954" in answer.json()["detail"]


def test_an_empty_text_is_refused(server: Server) -> None:
    for asked, value in ("?text=", '""'), ("", "null"):
        answer = http.get(f"{server.url}/api/qr{asked}")
        assert answer.status_code == 422
        assert answer.json()["detail"] == f"text must be a text of 1 to 2,953 bytes, not {value}."
