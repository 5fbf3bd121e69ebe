"""Numbers in sentences: one style whatever their size."""

import math

import pytest

from engine import RunSpec, SpecError
from engine.catalog import Knob
from engine.core.numerals import numeral
from engine.training.failures import advice


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.03, 6, "0.03"),
        (-0.5, 6, "−0.5"),
        (0, 3, "0"),
        (4.2e-7, 6, "4.2×10⁻⁷"),
        (5.934e-07, 3, "5.93×10⁻⁷"),
        (1e-06, 6, "1×10⁻⁶"),
        (0.2e17, 3, "2×10¹⁶"),
        (-1.5e300, 2, "−1.5×10³⁰⁰"),
        (123456, 3, "123000"),
        (999999, 6, "999999"),
        (1234567, 4, "1.235×10⁶"),
        (9.9999e-5, 2, "1×10⁻⁴"),
        (math.inf, 3, "∞"),
        (-math.inf, 3, "−∞"),
        (math.nan, 3, "not a number"),
    ],
)
def test_one_style(value: float, digits: int, text: str) -> None:
    assert numeral(value, digits) == text


def test_what_is_allowed_is_said_in_it() -> None:
    knob = Knob("rate", "Rate", "A rate.", default=0.1, minimum=-1e-6, maximum=1e7)
    assert knob.allowed == "a number from −1×10⁻⁶ to 1×10⁷"
    with pytest.raises(SpecError) as error:
        RunSpec.from_dict({"optimizer": {"kind": "adam", "learning_rate": 1e9, "epsilon": 0}})
    said = {problem.path: problem.allowed for problem in error.value.problems}
    assert said["optimizer.learning_rate"] == "a number from 1×10⁻⁶ to 100"
    assert said["optimizer.epsilon"] == "a number from 1×10⁻¹² to 0.1"


def test_no_sentence_writes_an_exponent_as_python_does() -> None:
    spec = RunSpec.from_dict({"optimizer": {"kind": "sgd", "learning_rate": 1e-5}})
    assert advice(spec)[0] == "Lower the learning rate (it is 1×10⁻⁵): try 1×10⁻⁶, then reset."
