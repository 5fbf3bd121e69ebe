"""Typed formulas: what is read, how it is differentiated, and what is said of the rest."""

import ast
import decimal
import math
import re
import sys
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine.catalog.surfaces import SURFACES, surface_of
from engine.catalog.surfaces.expression import FUNCTIONS, RULES
from engine.catalog.surfaces.formula_parser import (
    MAX_DEPTH,
    MAX_LENGTH,
    FormulaError,
    _build,
    parse,
)
from engine.catalog.surfaces.tokens import Token


def value(text: str, x: float = 0, y: float = 0) -> float:
    return float(parse(text).value(np.array(x), np.array(y)))


def gradient(text: str, x: float = 0, y: float = 0) -> tuple[float, float]:
    dx, dy = parse(text).gradient(np.array(x), np.array(y))
    return float(dx), float(dy)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3*4", 14),
        ("2*3 + 4", 10),
        ("(2 + 3)*4", 20),
        ("10 - 4 - 3", 3),
        ("12/4/3", 1),
        ("2^3^2", 512),
        ("2**3", 8),
        ("-2^2", -4),
        ("2^-1", 0.5),
        ("--2", 2),
        ("+2 - -2", 4),
        ("2*-3", -6),
        (".5 + 1. + 1e1 + 1.5E-1", 11.65),
        ("007", 7),
        ("pi", math.pi),
        ("e^2", math.e**2),
        ("2*e", 2 * math.e),
        ("x", 3),
        ("Y - X", 2),
        ("x² + y³", 134),
        ("2·x − y", 1),
        ("2×x – y÷5", 5),
        ("-x²", -9),
        ("2^x²", 512),
        ("x¹⁰", 59049),
        ("π*x", 3 * math.pi),
        ("x\n +\ty\u00a0", 8),
        ("max(x, y) + min(x, y)*10", 35),
        ("max(1, x, 2)", 3),
        ("min(x, y, 7, 1)", 1),
        ("Sin(pi/2)", 1),
        ("abs(-x)", 3),
        ("sqrt(x + 6)", 3),
        ("exp(log(x))", 3),
        ("sigmoid(0) + tanh(0) + cosh(0) + sinh(0) + cos(0) + tan(0)", 2.5),
        ("((((x))))", 3),
        ("ln(x)", math.log(3)),
        ("x⁻¹ + 2^-1", 1 / 3 + 0.5),
        ("2∙x", 6),
        # products without a sign
        ("2x", 6),
        ("2x²y", 90),
        ("xy", 15),
        ("xy²", 75),
        ("XY", 15),
        ("y x", 15),
        ("-xy", -15),
        ("x - 2y", -7),
        ("2x/y", 1.2),
        ("x*2y - y/x*2y", 30 - 50 / 3),
        ("3sin(x)cos(y)", 3 * math.sin(3) * math.cos(5)),
        ("2(x + 1)(y - 1)x", 96),
        ("x(y + 1)", 18),
        ("2πx + πy²", 31 * math.pi),
        ("2e + e x", 5 * math.e),
        ("2e3x", 6000),
        ("x^(2)y", 45),
        ("exp(-x²)", math.exp(-9)),
        # bars
        ("|x|", 3),
        ("|-x|", 3),
        ("|x-1|+|y|", 7),
        ("|x||y|", 15),
        ("2|x - y|", 4),
        ("|x|y", 15),
        ("||x| - |y||", 2),
        ("|x - |y - 9||", 1),
        ("|x - y|²", 4),
        ("-|x|", -3),
        ("max(|x|, |y|)", 5),
        ("|(x|y|)|", 15),
        ("x^|y - 3|", 9),
        # roots
        ("√4", 2),
        ("√x*y", math.sqrt(3) * 5),
        ("y√x", math.sqrt(3) * 5),
        ("√(x+1)", 2),
        ("√(x² + y²)y", 5 * math.sqrt(34)),
        ("√(x+1)²", 4),
        ("√√(y + 11)", 2),
        ("√|-x-1|", 2),
        ("√sin(pi/2)", 1),
        ("√exp(x)", math.exp(1.5)),
        ("1/√(x + 1) + √x/√x", 1.5),
        ("(x² + y²)^(1/2)", math.sqrt(34)),
        # the name of the function
        ("f = x", 3),
        ("F=x", 3),
        ("f(x, y) = x + y", 8),
        (" f ( x,y )= -x", -3),
        ("z = xy", 15),
    ],
)
def test_values(text: str, expected: float) -> None:
    assert value(text, 3, 5) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("x^2 + 2*y^2", (1, 1), (2, 4)),
        ("x*y", (3, 5), (5, 3)),
        ("x/y", (3, 4), (1 / 4, -3 / 16)),
        ("x^y", (2, 3), (12, 8 * math.log(2))),
        ("2^x", (3, 0), (8 * math.log(2), 0)),
        ("x^0", (0, 0), (0, 0)),
        ("x^1", (0, 0), (1, 0)),
        ("x^3", (-2, 0), (12, 0)),
        ("x^-1", (2, 0), (-0.25, 0)),
        ("5", (1, 2), (0, 0)),
        ("y", (1, 2), (0, 1)),
        ("sin(x)*exp(y)", (0, 1), (math.e, 0)),
        ("log(x) + sqrt(y)", (4, 4), (0.25, 0.25)),
        ("tan(x)", (math.pi / 4, 0), (2, 0)),
        ("sigmoid(x) + tanh(y)", (0, 0), (0.25, 1)),
        ("sinh(x) + cosh(y)", (0, 0), (1, 0)),
    ],
)
def test_derivatives(text: str, at: tuple[float, float], expected: tuple[float, float]) -> None:
    assert gradient(text, *at) == pytest.approx(expected, rel=1e-14, abs=1e-15)


