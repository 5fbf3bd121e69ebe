"""The same training step in the libraries people know, where they are installed."""

from __future__ import annotations

import importlib.util
import itertools
import warnings
from collections.abc import Sequence

import numpy as np

from tests.bench.timing import Step

LABELS = {"torch": "PyTorch", "sklearn": "scikit-learn", "optuna": "Optuna"}


def missing(names: Sequence[str] = ("torch", "sklearn")) -> list[str]:
    """Those of the peers that are not installed."""
    return [LABELS[name] for name in names if importlib.util.find_spec(name) is None]


def torch_step(
    units: tuple[int, ...], batch: int, optimizer: str, *, batch_norm: bool = False
) -> Step:
    """PyTorch on the CPU, eager, one thread: tanh everywhere, half the mean squared error."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    layers: list[torch.nn.Module] = []
    for i, (n_in, n_out) in enumerate(itertools.pairwise(units)):
        hidden = i < len(units) - 2
        norm = [torch.nn.BatchNorm1d(n_out)] if batch_norm and hidden else []
        layers += [torch.nn.Linear(n_in, n_out), *norm, torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers)
    makers = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
    update = makers[optimizer](model.parameters(), lr=0.03)
    x, y = torch.randn(batch, units[0]), torch.sign(torch.randn(batch, units[-1]))

    def steps(count: int) -> None:
        for _ in range(count):
            update.zero_grad()
            loss = 0.5 * torch.mean((model(x) - y) ** 2)
            loss.backward()
            update.step()

    return steps


def sklearn_step(units: tuple[int, ...], batch: int, optimizer: str) -> Step:
    """scikit-learn's MLPClassifier.partial_fit, which is one step on the batch it is given."""
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415

    model = MLPClassifier(
        units[1:-1], activation="tanh", solver=optimizer, batch_size=batch, learning_rate_init=0.03
    )
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(batch, units[0])), rng.integers(0, 2, batch)

    def steps(count: int) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for _ in range(count):
                model.partial_fit(x, y, classes=[0, 1])

    return steps
