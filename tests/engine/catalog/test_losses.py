"""Every loss: worked numbers, its gradient, its extremes."""

import math
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest

from engine.catalog.losses import LOSSES, Loss, softmax

CASES = pytest.mark.parametrize(
    ("loss", "task", "classes"),
    [
        (loss, task, {"two_class": 2, "multi_class": 4, "regression": 0}[task])
        for loss in LOSSES.values()
        for task in loss.tasks
    ],
    ids=lambda value: getattr(value, "kind", str(value)),
)


@CASES
@pytest.mark.parametrize("soft", [False, True])
def test_gradient_is_that_of_each_point(loss: Loss, task, classes: int, soft: bool) -> None:
    rng = np.random.default_rng(3)
    labels = rng.integers(0, max(classes, 2), 7).astype(float)
    target = loss.targets(labels, task, classes, loss.defaults)
    if soft:  # as mixing two points makes them
        target = 0.7 * target + 0.3 * target[:, ::-1]
    output = rng.normal(0, 1, (2, loss.outputs(task, classes), 7))
    g, t, u = (np.empty_like(output) for _ in range(3))
    loss.gradient(output, target, g, t, u, loss.defaults)
    h = 1e-6
    numeric = np.empty_like(output)
    for place in np.ndindex(output.shape):
        ends = []
        for sign in (1, -1):
            moved = output.copy()
            moved[place] += sign * h
            ends.append(loss.value(moved, target, loss.defaults)[place[0]].sum())
        numeric[place] = (ends[0] - ends[1]) / (2 * h)
    np.testing.assert_allclose(g, numeric, rtol=1e-6, atol=1e-9)


@CASES
@pytest.mark.parametrize("scale", [1e-30, 1e4])
def test_finite_for_extreme_scores(loss: Loss, task, classes: int, scale: float) -> None:
    labels = np.array([0.0, 1.0, 1.0])
    target = loss.targets(labels, task, classes, loss.defaults).astype(np.float32)
    rows = np.linspace(-1, 1, loss.outputs(task, classes) * 3).reshape(1, -1, 3)
    output = (rows * scale).astype(np.float32)
    g, t, u = (np.empty_like(output) for _ in range(3))
    loss.gradient(output, target, g, t, u, loss.defaults)
    assert np.isfinite(g).all()
    assert np.isfinite(loss.value(output, target, loss.defaults)).all()
    p = loss.probabilities(output)
    assert np.isfinite(p).all()
    assert p.sum(axis=-2) == pytest.approx(np.ones((1, 3)), rel=1e-6)


def test_softmax_of_the_worked_example() -> None:
    p = softmax(np.array([[0.5], [1.2], [-0.3]]))
    assert p[:, 0] == pytest.approx([0.289, 0.582, 0.130], abs=6e-4)


@pytest.mark.parametrize(("q", "nats"), [((0.3, 0.3, 0.4), 0.916), ((1e-12, 0.1, 0.9), 0.105)])
def test_cross_entropy_of_the_worked_examples(q: tuple[float, ...], nats: float) -> None:
    scores = np.log(np.array(q))[None, :, None]
    target = LOSSES["cross_entropy"].targets(np.array([2.0]), "multi_class", 3, {"smoothing": 0})
    assert LOSSES["cross_entropy"].value(scores, target, {})[0, 0] == pytest.approx(nats, abs=5e-4)


def test_squared_error_of_two_classes_is_against_plus_and_minus_one() -> None:
    loss = LOSSES["squared_error"]
    target = loss.targets(np.array([0.0, 1.0]), "two_class", 2, {})
    assert target.tolist() == [[-1, 1]]
    assert loss.outputs("two_class", 2) == 1
    assert loss.head("two_class") == "tanh"
    assert loss.head("regression") == "linear"
    assert loss.value(np.array([[[0.5, 0.5]]]), target, {}).tolist() == [[1.125, 0.125]]


def test_cross_entropy_of_huge_scores_is_their_distance() -> None:
    loss = LOSSES["cross_entropy"]
    target = loss.targets(np.array([0.0]), "two_class", 2, {"smoothing": 0})
    assert loss.value(np.array([[[-1e4], [1e4]]]), target, {})[0, 0] == 2e4
    assert loss.value(np.array([[[0.0], [0.0]]]), target, {})[0, 0] == pytest.approx(math.log(2))


def test_logistic_is_cross_entropy_of_one_score() -> None:
    one, two = LOSSES["logistic"], LOSSES["cross_entropy"]
    labels = np.array([0.0, 1.0, 1.0])
    f = np.array([[[-0.4, 2.0, -3.0]]])
    both = np.concatenate([np.zeros_like(f), f], axis=1)
    knobs = {"smoothing": 0.2}
    np.testing.assert_allclose(
        one.value(f, one.targets(labels, "two_class", 2, knobs), knobs),
        two.value(both, two.targets(labels, "two_class", 2, knobs), knobs),
        rtol=1e-12,
    )
    np.testing.assert_allclose(one.probabilities(f), two.probabilities(both), rtol=1e-12)


