"""The application: `create_app(settings)` puts its parts together. Nothing is read at import."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

import engine
from app.languages import language_of
from app.operations.heartbeat import Heartbeat
from app.operations.metrics import Metrics
from app.problems import in_words, problem
from app.protocol import spec_error
from app.server.head import Head
from app.server.stopping import Stopping
from app.settings import Settings
from app.stream import connection
from app.stream.registry import Sessions
from app.stream.workers import Workers
from app.web import (
    catalog_api,
    health,
    metrics_api,
    own_data_api,
    pages,
    qr,
    stream_check_api,
    thumbnails,
)
from app.web import presets_api as presets
from app.web.answers import Answers
from app.web.pages import Pages
from app.web.security import HostCheck, OriginCheck, SecurityHeaders, security_headers
from app.web.stream_check_api import Refusals
from engine.words import N_

PARTS = (
    pages,
    catalog_api,
    thumbnails,
    presets,
    own_data_api,
    qr,
    health,
    metrics_api,
    connection,
    stream_check_api,
)
"""Each has the routes of one thing."""
SPOKEN = (
    catalog_api.CATALOG,
    presets.PRESETS_TO_SEND,
    presets.RACES_TO_SEND,
    presets.COMPARISONS_TO_SEND,
    presets.SEARCHES_TO_SEND,
)
"""What every page asks for, made in each language before the first one does."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole server as one ASGI application. Raises pydantic's ValidationError for bad settings."""
    settings = settings or Settings()
    refusals = Refusals()
    app = FastAPI(
        title="MLP Playground",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        middleware=_middleware(settings, refusals),
        exception_handlers={
            engine.SpecError: _refuse,
            RequestValidationError: _explain,
            HTTPException: _answer,
        },
    )
    app.state.settings = settings
    app.state.refusals = refusals
    for part in PARTS:
        app.include_router(part.router)
    app.include_router(pages.slashes)
    return app


def _middleware(settings: Settings, refusals: Refusals) -> list[Middleware]:
    """What a request passes on its way in, the first one first."""
    return [
        Middleware(SecurityHeaders, headers=security_headers(settings.frame_ancestors)),
        Middleware(HostCheck, allowed=settings.hosts, refusals=refusals),
        Middleware(
            OriginCheck,
            allowed=settings.origins,
            refusals=refusals,
            sandboxed=bool(settings.frame_ancestors),
        ),
        Middleware(Head),
        Middleware(Stopping),
    ]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """All that lives as long as the server does."""
    settings: Settings = app.state.settings
    app.state.pages = Pages(reload=settings.reload)
    # now rather than while somebody trains
    thumbnails.surfaces_asset()
    for spoken in SPOKEN:
        spoken.prepare()
    async with Workers(settings) as workers:
        app.state.workers = workers
        app.state.answers = Answers(workers)
        app.state.sessions = Sessions(settings)
        app.state.heartbeat = Heartbeat()
        app.state.metrics = Metrics(
            metrics_api.gauges(app.state.sessions, workers, app.state.heartbeat)
        )
        tasks = [
            asyncio.create_task(app.state.sessions.keep_within_memory()),
            asyncio.create_task(app.state.heartbeat.beat()),
        ]
        yield
        for task in tasks:
            task.cancel()


async def _refuse(request: Request, error: Exception) -> JSONResponse:
    """400 with the knobs that are wrong and what is allowed."""
    problems = spec_error(error).problems if isinstance(error, engine.SpecError) else []
    said = {"message": in_words(problems), "problems": problems}
    return JSONResponse(language_of(request).translated(said), 400)


async def _explain(request: Request, error: Exception) -> JSONResponse:
    """422 with the parameters that are wrong and what is allowed, as they describe it themselves."""
    if not isinstance(error, RequestValidationError):
        raise error
    described = {
        parameter.alias: parameter.field_info.description
        for parameter in request.scope["route"].dependant.query_params
    }
    problems = []
    for each in error.errors():
        name = str(each["loc"][-1])
        problems.append(problem(name, each.get("input"), described[name]))
    said = {"detail": in_words(problems), "problems": problems}
    return JSONResponse(language_of(request).translated(said), 422)


def _said(request: Request, error: HTTPException) -> object:
    """What an error of HTTP says; what the router raises only has the standard's phrase."""
    if error.detail == HTTPStatus.NOT_FOUND.phrase:
        return N_("There is no such page.")
    if error.detail == HTTPStatus.METHOD_NOT_ALLOWED.phrase:
        return N_("This address does not take {method}.", method=request.method)
    return error.detail


async def _answer(request: Request, error: Exception) -> Response:
    """An error of HTTP with what it says in the reader's language."""
    if not isinstance(error, HTTPException):
        raise error
    detail = language_of(request).translated(_said(request, error))
    return await http_exception_handler(
        request, HTTPException(error.status_code, detail, error.headers)
    )
