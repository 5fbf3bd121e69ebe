"""A small picture of every surface, to choose from."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import numpy as np
from fastapi import APIRouter, Request, Response
from numpy.typing import NDArray

import engine
from app.web.assets import Asset

GRID = 32
LEVELS = 255


def thumbnails() -> dict[str, Any]:
    """For every surface its view and a map of the levels from 0 (lowest) to 255, row 0 at the top."""
    found = {}
    for kind in engine.catalog.SURFACES:
        race = engine.race.RaceSpec.from_dict({"surface": {"kind": kind}})
        heights = engine.race.surface_map(race.surface, race.extent, GRID)
        found[kind] = {"view": race.extent, "levels": levels(heights).tolist()}
    return found


def levels(heights: NDArray[np.float64]) -> NDArray[np.intp]:
    """Heights by their rank, so that a valley shows beside a cliff: as much of the map is below each level.

    What is no number is as high as the highest.
    """
    known, ranks, counts = np.unique(heights, return_inverse=True, return_counts=True)
    finite = np.isfinite(known)
    below = np.concatenate([[0], np.cumsum(counts)[:-1]])
    top = max(below[finite].max(initial=0), 1)
    scaled = np.where(finite, np.rint(below * LEVELS / top), LEVELS).astype(np.intp)
    return scaled[ranks].reshape(heights.shape)


@lru_cache(maxsize=1)
def surfaces_asset() -> Asset:
    """Thumbnails of the surfaces to send."""
    return Asset.of(json.dumps(thumbnails()).encode(), "application/json")


router = APIRouter(prefix="/api")


@router.get("/surfaces")
async def get_surfaces(request: Request) -> Response:
    """Thumbnails of the surfaces."""
    return surfaces_asset().respond(request.scope)
