"""Everything that can be set from outside, in one typed place: environment variables PLAYGROUND_*."""

from __future__ import annotations

import difflib
import importlib.util
import os
import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AliasChoices,
    DirectoryPath,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.origins import canonical
from app.problems import in_words, problem
from engine.words import ENGLISH, N_, Language

PREFIX = "PLAYGROUND_"


def _origin(text: str) -> str:
    """An origin as it is compared. Raises ValueError."""
    found = canonical(text)
    if found is None:
        raise ValueError
    return found


def _ancestor(text: str) -> str:
    """An origin as a content policy names it; a name may begin with `*.`. Raises ValueError."""
    scheme, separator, host = text.partition("://")
    wildcard = "*." if host.startswith("*.") else ""
    rest = host.removeprefix("*.")
    if wildcard and "." not in rest:
        raise ValueError
    return (
        f"{scheme}://{wildcard}".lower() + _origin(f"{scheme}{separator}{rest}").partition("://")[2]
    )


def _place_of_studies(text: str) -> str:
    """Where studies are computed. Raises ValueError."""
    is_cluster = re.fullmatch(r"dask://[^\s/:@]+:[0-9]{1,5}", text)
    if text != "here" and not (is_cluster and importlib.util.find_spec("distributed")):
        raise ValueError(text)
    return text


Studies = Annotated[str, AfterValidator(_place_of_studies)]
Seconds = Annotated[float, Field(ge=0, description=N_("a number of seconds, 0 or more"))]
Origin = Annotated[str, AfterValidator(_origin)]
Ancestor = Annotated[str, AfterValidator(_ancestor)]
HostName = Annotated[str, StringConstraints(pattern=r"^(\*|[^:/\s*]+)$")]


