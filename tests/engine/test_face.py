"""The engine's face: every name that it lists has an example, and every example is true."""

import doctest
import importlib
import pkgutil
import re
import sys
from types import ModuleType

import pytest

import engine

FACES = [
    "engine",
    *(
        f"engine.{name}"
        for name in ("catalog", "insight", "landscape", "race", "search", "spec", "words")
    ),
]
MODULES = [
    "engine",
    *(
        found.name
        for found in pkgutil.walk_packages(engine.__path__, "engine.")
        if not found.name.endswith("__main__")
    ),
]
MOST_NAMES = 45
"""A face with more names than this is a list, not a face."""


def examples(text: str | None) -> str:
    """The code of all examples in a docstring."""
    return "".join(example.source for example in doctest.DocTestParser().get_examples(text or ""))


@pytest.mark.parametrize("name", FACES)
def test_every_name_of_a_face_has_an_example(name: str) -> None:
    face = importlib.import_module(name)
    assert len(face.__all__) <= MOST_NAMES
    shown = examples(face.__doc__)
    without = [
        each
        for each in face.__all__
        if not isinstance(getattr(face, each), ModuleType)
        and not re.search(rf"\b{each}\b", shown + examples(getattr(face, each).__doc__))
    ]
    assert not without


@pytest.mark.parametrize("name", MODULES)
def test_every_example_is_true(name: str) -> None:
    # by name: `engine.race.theory` is the function, the module of that name is behind it
    importlib.import_module(name)
    module = sys.modules[name]
    assert doctest.testmod(module).failed == 0
