"""Whether the process is up, and whether it can do its work."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from app.stream.workers import Workers

router = APIRouter()


@router.get("/healthz")
async def healthz() -> PlainTextResponse:
    """200 while the process answers."""
    return PlainTextResponse("The server is up.")


@router.get("/readyz")
async def readyz(request: Request) -> PlainTextResponse:
    """200 when all workers are there and answer within the time-out, otherwise 503."""
    workers: Workers = request.app.state.workers
    if await workers.answer():
        return PlainTextResponse("The workers answer.")
    return PlainTextResponse("The workers do not answer in time.", 503)
