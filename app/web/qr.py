"""A link as a picture that a phone's camera reads, for a room full of people."""

from __future__ import annotations

import io
from typing import Annotated

import segno
from fastapi import APIRouter, HTTPException, Query, Request, Response

from app.web.answers import answers_of
from app.web.assets import QUICK, Asset
from engine.words import N_

MOST_BYTES = 2953
"""A QR code holds no more bytes than this, at its largest and with the least correction of errors."""
QUIET_ZONE = 2
"""Empty modules around the code; cameras need some to find it."""
MASK = 3
"""The pattern laid over the code. Any can be read; to look for the best of eight takes four times as long."""
IMMUTABLE = "private, max-age=86400, immutable"

Text = Annotated[
    str,
    Query(
        min_length=1,
        description=N_("a text of 1 to {most} bytes", most=f"{MOST_BYTES:,}"),
    ),
]

router = APIRouter(prefix="/api")


@router.get("/qr")
async def get_qr(request: Request, text: Text) -> Response:
    """The text as a QR code in black on white, an SVG of any size. 422 where it is too long for one."""
    size = len(text.encode())
    if size > MOST_BYTES:
        said = N_(
            "A QR code holds {most} bytes; this text has {size}.",
            most=f"{MOST_BYTES:,}",
            size=f"{size:,}",
        )
        raise HTTPException(422, said)
    return (await answers_of(request).kept(picture, text)).respond(request.scope)


def picture(text: str) -> Asset:
    """The QR code of a text to send."""
    return Asset.of(draw(text), "image/svg+xml", IMMUTABLE, QUICK)


def draw(text: str) -> bytes:
    """An SVG file with one unit for each module; in black on white in every theme, as cameras want it."""
    code = segno.make(text, error="l", micro=False, mask=MASK)
    file = io.BytesIO()
    code.save(file, kind="svg", border=QUIET_ZONE, xmldecl=False, omitsize=True, light="#fff")
    return file.getvalue()