def _cores() -> int:
    """How many cores this process may use, which in a container can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """HOST and PORT are read without the prefix too. Titles say what it is, descriptions what is allowed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, populate_by_name=True, allow_inf_nan=False)

    host: str = Field(
        "127.0.0.1",
        validation_alias=AliasChoices(PREFIX + "HOST", "HOST"),
        title=N_("the address to serve on"),
        description=N_("an address of this machine; 0.0.0.0 stands for all of them"),
    )
    port: int = Field(
        8000,
        ge=0,
        le=65535,
        validation_alias=AliasChoices(PREFIX + "PORT", "PORT"),
        title=N_("the port to serve on"),
        description=N_("a whole number from 0 to 65535 (0: any free port)"),
    )
    reload: bool = Field(
        False,
        title=N_(
            "read templates and static files again for every page, to see changes while developing"
        ),
        description=N_("true or false"),
    )
    workers: int = Field(
        default_factory=_cores,
        ge=1,
        le=256,
        title=N_("how many processes compute; as many as there are cores unless set"),
        description=N_("a whole number from 1 to 256"),
    )
    slice_budget: Seconds = Field(
        0.012, title=N_("the longest a session trains before it shows a frame")
    )
    frame_rate: float = Field(
        60,
        ge=1,
        le=240,
        title=N_("the most frames a second a session gets"),
        description=N_("a number from 1 to 240"),
    )
    max_sessions: int = Field(
        400,
        ge=1,
        title=N_("how many people may play at once"),
        description=N_("a whole number, 1 or more"),
    )
    max_connections: int = Field(
        3200,
        ge=1,
        title=N_("how many connections there may be at once, those of streams among them"),
        description=N_("a whole number, 1 or more"),
    )
    retention: Seconds = Field(600, title=N_("how long a session is kept when nobody is there"))
    hello_timeout: Seconds = Field(5, title=N_("how long a browser may take to say hello"))
    ready_timeout: Seconds = Field(
        2, title=N_("how soon workers must answer for /readyz to say 200")
    )
    job_timeout: float = Field(
        5,
        gt=0,
        title=N_("how long a worker may take for one job before it counts as hung and is replaced"),
        description=N_("a number of seconds, more than 0"),
    )
    session_memory: int = Field(
        32,
        ge=1,
        title=N_("how many megabytes one session may hold while nobody is there"),
        description=N_("a whole number of megabytes, 1 or more"),
    )
    memory: int = Field(
        512,
        ge=1,
        title=N_("how many megabytes all sessions may hold together"),
        description=N_("a whole number of megabytes, 1 or more"),
    )
    origins: Annotated[tuple[Origin, ...], NoDecode] = Field(
        (),
        title=N_("origins besides the server's own whose pages may open the stream"),
        description=N_("origins such as https://example.org, separated by commas"),
    )
    hosts: Annotated[tuple[HostName, ...], NoDecode] = Field(
        (),
        title=N_(
            "names by which the server is reached, besides addresses and names of the own network"
        ),
        description=N_("names such as play.example.org, separated by commas, or * for any"),
    )

    frame_ancestors: Annotated[tuple[Ancestor, ...], NoDecode] = Field(
        (),
        title=N_("origins of pages that may show the playground in a frame, such as a course's"),
        description=N_(
            "origins such as https://course.example.org, https://*.example.org, separated by commas"
        ),
    )
    log: Literal["text", "json"] = Field(
        "text", title=N_("how the server writes its log"), description=N_("text or json")
    )
    studies: Studies = Field(
        "here",
        title=N_(
            "where studies are computed, such as landscapes and maps of basins; frames always are here"
        ),
        description=N_(
            "here, or dask://HOST:PORT of a Dask scheduler, which takes the extra [dask]"
        ),
    )
    # read by locales itself, which workers and the command line ask too
    locales: DirectoryPath | None = Field(
        None,
        title=N_("a folder with more languages, each a file of translations such as eo.po"),
        description=N_("the path of a folder"),
    )

    @field_validator("origins", "hosts", "frame_ancestors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _variable(name: str) -> str:
    """The environment variable of a setting."""
    return name.upper() if name in {"host", "port"} else PREFIX + name.upper()


def misspelt() -> list[str]:
    """A sentence for each variable that begins like a setting and is none."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    said = []
    for name in sorted(set(os.environ) - set(known)):
        if name.startswith(PREFIX):
            near = difflib.get_close_matches(name, known, 1)
            said.append(_no_setting(name, near[0] if near else None))
    return said


def _no_setting(name: str, near: str | None) -> str:
    if near:
        return N_("There is no setting {name}; {near} is one.", name=name, near=near)
    return N_("There is no setting {name}.", name=name)


def _written(value: object) -> str:
    """A value as a variable has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    return ",".join(value) if isinstance(value, tuple) else str(value)


def usage(language: Language = ENGLISH) -> str:
    """What the command takes, and everything that can be set."""
    say = language.say
    lines = [
        say(N_("python -m app serves MLP Playground until it is stopped.")),
        say(N_("python -m app --help says this, --version says which version it is.")),
        say(N_("python -m app --lang TAG says all that in another language.")),
        say(
            N_(
                "python -m app rehearse --people 100 http://127.0.0.1:8000 plays a room full of people at a "
                "server."
            )
        ),
        "",
        say(N_("Environment variables change how it serves:")),
        "",
    ]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True, validated_data={})
        lines += [
            f"{_variable(name)}={_written(default)}",
            f"    {say(field.title or '')}:",
            f"    {say(field.description or '')}",
        ]
    proxies = N_("addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed")
    lines += [
        "FORWARDED_ALLOW_IPS=127.0.0.1",
        f"    {say(proxies)}:",
        f"    {say(N_('addresses or networks, separated by commas, or * for any'))}",
    ]
    return "\n".join(lines) + "\n"


def complaint(error: ValidationError) -> str:
    """What is wrong with the settings, in words, by the names of their variables."""
    wrong = {}
    for detail in error.errors():
        name = str(detail["loc"][0]).removeprefix(PREFIX).lower()
        variable = _variable(name)
        allowed = Settings.model_fields[name].description or ""
        wrong[variable] = problem(variable, detail["input"], allowed)
    return in_words(wrong.values())
