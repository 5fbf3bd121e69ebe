"""Python source from templates, in the form that ruff gives it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.words import ENGLISH, Language, Message

WIDTH = 100
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=False,  # noqa: S701 - it is Python, not HTML
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
"""In a template `_("… {hole} …", hole=…)` is what `N_` is in Python, said in the language of the script."""


def warm() -> None:
    """Read all templates now: the first script takes no longer than the others."""
    for name in TEMPLATES.list_templates():
        TEMPLATES.get_template(name)


def render(template: str, language: Language, **names: Any) -> str:
    """What a template file makes of these names, its comments in a language."""
    return TEMPLATES.get_template(template).render(names, gettext=_gettext(language))


def _gettext(language: Language) -> Callable[..., str]:
    """What says the sentences of a template."""

    def say(template: str, /, **values: object) -> str:
        return language.say(Message(template, values))

    return say


class Snippets:
    """The macros of one template file, each a piece of source; `names` are known in all of them."""

    def __init__(
        self, template: str, names: Mapping[str, Any], language: Language = ENGLISH
    ) -> None:
        known = {**names, "gettext": _gettext(language)}
        self._template = template
        self._module = TEMPLATES.get_template(template).make_module(known)

    def __contains__(self, name: str) -> bool:
        return hasattr(self._module, name)

    def get(self, name: str, *arguments: Any, **named: Any) -> str:
        """One piece, without blank lines around it. Raises RuntimeError for a name that no macro has."""
        if name not in self:
            raise RuntimeError(f"app/export/templates/{self._template} has no macro {name}")
        piece: str = getattr(self._module, name)(*arguments, **named)
        return piece.strip("\n")


def literal(value: Any) -> str:
    """The value as source."""
    return json.dumps(value) if isinstance(value, str) else repr(value)


def keywords(named: Mapping[str, Any]) -> list[str]:
    """Names and values as a call has them."""
    return [f"{name}={literal(value)}" for name, value in named.items()]


def call(name: str, *arguments: str, **named: Any) -> str:
    """The source of a call; values of `named` are literals."""
    parts = [*arguments, *keywords(named)]
    return f"{name}({', '.join(parts)})"


def wrapped(prefix: str, parts: Sequence[str], closing: str, indent: int) -> str:
    """`prefix`, `parts` and `closing` on one line if they fit behind `indent`, else as ruff breaks it."""
    line = prefix + ", ".join(parts) + closing
    if indent + len(line) <= WIDTH:
        return line
    inner = "    " + ", ".join(parts)
    if not prefix.endswith("[") and indent + len(inner) <= WIDTH:
        return f"{prefix}\n{inner}\n{closing}"
    return "\n".join([prefix, *(f"    {part}," for part in parts), closing])


def assigned(name: str, call_name: str, *arguments: str, indent: int = 4, **named: Any) -> str:
    """`name = call_name(...)`, wrapped where it is too long."""
    parts = [*arguments, *keywords(named)]
    return wrapped(f"{name} = {call_name}(", parts, ")", indent)