def test_kinks_have_the_derivative_in_their_middle() -> None:
    assert gradient("abs(x)") == (0, 0)
    assert gradient("max(x, y)") == (0.5, 0.5)
    assert gradient("min(x, 2*y)") == (0.5, 1)
    assert gradient("max(x, y)", 1, 2) == (0, 1)
    assert gradient("min(x, y)", 1, 2) == (1, 0)


@pytest.mark.parametrize("text", ["1/x", "log(x)", "x^-2", "exp(1/x^2)", "sqrt(x - 1)"])
def test_what_has_no_finite_value_is_nan(text: str) -> None:
    assert math.isnan(value(text))
    assert math.isnan(gradient(text)[0])


CONES = ("sqrt(x^2+y^2)", "(x²+y²)^(1/2)", "√(x² + y²)", "(x²+y²)^0.5", "max(|x|, |y|)", "|x|+|y|")


@pytest.mark.parametrize("text", [*CONES, "x^0.5 + √y", "|x|^(2/3) + |y|^0.1", "√√(x^4 + y^4)"])
def test_a_root_of_0_is_level_as_it_is_at_its_lowest(text: str) -> None:
    assert value(text) == 0
    assert gradient(text) == (0, 0)
    assert parse("√x + y").gradient(np.array([0.0, 4.0]), np.zeros(2))[0].tolist() == [0, 0.25]


@pytest.mark.parametrize("text", CONES)
def test_beside_its_tip_a_cone_is_as_steep_as_it_is(text: str) -> None:
    for distance in (1e-150, 1e-9, 1.0, 1e9):
        assert gradient(text, distance) == pytest.approx((1, 0), rel=1e-12)
        assert gradient(text, 0, -distance) == pytest.approx((0, -1), rel=1e-12)


def test_what_is_a_root_by_its_exponent_alone_is_level_too() -> None:
    # x^y at x = 0: for 0 < y < 1 a root
    assert [gradient("x^y", 0, y)[0] for y in (0.5, 1, 2)] == [0, 1, 0]


def test_what_has_a_value_but_no_derivative() -> None:
    for text in ("x^x", "exp(-1/x^2)"):
        assert math.isfinite(value(text))
        assert math.isnan(gradient(text)[0])
    assert gradient("x^2*y + x^x", 0, 3)[1] == 0  # by y there is one


@pytest.mark.parametrize("u", [-700, -100, -40, -38, -20, -1, -1e-9, 0, 1e-9, 1, 20, 40, 700])
def test_sigmoid_keeps_its_digits(u: float) -> None:
    # with 50 digits: e^u/(1 + e^u), and of the derivative σ(1 − σ)
    with decimal.localcontext(prec=50):
        power = Decimal(u).exp()
        exact = power / (1 + power)
        assert value("sigmoid(x)", u) == pytest.approx(float(exact), rel=1e-14)
        assert gradient("sigmoid(x)", u)[0] == pytest.approx(float(exact / (1 + power)), rel=1e-13)


