"""A typed formula as Python source: f and its derivatives, a line for each step of the chain rule."""

from __future__ import annotations

from engine.catalog import Node, Operation, parse_formula
from engine.words import ENGLISH, N_, Language

ONE = "1.0"
RULES = {
    "negative": ("-{u}", "-1.0"),
    "+": ("{u} + {v}", ONE, ONE),
    "-": ("{u} - {v}", ONE, "-1.0"),
    "*": ("{u} * {v}", "{v}", "{u}"),
    "/": ("{u} / {v}", "1 / {v}", "-{u} / ({v} * {v})"),
    "^": (
        "{u}{power}{v}",
        "np.where(({v} == 0) | (({u} == 0) & ({v} > 0) & ({v} < 1)), 0, {v} * {u} ** ({v} - 1))",
        "np.where(({u} == 0) & ({v} > 0), 0, {u}{power}{v} * np.log({u}))",
    ),
    "sin": ("np.sin({u})", "np.cos({u})"),
    "cos": ("np.cos({u})", "-np.sin({u})"),
    "tan": ("np.tan({u})", "1 / np.cos({u}) ** 2"),
    "exp": ("np.exp({u})", "np.exp({u})"),
    "log": ("np.log({u})", "np.where({u} < 0, np.nan, 1 / {u})"),
    "sqrt": ("np.sqrt({u})", "np.where({u} == 0, 0, 0.5 / np.sqrt({u}))"),
    "abs": ("np.abs({u})", "np.sign({u})"),
    "sinh": ("np.sinh({u})", "np.cosh({u})"),
    "cosh": ("np.cosh({u})", "np.sinh({u})"),
    "tanh": ("np.tanh({u})", "1 / np.cosh({u}) ** 2"),
    "sigmoid": (
        "np.exp(np.minimum({u}, 0)) / (1 + np.exp(-np.abs({u})))",
        "1 / (2 * np.cosh({u} / 2)) ** 2",
    ),
    "max": (
        "np.maximum({u}, {v})",
        "np.heaviside({u} - {v}, 0.5)",
        "np.heaviside({v} - {u}, 0.5)",
    ),
    "min": (
        "np.minimum({u}, {v})",
        "np.heaviside({v} - {u}, 0.5)",
        "np.heaviside({u} - {v}, 0.5)",
    ),
}
"""A rule of `engine.catalog.surfaces.expression` as source, followed by its derivative by each operand."""

Source = tuple[str, str | None, str | None]
"""The source of a value and of its derivatives by x and by y; None is a derivative that is zero."""


def formula_source(text: str, language: Language = ENGLISH) -> str:
    """A function `surface(x, y)` that gives f and its derivatives. Raises FormulaError."""
    steps = _Steps()
    f, by_x, by_y = steps.write(parse_formula(text).root)
    said = N_("f(x, y), and its derivatives by x and by y: by the chain rule, from the inside out.")
    body = [
        f'"""{language.say(said)}"""',
        *steps.lines,
        f"return {f}, {by_x or '0.0'}, {by_y or '0.0'}",
    ]
    return "def surface(x, y):\n    " + "\n    ".join(body)


class _Steps:
    """The lines that work a tree out: t1, t2, … are values, t1_x and t1_y their derivatives."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._count = 0

    def write(self, node: Node) -> Source:
        """Write the lines of a node; returns what its value and derivatives are called."""
        if isinstance(node, str):
            return (node, ONE, None) if node == "x" else (node, None, ONE)
        if not isinstance(node, Operation):
            return _number(float(node)), None, None
        parts = [self.write(argument) for argument in node.arguments]
        operands = dict(zip("uv", (value for value, _, _ in parts), strict=False))
        power = " ** " if parts[0][0].startswith("(") else "**"
        value, *slopes = (rule.format(**operands, power=power) for rule in _rules(node))
        self._count += 1
        name = f"t{self._count}"
        self.lines.append(f"{name} = {value}")
        by_x = self._derivative(f"{name}_x", slopes, [part[1] for part in parts])
        return name, by_x, self._derivative(f"{name}_y", slopes, [part[2] for part in parts])

    def _derivative(self, name: str, slopes: list[str], inner: list[str | None]) -> str | None:
        """Write Σ slope · inner derivative; returns its name, or None where it is zero everywhere."""
        terms = [_times(s, i) for s, i in zip(slopes, inner, strict=True) if i is not None]
        if not terms:
            return None
        text = " + ".join(terms)
        if text.startswith("(") and " " not in text:  # a negative number, alone
            text = text[1:-1]
        self.lines.append(f"{name} = {text}")
        return name


def _rules(node: Operation) -> tuple[str, ...]:
    """The rule of a node; a power with a fixed exponent has a simpler derivative."""
    exponent = node.arguments[-1]
    if node.rule != "^" or isinstance(exponent, str | Operation):
        return RULES[node.rule]
    number = float(exponent)
    slope = f"{_number(number)} * {{u}}**{number - 1!r}" if number else "0.0"
    if 0 < number < 1:
        slope = f"np.where({{u}} == 0, 0, {slope})"
    return f"{{u}}**{number!r}", slope, "0.0"


def _times(slope: str, inner: str) -> str:
    """slope · inner, without factors of 1."""
    if inner == ONE:
        return slope
    if slope == ONE:
        return inner
    return f"({slope}) * {inner}" if " " in slope else f"{slope} * {inner}"


def _number(value: float) -> str:
    """A number that stands well beside any sign."""
    text = repr(value).replace("e+", "e")
    return text if value >= 0 else f"({text})"
