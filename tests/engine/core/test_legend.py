"""Legends: which letters stand in a formula by themselves."""

import pytest

from engine.core.legend import legend, stands_in


@pytest.mark.parametrize(
    ("symbol", "formula", "stands"),
    [
        ("v", "v ← β₁v + (1−β₁)g", True),
        ("v", "w ← w − η v̂", False),
        ("v̂", "w ← w − η v̂ / (√r̂ + ε)", True),
        ("w", "Adam with m", False),
        ("m", "max(r, 1)", False),
        ("μ", "μ′ v", False),
        ("μ′", "μ′ v + μ", True),
        ("n", "v / (1 − β₁ⁿ)", True),
        ("t", "η γᵗ", True),
        ("κ", "(u² + κv²)/2", True),
    ],
)
def test_a_letter_stands_by_itself(symbol: str, formula: str, stands: bool) -> None:
    assert stands_in(symbol, formula) is stands


def test_of_two_meanings_the_first_is_said() -> None:
    terms = (("η", "learning rate"), ("g", "gradient"), ("η", "rate as it is set"), ("x", "other"))
    assert legend(terms, "η g") == (("η", "learning rate"), ("g", "gradient"))
