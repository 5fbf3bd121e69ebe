"""The HTML pages and the files they load."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from itertools import product
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import VERSION
from app.languages import tag_of
from app.web.assets import CODING_AND_LANGUAGE, IMMUTABLE, ROOT, Asset, Assets, plotly
from engine.words import ENGLISH, N_
from locales import languages, locale

HTML = "text/html; charset=utf-8"
TEMPLATES = ("index.html", "optimizers.html", "landscape.html", "search.html")


class Pages:
    """Templates and assets, read once, or with `reload` for every page."""

    def __init__(self, *, reload: bool = False) -> None:
        self.reload = reload
        self.assets = Assets()
        self.plotly = plotly()
        self.plotly_path = f"plotly-{self.plotly.digest}.min.js"
        self.words: dict[str, Asset] = {}
        self.environments = {tag: _environment(tag, reload=reload) for tag in languages()}
        self._pages: dict[tuple[str, str], Asset] = {}
        for template, tag in product(TEMPLATES, languages()):
            self.page(template, tag)

    def page(self, template: str, tag: str = ENGLISH.tag) -> Asset:
        """One page in a language, rendered. All URLs in it are relative."""
        if self.reload:
            self.reread()
        key = template, tag
        if key not in self._pages:
            html = (
                self.environments[tag]
                .get_template(template)
                .render(
                    static=self.assets.url,
                    sheet=self.assets.sheet,
                    modules=self.assets.modules,
                    plotly_url=f"static/{self.plotly_path}",
                    version=VERSION,
                    language=tag,
                    languages=[(each, locale(each).name) for each in languages()],
                    words=partial(self._words_url, tag),
                )
            )
            self._pages[key] = Asset.of(html.encode(), HTML, vary=CODING_AND_LANGUAGE)
        return self._pages[key]

    def _words_url(self, tag: str, entry: str) -> str:
        """The URL of what the page of a module says in a language; empty where that stands in its code."""
        found = words(tag, ["static/" + name for name in (entry, *self.assets.module_names(entry))])
        if not found:
            return ""
        path = f"words-{tag}-{found.digest}.json"
        self.words[path] = found
        return f"static/{path}"

    def reread(self) -> None:
        """Forget every file and page, to see what has changed."""
        self.assets.load()
        self._pages.clear()

    def file(self, path: str) -> Asset | None:
        """The asset at a path below /static/, if there is one."""
        if path == self.plotly_path:
            return self.plotly
        if path in self.words:
            return self.words[path]
        folder, _, name = path.partition("/")
        return self.assets.files.get(name) if folder == self.assets.hash else None


def words(tag: str, files: Iterable[str]) -> Asset | None:
    """What a page of these files says in a language; None where that stands in its code, as in English."""
    found = locale(tag).said_in(files)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return Asset.of(text.encode(), "application/json", IMMUTABLE) if found else None


def _environment(tag: str, *, reload: bool) -> Environment:
    """The templates, and the language that they are to be read in."""
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=reload,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        locale(tag).language.catalogue, newstyle=True
    )
    return environment


def _answer(request: Request, template: str) -> Response:
    pages: Pages = request.app.state.pages
    return pages.page(template, tag_of(request)).respond(request.scope)


router = APIRouter()


@router.get("/", include_in_schema=False)
def playground(request: Request) -> Response:
    """The playground."""
    return _answer(request, "index.html")


@router.get("/optimizers", include_in_schema=False)
def optimizers(request: Request) -> Response:
    """The races of optimizers over surfaces."""
    return _answer(request, "optimizers.html")


@router.get("/landscape", include_in_schema=False)
def landscape(request: Request) -> Response:
    """Networks that train side by side, and the landscape of their loss."""
    return _answer(request, "landscape.html")


@router.get("/search", include_in_schema=False)
def search(request: Request) -> Response:
    """The search for good settings."""
    return _answer(request, "search.html")


@router.get("/{page}#{fragment:path}", include_in_schema=False)
@router.get("/#{fragment:path}", include_in_schema=False)
async def encoded_fragment(fragment: str, page: str = "") -> Response:
    """A link whose # was percent-encoded on its way, as some mail programs do: on to its page."""
    if page not in {"", "optimizers", "landscape", "search"}:
        raise HTTPException(404, N_("There is no such page."))
    return RedirectResponse(f"{page or './'}#{fragment}")


@router.get("/static/{path:path}", include_in_schema=False)
async def static(path: str, request: Request) -> Response:
    """A file under its hashed name."""
    pages: Pages = request.app.state.pages
    asset = pages.file(path)
    if asset is None:
        raise HTTPException(404, N_("There is no such file."))
    return asset.respond(request.scope)


slashes = APIRouter()
"""To be included last."""


@slashes.get("/{path:path}/", include_in_schema=False)
def without_slash(path: str, request: Request) -> Response:
    """The same address without its last slash: relative, so that it stays below a proxy's path."""
    last = path.rpartition("/")[2]
    if not last:
        raise HTTPException(404, N_("There is no such page."))
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=307, headers={"Location": f"../{quote(last, safe='')}{query}"})
