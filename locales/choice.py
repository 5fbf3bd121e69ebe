"""Which of the languages there are a person reads: what a browser asks for, or a command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from engine.words import ENGLISH
from locales import languages

CHINESE = "zh-Hans"
"""Traditional Chinese too, until there is one: its readers read it sooner than English."""


def known(tag: str) -> str | None:
    """The language that is meant by a browser's or a system's name for it: zh-CN, zh_TW.UTF-8, de-AT, EN.

    >>> known("zh-CN"), known("en_GB.UTF-8"), known("xx")
    ('zh-Hans', 'en', None)
    """
    parts = tag.partition(".")[0].replace("_", "-").lower().split("-")
    names = {name.lower(): name for name in languages()}
    for count in range(len(parts), 0, -1):
        found = names.get("-".join(parts[:count]))
        if found:
            return found
    return names.get(CHINESE.lower()) if parts[0] == "zh" else None


def preferred(header: str) -> Iterable[str]:
    """The tags of an Accept-Language header, the one that is liked best first; those with q=0 are not liked.

    >>> list(preferred("de;q=0.5, zh-CN, en;q=0.8, *;q=0.1"))
    ['zh-CN', 'en', 'de']
    """
    weighed = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";")
        weighed.append((_weight(weight), tag.strip()))
    ranked = sorted(weighed, key=lambda each: -each[0])
    return [tag for weight, tag in ranked if weight > 0 and tag not in {"", "*"}]


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def choose(*wishes: str) -> str:
    """The first wish that can be met, else English: tags, and headers of several tags."""
    for wish in wishes:
        for tag in preferred(wish):
            found = known(tag)
            if found:
                return found
    return ENGLISH.tag


def of_environment(environment: Mapping[str, str]) -> str:
    """The language of a command line: LC_ALL, LC_MESSAGES and LANG, in this order, as POSIX has it.

    >>> of_environment({"LANG": "zh_CN.UTF-8"}), of_environment({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"})
    ('zh-Hans', 'en')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return known(environment[name]) or ENGLISH.tag
    return ENGLISH.tag


def of_system() -> str:
    """The language of this process's environment."""
    return of_environment(os.environ)
