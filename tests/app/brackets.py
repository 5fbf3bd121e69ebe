"""A language in which every sentence that was marked stands in brackets: what is bare can't be translated."""

from gettext import NullTranslations

from engine.words import Language


class Brackets(NullTranslations):
    """A catalogue that has every sentence."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}]"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return f"[{message}]"


BRACKETS = Language("en-XA", Brackets())


def is_marked(text: str) -> bool:
    """Whether all of a text can be said in another language."""
    said = BRACKETS.say(text)
    return said != text and said.startswith("[") and said.endswith("]")
