"""What is printed at start."""

import ifaddr
import pytest

from app.operations.addresses import announcement, others

ALL = "0.0.0.0"  # noqa: S104 - nothing is served here


@pytest.fixture(autouse=True)
def _interfaces(monkeypatch: pytest.MonkeyPatch) -> None:
    def ip(address: str | tuple[str, int, int]) -> ifaddr.IP:
        return ifaddr.IP(address, 24, "x")

    found = [
        ifaddr.Adapter("lo", "lo", [ip("127.0.0.1"), ip(("::1", 0, 0))]),
        ifaddr.Adapter("wlan", "wlan", [ip(("fe80::1", 0, 3)), ip(("fd00::5", 0, 0))]),
        ifaddr.Adapter("eth", "eth", [ip("192.168.1.20"), ip("10.0.0.7"), ip("169.254.7.7")]),
    ]
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: found)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", []),
        ("::1", []),
        ("192.168.1.20", ["http://192.168.1.20:80"]),
        (ALL, ["http://192.168.1.20:80", "http://10.0.0.7:80"]),
        ("::", ["http://192.168.1.20:80", "http://10.0.0.7:80", "http://[fd00::5]:80"]),
    ],
)
def test_others_are_told_what_they_can_reach(host: str, expected: list[str]) -> None:
    assert others(host, 80) == expected


def test_a_log_gets_lines_of_plain_text() -> None:
    said = announcement(ALL, 8000, picture=False)
    assert said.isascii()
    assert said.splitlines() == [
        "MLP Playground: open http://127.0.0.1:8000 in a browser. Ctrl+C stops it.",
        "On other machines of the network: http://192.168.1.20:8000, http://10.0.0.7:8000",
    ]
    assert announcement("127.0.0.1", 8000, picture=True).count("\n") == 1


def test_a_terminal_gets_a_code_that_leads_to_the_first_address() -> None:
    """The blocks are read back as a picture, by another library than the one that drew them."""
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    rows = announcement(ALL, 8000, picture=True).splitlines()[2:]
    halves = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    modules = [[halves[sign][half] for sign in row] for row in rows for half in (0, 1)]
    picture = image.new("L", (len(modules[0]), len(modules)))
    picture.putdata([255 * light for line in modules for light in line])
    large = picture.resize((picture.width * 8, picture.height * 8), image.Resampling.NEAREST)
    (code,) = zxingcpp.read_barcodes(large)
    assert code.text == "http://192.168.1.20:8000"
