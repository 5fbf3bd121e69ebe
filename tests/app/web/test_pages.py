"""Pages and files: hashed, compressed once, with headers that keep other sites out."""

import gzip
import re
from pathlib import Path

import httpx2
import pytest

from app import VERSION
from app.web.assets import Asset, Assets, accepts_gzip
from app.web.pages import Pages
from tests.app import http
from tests.app.conftest import Server

ROOT = Path(__file__).parents[3]
HTML = {"Accept-Encoding": "identity"}


@pytest.fixture(scope="module", params=["/", "/optimizers", "/landscape", "/search"])
def page(server: Server, request: pytest.FixtureRequest) -> httpx2.Response:
    return http.get(f"{server.url}{request.param}", headers=HTML)


def test_the_page_is_checked_for_changes_every_time(page: httpx2.Response) -> None:
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-cache"
    again = http.get(page.url, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_every_file_the_page_names_is_there_for_good(server: Server, page: httpx2.Response) -> None:
    paths = set(re.findall(r'"(static/[^"]+)"', page.text))
    assert len(paths) > 3
    for path in paths:
        answer = http.get(f"{server.url}/{path}")
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_names_no_outside_host(page: httpx2.Response) -> None:
    outside = re.findall(r'(?:src|href)="((?:https?:)?//[^"]*)"', page.text)
    assert outside == []


def test_modules_are_scripts_and_come_compressed(server: Server, page: httpx2.Response) -> None:
    path = re.search(r'module" src="(static/[^"]+/(js/[^"]+\.js))"', page.text)
    assert path
    answer = http.get(f"{server.url}/{path[1]}", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content == (ROOT / "static" / path[2]).read_bytes()


def test_plotly_comes_from_here_compressed_once(server: Server, page: httpx2.Response) -> None:
    path = re.search(r'"(static/plotly-[0-9a-f]{16}\.min\.js)"', page.text)
    assert path
    packed = http.get(f"{server.url}/{path[1]}", headers={"Accept-Encoding": "gzip"})
    plain = http.get(f"{server.url}/{path[1]}", headers=HTML)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.content == packed.content
    assert int(packed.headers["Content-Length"]) < 0.4 * int(plain.headers["Content-Length"])
    assert "immutable" in packed.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "static/js/pages/playground.js",
        "static/0123456789abcdef/js/pages/playground.js",
        "static/",
        "docs",
        "openapi.json",
    ],
)
def test_what_is_not_there_is_not_found(server: Server, path: str) -> None:
    assert http.get(f"{server.url}/{path}").status_code == 404


def test_nothing_above_the_static_folder_can_be_had(server: Server, page: httpx2.Response) -> None:
    folder = re.search(r"static/([0-9a-f]{16})/", page.text)
    assert folder
    for path in (
        "../pyproject.toml",
        "%2e%2e/pyproject.toml",
        "..%2fpyproject.toml",
        "/etc/passwd",
    ):
        assert http.get(f"{server.url}/static/{folder[1]}/{path}").status_code == 404


def test_the_content_policy_allows_no_outside_host_and_no_eval(page: httpx2.Response) -> None:
    policy = page.headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert policy.count("unsafe-inline") == 1


ADDRESSES = [
    "/",
    "/optimizers",
    "/landscape",
    "/search",
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/catalog",
    "/api/presets",
    "/api/races",
    "/api/comparisons",
    "/api/searches",
    "/api/surfaces",
    "/api/previews",
    "/api/qr?text=x",
    "/api/stream-check?origin=http://localhost",
    "/nowhere",
    "/static/nowhere.js",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_answered_as_get_is_without_the_body(server: Server, address: str) -> None:
    with http.Client(base_url=server.url, headers=HTML) as client:
        head = client.head(address)
        get = client.get(address)  # on the same connection: a body left over would be in its way
    assert head.status_code == get.status_code
    assert head.content == b""
    for headers in (head.headers, get.headers):
        headers.pop("date")
        if address == "/metrics":
            headers.pop("content-length")  # the numbers have changed meanwhile
    assert head.headers == get.headers


def test_every_address_is_tried(server: Server) -> None:
    routes = {
        route.path
        for router in server.app.routes
        for route in getattr(getattr(router, "original_router", router), "routes", [router])
        if "GET" in (getattr(route, "methods", None) or ()) and "{" not in route.path
    }
    assert routes <= {address.partition("?")[0] for address in ADDRESSES}


def test_files_answer_head(server: Server, page: httpx2.Response) -> None:
    for path in re.findall(r'"(static/[^"]+)"', page.text):
        head = http.head(f"{server.url}/{path}")
        assert head.status_code == 200
        assert head.content == b""
        assert int(head.headers["Content-Length"]) > 0


def test_head_of_what_has_no_get_is_refused(server: Server) -> None:
    assert http.head(f"{server.url}/api/own-data").status_code == 405
    refused = http.put(f"{server.url}/")
    assert refused.status_code == 405
    assert refused.json() == {"detail": "This address does not take PUT."}


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/optimizers/", "../optimizers"),
        ("/landscape/?a=b&c=%20d", "../landscape?a=b&c=%20d"),
        ("/api/catalog/", "../catalog"),
        ("/a/b c/", "../b%20c"),
        ("/%2F%2Fevil.example/", "../evil.example"),
    ],
)
def test_a_last_slash_leads_to_the_address_without_it_wherever_that_is(
    server: Server, address: str, place: str
) -> None:
    answer = http.get(f"{server.url}{address}")
    assert answer.status_code == 307
    assert answer.headers["Location"] == place


