"""The presets as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response

from app.presets import LESSONS, PRESETS, Preset
from app.presets.comparisons import COMPARISONS
from app.presets.searches import SEARCHES
from app.presets.surface_races import RACES
from app.web.spoken import Spoken


def presets() -> dict[str, Any]:
    """Every lesson and every preset. Specs are whole, as a status has them, so that they compare equal."""
    return {
        "lessons": [asdict(lesson) for lesson in LESSONS],
        "presets": [_plain(preset) for preset in PRESETS.values()],
    }


def _plain(preset: Preset) -> dict[str, Any]:
    return asdict(preset) | {"spec": preset.recipe.spec.to_dict()}


def races() -> dict[str, Any]:
    """Every preset of the optimizer lab, its race whole."""
    return {
        "presets": [asdict(preset) | {"race": preset.spec.to_dict()} for preset in RACES.values()]
    }


def comparisons() -> dict[str, Any]:
    """Every preset of the landscape, what its networks have in common whole."""
    return {
        "presets": [
            asdict(each) | {"spec": each.recipe.spec.to_dict()} for each in COMPARISONS.values()
        ]
    }


def searches() -> dict[str, Any]:
    """Every preset of the search, its search whole, and the strategy that it meets in a duel."""
    return {
        "presets": [
            asdict(each)
            | {
                "search": each.spec.to_dict(),
                "against": each.duel.second.strategy.to_dict() if each.duel else None,
            }
            for each in SEARCHES.values()
        ]
    }


PRESETS_TO_SEND, RACES_TO_SEND, COMPARISONS_TO_SEND, SEARCHES_TO_SEND = map(
    Spoken, (presets, races, comparisons, searches)
)


router = APIRouter(prefix="/api")


@router.get("/presets")
async def get_presets(request: Request) -> Response:
    """All presets."""
    return PRESETS_TO_SEND.of(request).respond(request.scope)


@router.get("/races")
async def get_races(request: Request) -> Response:
    """All presets of the optimizer lab."""
    return RACES_TO_SEND.of(request).respond(request.scope)


@router.get("/searches")
async def get_searches(request: Request) -> Response:
    """All presets of the search."""
    return SEARCHES_TO_SEND.of(request).respond(request.scope)


@router.get("/comparisons")
async def get_comparisons(request: Request) -> Response:
    """All presets of the landscape."""
    return COMPARISONS_TO_SEND.of(request).respond(request.scope)
