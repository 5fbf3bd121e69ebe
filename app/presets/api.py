"""The presets as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request, Response

from app.assets import Asset
from app.presets import LESSONS, PRESETS, Preset


def presets() -> dict[str, Any]:
    """Every lesson and every preset. Specs are whole, as a status has them, so that they compare equal."""
    return {
        "lessons": [asdict(lesson) for lesson in LESSONS],
        "presets": [_plain(preset) for preset in PRESETS.values()],
    }


def _plain(preset: Preset) -> dict[str, Any]:
    return asdict(preset) | {"spec": preset.run.to_dict(), "speed": preset.speed}


@lru_cache(maxsize=1)
def _asset() -> Asset:
    return Asset.of(json.dumps(presets()).encode(), "application/json")


router = APIRouter(prefix="/api")


@router.get("/presets")
def get_presets(request: Request) -> Response:
    """All presets."""
    return _asset().respond(request)
