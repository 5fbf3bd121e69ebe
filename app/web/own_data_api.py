"""A person's own table over HTTP: text in, points or what is wrong with it out."""

from __future__ import annotations

import codecs
import json
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from starlette.requests import ClientDisconnect

import locales
from app.languages import tag_of
from app.tables.choosing import MOST_COLUMNS
from app.tables.table import Choice, Table, read
from app.web.answers import answers_of
from engine.words import N_

MOST_BYTES = 2**20
"""The longest table that is read."""
TOO_LARGE = N_(
    "The table is larger than {most} MB, the most that is read.", most=MOST_BYTES // 2**20
)

Place = Annotated[
    int | None,
    Query(
        ge=0,
        lt=MOST_COLUMNS,
        description=N_(
            "the number of a column, from 0 to {last}, counted from the left", last=MOST_COLUMNS - 1
        ),
    ),
]
Target = Annotated[Literal["classes", "numbers"], Query(description=N_('"classes" or "numbers"'))]
Missing = Annotated[
    Literal["name", "leave_out", "keep"], Query(description=N_('"name", "leave_out" or "keep"'))
]
Header = Annotated[bool | None, Query(description=N_("true or false"))]
Thin = Annotated[bool, Query(description=N_("true or false"))]

router = APIRouter(prefix="/api")


@router.post("/own-data")
async def read_table(
    request: Request,
    x1: Place = None,
    x2: Place = None,
    label: Place = None,
    target: Target = "classes",
    header: Header = None,
    missing: Missing = "name",
    thin: Thin = False,
) -> Response:
    """The rows of a table in UTF-8 (or UTF-16 that says so), as docs/architecture.md has them.

    The parameters are those of `app.tables.table.Choice`. 413 where the table is too large. A table with
    mistakes is answered with 200 too: the list of them is what was asked for.
    """
    choice = Choice(x1, x2, label, target, header, missing, thin)
    body = await _body(request)
    made = await answers_of(request).once(answer, (body, choice, tag_of(request)))
    return Response(made, media_type="application/json")


def answer(asked: tuple[bytes, Choice, str]) -> bytes:
    """What is found in a table, as JSON, in the language with this tag."""
    body, choice, tag = asked
    found = locales.language(tag).translated(_found(body, choice))
    return json.dumps(found, ensure_ascii=False).encode()


def _found(body: bytes, choice: Choice) -> dict[str, object]:
    is_wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = body.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        table = Table()
        line = body[: error.start].count(b"\n") + 1
        table.complain(line, N_("this is not text in UTF-8; save the table as CSV in UTF-8"))
        return asdict(table)
    return asdict(read(text, choice))


async def _body(request: Request) -> bytes:
    """The whole body, refused as soon as it is too long whatever its header said."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise HTTPException(413, TOO_LARGE)
    except ClientDisconnect:
        raise HTTPException(400, N_("The browser left before the table was here.")) from None
    return bytes(body)
