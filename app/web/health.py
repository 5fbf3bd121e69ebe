"""Whether the process is up, and whether it can do its work."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from app.operations.heartbeat import LATE, Heartbeat
from app.stream.workers import Workers
from engine.words import N_

router = APIRouter()


@router.get("/healthz")
async def healthz() -> PlainTextResponse:
    """200 while the process answers."""
    return PlainTextResponse(N_("The server is up."))


@router.get("/readyz")
async def readyz(request: Request) -> PlainTextResponse:
    """200 when all workers are there and answer in time, and the event loop is not late; otherwise 503."""
    workers: Workers = request.app.state.workers
    heartbeat: Heartbeat = request.app.state.heartbeat
    if heartbeat.lateness > LATE:
        return PlainTextResponse(N_("The server is late with everything."), 503)
    if await workers.answer():
        return PlainTextResponse(N_("The workers answer."))
    return PlainTextResponse(N_("The workers do not answer in time."), 503)
