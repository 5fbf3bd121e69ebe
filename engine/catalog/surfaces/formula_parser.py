"""A surface typed by a person: a formula in x and y, read safely.

Nothing typed is ever run. `tokens` cuts the text up, `_Reader` sees that operands and operators take turns,
so that it can say what was expected where, and puts in the signs of products that are written without one;
`ast` sorts out which operator comes first, and `_build` makes our own tree of the few things it knows.

A product may be written without its sign: 2x, xy², 3 sin(x), 2(x + 1), |x||y|. Where that could be read in
two ways (1/2x, x^2y, √xy), it is an error that says so.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalog.surfaces.expression import (
    CONSTANTS,
    FUNCTIONS,
    VARIABLES,
    Expression,
    Node,
    Operation,
    evaluate,
)
from engine.catalog.surfaces.tokens import FormulaError, Token, tokens
from engine.core.numerals import numeral
from engine.words import N_, Message

__all__ = ["FormulaError", "parse"]

MAX_LENGTH = 200
"""How many characters a formula may have."""
MAX_DEPTH = 100
"""How many operations may stand one inside the other."""
MAX_EXPONENT = 100
"""How large an exponent without x and y may be, whatever its sign."""

TOO_DEEP = N_("nested too deeply: at most {most} operations one inside the other", most=MAX_DEPTH)
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
UNCLOSED_BAR = N_("this | is never closed: expected another |")
ENDS_OPERAND = ("number", "variable", "constant", "superscript", "close")
BEGINS_OPERAND = ("number", "variable", "constant", "function", "root", "open")


@lru_cache(maxsize=64)
def parse(text: str) -> Expression:
    """Read a formula such as "x^2 + 2*sin(pi*y)" or "f = 2x² + |y|".

    It may use numbers, x, y, pi (π), e, + − * / ^ (or **), parentheses, | |, √ and FUNCTIONS, ln for log,
    and x² for x^2. Raises FormulaError.
    """
    if len(text) > MAX_LENGTH:
        message = N_(
            "a formula has at most {most} characters, not {length}",
            most=MAX_LENGTH,
            length=len(text),
        )
        raise FormulaError(message, MAX_LENGTH, len(text))
    read = _Reader().read(text)
    # one token a line, so that a node's line numbers tell which tokens it came from
    lines = "\n".join(token.python for token in read)
    tree = ast.parse(f"(\n{lines}\n)", mode="eval")
    return Expression(_build(tree.body, read))


@dataclass
class _Level:
    """What is known of the text inside one pair of parentheses or bars, or outside of all.

    opener: what opened it; is_call: whether that is a function's parenthesis.
    roots: how many √ stand before it.
    after: the sign, / ^ or √, that the factor being read stands after, so that a product without a sign would
    be read in two ways. barred: a bar has closed, and no sign has come since.
    """

    opener: Token | None = None
    is_call: bool = False
    roots: int = 0
    after: str = ""
    barred: bool = False


class _Reader:
    """Reads the tokens of a formula whose operands and operators take turns and whose parentheses match."""

    def __init__(self) -> None:
        self._found: list[Token] = []
        self._levels = [_Level()]
        self._before = Token("start", "", "", 0, 0)
        self._roots = 0  # √ that wait for what they are of
        self._all_roots = 0

    def read(self, text: str) -> list[Token]:
        """The tokens, with those put in that are not written. Raises FormulaError."""
        for token in tokens(text):
            self._take(token)
        return self._found

    def _take(self, token: Token) -> None:
        """Take the next token in."""
        before = self._before
        if token.kind == "bar":
            token = self._bar(token)
        if before.kind in ENDS_OPERAND and token.kind in BEGINS_OPERAND:
            self._multiply(token)
        else:
            _check_turn(before, token, self._roots)
        self._note_sign(token)
        match token.kind:
            case "open":
                self._open(token)
            case "close":
                self._close(token)
            case "comma":
                self._comma(token)
            case "end":
                self._end()
            case "root":
                self._root(token)
            case "number" | "variable" | "constant":
                self._found.append(token)
                self._close_roots(self._roots, token)
                if self._roots:
                    self._levels[-1].after = "√"
                self._roots = 0
            case _:
                self._found.append(token)
        self._before = token

    def _root(self, token: Token) -> None:
        self._roots += 1
        self._all_roots += 1
        if self._all_roots == MAX_DEPTH:  # so many characters can only be one inside the other
            raise token.error(TOO_DEEP)
        self._found += [token, _inserted("(", token)]

    def _bar(self, token: Token) -> Token:
        """A bar as what it does: after an operand it closes the one that is open, else it opens one."""
        opener = self._levels[-1].opener
        closes = self._before.kind in ENDS_OPERAND and opener is not None and opener.text == "|"
        kind, python = ("close", ")") if closes else ("open", "abs(")
        return Token(kind, "|", python, token.position, token.end)

    def _multiply(self, token: Token) -> None:
        """Put the sign in of a product that is written without. Raises FormulaError where it is needed."""
        level, before = self._levels[-1], self._before
        factor = before.text if before.kind in ("number", "variable", "constant") else "…"
        if token.kind == "number":
            raise token.error(_number_after(factor, token.text, before.kind == "variable"))
        if level.after:
            message = N_(
                "expected an operator: the part after {sign} can be read in two ways: write * or parentheses",
                sign=level.after,
            )
            raise token.error(message)
        if before.text in ("e", "E") and token.text == "(":
            raise token.error(N_("expected an operator: write e*(…) or e^(…)"))
        if level.barred and token.text == "|" and before.text != "|":
            raise token.error(N_("these bars can be read in two ways: write * or abs(…)"))
        self._found.append(Token("operator", token.text, "*", token.position, token.end))

    def _note_sign(self, token: Token) -> None:
        """Remember what the factors that follow stand after."""
        level, before = self._levels[-1], self._before
        binary = token.kind == "sign" and before.kind in ENDS_OPERAND
        if binary or token.kind in ("operator", "comma"):
            level.after = "/" if token.python == "/" else ""
            level.barred = False
        elif token.kind in ("power", "superscript"):
            if level.after == "√":
                raise token.error(N_("the root can be read in two ways: write √(…) or (√…)"))
            # the end of a power is clear where it stands in parentheses
            if token.kind == "power":
                level.after = level.after or "^"
        elif before.kind == "power" and token.kind == "open" and level.after == "^":
            level.after = ""

    def _open(self, token: Token) -> None:
        is_call = self._before.kind == "function"
        self._levels.append(_Level(token, is_call, self._roots))
        self._roots = 0
        self._found.append(token)

    def _close(self, token: Token) -> None:
        opener = self._levels[-1].opener
        if opener is None:
            raise token.error(N_("this ) closes nothing: there is no ( before it"))
        if (opener.text == "|") != (token.text == "|"):
            raise opener.error(UNCLOSED_BAR)
        level = self._levels.pop()
        self._found.append(token)
        self._close_roots(level.roots, token)
        if token.text == "|":
            self._levels[-1].barred = True

    def _close_roots(self, count: int, token: Token) -> None:
        """End so many roots with what they are of."""
        self._found += [_inserted(")", token)] * count

    def _comma(self, token: Token) -> None:
        if not self._levels[-1].is_call:
            raise token.error(
                N_("a comma stands only between arguments, as in max(x, y); write 0.5")
            )
        self._found.append(token)

    def _end(self) -> None:
        opener = self._levels[-1].opener
        if opener is not None:
            raise opener.error(
                UNCLOSED_BAR if opener.text == "|" else N_("this ( is never closed: expected a )")
            )


def _inserted(python: str, beside: Token) -> Token:
    """A token that is not written."""
    return Token("inserted", "", python, beside.position, beside.end)


def _check_turn(before: Token, token: Token, roots: int) -> None:
    """Raise a FormulaError unless this token may follow the one before."""
    if before.kind == "function":
        if token.text != "(":
            raise token.error(_no_argument(before.text, token))
    elif before.kind in ENDS_OPERAND:
        if before.kind == "superscript" and token.kind in ("power", "superscript"):
            raise token.error(N_("expected an operator: a power of a power takes parentheses"))
    elif token.kind not in BEGINS_OPERAND and (roots or token.kind != "sign"):
        raise token.error(
            N_("expected a number, x, y, a function or (, found {found}", found=token.text)
        )


def _number_after(factor: str, number: str, may_be_power: bool) -> Message:
    """What to say of a number right after a factor."""
    if may_be_power:
        return N_(
            "expected an operator: write {factor}*{number} or {factor}^{number}",
            factor=factor,
            number=number,
        )
    return N_("expected an operator: write {factor}*{number}", factor=factor, number=number)


def _no_argument(function: str, token: Token) -> Message:
    """What to say of a function without a parenthesis."""
    if token.kind in ("power", "superscript"):
        return N_(
            "expected ( after {function}, found {found}; write ({function}(…))^2 for its square",
            function=function,
            found=token.text,
        )
    return N_("expected ( after {function}, found {found}", function=function, found=token.text)


def _build(node: ast.expr, read: list[Token], depth: int = MAX_DEPTH) -> Node:
    """Our tree of a Python one, which may be `depth` operations deep."""
    if depth == 0:
        raise _error(TOO_DEEP, node, read)
    match node:
        case ast.Constant(value=float(number)):
            return np.float64(number)
        case ast.Name(id=name) if name in VARIABLES:
            return name
        case ast.Name(id=name) if name in CONSTANTS:
            return np.float64(CONSTANTS[name])
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _build(operand, read, depth - 1)
    name, operands = _parts(node, read)
    arguments = [_build(operand, read, depth - 1) for operand in operands]
    if name == "^" and isinstance(arguments[1], float) and abs(arguments[1]) > MAX_EXPONENT:
        message = N_(
            "an exponent is at most {most}, not {exponent}",
            most=MAX_EXPONENT,
            exponent=numeral(arguments[1]),
        )
        raise _error(message, operands[1], read)
    made = _operation(name, arguments)
    if all(isinstance(argument, float) for argument in arguments):
        with np.errstate(all="ignore"):
            made, _, _ = evaluate(made, None, None, None, None)
        if not np.isfinite(made):
            raise _error(N_("this has no finite value"), node, read)
    return made


def _operation(name: str, arguments: list[Node]) -> Node:
    """The operation on its arguments; the largest of three is the larger of the third and the first two."""
    if len(arguments) > 2:
        arguments = [_operation(name, arguments[:-1]), arguments[-1]]
    return Operation(name, tuple(arguments))


def _parts(node: ast.expr, read: list[Token]) -> tuple[str, list[ast.expr]]:
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
            count = len(arguments)
            message = (
                N_("{function} takes one argument, not {count}", function=name, count=count)
                if wanted == 1
                else N_(
                    "{function} takes two or more arguments, not {count}",
                    function=name,
                    count=count,
                )
            )
            raise _error(message, node, read)
    raise _error(N_("expected a formula in x and y"), node, read)


def _error(message: Message, node: ast.expr, read: list[Token]) -> FormulaError:
    """An error that points to the tokens a node came from."""
    first, last = read[node.lineno - 2], read[(node.end_lineno or node.lineno) - 2]
    return FormulaError(message, first.position, last.end)