def test_far_out_nothing_warns() -> None:
    x = np.array([-1e300, 1e300, np.inf, np.nan])
    for name, (_, *derivatives) in FUNCTIONS.items():
        expression = parse(f"{name}(x)" if len(derivatives) == 1 else f"{name}(x, y)")
        for part in (expression.value(x, x), *expression.gradient(x, x)):
            assert not np.isinf(part).any()
    assert value("sigmoid(x)", -1e300) == 0
    assert value("tanh(x)", 1e300) == 1
    assert gradient("sigmoid(x)", 40)[0] == pytest.approx(math.exp(-40), rel=1e-14)
    assert gradient("tanh(x)", 40)[0] == pytest.approx(4 * math.exp(-80), rel=1e-14)


SURFACE_FORMULAS = {
    "bowl": "x² + 2·y²",
    "ravine": "(x^2 + 20*y^2)/2",
    "matyas": "0.26*(x^2+y^2) − 0.48*x*y",
    "booth": "(x+2*y-7)^2 + (2*x+y-5)^2",
    "saddle": "x²−y²",
    "monkey_saddle": "x³ − 3*x*y²",
    "plateau": "max(0, sqrt(x^2+y^2) - 3)^2/8 - exp(-(x^2+y^2))",
    "cliff": "y^2/2 - 2*x + 10/3*log(1 + exp(30*x)/49)",
    "stairs": "sqrt(1+x^2) - 1 + sin(pi*x)^2/2 + y^2/2",
    "rosenbrock": "(1-x)^2 + 100*(y-x^2)^2",
    "beale": "(1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2",
    "himmelblau": "(x^2+y-11)^2 + (x+y^2-7)^2",
    "three_hump_camel": "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
    "six_hump_camel": "(4-2.1*x^2+x^4/3)*x^2 + x*y + (-4+4*y^2)*y^2",
    "styblinski_tang": "(x^4-16*x^2+5*x + y^4-16*y^2+5*y)/2",
    "rastrigin": "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
    "ackley": "-20*exp(-0.2*sqrt((x^2+y^2)/2)) - exp((cos(2*pi*x)+cos(2*pi*y))/2) + e + 20",
}


def test_every_surface_has_been_typed() -> None:
    assert SURFACE_FORMULAS.keys() == SURFACES.keys() - {"formula"}


@pytest.mark.parametrize("kind", SURFACE_FORMULAS)
def test_typed_surfaces_are_those_of_the_catalogue(kind: str) -> None:
    surface = SURFACES[kind]
    typed = surface_of(SURFACE_FORMULAS[kind], surface.view, surface.start)
    x_min, x_max, y_min, y_max = surface.view
    x, y = np.random.default_rng(2).uniform([[x_min], [y_min]], [[x_max], [y_max]], (2, 300))
    k = surface.defaults
    np.testing.assert_allclose(typed.value(x, y, {}), surface.value(x, y, k), rtol=1e-10, atol=1e-9)
    np.testing.assert_allclose(
        typed.gradient(x, y, {}), surface.gradient(x, y, k), rtol=1e-10, atol=1e-9
    )
    assert (typed.view, typed.start) == (surface.view, surface.start)
    # nobody knows a typed surface's minima, unless it is a quadratic
    known = surface.minima if surface.quadratic else ()
    np.testing.assert_allclose(typed.minima, known, rtol=1e-12, atol=1e-15)
    assert typed.quadratic is surface.quadratic


