"""What a person is told to try fits the run that failed."""

from typing import Any

import pytest

from engine.catalog.activations import ACTIVATIONS
from engine.spec.run_spec import RunSpec
from engine.training.failures import advice


def tips(**values: Any) -> str:
    """The advice for a spec, as one text."""
    return " ".join(advice(RunSpec.from_dict(values)))


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_tanh_is_for_those_without_a_bound(kind: str) -> None:
    given = tips(layers=[{"activation": kind}])
    assert ("Try tanh" in given) == (kind not in ("sigmoid", "tanh", "sine"))


@pytest.mark.parametrize(
    "initializer",
    [
        {"kind": "uniform", "limit": 3},
        {"kind": "normal", "std": 3},
        {"kind": "constant", "value": -3},
        {"kind": "orthogonal", "gain": 3},
    ],
)
def test_large_weights_are_named(initializer: dict[str, Any]) -> None:
    assert "smaller weights" in tips(initializer=initializer)
    assert "smaller weights" not in tips(initializer=initializer["kind"])