def test_hinge_of_the_lecture_notes() -> None:
    # scores (3.2, 5.1, −1.7) with the first class true: max(0, 2.9) + max(0, −3.9) = 2.9
    loss = LOSSES["hinge"]
    scores = np.array([[[3.2], [5.1], [-1.7]]])
    target = loss.targets(np.array([0.0]), "multi_class", 3, {})
    assert loss.value(scores, target, {})[0, 0] == pytest.approx(2.9)


def test_smoothing_spreads_its_share_over_all_classes() -> None:
    loss = LOSSES["cross_entropy"]
    target = loss.targets(np.array([1.0]), "multi_class", 4, {"smoothing": 0.2})
    assert target[:, 0] == pytest.approx([0.05, 0.85, 0.05, 0.05])
    assert LOSSES["logistic"].targets(np.array([1.0]), "two_class", 2, {"smoothing": 0.2})[
        0, 0
    ] == pytest.approx(0.9)


def exact(scores: list[float], kind: str) -> list[Decimal]:
    """ln of each class's probability in 900 digits, straight from its definition."""
    with localcontext(prec=900):
        e = [Decimal(f).exp() for f in scores]
        if kind == "logistic":
            shares = [1 / (1 + e[0]), e[0] / (1 + e[0])]
        elif kind == "squared_error":
            # (1 + tanh f)/2 = e^2f / (1 + e^2f)
            halves = [x * x / (1 + x * x) for x in e]
            shares = [1 - halves[0], halves[0]] if len(e) == 1 else halves
        else:
            shares = e
        total = sum(shares, Decimal(0))
        return [(share / total).ln() for share in shares]


@pytest.mark.parametrize(
    ("kind", "scores"),
    [
        *((kind, [f]) for kind in ("logistic", "squared_error") for f in (0.3, -9.5, 50, -50, 700)),
        *(
            (kind, scores)
            for kind in ("cross_entropy", "hinge", "squared_error")
            for scores in (
                [0.5, 1.2, -0.3],
                [1000.0, -1000, 0],
                [-1000, -1000, 1000],
                [-40, -41, -42],
                [60.0, 10, 10, 9.5],
            )
        ),
    ],
)
def test_log_probabilities_are_those_of_the_scores(kind: str, scores: list[float]) -> None:
    found = LOSSES[kind].log_probabilities(np.array(scores)[None, :, None])[0, :, 0]
    expected = [float(value) for value in exact(scores, kind)]
    np.testing.assert_allclose(found, expected, rtol=1e-13)


@pytest.mark.parametrize("kind", LOSSES)
def test_probabilities_and_their_logarithms_agree(kind: str) -> None:
    loss = LOSSES[kind]
    for classes, task in ((2, "two_class"), (4, "multi_class")):
        if task in loss.tasks:
            scores = np.random.default_rng(5).normal(0, 2, (3, loss.outputs(task, classes), 6))
            output = np.tanh(scores) if loss.head(task) == "tanh" else scores
            np.testing.assert_allclose(
                np.exp(loss.log_probabilities(scores)), loss.probabilities(output), rtol=1e-9
            )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("smoothing", [0, 0.1])
@pytest.mark.parametrize("size", [1.0, 12, 30, 1000])
def test_cross_entropy_is_that_of_pytorch(dtype: str, smoothing: float, size: float) -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(7)
    scores = (size * rng.normal(0, 1, (1, 3, 40))).astype(dtype)
    labels = rng.integers(0, 3, 40)
    wide = torch.tensor(scores[0].T.astype(np.float64))
    knobs = {"smoothing": smoothing}
    loss = LOSSES["cross_entropy"]
    target = loss.targets(labels, "multi_class", 3, knobs).astype(dtype)
    theirs = torch.nn.functional.cross_entropy(
        wide, torch.tensor(labels), reduction="none", label_smoothing=smoothing
    )
    close: dict[str, Any] = (
        {"rtol": 1e-6, "atol": 1e-14} if dtype == "float32" else {"rtol": 1e-9, "atol": 1e-14}
    )
    np.testing.assert_allclose(loss.value(scores, target, knobs)[0], theirs.numpy(), **close)
    loss, labels = LOSSES["logistic"], labels % 2
    target = loss.targets(labels, "two_class", 2, knobs).astype(dtype)
    theirs = torch.nn.functional.binary_cross_entropy_with_logits(
        wide[:, 0], torch.tensor(target[0].astype(np.float64)), reduction="none"
    )
    np.testing.assert_allclose(loss.value(scores[:, :1], target, knobs)[0], theirs.numpy(), **close)