@pytest.mark.parametrize(
    "text",
    [
        "sin(x*y) + cos(x - y)^2",
        "exp(-(x^2 + y^2)/4)*(1 + tanh(x))",
        "log(1 + x^2*y^2) - sqrt(2 + abs(x))",
        "sigmoid(3*x - y)*y + cosh(x/3)*sinh(y/2)",
        "max(x, y, x*y)^2 - min(x, 1/(2 + y^2))",
        "(x^2 + 1)^(y/3) + 2^(x - y)",
        "tan(x/4)/(1 + y^2)^1.5 - x^5*y^7/300",
    ],
)
def test_gradient_is_the_slope(text: str) -> None:
    expression = parse(text)
    x, y = np.random.default_rng(3).uniform(-3, 3, (2, 200))
    h = 1e-3
    weights = {1: 45, 2: -9, 3: 1}

    def slope(a: float, b: float) -> Any:
        def rise(n: int) -> Any:
            ahead = expression.value(x + n * a, y + n * b)
            return ahead - expression.value(x - n * a, y - n * b)

        return sum(w * rise(n) for n, w in weights.items()) / (60 * h)

    dx, dy = expression.gradient(x, y)
    ex, ey = slope(h, 0), slope(0, h)
    error = np.hypot(dx - ex, dy - ey) / np.maximum(np.hypot(dx, dy), 1e-2)
    # a difference across a kink is no slope; few points are that near to one
    assert np.quantile(error, 0.97) < 1e-6


@pytest.mark.parametrize("shape", [(), (1,), (5,), (3, 4), (0,)])
def test_shapes(shape: tuple[int, ...]) -> None:
    x = np.full(shape, 2.0)
    for text in ("1", "x", "x*y^2"):
        expression = parse(text)
        for part in (expression.value(x, x), *expression.gradient(x, x)):
            assert part.shape == shape
            assert part.dtype == np.float64
            assert not np.shares_memory(part, x)


def test_each_point_is_evaluated_as_if_alone() -> None:
    expression = parse("sin(x)^3*exp(y/2) + x^y")
    x, y = np.random.default_rng(4).uniform(0.1, 3, (2, 64))
    whole = expression.value(x, y)
    for i in range(0, 64, 7):
        assert expression.value(x[i], y[i]) == pytest.approx(whole[i], rel=1e-14)


