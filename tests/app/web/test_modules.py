"""What a page loads is told before it asks: every module it imports, and one sheet."""

import gzip
import re
from pathlib import Path

import httpx2
import pytest

from app.web.assets import Assets
from app.web.modules import ModuleNotFound, closure, imported
from tests.app import http
from tests.app.conftest import Server

STATIC = Path(__file__).parents[3] / "static"
PAGES = {
    "/": "playground",
    "/optimizers": "optimizers",
    "/landscape": "landscape",
    "/search": "search",
}
PAGE = pytest.mark.parametrize("address", PAGES)


def test_imports_are_those_of_code_and_not_of_types_and_comments() -> None:
    source = """/** @import {A} from "./types.js" */
import "./effect.js";
import one from './one.js'
import { two,
  three as other } from "../up/two.js";
export { four } from "./four.js";
export * from "./all.js";
// import "./commented.js";
/* a line
import is a word here */
export function from(/** @type {import("./deep.js").T} */ x) { return x + " from './text.js'"; }
const later = () => import("./later.js");
"""
    found = imported("js/here/main.js", source)
    names = ["effect", "one", "two", "four", "all"]
    folders = ["js/here", "js/here", "js/up", "js/here", "js/here"]
    assert found == [f"{folder}/{name}.js" for folder, name in zip(folders, names, strict=True)]


def test_each_module_is_found_once_also_around_a_circle() -> None:
    sources = {
        "a.js": b'import "./b.js";\nimport "./c.js";',
        "b.js": b'import "./c.js";\nimport "./d.js";',
        "c.js": b'import "./a.js";',
        "d.js": b"",
        "other.js": b'import "./b.js";',
    }
    assert closure("a.js", sources) == ["b.js", "c.js", "d.js"]


def test_an_import_of_what_is_not_there_is_named() -> None:
    with pytest.raises(ModuleNotFound, match=r"a\.js imports b\.js, which is not there"):
        closure("a.js", {"a.js": b'import "./b.js";'})


def _text(server: Server, path: str) -> httpx2.Response:
    answer = http.get(f"{server.url}/{path}", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, path
    return answer


@PAGE
def test_a_page_names_the_modules_that_it_loads_and_no_others(server: Server, address: str) -> None:
    """A slow but sure walk along the quoted names of files, from what the server sends."""
    html = http.get(server.url + address).text
    named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', html)
    assert len(named) == len(set(named)) > 50
    entry = re.search(r'<script type="module" src="([^"]+)"', html)
    assert entry
    base = httpx2.URL(f"{server.url}/{entry[1]}")
    todo, seen = [base], {base}
    while todo:
        here = todo.pop()
        lines = _text(server, here.path[1:]).text.splitlines()
        for line in lines:
            found = re.search(r'^(?:import|\}|export \{).*?"(\..*?\.js)";?$', line)
            if found and (there := here.join(found[1])) not in seen:
                seen.add(there)
                todo.append(there)
    assert {f"/{url}" for url in named} == {url.path for url in seen - {base}}


@PAGE
def test_a_page_has_one_sheet_with_its_rules_in_order(server: Server, address: str) -> None:
    html = http.get(server.url + address).text
    found = re.findall(r'rel="stylesheet"[^>]* href="([^"]+)"', html)
    assert len(found) == 1
    answer = _text(server, found[0])
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    places = [
        answer.text.find(path.read_text().strip()) for path in sorted(STATIC.rglob("css/*/*.css"))
    ]
    assert sum(place >= 0 for place in places) > 10
    tokens = (STATIC / "css/base/tokens.css").read_text().strip()
    assert answer.text.startswith(tokens), "custom properties come before their use"


def test_every_sheet_is_on_a_page(server: Server) -> None:
    sheets = []
    for address in PAGES:
        html = http.get(server.url + address).text
        found = re.search(r'rel="stylesheet"[^>]* href="([^"]+)"', html)
        assert found
        sheets.append(_text(server, found[1]).text)
    for path in STATIC.rglob("css/*/*.css"):
        assert any(path.read_text().strip() in sheet for sheet in sheets), path


def test_a_changed_sheet_has_another_name(tmp_path: Path) -> None:
    folder = tmp_path / "css" / "base"
    folder.mkdir(parents=True)
    (folder / "a.css").write_text("a {}\n")
    (folder / "b.css").write_text("b {}")
    assets = Assets(tmp_path)
    url = assets.sheet(["base/b", "base/a"])
    asset = assets.files[url.removeprefix(f"static/{assets.hash}/")]
    assert asset.body == b"b {}\n\na {}\n"
    assert gzip.decompress(asset.packed or gzip.compress(asset.body)) == asset.body
    (folder / "b.css").write_text("b { top: 0 }")
    assert Assets(tmp_path).sheet(["base/b", "base/a"]) != url
    with pytest.raises(KeyError):
        assets.sheet(["base/c"])


def test_the_short_way_to_a_file_and_the_long_one_say_the_same(server: Server) -> None:
    """A query leads nowhere else; HEAD goes through the whole application, GET past it."""
    html = http.get(server.url).text
    paths = re.findall(r'"(static/[^"]+)"', html)[:4]
    with http.Client(base_url=server.url) as client:
        for path in paths:
            short, long = client.get(path), client.head(path)
            for headers in (short.headers, long.headers):
                headers.pop("date")
            assert short.headers == long.headers
            etag = {"If-None-Match": short.headers["ETag"]}
            assert client.get(path, headers=etag).status_code == 304
            stranger = {"Host": "evil.example"}
            assert client.get(path, headers=stranger).status_code == 400
