"""Files that never change under their name: read, hashed and compressed once.

Every file under static/ is served below one folder named after the content of all of them, so that ES
modules that import each other by relative path are hashed too.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from starlette.responses import Response
from starlette.types import Scope

from app.web.modules import closure

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
"""Types that some systems' tables have otherwise or not at all."""
QUICK = 4
"""The effort of compressing what is made for one person: four times as fast as 9, and a tenth larger."""
CODING = "Accept-Encoding"
CODING_AND_LANGUAGE = f"{CODING}, Accept-Language, Cookie"
COMPRESSED = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True)
class Asset:
    """A body in both its codings. `packed` is empty where compressing gains nothing."""

    body: bytes
    packed: bytes
    media_type: str
    cache: str
    digest: str
    vary: str = CODING

    @classmethod
    def of(
        cls,
        body: bytes,
        media_type: str,
        cache: str = REVALIDATE,
        effort: int = 9,
        vary: str = CODING,
    ) -> Asset:
        """Hash a body and compress it if its type is worth it, with an effort from 1 to 9.

        vary: the headers of a request that it depends on.
        """
        packed = gzip.compress(body, effort, mtime=0) if media_type.startswith(COMPRESSED) else b""
        if len(packed) >= len(body):
            packed = b""
        return cls(body, packed, media_type, cache, digest(body), vary)

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.body) + len(self.packed)

    def respond(self, scope: Scope) -> Response:
        """The body in the coding that the browser takes, or 304 if it has it."""
        etag, coding = "", ""
        for name, value in scope["headers"]:
            if name == b"if-none-match":
                etag = value.decode("latin-1")
            elif name == b"accept-encoding":
                coding = value.decode("latin-1")
        if self.etag in etag:
            return self._unchanged
        return self._packed if self.packed and accepts_gzip(coding) else self._plain

    @property
    def etag(self) -> str:
        """What the body is known by: weak, since it is the same for both codings."""
        return f'W/"{self.digest}"'

    @property
    def _headers(self) -> dict[str, str]:
        return {"Cache-Control": self.cache, "ETag": self.etag, "Vary": self.vary}

    # Answers are made once: a page asks for more than a hundred files.

    @cached_property
    def _plain(self) -> Response:
        return Response(self.body, media_type=self.media_type, headers=self._headers)

    @cached_property
    def _packed(self) -> Response:
        headers = self._headers | {"Content-Encoding": "gzip"}
        return Response(self.packed, media_type=self.media_type, headers=headers)

    @cached_property
    def _unchanged(self) -> Response:
        return Response(status_code=304, headers=self._headers)


class Assets:
    """The files under a folder, by path, and the hash that stands for all of them."""

    def __init__(self, folder: Path = STATIC) -> None:
        self.folder = folder
        self.load()

    def load(self) -> None:
        """Read all files (again)."""
        bodies = {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }
        names = "".join(f"{name}\0{digest(body)}\n" for name, body in bodies.items())
        self.hash = digest(names.encode())
        self.files = {
            name: Asset.of(body, media_type(name), IMMUTABLE) for name, body in bodies.items()
        }
        self._needed: dict[str, list[str]] = {}

    def url(self, path: str) -> str:
        """The hashed URL of a file, relative to the page. Raises KeyError if there is no such file."""
        if path not in self.files:
            raise KeyError(f"there is no static file {path!r}")
        return f"static/{self.hash}/{path}"

    def modules(self, entry: str) -> list[str]:
        """The URLs of all modules that a page's module needs, for the page to ask for at once.

        They are the very ones that the modules import each other by. Raises ModuleNotFound.
        """
        return [self.url(name) for name in self.module_names(entry)]

    def module_names(self, entry: str) -> list[str]:
        """The paths of these modules, told once from the sources. Raises ModuleNotFound."""
        if entry not in self._needed:
            sources = {name: asset.body for name, asset in self.files.items()}
            self._needed[entry] = closure(entry, sources)
        return self._needed[entry]

    def sheet(self, names: Sequence[str]) -> str:
        """The URL of one sheet made of those under css/, in this order. Raises KeyError."""
        parts = [self.files[f"css/{name}.css"].body.rstrip() + b"\n" for name in names]
        whole = b"\n".join(parts)
        path = f"css/{digest(whole)}.css"
        if path not in self.files:  # a page has the same one in every language
            self.files[path] = Asset.of(whole, "text/css", IMMUTABLE)
        return self.url(path)


def plotly() -> Asset:
    """plotly.js out of the Python package: nothing is fetched from outside."""
    source = files("plotly") / "package_data" / "plotly.min.js"
    return Asset.of(source.read_bytes(), "text/javascript", IMMUTABLE)


def digest(body: bytes) -> str:
    """A short name for a content."""
    return hashlib.sha256(body).hexdigest()[:16]


def media_type(name: str) -> str:
    """The type to serve a file as."""
    return (
        TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    )


@lru_cache(maxsize=64)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (q=0 forbids it)."""
    allowed = {}
    for item in header.lower().split(","):
        name, _, weight = item.partition(";")
        allowed[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return allowed.get("gzip", allowed.get("*", False))