@pytest.mark.parametrize(
    ("text", "position", "end", "says"),
    [
        ("", 0, 0, "expected a number, x, y, a function or ("),
        ("   ", 3, 3, "found the end"),
        ("x +", 3, 3, "expected a number, x, y, a function or (, found the end"),
        ("x + * y", 4, 5, "found *"),
        ("x * * y", 4, 5, "found *"),
        ("*x", 0, 1, "found *"),
        ("()", 1, 2, "found )"),
        ("x 2", 2, 3, "write x*2 or x^2"),
        ("2 3", 2, 3, "write 2*3"),
        ("(x + 1)2", 7, 8, "write …*2"),
        ("x²3", 2, 3, "write …*3"),
        ("|x|2", 3, 4, "write …*2"),
        ("1 000x", 2, 5, "write 1*000"),
        ("1/2x", 3, 4, "after / can be read in two ways"),
        ("1/xy", 3, 4, "after / can be read in two ways"),
        ("x/2 (y + 1)", 4, 5, "after / can be read in two ways"),
        ("x ÷ y²x", 6, 7, "after / can be read in two ways"),
        ("1/|x|y", 5, 6, "after / can be read in two ways"),
        ("1/sin(x)y", 8, 9, "after / can be read in two ways"),
        ("1/x^(2)y", 7, 8, "after / can be read in two ways"),
        ("x^2y", 3, 4, "after ^ can be read in two ways"),
        ("2^xy", 3, 4, "after ^ can be read in two ways"),
        ("e^-x y", 5, 6, "after ^ can be read in two ways"),
        ("2^x²y", 4, 5, "after ^ can be read in two ways"),
        ("x^2(y + 1)", 3, 4, "after ^ can be read in two ways"),
        ("x**2 sin(y)", 5, 8, "after ^ can be read in two ways"),
        ("√xy", 2, 3, "after √ can be read in two ways"),
        ("√2x", 2, 3, "after √ can be read in two ways"),
        ("√2|x|", 2, 3, "after √ can be read in two ways"),
        ("√x²", 2, 3, "write √(…) or (√…)"),
        ("√x^2", 2, 3, "write √(…) or (√…)"),
        ("√-x", 1, 2, "expected a number, x, y, a function or (, found -"),
        ("√", 1, 1, "found the end"),
        ("√" * 150 + "x", MAX_DEPTH - 1, MAX_DEPTH, "nested too deeply"),
        ("|x|y|x|", 4, 5, "these bars can be read in two ways"),
        ("|x", 0, 1, "this | is never closed: expected another |"),
        ("2|x", 1, 2, "this | is never closed"),
        ("(|x)", 1, 2, "this | is never closed"),
        ("|(x|", 4, 4, "found the end"),
        ("||", 2, 2, "found the end"),
        ("e(x + 1)", 1, 2, "write e*(…) or e^(…)"),
        ("xe", 0, 2, "write x*e"),
        ("2 + exy", 4, 7, "write e*x*y"),
        ("xsin(y)", 0, 4, "write x*sin"),
        ("sinx", 0, 4, "write sin(x)"),
        ("f(x) = x", 0, 6, "only f = or f(x, y) = may stand before"),
        ("f(y, x) = x", 0, 9, "only f = or f(x, y) = may stand before"),
        ("y = x", 0, 3, "only f = or f(x, y) = may stand before"),
        ("f = y = x", 6, 7, "an = may stand only once"),
        ("f =", 3, 3, "found the end"),
        ("f = x + q", 8, 9, "no variable or function is named q"),
        ("1 + sinn(x)", 4, 8, "did you mean sin?"),
        ("z^2", 0, 1, "no variable or function is named z; one of x, y, pi, e, sin"),
        ("x2", 0, 2, "write x*2 or x^2"),
        ("sin x", 4, 5, "expected ( after sin, found x"),
        ("x + sin", 7, 7, "expected ( after sin, found the end"),
        ("sin^2(x)", 3, 4, "found ^; write (sin(…))^2 for its square"),
        ("sin(x", 3, 4, "never closed"),
        ("max((x, y)", 6, 7, "a comma stands only"),
        ("(x + (y)", 0, 1, "never closed"),
        ("x + y)", 5, 6, "no ( before it"),
        ("0,5*x", 1, 2, "write 0.5"),
        ("max(x, )", 7, 8, "found )"),
        ("max(x)", 0, 6, "max takes two or more arguments, not 1"),
        ("1 + sin(x, y)", 4, 13, "sin takes one argument, not 2"),
        ("sin()", 4, 5, "found )"),
        ("x²^2", 2, 3, "a power of a power takes parentheses"),
        ("x² ²", 3, 4, "a power of a power takes parentheses"),
        ("9**9**9**9", 6, 10, "an exponent is at most 100, not 3.8742×10⁸"),
        ("x + y^(1000)", 7, 11, "an exponent is at most 100, not 1000"),
        ("x^-101", 2, 6, "an exponent is at most 100, not −101"),
        ("x + 1e999", 4, 9, "too large"),
        ("x + 1/(2 - 2)", 4, 13, "no finite value"),
        ("y*log(0)", 2, 8, "no finite value"),
        ("sqrt(-1) + x", 0, 8, "no finite value"),
        ("x < y", 2, 3, "found '<'"),
        ("x == y", 0, 3, "only f = or f(x, y) = may stand before"),
        ("x % 2", 2, 3, "found '%'"),
        ("x.real", 1, 2, "found '.'"),
        ("'x'", 0, 1, 'found "\'"'),
        ("x[0]", 1, 2, "found '['"),
        ("x; y", 1, 2, "found ';'"),
        ("x if y else 1", 2, 4, "named if"),
        ("lambda: x", 0, 6, "named lambda"),
        ("__import__('os')", 0, 1, "found '_'"),
        ("x\x00", 1, 2, "found '\\x00'"),
        ("1j", 1, 2, "named j"),
        ("0x10", 1, 4, "write x*10 or x^10"),
        ("∑x", 0, 1, "found '∑'"),
        ("ⅹ + 1", 0, 1, "found"),
        ("１ + x", 0, 1, "found '１'"),
        ("(" * 150, 150, 150, "found the end"),
        ("(" * 80 + "x" + ")" * 79, 0, 1, "never closed"),
        ("-" * 150 + "x", MAX_DEPTH, 151, "nested too deeply"),
        ("x" * (MAX_LENGTH + 50), MAX_LENGTH, MAX_LENGTH + 50, "at most 200 characters, not 250"),
    ],
)
def test_errors_point_to_the_character(text: str, position: int, end: int, says: str) -> None:
    with pytest.raises(FormulaError) as found:
        parse(text)
    assert (found.value.position, found.value.end) == (position, end), str(found.value)
    assert says in found.value.message
    assert str(found.value) == found.value.message


