"""A language: it says messages, and everything that messages stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Any

from engine.words.message import COMMA, GAP, Listing, Message, filled

SIGNS = {"zh": {COMMA: "、", GAP: ""}, "ja": {COMMA: "、", GAP: ""}}
"""What stands between parts and between sentences, where it is otherwise than in English."""


@dataclass(frozen=True)
class Language:
    """A language and its catalogue of translations; without any it is English.

    tag: as browsers name it, "en" or "zh-Hans".
    """

    tag: str = "en"
    catalogue: NullTranslations = field(default_factory=NullTranslations)

    def say(self, text: str) -> str:
        """A message in this language; any other text as it is.

        >>> Language().say("relu")
        'relu'
        """
        if isinstance(text, Listing):
            return self._sign(text.sign).join(self.say(part) for part in text.parts)
        if not isinstance(text, Message):
            return text
        return filled(self._template(text), {k: self._hole(v) for k, v in text.values.items()})

    def translated(self, value: Any) -> Any:
        """The same mappings, lists and tuples with every message in this language.

        >>> Language().translated({"label": "Adam", "knobs": [1, 2]})
        {'label': 'Adam', 'knobs': [1, 2]}
        """
        if type(self.catalogue) is NullTranslations:
            return value  # English: messages are said already
        if isinstance(value, str):
            return self.say(value)
        if isinstance(value, Mapping):
            return {key: self.translated(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.translated(each) for each in value]
        return value

    def _sign(self, sign: str) -> str:
        return SIGNS.get(self.tag.partition("-")[0], {}).get(sign, sign)

    def _template(self, text: Message) -> str:
        if text.other is not None and text.number is not None:
            return self.catalogue.ngettext(text.template, text.other, text.number)
        if text.context is not None:
            return self.catalogue.pgettext(text.context, text.template)
        return self.catalogue.gettext(text.template)

    def _hole(self, value: object) -> object:
        return self.say(value) if isinstance(value, str) else value


ENGLISH = Language()