def test_pages_stay_below_the_path_of_a_proxy(server: Server) -> None:
    url = httpx2.URL("https://school.example/play/optimizers/")
    assert url.join("../optimizers") == "https://school.example/play/optimizers"
    assert http.get(f"{server.url}/optimizers/", follow_redirects=True).status_code == 200
    assert http.head(f"{server.url}/optimizers/").status_code == 307


@pytest.mark.parametrize("address", ["/optimizers//", "//"])
def test_several_last_slashes_lead_nowhere(server: Server, address: str) -> None:
    assert http.get(f"{server.url}{address}").status_code == 404


def folder_with(tmp_path: Path, text: str) -> Assets:
    (tmp_path / "js" / "pages").mkdir(parents=True, exist_ok=True)
    (tmp_path / "js" / "pages" / "playground.js").write_text(text)
    return Assets(tmp_path)


def test_a_changed_file_changes_every_url(tmp_path: Path) -> None:
    assets = folder_with(tmp_path, "let a;")
    before = assets.url("js/pages/playground.js")
    assert before == f"static/{assets.hash}/js/pages/playground.js"
    assert folder_with(tmp_path, "let a;").url("js/pages/playground.js") == before
    assert folder_with(tmp_path, "let b;").url("js/pages/playground.js") != before


def test_a_file_that_is_not_there_has_no_url(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match=r"other\.js"):
        folder_with(tmp_path, "").url("js/other.js")


def test_changes_are_seen_on_reload_while_developing(tmp_path: Path) -> None:
    pages = Pages(reload=True)
    pages.assets = folder_with(tmp_path, "let a;")
    (tmp_path / "js" / "pages" / "playground.js").write_text("let b;")
    pages.reread()
    asset = pages.file(f"{pages.assets.hash}/js/pages/playground.js")
    assert asset is not None
    assert asset.body == b"let b;"


def test_text_is_compressed_and_pictures_are_not() -> None:
    text = Asset.of(b"a" * 1000, "text/css")
    assert gzip.decompress(text.packed) == text.body
    assert Asset.of(b"a" * 1000, "image/png").packed == b""
    assert Asset.of(b"a", "text/css").packed == b""


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip; q=0", False),
        ("gzip;q=0.0, *", False),
        ("*", True),
        ("*;q=0", False),
        ("identity", False),
        ("x-gzipped", False),
    ],
)
def test_accept_encoding(header: str, expected: bool) -> None:
    assert accepts_gzip(header) is expected


def test_versions_agree() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text()
    assert f'\nversion = "{VERSION}"\n' in pyproject


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/%23data=xor&batch_size=5", "./#data=xor&batch_size=5"),
        ("/%23data%3Dxor%26layers%3D4,2", "./#data=xor&layers=4,2"),
        ("/optimizers%23surface=bowl", "optimizers#surface=bowl"),
        ("/landscape%23map=random", "landscape#map=random"),
        ("/search%23strategy=grid", "search#strategy=grid"),
        ("/%23//elsewhere.example", "./#//elsewhere.example"),
    ],
)
def test_a_link_with_an_encoded_sign_leads_to_its_page(server: Server, path: str, target: str):
    """Relative, so that it works behind a proxy's sub-path; never to another site."""
    answer = http.get(server.url + path)
    assert answer.status_code == 307
    assert answer.headers["Location"] == target


def test_an_encoded_sign_behind_no_page_is_not_found(server: Server):
    for path in ("nowhere%23data=xor", "%23x%0d%0aEvil:%20yes"):
        assert http.get(f"{server.url}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "There is no such page."), ("zh-Hans", "没有这个页面。")]
)
def test_an_address_that_leads_nowhere_says_so_in_the_language_of_its_reader(
    server: Server, tag: str, said: str
) -> None:
    for path in ("nowhere", "api/nowhere", "a/b/c", "%00", "search.html"):
        answer = http.get(f"{server.url}/{path}?lang={tag}")
        assert (answer.status_code, answer.json()) == (404, {"detail": said})
