"""The presets as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response

from app.presets import LESSONS, PRESETS, Preset
from app.presets.comparisons import COMPARISONS
from app.presets.surface_races import RACES
from app.web.spoken import Spoken


def presets() -> dict[str, Any]:
    """Every lesson and every preset. Specs are whole, as a status has them, so that they compare equal."""
    return {
        "lessons": [asdict(lesson) for lesson in LESSONS],
        "presets": [_plain(preset) for preset in PRESETS.values()],
    }


def _plain(preset: Preset) -> dict[str, Any]:
    return asdict(preset) | {"spec": preset.run.to_dict()}


def races() -> dict[str, Any]:
    """Every preset of the optimizer lab, its race whole."""
    return {
        "presets": [asdict(preset) | {"race": preset.spec.to_dict()} for preset in RACES.values()]
    }


def comparisons() -> dict[str, Any]:
    """Every preset of the landscape, what its networks have in common whole."""
    return {
        "presets": [asdict(each) | {"spec": each.run.to_dict()} for each in COMPARISONS.values()]
    }


PRESETS_TO_SEND, RACES_TO_SEND, COMPARISONS_TO_SEND = map(Spoken, (presets, races, comparisons))


router = APIRouter(prefix="/api")


@router.get("/presets")
async def get_presets(request: Request) -> Response:
    """All presets."""
    return PRESETS_TO_SEND.of(request).respond(request.scope)


@router.get("/races")
async def get_races(request: Request) -> Response:
    """All presets of the optimizer lab."""
    return RACES_TO_SEND.of(request).respond(request.scope)


@router.get("/comparisons")
async def get_comparisons(request: Request) -> Response:
    """All presets of the landscape."""
    return COMPARISONS_TO_SEND.of(request).respond(request.scope)
