"""The engine's records as JSON: what the page builds its controls from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from fastapi import APIRouter, Request, Response

import engine
from app import VERSION
from app.web.answers import answers_of
from app.web.assets import QUICK, Asset
from app.web.limits import LIMITS, RACER_MARKS
from app.web.spoken import Spoken
from engine.catalog import FAMILIES, SECTIONS, Knob, Record, Section, Surface
from engine.race import RACE_SECTIONS
from engine.search import SEARCH_SECTIONS

NOT_FOR_THE_PAGE = {"terms", "script_name", "script_source", "full_steps"}
"""Fields of records for legends and for exported scripts."""


def catalog() -> dict[str, Any]:
    """The whole catalogue, as docs/architecture.md has it."""
    return {
        "version": VERSION,
        "default_spec": engine.RunSpec.from_dict({}).to_dict(),
        "families": {
            name: [_record(record, _is_live(name, record)) for record in family.values()]
            for name, family in FAMILIES.items()
        },
        "sections": [_section(section) for section in SECTIONS],
        "race": {
            "default": engine.race.RaceSpec.from_dict({}).to_dict(),
            "sections": [_section(section) for section in RACE_SECTIONS],
        },
        "search": {"sections": [_section(section) for section in SEARCH_SECTIONS]},
        "metrics": list(engine.METRICS),
        "limits": LIMITS,
        "racer_marks": list(RACER_MARKS),
    }


def _is_live(family: str, record: Record) -> bool:
    """Whether a record's knobs are live: as the section that chooses from its family or has its knobs."""
    return any(
        section.live
        for section in (*SECTIONS, *RACE_SECTIONS)
        if section.family == family or not set(section.knobs).isdisjoint(record.knobs)
    )


def _knob(knob: Knob, live: bool) -> dict[str, Any]:
    values = {field.name: getattr(knob, field.name) for field in fields(Knob)}
    del values["meaning"]  # the record's legend says it
    return values | {"live": live if knob.live is None else knob.live}


def _record(record: Record, live: bool) -> dict[str, Any]:
    """A record without the functions that compute."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    plain = {
        name: value
        for name, value in values.items()
        if name not in NOT_FOR_THE_PAGE and _is_plain(value)
    }
    plain["legend"] = record.legend
    if isinstance(record, Surface):
        plain["minimum"] = record.minimum  # None says that there is none, or that nobody knows it
    return plain | {"knobs": [_knob(knob, live) for knob in record.knobs]}


def _is_plain(value: object) -> bool:
    """Whether a value is text, a number, or a list of such."""
    if isinstance(value, tuple):
        return all(_is_plain(part) for part in value)
    return isinstance(value, str | int | float)


def _section(section: Section) -> dict[str, Any]:
    values = {field.name: getattr(section, field.name) for field in fields(section)}
    return values | {"knobs": [_knob(knob, section.live) for knob in section.knobs]}


CATALOG = Spoken(catalog)
"""The catalogue to send."""


def previews_asset(knobs: tuple[tuple[str, object], ...]) -> Asset:
    """Previews with these knobs to send. Raises SpecError."""
    points = {
        kind: rows.round(3).tolist() for kind, rows in engine.insight.previews(dict(knobs)).items()
    }
    return Asset.of(json.dumps(points).encode(), "application/json", effort=QUICK)


def read_query(query: Mapping[str, str]) -> tuple[tuple[str, object], ...]:
    """The knobs of a data section out of a URL; what is no number stays text."""
    knobs: dict[str, object] = {}
    for name, text in sorted(query.items()):
        try:
            knobs[name] = float(text)
        except ValueError:
            knobs[name] = text
    return tuple(knobs.items())


router = APIRouter(prefix="/api")


@router.get("/catalog")
async def get_catalog(request: Request) -> Response:
    """The catalogue."""
    return CATALOG.of(request).respond(request.scope)


@router.get("/previews")
async def get_previews(request: Request) -> Response:
    """Points for the data sets' thumbnails. Raises SpecError for wrong knobs."""
    knobs = read_query(request.query_params)
    return (await answers_of(request).kept(previews_asset, knobs)).respond(request.scope)
