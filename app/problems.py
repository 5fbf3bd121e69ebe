"""What is wrong with an input, in words for people: where, what was given, what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict, get_args, get_origin

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic.fields import FieldInfo

from engine.spec import LONGEST
from engine.words import N_, listed, sentences


class ProblemDict(TypedDict):
    """One problem as it goes over the wire.

    at: the characters at fault, first and last + 1. unknown: nothing goes by the last name of the path; the
        key is left out where something does.
    """

    path: str
    value: JsonValue
    allowed: str
    at: NotRequired[tuple[int, int]]
    unknown: NotRequired[bool]


def problem(
    path: str,
    value: object,
    allowed: str,
    at: tuple[int, int] | None = None,
    *,
    unknown: bool = False,
) -> ProblemDict:
    """One problem, with a value that is short and has a JSON form."""
    try:
        text = json.dumps(value, default=str, allow_nan=False)
    except ValueError:  # NaN or infinity
        text = json.dumps(str(value))
    shown = json.loads(text) if len(text) <= LONGEST else text[:LONGEST] + "…"
    found: ProblemDict = {"path": path, "value": shown, "allowed": allowed}
    if at is not None:
        found["at"] = at
    if unknown:
        found["unknown"] = True
    return found


def in_words(problems: Iterable[ProblemDict]) -> str:
    """All problems, a sentence each."""
    return sentences(*map(_sentence, problems))


def _sentence(wrong: ProblemDict) -> str:
    path, value, allowed = wrong["path"], wrong["value"], wrong["allowed"]
    if "at" in wrong or "unknown" in wrong:
        return N_("{path}: {allowed}.", path=path, allowed=allowed)
    if allowed.endswith("."):  # a whole sentence that says why
        return N_("{path}: {sentence}", path=path, sentence=allowed)
    given = json.dumps(value, ensure_ascii=False)
    return N_("{path} must be {allowed}, not {given}.", path=path, allowed=allowed, given=given)


def explain(error: ValidationError, models: Mapping[str, type[BaseModel]]) -> list[ProblemDict]:
    """Each wrong field once, in the words of its own description.

    `models` are the members of a union told apart by `type`; the description of a field says what is
    allowed there.
    """
    problems: dict[str, ProblemDict] = {}
    for detail in error.errors(include_url=False, include_context=False):
        tag, *rest = detail["loc"] or ("",)
        value = None if detail["type"] == "missing" else detail["input"]
        if tag not in models:
            path, allowed, value = "type", _one_of(models), _tag(value, "type")
        else:
            path, allowed, branches = _locate(models[str(tag)], rest)
            if detail["type"].startswith("union_tag"):
                path, value = f"{path}.kind", _tag(value, "kind")
                allowed = _one_of(branches)
        unknown = detail["type"] == "extra_forbidden"
        problems.setdefault(path, problem(path, value, allowed, unknown=unknown))
    # a list is too short for pydantic where what stands in it is wrong
    inner = {path.rpartition(".")[0] for path in problems}
    return [each for path, each in problems.items() if path not in inner]


def _one_of(names: Iterable[str]) -> str:
    return N_("one of {names}", names=listed(names))


def _tag(value: object, name: str) -> object:
    """What tells an object's kind, if it is an object that has it."""
    return value.get(name) if isinstance(value, dict) else None


Branches = dict[str, type[BaseModel]]
"""The models that a field can hold, by their `kind`."""


def _locate(model: type[BaseModel], location: Iterable[str | int]) -> tuple[str, str, Branches]:
    """The path of a place in a model's data, what is allowed there, and the models it can hold.

    Steps that are neither a field nor a position name a branch of a union: they are passed over.
    """
    path: list[str] = []
    allowed: str = N_("something else")
    inner: type[BaseModel] | None = model
    branches: Branches = {}
    held: object = None
    for key in location:
        if isinstance(key, int):
            path.append(str(key))
            allowed = _item(held, key) or allowed
            held = None
        elif key in branches:
            inner, branches = branches[key], {}
        elif inner and key in inner.model_fields:
            field = inner.model_fields[key]
            path.append(key)
            allowed, held = field.description or allowed, field.annotation
            found = _models_in(field.annotation)
            inner = found[0] if len(found) == 1 else None
            branches = {_kind(each): each for each in found} if len(found) > 1 else {}
        elif inner:
            known = [name for name in inner.model_fields if name != "type"]
            path.append(key)
            allowed = N_("no such key; one of {names}", names=listed(known))
            return ".".join(path), allowed, {}
    return ".".join(path), allowed, branches


def _item(annotation: object, place: int) -> str | None:
    """What is allowed at a place of an annotation such as `tuple[Number, Number] | None`, if it says so."""
    lists = (each for each in (annotation, *get_args(annotation)) if get_origin(each) is tuple)
    items = [item for item in get_args(next(lists, None)) if item is not ...]
    said = getattr(items[min(place, len(items) - 1)], "__metadata__", ()) if items else ()
    described = (each.description for each in said if isinstance(each, FieldInfo))
    return next(filter(None, described), None)


def _models_in(annotation: object) -> list[type[BaseModel]]:
    """The models that an annotation such as `tuple[Model, ...] | None` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]


def _kind(model: type[BaseModel]) -> str:
    """What tells a model from the others of its union."""
    return str(get_args(model.model_fields["kind"].annotation)[0])
