"""The pieces that a typed formula is cut into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.catalog.surfaces.expression import CONSTANTS, FUNCTIONS, VARIABLES
from engine.core.registry import TextError, one_of
from engine.words import N_, Message


class FormulaError(TextError):
    """What is wrong with a formula, and where."""


@dataclass(frozen=True)
class Token:
    """A piece of the text: what kind it is, the same in Python, and where it stands.

    kind: "number", "variable", "constant", "function", "root", "power", "superscript", "sign", "operator",
    "open", "close", "bar", "comma" or "end".
    """

    kind: str
    text: str
    python: str
    position: int
    end: int

    def error(self, message: Message) -> FormulaError:
        """An error that points to this token."""
        return FormulaError(message, self.position, self.end)


PIECE = re.compile(
    r"""(?P<number>(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)
      | (?P<name>[a-z]\w*|π)
      | (?P<power>\*\*|\^)
      | (?P<superscript>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
      | (?P<sign>[-+−–])
      | (?P<operator>[*/·⋅∙×÷])
      | (?P<root>√)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<bar>\|)
      | (?P<comma>,)""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
HEAD = re.compile(r"\s*(f\s*(\(\s*x\s*,\s*y\s*\))?|z)\s*=", re.IGNORECASE)
"""What may stand before a formula: its name."""
OTHER_HEAD = re.compile(r"\s*([a-z]\w*\s*(\([^()]*\))?)\s*:?=", re.IGNORECASE)
IN_PYTHON = {
    "^": "**",
    **dict.fromkeys("−–", "-"),
    **dict.fromkeys("·⋅∙×", "*"),
    "÷": "/",
    "π": "pi",
    "ln": "log",
    "√": "sqrt",
}
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NAMES = (*VARIABLES, *CONSTANTS, *FUNCTIONS, "ln")
WORD = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a formula without "f =", the last of kind "end". Raises FormulaError."""
    position = head(text)
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        piece = PIECE.match(text, position)
        if piece is None:
            raise FormulaError(_foreign(text[position]), position, position + 1)
        yield from _tokens_of(str(piece.lastgroup), piece[0], position)
        position = piece.end()
    yield Token("end", N_("the end"), "", len(text), len(text))


def head(text: str) -> int:
    """Where the formula itself begins: after "f =", "f(x, y) =" or "z =". Raises FormulaError for others."""
    named = HEAD.match(text)
    if named:
        return named.end()
    other = OTHER_HEAD.match(text)
    if other:
        message = N_("only f = or f(x, y) = may stand before a formula in x and y")
        raise FormulaError(message, other.start(1), other.end())
    return 0


def _foreign(letter: str) -> Message:
    if letter == "=":
        return N_("an = may stand only once, as f = before the formula")
    return N_(
        "expected numbers, x, y, functions, + − * / ^, parentheses and | |, found {found}",
        found=repr(letter),
    )


def _tokens_of(kind: str, text: str, position: int) -> Iterator[Token]:
    """The tokens of a piece: of letters x and y side by side one each, of anything else one."""
    if kind == "name" and set(text.lower()) <= set(VARIABLES):
        for at, letter in enumerate(text, position):
            yield Token("variable", letter, letter.lower(), at, at + 1)
        return
    python = text.lower()
    python = IN_PYTHON.get(python, python)
    if kind == "number":
        python = repr(float(text))
    elif kind == "superscript":
        python = "**" + repr(float(text.translate(SUPERSCRIPTS)))
    elif kind == "name":
        kind = "function" if python in FUNCTIONS else "constant"
    token = Token(kind, text, python, position, position + len(text))
    if kind == "constant" and python not in CONSTANTS:
        raise token.error(_unknown(python))
    if python == "inf":
        raise token.error(N_("this number is too large"))
    yield token


def _unknown(name: str) -> Message:
    """What to say of a name nobody knows."""
    numbered = re.fullmatch(r"([xy]+)(\d+)", name)
    if numbered:
        factor, number = numbered.groups()
        return N_(
            "{name} can be read in two ways: write {factor}*{number} or {factor}^{number}",
            name=name,
            factor=factor,
            number=number,
        )
    words = WORD.findall(name)
    if "".join(words) == name:
        last = words[-1]
        if len(words) == 2 and words[0] in FUNCTIONS:
            return N_(
                "expected ( after {function}: write {function}({argument})",
                function=words[0],
                argument=last,
            )
        return N_("expected an operator between factors: write {product}", product="*".join(words))
    return N_(
        "no variable or function is named {name}; {allowed}",
        name=name,
        allowed=one_of(NAMES, name),
    )
