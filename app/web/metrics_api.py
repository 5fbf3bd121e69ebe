"""The numbers of a server for Prometheus."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from app.operations.heartbeat import Heartbeat
from app.operations.metrics import Gauges, Metrics
from app.stream.registry import Sessions
from app.stream.workers import Workers

router = APIRouter()


def gauges(sessions: Sessions, workers: Workers, heartbeat: Heartbeat) -> Gauges:
    """What is read when somebody asks."""
    return {
        "sessions": ("Sessions that are held", lambda: len(sessions)),
        "sessions_connected": ("Those of them that a browser is at", lambda: sessions.connected),
        "held_bytes": ("Bytes that all sessions hold", lambda: sessions.size),
        "jobs": ("Jobs that are under way or wait for a worker", lambda: workers.busy),
        "tasks": ("Tasks of the event loop", lambda: len(asyncio.all_tasks())),
        "study_cluster_up": (
            "Whether studies go to a cluster now",
            lambda: float(bool(workers.cluster and workers.cluster.is_up)),
        ),
        "loop_late_seconds": ("By how much the event loop was late", lambda: heartbeat.lateness),
    }


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """All of them, in the text format of Prometheus or in OpenMetrics."""
    found: Metrics = request.app.state.metrics
    body, media_type = found.page(request.headers.get("Accept", ""))
    return Response(body, headers={"Content-Type": media_type, "Cache-Control": "no-store"})
