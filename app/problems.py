"""What is wrong with an input, in words for people: where, what was given, what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypedDict, get_args

from pydantic import BaseModel, JsonValue, ValidationError

from engine.problems import LONGEST

UNKNOWN = "no such"
"""How what is allowed begins where the very name is wrong."""


class ProblemDict(TypedDict):
    """One problem as it goes over the wire."""

    path: str
    value: JsonValue
    allowed: str


def problem(path: str, value: object, allowed: str) -> ProblemDict:
    """One problem, with a value that is short and has a JSON form."""
    try:
        text = json.dumps(value, default=str, allow_nan=False)
    except ValueError:  # NaN or infinity
        text = json.dumps(str(value))
    shown = json.loads(text) if len(text) <= LONGEST else text[:LONGEST] + "…"
    return {"path": path, "value": shown, "allowed": allowed}


def sentences(problems: Iterable[ProblemDict]) -> str:
    """All problems in one line of text."""
    return " ".join(map(_sentence, problems))


def _sentence(wrong: ProblemDict) -> str:
    path, value, allowed = wrong["path"], wrong["value"], wrong["allowed"]
    if allowed.startswith(UNKNOWN):
        return f"{path}: {allowed}."
    return f"{path} must be {allowed}, not {json.dumps(value, ensure_ascii=False)}."


def explain(error: ValidationError, models: Mapping[str, type[BaseModel]]) -> list[ProblemDict]:
    """Each wrong field once, in the words of its own description.

    `models` are the members of a union told apart by `type`; the description of a field says what is
    allowed there.
    """
    problems: dict[str, ProblemDict] = {}
    for detail in error.errors(include_url=False, include_context=False):
        tag, *rest = detail["loc"] or ("",)
        if tag in models:
            path, allowed = _locate(models[str(tag)], rest)
            value = None if detail["type"] == "missing" else detail["input"]
        else:
            path, allowed = "type", "one of " + ", ".join(models)
            value = detail["input"].get("type") if isinstance(detail["input"], dict) else None
        problems.setdefault(path, problem(path, value, allowed))
    return list(problems.values())


def _locate(model: type[BaseModel], location: Iterable[str | int]) -> tuple[str, str]:
    """The path of a place in a model's data and what is allowed there.

    Steps that are neither a field nor a position name a branch of a union: they are passed over.
    """
    path: list[str] = []
    allowed = "something else"
    inner: type[BaseModel] | None = model
    for key in location:
        if isinstance(key, int):
            path.append(str(key))
        elif inner and key in inner.model_fields:
            field = inner.model_fields[key]
            path.append(key)
            allowed = field.description or allowed
            inner = _model_in(field.annotation)
        elif inner:
            known = [name for name in inner.model_fields if name != "type"]
            path.append(key)
            return ".".join(path), UNKNOWN + " key; one of " + ", ".join(known)
    return ".".join(path), allowed


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model that an annotation such as `tuple[Model, ...] | None` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in found if model), None)
