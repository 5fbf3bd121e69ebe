"""A person's own table over HTTP: text in, points or what is wrong with it out."""

from __future__ import annotations

import json
from dataclasses import asdict

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.requests import ClientDisconnect

from app import csv_rows
from app.answers import answers_of
from app.csv_rows import Table

MOST_BYTES = 2**20
"""The longest table that is read."""
TOO_LARGE = f"The table is larger than {MOST_BYTES // 2**20} MB, the most that is read."

router = APIRouter(prefix="/api")


@router.post("/own-data")
async def read_table(request: Request) -> Response:
    """The rows of a table in UTF-8, as docs/architecture.md has them. 413 where it is too large.

    A table with mistakes is answered with 200 too: the list of them is what was asked for.
    """
    body = await _body(request)
    return Response(await answers_of(request).once(answer, body), media_type="application/json")


def answer(body: bytes) -> bytes:
    """What is found in a table, as JSON."""
    return json.dumps(_found(body), ensure_ascii=False).encode()


def _found(body: bytes) -> dict[str, object]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        table = Table()
        line = body[: error.start].count(b"\n") + 1
        table.complain(line, "this is not text in UTF-8; save the table as CSV in UTF-8")
        return asdict(table)
    return asdict(csv_rows.read(text))


async def _body(request: Request) -> bytes:
    """The whole body, refused as soon as it is too long whatever its header said."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise HTTPException(413, TOO_LARGE)
    except ClientDisconnect:
        raise HTTPException(400, "The browser left before the table was here.") from None
    return bytes(body)
