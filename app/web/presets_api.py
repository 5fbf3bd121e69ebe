"""The presets as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request, Response

from app.presets import LESSONS, PRESETS, Preset
from app.presets.comparisons import COMPARISONS
from app.presets.surface_races import RACES
from app.web.assets import Asset


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


@lru_cache(maxsize=1)
def presets_asset() -> Asset:
    """The presets to send."""
    return Asset.of(json.dumps(presets()).encode(), "application/json")


@lru_cache(maxsize=1)
def races_asset() -> Asset:
    """The presets of the optimizer lab to send."""
    return Asset.of(json.dumps(races()).encode(), "application/json")


@lru_cache(maxsize=1)
def comparisons_asset() -> Asset:
    """The presets of the landscape to send."""
    return Asset.of(json.dumps(comparisons()).encode(), "application/json")


router = APIRouter(prefix="/api")


@router.get("/presets")
async def get_presets(request: Request) -> Response:
    """All presets."""
    return presets_asset().respond(request.scope)


@router.get("/races")
async def get_races(request: Request) -> Response:
    """All presets of the optimizer lab."""
    return races_asset().respond(request.scope)


@router.get("/comparisons")
async def get_comparisons(request: Request) -> Response:
    """All presets of the landscape."""
    return comparisons_asset().respond(request.scope)
