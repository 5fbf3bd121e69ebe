"""The HTML pages and the files they load."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import VERSION
from app.web.assets import ROOT, Asset, Assets, plotly

HTML = "text/html; charset=utf-8"
TEMPLATES = ("index.html", "optimizers.html", "landscape.html", "search.html")


class Pages:
    """Templates and assets, read once, or with `reload` for every page."""

    def __init__(self, *, reload: bool = False) -> None:
        self.reload = reload
        self.assets = Assets()
        self.plotly = plotly()
        self.plotly_path = f"plotly-{self.plotly.digest}.min.js"
        self.environment = Environment(
            loader=FileSystemLoader(ROOT / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=reload,
        )
        self._pages: dict[str, Asset] = {}
        for template in TEMPLATES:
            self.page(template)

    def page(self, template: str) -> Asset:
        """One page, rendered. All URLs in it are relative."""
        if self.reload:
            self.reread()
        if template not in self._pages:
            html = self.environment.get_template(template).render(
                static=self.assets.url,
                sheet=self.assets.sheet,
                modules=self.assets.modules,
                plotly_url=f"static/{self.plotly_path}",
                version=VERSION,
            )
            self._pages[template] = Asset.of(html.encode(), HTML)
        return self._pages[template]

    def reread(self) -> None:
        """Forget every file and page, to see what has changed."""
        self.assets.load()
        self._pages.clear()

    def file(self, path: str) -> Asset | None:
        """The asset at a path below /static/, if there is one."""
        if path == self.plotly_path:
            return self.plotly
        folder, _, name = path.partition("/")
        return self.assets.files.get(name) if folder == self.assets.hash else None


router = APIRouter()


@router.get("/", include_in_schema=False)
def playground(request: Request) -> Response:
    """The playground."""
    pages: Pages = request.app.state.pages
    return pages.page("index.html").respond(request.scope)


@router.get("/optimizers", include_in_schema=False)
def optimizers(request: Request) -> Response:
    """The races of optimizers over surfaces."""
    pages: Pages = request.app.state.pages
    return pages.page("optimizers.html").respond(request.scope)


@router.get("/landscape", include_in_schema=False)
def landscape(request: Request) -> Response:
    """Networks that train side by side, and the landscape of their loss."""
    pages: Pages = request.app.state.pages
    return pages.page("landscape.html").respond(request.scope)


@router.get("/search", include_in_schema=False)
def search(request: Request) -> Response:
    """The search for good settings."""
    pages: Pages = request.app.state.pages
    return pages.page("search.html").respond(request.scope)


@router.get("/{page}#{fragment:path}", include_in_schema=False)
@router.get("/#{fragment:path}", include_in_schema=False)
async def encoded_fragment(fragment: str, page: str = "") -> Response:
    """A link whose # was percent-encoded on its way, as some mail programs do: on to its page."""
    if page not in {"", "optimizers", "landscape", "search"}:
        raise HTTPException(404, "There is no such page.")
    return RedirectResponse(f"{page or './'}#{fragment}")


@router.get("/static/{path:path}", include_in_schema=False)
async def static(path: str, request: Request) -> Response:
    """A file under its hashed name."""
    pages: Pages = request.app.state.pages
    asset = pages.file(path)
    if asset is None:
        raise HTTPException(404, "There is no such file.")
    return asset.respond(request.scope)


slashes = APIRouter()
"""To be included last."""


@slashes.get("/{path:path}/", include_in_schema=False)
def without_slash(path: str, request: Request) -> Response:
    """The same address without its last slash: relative, so that it stays below a proxy's path."""
    last = path.rpartition("/")[2]
    if not last:
        raise HTTPException(404, "There is no such page.")
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=307, headers={"Location": f"../{quote(last, safe='')}{query}"})
