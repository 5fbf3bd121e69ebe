"""Everything that can be set from outside, in one typed place: environment variables PLAYGROUND_*."""

from __future__ import annotations

import os
from typing import Annotated

from pydantic import AliasChoices, Field, StringConstraints, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.problems import problem, sentences

PREFIX = "PLAYGROUND_"

Seconds = Annotated[float, Field(ge=0, description="a number of seconds, 0 or more")]
Origin = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+$")]
HostName = Annotated[str, StringConstraints(pattern=r"^(\*|[^:/\s*]+)$")]


def _cores() -> int:
    """How many cores this process may use, which in a container can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """HOST and PORT are read without the prefix too. Descriptions say what is allowed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, populate_by_name=True, allow_inf_nan=False)

    host: str = Field(
        "127.0.0.1",
        validation_alias=AliasChoices(PREFIX + "HOST", "HOST"),
        description="the address to serve on",
    )
    port: int = Field(
        8000,
        ge=0,
        le=65535,
        validation_alias=AliasChoices(PREFIX + "PORT", "PORT"),
        description="a whole number from 0 to 65535 (0: any free port)",
    )
    reload: bool = Field(False, description="true or false")
    """Read templates and static files again for every page, to see changes while developing."""

    workers: int = Field(
        default_factory=_cores, ge=1, le=256, description="a whole number from 1 to 256"
    )
    slice_budget: Seconds = 0.012
    """The longest a session trains before it shows a frame."""
    frame_rate: float = Field(60, ge=1, le=240, description="a number from 1 to 240")
    """The most frames a second a session gets."""

    max_sessions: int = Field(200, ge=1, description="a whole number, 1 or more")
    retention: Seconds = 600
    """How long a session is kept without a socket."""
    hello_timeout: Seconds = 5
    ready_timeout: Seconds = 2
    job_timeout: float = Field(5, gt=0, description="a number of seconds, more than 0")
    """How long a worker may take for one job before it counts as hung and is replaced."""
    origins: Annotated[tuple[Origin, ...], NoDecode] = Field(
        (), description="origins such as https://example.org, separated by commas"
    )
    """Origins besides the server's own whose pages may open the stream."""

    hosts: Annotated[tuple[HostName, ...], NoDecode] = Field(
        (), description="names such as play.example.org, separated by commas, or * for any"
    )
    """Names by which the server is reached, besides addresses and names of the own network."""

    @field_validator("origins", "hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def complaint(error: ValidationError) -> str:
    """What is wrong with the settings, in words, by the names of their variables."""
    wrong = {}
    for detail in error.errors():
        name = str(detail["loc"][0]).removeprefix(PREFIX).lower()
        variable = name.upper() if name in {"host", "port"} else PREFIX + name.upper()
        allowed = Settings.model_fields[name].description or ""
        wrong[variable] = problem(variable, detail["input"], allowed)
    return sentences(wrong.values())
