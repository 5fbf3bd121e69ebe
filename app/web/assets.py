"""Files that never change under their name: read, hashed and compressed once.

Every file under static/ is served below one folder named after the content of all of them, so that ES
modules that import each other by relative path are hashed too.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
"""Types that some systems' tables have otherwise or not at all."""
QUICK = 4
"""The effort of compressing what is made for one person: four times as fast as 9, and a tenth larger."""
COMPRESSED = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True)
class Asset:
    """A body in both its codings. `packed` is empty where compressing gains nothing."""

    body: bytes
    packed: bytes
    media_type: str
    cache: str
    digest: str

    @classmethod
    def of(cls, body: bytes, media_type: str, cache: str = REVALIDATE, effort: int = 9) -> Asset:
        """Hash a body and compress it if its type is worth it, with an effort from 1 to 9."""
        packed = gzip.compress(body, effort, mtime=0) if media_type.startswith(COMPRESSED) else b""
        if len(packed) >= len(body):
            packed = b""
        return cls(body, packed, media_type, cache, digest(body))

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.body) + len(self.packed)

    def respond(self, request: Request) -> Response:
        """The body in the coding that the browser takes, or 304 if it has it."""
        etag = f'W/"{self.digest}"'  # weak: the same for both codings
        headers = {"Cache-Control": self.cache, "ETag": etag, "Vary": "Accept-Encoding"}
        if etag in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        body = self.body
        if self.packed and accepts_gzip(request.headers.get("Accept-Encoding", "")):
            headers["Content-Encoding"] = "gzip"
            body = self.packed
        return Response(body, media_type=self.media_type, headers=headers)


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

    def url(self, path: str) -> str:
        """The hashed URL of a file, relative to the page. Raises KeyError if there is no such file."""
        if path not in self.files:
            raise KeyError(f"there is no static file {path!r}")
        return f"static/{self.hash}/{path}"


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


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (q=0 forbids it)."""
    allowed = {}
    for item in header.lower().split(","):
        name, _, weight = item.partition(";")
        allowed[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return allowed.get("gzip", allowed.get("*", False))