@pytest.mark.parametrize("text", ["(" * 99 + "x" + ")" * 99, "-" * 98 + "x", "x" + "+x" * 99])
def test_what_the_limits_allow_works(text: str) -> None:
    assert math.isfinite(value(text, 1))
    assert math.isfinite(gradient(text, 1)[0])


FOREIGN = """
    (lambda: 0)() | x.real | 'x' | [x] | x if y else 1 | x < y | x and y | f'{x}' | z | 1j | 1 | True | None
    not x | ~x | x % y | x // y | x @ y | (x := 1) | sin(*x) | max(x, y=1) | exec(x) | x() | sin | {x} | ...
"""


@pytest.mark.parametrize("source", re.split(r"\s*[|\n]\s*", FOREIGN.strip()))
def test_the_tree_knows_nothing_else(source: str) -> None:
    # none of these passes the check of the text; if one did, the tree would not take it
    tokens = [Token("number", source, source, 0, len(source))]
    with pytest.raises(FormulaError):
        _build(ast.parse(f"(\n{source}\n)", mode="eval").body, tokens)


LIKELY = st.text(alphabet="xye0129.+-*/^(), ²·−πsincoexplgqrtabmhd|√f=", max_size=60)
WORDS = "x y xy pi e 2 0.5 1e3 + - * / ^ ** ² ( ) , | √ sin( max( log( lambda . ' < ="
PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=40).map("".join)


def formulas() -> st.SearchStrategy[str]:
    """Texts that the grammar allows."""
    leaves = st.sampled_from(["x", "y", "pi", "e", "1", "2", "0.5", "3.7", "10"])

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        one = [name for name, rule in FUNCTIONS.items() if len(rule) == 2]
        return st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from("+-*/^"), inner),
            st.builds("-{}".format, inner),
            st.builds("{}({})".format, st.sampled_from(one), inner),
            st.builds("{}({}, {})".format, st.sampled_from(["max", "min"]), inner, inner),
        )

    return st.recursive(leaves, grow, max_leaves=12)


X, Y = np.meshgrid(np.linspace(-3, 3, 7), np.linspace(-2, 2, 5))


def reads_or_refuses(text: str) -> FormulaError | None:
    """Parse: a formula gives finite numbers or NaN; anything else is a FormulaError with its place."""
    error = None
    try:
        expression = parse(text)
        for part in (expression.value(X, Y), *expression.gradient(X, Y)):
            assert part.shape == X.shape
            assert not np.isinf(part).any()
    except FormulaError as found:
        error = found
    if error is not None:
        assert error.message
        assert 0 <= error.position <= error.end <= len(text)
    return error


@given(st.text(max_size=300))
@example("9**9**9**9**9**9**9")
@example("x" + "^x" * 99)
@example("sin(" * 49 + "x" + ")" * 49)
@example("max(" + "x," * 90 + "y)")
@example("((((((((((((((((((((((((((((((((((")
@example("x\ud800")
@example("if" * 20)
@example("1_000")
@example("'" * 3)
@example("#x")
@example("x\\\n+y")
def test_any_text(text: str) -> None:
    reads_or_refuses(text)


@given(LIKELY | PIECES)
def test_likely_text(text: str) -> None:
    reads_or_refuses(text)


@given(formulas())
def test_whatever_the_grammar_allows_is_read(text: str) -> None:
    error = reads_or_refuses(text)
    limits = ("no finite value", "an exponent is at most", "characters", "nested too deeply")
    assert error is None or any(limit in error.message for limit in limits), (text, str(error))


