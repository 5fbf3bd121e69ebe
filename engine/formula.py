"""A surface typed by a person: a formula in x and y, read safely.

Nothing typed is ever run. `_tokens` cuts the text up, `_check` sees that operands and operators take
turns and so can say what was expected where, `ast` sorts out which operator comes first, and `_build`
makes our own tree of the few things it knows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.expression import CONSTANTS, FUNCTIONS, VARIABLES, Expression, Node, Operation, evaluate
from engine.registry import TextError, one_of

MAX_LENGTH = 200
"""How many characters a formula may have."""
MAX_DEPTH = 100
"""How many operations may stand one inside the other."""
MAX_EXPONENT = 100
"""How large an exponent without x and y may be, whatever its sign."""

OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}


class FormulaError(TextError):
    """What is wrong with a formula, and where."""


@lru_cache(maxsize=64)
def parse(text: str) -> Expression:
    """Read a formula such as "x^2 + 2*sin(pi*y)".

    It may use numbers, x, y, pi, e, + − * / ^ (or **), parentheses and FUNCTIONS, and x² for x^2.
    Raises FormulaError.
    """
    if len(text) > MAX_LENGTH:
        message = f"a formula has at most {MAX_LENGTH} characters, not {len(text)}"
        raise FormulaError(message, MAX_LENGTH, len(text))
    tokens = _check(text)
    # one token a line, so that a node's line numbers tell which tokens it came from
    lines = "\n".join(token.python for token in tokens)
    tree = ast.parse(f"(\n{lines}\n)", mode="eval")
    return Expression(_build(tree.body, tokens))


@dataclass(frozen=True)
class Token:
    """A piece of the text: what kind it is, the same in Python, and where it stands."""

    kind: str
    text: str
    python: str
    position: int
    end: int

    def error(self, message: str) -> FormulaError:
        """An error that points to this token."""
        return FormulaError(message, self.position, self.end)


PIECE = re.compile(
    r"""(?P<number>(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)
      | (?P<name>[a-z]\w*|π)
      | (?P<power>\*\*|\^)
      | (?P<superscript>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
      | (?P<sign>[-+−–])
      | (?P<operator>[*/·⋅×÷])
      | (?P<open>\()
      | (?P<close>\))
      | (?P<comma>,)""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
IN_PYTHON = {"^": "**", "−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/", "π": "pi"}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
ENDS_OPERAND = ("number", "variable", "superscript", "close")
BEGINS_OPERAND = ("number", "variable", "function", "open")
ALPHABET = "numbers, x, y, functions, + − * / ^ and parentheses"
OPERAND = "a number, x, y, a function or ("


def _tokens(text: str) -> Iterator[Token]:
    """The pieces of the text from left to right, the last one of kind "end"."""
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        piece = PIECE.match(text, position)
        if piece is None:
            message = f"expected {ALPHABET}, found {text[position]!r}"
            raise FormulaError(message, position, position + 1)
        yield _token(str(piece.lastgroup), piece[0], position)
        position = piece.end()
    yield Token("end", "the end", "", len(text), len(text))


def _token(kind: str, text: str, position: int) -> Token:
    """Make a token; a name says which of the three kinds of name it is."""
    python = IN_PYTHON.get(text, text).lower()
    if kind == "number":
        python = repr(float(text))
    elif kind == "superscript":
        python = "**" + repr(float(text.translate(SUPERSCRIPTS)))
    elif kind == "name":
        kind = "function" if python in FUNCTIONS else "variable"
    token = Token(kind, text, python, position, position + len(text))
    if kind == "variable" and python not in (*VARIABLES, *CONSTANTS):
        raise token.error(_unknown(python))
    if python == "inf":
        raise token.error("this number is too large")
    return token


def _unknown(name: str) -> str:
    """What to say of a name nobody knows."""
    if set(name) <= set(VARIABLES):
        return f"expected an operator between factors: write {'*'.join(name)}"
    names = (*VARIABLES, *CONSTANTS, *FUNCTIONS)
    return f"no variable or function is named {name}; {one_of(names, name)}"


def _check(text: str) -> list[Token]:
    """The tokens of a formula whose operands and operators take turns and whose parentheses match."""
    tokens: list[Token] = []
    opened: list[tuple[Token, bool]] = []  # each "(" with whether it is a function's
    before = Token("start", "", "", 0, 0)
    for token in _tokens(text):
        _check_turn(before, token)
        if token.kind == "open":
            opened.append((token, before.kind == "function"))
        elif token.kind == "close":
            if not opened:
                raise token.error("this ) closes nothing: there is no ( before it")
            opened.pop()
        elif token.kind == "comma" and not (opened and opened[-1][1]):
            raise token.error("a comma stands only between arguments, as in max(x, y); write 0.5")
        elif token.kind == "end" and opened:
            raise opened[-1][0].error("this ( is never closed: expected a )")
        tokens.append(token)
        before = token
    return tokens[:-1]


def _check_turn(before: Token, token: Token) -> None:
    """Raise a FormulaError unless this token may follow the one before."""
    if before.kind == "function":
        if token.kind != "open":
            raise token.error(f"expected ( after {before.text}, found {token.text}")
    elif before.kind in ENDS_OPERAND:
        if token.kind in BEGINS_OPERAND:
            factor = before.text if before.kind in ("number", "variable") else ""
            raise token.error(f"expected an operator: write {factor}*{token.text}")
        if before.kind == "superscript" and token.kind in ("power", "superscript"):
            raise token.error("expected an operator: a power of a power takes parentheses")
    elif token.kind not in (*BEGINS_OPERAND, "sign"):
        raise token.error(f"expected {OPERAND}, found {token.text}")


def _build(node: ast.expr, tokens: list[Token], depth: int = MAX_DEPTH) -> Node:
    """Our tree of a Python one, which may be `depth` operations deep."""
    if depth == 0:
        message = f"nested too deeply: at most {MAX_DEPTH} operations one inside the other"
        raise _error(message, node, tokens)
    match node:
        case ast.Constant(value=float(number)):
            return np.float64(number)
        case ast.Name(id=name) if name in VARIABLES:
            return name
        case ast.Name(id=name) if name in CONSTANTS:
            return np.float64(CONSTANTS[name])
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _build(operand, tokens, depth - 1)
    name, operands = _parts(node, tokens)
    arguments = [_build(operand, tokens, depth - 1) for operand in operands]
    if name == "^" and isinstance(arguments[1], float) and abs(arguments[1]) > MAX_EXPONENT:
        message = f"an exponent is at most {MAX_EXPONENT}, not {arguments[1]:g}"
        raise _error(message, operands[1], tokens)
    made = _operation(name, arguments)
    if all(isinstance(argument, float) for argument in arguments):
        with np.errstate(all="ignore"):
            made, _, _ = evaluate(made, None, None, None, None)
        if not np.isfinite(made):
            raise _error("this has no finite value", node, tokens)
    return made


def _operation(name: str, arguments: list[Node]) -> Node:
    """The operation on its arguments; the largest of three is the larger of the third and the first two."""
    if len(arguments) > 2:
        arguments = [_operation(name, arguments[:-1]), arguments[-1]]
    return Operation(name, tuple(arguments))


def _parts(node: ast.expr, tokens: list[Token]) -> tuple[str, list[ast.expr]]:
    """The rule that a node stands for, and its arguments."""
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return "negative", [operand]
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
            return OPERATORS[type(operator)], [left, right]
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            wanted = len(FUNCTIONS[name]) - 1
            if len(arguments) == wanted or len(arguments) > wanted > 1:
                return name, arguments
            noun = "one argument" if wanted == 1 else "two or more arguments"
            raise _error(f"{name} takes {noun}, not {len(arguments)}", node, tokens)
    raise _error("expected a formula in x and y", node, tokens)


def _error(message: str, node: ast.expr, tokens: list[Token]) -> FormulaError:
    """An error that points to the tokens a node came from."""
    first, last = tokens[node.lineno - 2], tokens[(node.end_lineno or node.lineno) - 2]
    return FormulaError(message, first.position, last.end)
