"""Everything that can be set from outside, in one typed place: environment variables PLAYGROUND_*."""

from __future__ import annotations

import os

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _cores() -> int:
    """How many cores this process may use, which in a container can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """Durations are in seconds. HOST and PORT are read without the prefix too."""

    model_config = SettingsConfigDict(env_prefix="PLAYGROUND_", populate_by_name=True)

    host: str = Field("127.0.0.1", validation_alias=AliasChoices("PLAYGROUND_HOST", "HOST"))
    port: int = Field(
        8000, ge=0, le=65535, validation_alias=AliasChoices("PLAYGROUND_PORT", "PORT")
    )
    reload: bool = False
    """Read templates and static files again for every page, to see changes while developing."""

    workers: int = Field(default_factory=_cores, ge=1, le=256)
    slice_budget: float = Field(0.012, gt=0, le=1)
    """The longest a session trains before it shows a frame."""
    frame_rate: float = Field(60, gt=0, le=240)
    """The most frames a second a session gets."""

    max_sessions: int = Field(200, ge=1)
    retention: float = Field(600, ge=0)
    """How long a session is kept without a socket."""
    hello_timeout: float = Field(5, gt=0)
    ready_timeout: float = Field(2, gt=0)
    origins: tuple[str, ...] = ()
    """Origins besides the server's own whose pages may open the stream, as JSON: ["https://example.org"]."""