@given(formulas(), st.floats(-3, 3), st.floats(-3, 3))
def test_values_are_those_of_python(text: str, x: float, y: float) -> None:
    """Python's own arithmetic is the second opinion, where it has one."""
    names: dict[str, Any] = {name: getattr(math, name, None) for name in FUNCTIONS}
    names |= {"abs": abs, "max": max, "min": min, "pi": math.pi, "e": math.e, "x": x, "y": y}
    names["sigmoid"] = lambda u: 1 / (1 + math.exp(-u))
    try:
        expression = parse(text)
        expected = eval(text.replace("^", "**"), {"__builtins__": {}}, names)  # noqa: S307
    except (FormulaError, ArithmeticError, ValueError, TypeError):
        return
    if isinstance(expected, complex) or not math.isfinite(expected) or abs(expected) > 1e12:
        return
    found = float(expression.value(np.array(x), np.array(y)))
    assert math.isnan(found) or found == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_no_rule_is_left_out_of_these_tests() -> None:
    assert {*FUNCTIONS, "+", "-", "*", "/", "^", "negative"} == set(RULES)
    assert sys.getrecursionlimit() > 5 * MAX_DEPTH


Typed = tuple[str, str, float]
"""A formula as a person types it, the sort of thing it is, and what it comes to at the place below."""

PLACE = (1.75, -0.625)


def _atoms() -> st.SearchStrategy[Typed]:
    x, y = PLACE
    return st.sampled_from(
        [
            *[(text, "number", float(text)) for text in ("2", "0.5", "3.", ".25")],
            *[("x", "letter", x), ("Y", "letter", y), ("π", "letter", math.pi)],
            *[("xy", "letters", x * y), ("x y", "letters", x * y), ("xyx", "letters", x * y * x)],
        ]
    )


def _grown(inner: st.SearchStrategy[Typed]) -> st.SearchStrategy[Typed]:
    """Everything that is read in one way only, with what Python's own arithmetic makes of it."""

    def group(part: Typed) -> Typed:
        return f"({part[0]})", "group", part[2]

    def bars(part: Typed) -> Typed:
        return f"|{part[0]}|" if "|" not in part[0] else f"|({part[0]})|", "group", abs(part[2])

    def root(part: Typed) -> Typed:
        return (
            f"√|{part[0]}|" if "|" not in part[0] else f"√|({part[0]})|",
            "root",
            abs(part[2]) ** 0.5,
        )

    def call(part: Typed) -> Typed:
        return f"sin({part[0]})", "group", math.sin(part[2])

    def square(part: Typed) -> Typed:
        text = part[0] if part[1] in ("letter", "number") else f"({part[0]})"
        return f"{text}²", "square", part[2] ** 2

    def beside(first: Typed, gap: str, second: Typed) -> Typed:
        """A product without a sign: the first a number or a group, the second no number."""
        left = first[0] if first[1] in ("number", "group", "square") else f"({first[0]})"
        right = second[0] if second[1] in ("letter", "root") else f"({second[0]})"
        return f"{left}{gap}{right}", "product", first[2] * second[2]

    def signed(first: Typed, sign: str, second: Typed) -> Typed:
        made = {"+": first[2] + second[2], "−": first[2] - second[2], "·": first[2] * second[2]}
        left, right = (
            part[0] if sign == "+" and part[1] != "sum" else f"({part[0]})"
            for part in (first, second)
        )
        return f"{left} {sign} {right}", "sum", made[sign]

    return st.one_of(
        *[st.builds(make, inner) for make in (group, bars, root, call, square)],
        st.builds(beside, inner, st.sampled_from(["", " "]), inner),
        st.builds(signed, inner, st.sampled_from("+−·"), inner),
    )


@given(
    st.recursive(_atoms(), _grown, max_leaves=10), st.sampled_from(["", "f = ", "f(x,y)=", "z="])
)
def test_what_is_typed_as_on_paper_comes_to_what_it_says(typed: Typed, name: str) -> None:
    text, _, expected = typed
    assume(len(name + text) <= MAX_LENGTH)
    found = float(parse(name + text).value(*map(np.array, PLACE)))
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), text


@given(st.sampled_from(["2", "x", "y", "xy", "(x+1)", "|y|", "√x", "sin(y)"]), st.data())
def test_a_product_after_a_quotient_a_power_or_a_root_is_never_read_silently(
    last: str, data: st.DataObject
) -> None:
    before = data.draw(st.sampled_from(["x/", "2/", "x^", "2^", "√"]))
    middle = data.draw(st.sampled_from(["2", "x", "y", "π"]))
    with pytest.raises(
        FormulaError, match=r"two ways|expected an operator|named|numbers|too large"
    ):
        parse(f"{before}{middle}{' ' if last[0] == '2' else ''}{last}")
