"""The examples in deploy/ are run as they are, but for names and ports: pages, files, streams, refusals."""

import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from tests.app import http
from tests.app.client import Client
from tests.app.conftest import Server, serving

DEPLOY = Path(__file__).parents[3] / "deploy"
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def nginx(replicas: list[Server], port: int, folder: Path) -> list[str]:
    """The command that serves deploy/nginx.conf on this port."""
    text = (DEPLOY / "nginx.conf").read_text()
    assert text.count("listen 80;") == 1
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    for number, replica in enumerate(replicas, 1):
        text = text.replace(f"playground-{number}:8000", replica.address)
    temporary = "".join(
        f"  {name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("http {\n", "http {\n  access_log off;\n" + temporary, 1)
    (folder / "nginx.conf").write_text(f"pid {folder}/nginx.pid;\n{text}")
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin") or "nginx"
    where = ["-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    return [program, *where, "-g", "daemon off;"]


def caddy(replicas: list[Server], port: int, folder: Path) -> list[str]:
    """The command that serves deploy/Caddyfile on this port, without a certificate."""
    text = (DEPLOY / "Caddyfile").read_text()
    text, found = re.subn(r"^school\.example", f"http://127.0.0.1:{port}", text, flags=re.MULTILINE)
    assert found == 1
    for number, replica in enumerate(replicas, 1):
        text = text.replace(f"playground-{number}:8000", replica.address)
    (folder / "Caddyfile").write_text(text)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


PROXIES: dict[str, Callable[[list[Server], int, Path], list[str]]] = {
    "nginx": nginx,
    "caddy": caddy,
}


@pytest.fixture(scope="module", params=PROXIES)
def proxy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the playground behind a proxy that balances three replicas."""
    name: str = request.param
    if not shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin"):
        pytest.skip(f"{name} is not installed here")
    folder = tmp_path_factory.mktemp(name)
    port = free_port()
    with serving() as one, serving() as two, serving() as three:
        command = PROXIES[name]([one, two, three], port, folder)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env={"HOME": str(folder)})
        try:
            url = f"http://127.0.0.1:{port}/playground"
            wait_for(f"{url}/healthz", process, folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if http.get(url).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.05)
    pytest.fail(f"the proxy does not serve: {log.read_text()}")


def test_a_page_and_all_its_files_come_from_below_the_path(proxy: str) -> None:
    page = http.get(f"{proxy}/")
    assert page.status_code == 200
    base = httpx2.URL(f"{proxy}/")
    urls = re.findall(r'(?:href|src)="((?:static|api)/[^"]+)"', page.text)
    assert len(urls) > 50
    with http.Client() as client:
        for url in urls:
            assert client.get(base.join(url)).status_code == 200, url
    assert http.get(f"{proxy}/optimizers/", follow_redirects=True).status_code == 200


def test_the_address_without_its_slash_leads_to_the_page(proxy: str) -> None:
    answer = http.get(proxy)
    assert answer.status_code in {301, 302}
    assert httpx2.URL(proxy).join(answer.headers["Location"]) == f"{proxy}/"


def test_the_numbers_stay_inside(proxy: str) -> None:
    assert http.get(f"{proxy}/metrics").status_code == 403


async def test_streams_of_the_own_page_pass_and_those_of_others_do_not(proxy: str) -> None:
    stream = proxy.replace("http", "ws", 1) + "/ws"
    origin = proxy.removesuffix("/playground")
    async with Client.connect(stream, origin=origin) as client:
        assert (await client.ask("hello", protocol=1, spec={}, view={}))["type"] == "ok"
        await client.ask("step", count=10)
        await client.until(lambda: client.frame.get("step") == 10)
    with pytest.raises(Exception, match="403"):
        async with Client.connect(stream, origin="https://evil.example"):
            pass
