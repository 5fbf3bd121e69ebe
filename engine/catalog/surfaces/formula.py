"""Surfaces that a person types as a formula."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.catalog.surfaces.formula_parser import parse
from engine.catalog.surfaces.polynomial import quadratic
from engine.catalog.surfaces.record import Gradient, Height, Point, Surface
from engine.catalog.surfaces.tokens import head
from engine.core.arrays import Array, Numbers
from engine.core.registry import Knob, Value
from engine.words import N_, Message


@dataclass(frozen=True)
class FormulaKnob(Knob):
    """A formula in x and y."""

    @property
    def allowed(self) -> Message:
        """What the knob accepts, in words."""
        return N_("a formula in x and y, such as x^2 + 2*y^2")

    def read(self, value: object) -> Value:
        """Return the text without "f =". Raises ValueError for no text, FormulaError for a wrong one."""
        if not isinstance(value, str):
            raise ValueError(self.allowed)
        parse(value)
        return value[head(value) :].strip()


def _value(x: Array, y: Array, k: Numbers) -> Height:
    return parse(k["text"]).value(x, y)


def _gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return parse(k["text"]).gradient(x, y)


FORMULA = Surface(
    kind="formula",
    label=N_("Formula"),
    help=N_("A function of your own, with its exact derivatives."),
    formula="f = f(x, y)",
    knobs=(
        FormulaKnob(
            "text",
            N_("Formula"),
            N_(
                "A function of x and y, with + − * / ^, | | and functions such as sin, exp, sqrt and max."
            ),
            default="x^2 + 2*y^2",
            type="text",
        ),
    ),
    value=_value,
    gradient=_gradient,
    view=(-5.0, 5.0, -5.0, 5.0),
    start=(3.0, 2.0),
)


def surface_of(
    text: str,
    view: tuple[float, float, float, float] = FORMULA.view,
    start: Point = FORMULA.start,
) -> Surface:
    """The surface of one formula. Its minimum is known where it is a quadratic that has one.

    Raises FormulaError.
    """
    expression = parse(text)
    surface = replace(
        FORMULA,
        formula=text,
        knobs=(),
        value=lambda x, y, _: expression.value(x, y),
        gradient=lambda x, y, _: expression.gradient(x, y),
        view=view,
        start=start,
    )
    found = quadratic(expression)
    if found is None:
        return surface
    surface = replace(surface, eigenvalues=lambda _: found.eigenvalues)
    if found.lowest is None:
        return surface
    minimum = float(expression.value(*found.lowest))  # type: ignore[arg-type]
    return replace(surface, minimum=minimum, minima=(found.lowest,))
