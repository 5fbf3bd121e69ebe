"""Data sets follow their formulas, keep their counts and their seeds."""

import pickle
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.datasets import DATASETS, regression
from engine.catalog.datasets.record import by_rule, counts
from engine.catalog.datasets.two_class import CURVES
from engine.core.errors import SpecError
from engine.spec.run_spec import RunSpec
from engine.training.data import sample

EACH = pytest.mark.parametrize("kind", DATASETS)
OWN = ("custom", "custom_values")
DRAWN = pytest.mark.parametrize("kind", [kind for kind in DATASETS if kind not in OWN])
CLASSES = pytest.mark.parametrize(
    "kind", [kind for kind in DATASETS if kind not in OWN and DATASETS[kind].classes]
)
RULES = ("xor", "line", "curve", "checkerboard")


def draw(kind: str, **knobs: object) -> tuple[np.ndarray, np.ndarray]:
    """Points and labels of a data set."""
    mine = sample(RunSpec.from_dict({"data": {"kind": kind, "points": 2000, **knobs}}))
    return mine.points, mine.labels


@DRAWN
@pytest.mark.parametrize("noise", [0, 0.25, 0.5])
def test_shapes_labels_and_seeds(kind: str, noise: float) -> None:
    points, labels = draw(kind, noise=noise)
    assert points.shape == (2000, 2)
    assert np.isfinite(points).all()
    record = DATASETS[kind]
    if record.task == "regression":
        assert labels.shape == (2000,)
        assert np.abs(labels).max() < 5
    else:
        assert set(np.unique(labels)) == set(range(record.classes))
    again, same = draw(kind, noise=noise)
    np.testing.assert_array_equal(points, again)
    np.testing.assert_array_equal(labels, same)
    assert (draw(kind, noise=noise, seed=2)[0] != points).any()


@EACH
def test_the_record_says_what_its_defaults_are(kind: str) -> None:
    record = DATASETS[kind]
    spec = RunSpec.from_dict({"data": {"kind": kind}})
    assert (spec.task, spec.classes) == (record.task, record.classes)
    assert (record.classes == 0) == (record.task == "regression")
    assert set(record.ignores) <= {"points", "noise", "balance"}


@EACH
def test_ignored_knobs_change_nothing(kind: str) -> None:
    other = {"points": 700, "noise": 0.4, "balance": 0.8}
    for name in DATASETS[kind].ignores:
        for one, two in zip(draw(kind), draw(kind, **{name: other[name]}), strict=True):
            np.testing.assert_array_equal(one, two)


@DRAWN
@pytest.mark.parametrize("points", [10, 11, 57])
@pytest.mark.parametrize("balance", [0.05, 0.5, 0.95])
def test_few_points_and_any_balance(kind: str, points: int, balance: float) -> None:
    where, labels = draw(kind, points=points, balance=balance)
    assert where.shape == (points, 2)
    if DATASETS[kind].task != "regression":
        assert len(np.unique(labels)) == DATASETS[kind].classes


@CLASSES
@pytest.mark.parametrize("noise", [0, 0.5])
def test_balance_is_the_share_of_every_class_but_the_first(kind: str, noise: float) -> None:
    if kind == "circle" and noise:
        pytest.skip("in the circle noise moves labels after the classes have their share")
    for balance in (0.2, 0.5, 0.9):
        shares = np.bincount(draw(kind, noise=noise, balance=balance)[1].astype(int)) / 2000
        weights = np.array([1 - balance] + [balance] * (len(shares) - 1))
        np.testing.assert_allclose(shares, weights / weights.sum(), atol=0.001)


@pytest.mark.parametrize("kind", [kind for kind in DATASETS if kind != "custom_values"])
def test_points_are_shuffled(kind: str) -> None:
    labels = draw(kind)[1]
    half = len(labels) // 2
    assert abs(labels[:half].mean() - labels[half:].mean()) < 0.2


@pytest.mark.parametrize("n", [10, 5000])
@pytest.mark.parametrize("balance", [0.05, 0.95])
@pytest.mark.parametrize("kind", [*RULES, "quadrants"])
def test_a_rule_is_asked_a_few_times_only(
    kind: str, n: int, balance: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def counted(wanted, draw):
        asked.append(0)

        def once(n):
            asked[-1] += 1
            return draw(n)

        return by_rule(wanted, once)

    module = "multi_class" if kind == "quadrants" else "two_class"
    monkeypatch.setattr(f"engine.catalog.datasets.{module}.by_rule", counted)
    record = DATASETS[kind]
    for seed in range(20):
        for noise in (0, 0.5):
            rng = np.random.default_rng(seed)
            record.generate(rng, n, noise, balance, record.defaults)
    assert len(asked) == 40
    assert max(asked) <= (16 if n == 10 else 5)


def test_a_rule_keeps_the_distribution_of_each_class() -> None:
    rng = np.random.default_rng(0)
    asked: list[int] = []

    def draw(n: int) -> tuple[np.ndarray, np.ndarray]:
        asked.append(n)
        points = rng.uniform(0, 1, (n, 2))
        return points, points[:, 0] < 0.25

    points, labels = by_rule([500, 1500], draw)
    assert labels.tolist() == [0] * 500 + [1] * 1500
    assert points[:500, 0].min() >= 0.25
    assert points[500:, 0].max() < 0.25
    assert points[500:].mean(axis=0) == pytest.approx([0.125, 0.5], abs=0.03)
    assert 3 <= len(asked) <= 4


@pytest.mark.parametrize(
    ("n", "classes", "balance", "expected"),
    [
        (10, 2, 0.05, [9, 1]),
        (10, 2, 0.95, [1, 9]),
        (11, 2, 0.5, [6, 5]),
        (10, 8, 0.5, [1, 1, 2, 1, 1, 2, 1, 1]),
        (1000, 4, 0.25, [500, 167, 166, 167]),
    ],
)
def test_counts(n: int, classes: int, balance: float, expected: list[int]) -> None:
    assert counts(n, classes, balance) == expected


def test_circle() -> None:
    points, labels = draw("circle")
    r = np.hypot(*points.T)
    assert r[labels == 1].max() <= 2.5
    assert r[labels == 0].min() >= 3.5
    assert r.max() <= 5
    # radii are uniform, not areas
    assert r[labels == 1].mean() == pytest.approx(1.25, abs=0.06)
    noisy = draw("circle", noise=0.5)
    np.testing.assert_array_equal(noisy[0], points)
    assert 0.05 < (noisy[1] != labels).mean() < 0.5


def test_xor() -> None:
    points, labels = draw("xor")
    assert (np.abs(points) >= 0.3).all()
    assert (np.abs(points) <= 5.3).all()
    np.testing.assert_array_equal(labels, (points.prod(axis=1) >= 0).astype(float))
    noisy, wrong = draw("xor", noise=0.5)
    assert 0.05 < (wrong != (noisy.prod(axis=1) >= 0)).mean() < 0.5


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_gauss(noise: float) -> None:
    points, labels = draw("gauss", noise=noise)
    for label, centre in ((0, -2), (1, 2)):
        mine = points[labels == label]
        assert mine.mean(axis=0) == pytest.approx([centre, centre], abs=0.3)
        assert mine.var(axis=0) == pytest.approx([0.5 + 7 * noise] * 2, rel=0.15)


def test_spiral() -> None:
    points, labels = draw("spiral")
    for label, start in ((1, 0.0), (0, np.pi)):
        arm = points[labels == label]
        arm = arm[np.argsort(np.hypot(*arm.T))]
        i = np.arange(1000)
        r, t = 5 * i / 1000, 1.75 * 2 * np.pi * i / 1000 + start
        np.testing.assert_allclose(arm, np.stack([r * np.sin(t), r * np.cos(t)], axis=1), atol=1e-9)
    noisy = draw("spiral", noise=0.5)[0]
    assert np.abs(np.sort(np.hypot(*noisy.T)) - np.sort(np.hypot(*points.T))).max() < 0.8


def test_blobs_take_their_number_of_classes() -> None:
    for classes in (3, 5, 8):
        labels = draw("blobs", classes=classes)[1]
        counts = np.bincount(labels.astype(int))
        assert len(counts) == classes
        assert counts.max() - counts.min() <= 1


def nearest(points: np.ndarray, curve: np.ndarray) -> np.ndarray:
    """How far each point is from a curve that is given by many points."""
    return np.linalg.norm(points[:, None] - curve, axis=2).min(axis=1)


def test_moons() -> None:
    points, labels = draw("moons")
    t = np.linspace(0, np.pi, 1000)
    arcs = (
        np.stack([3 * np.cos(t) - 1.5, 3 * np.sin(t) - 0.75], axis=1),
        np.stack([1.5 - 3 * np.cos(t), 0.75 - 3 * np.sin(t)], axis=1),
    )
    for label, arc in enumerate(arcs):
        assert nearest(points[labels == label], arc).max() < 0.01
    noisy, labels = draw("moons", noise=0.25)
    # the part of N(0, 0.5²) noise that stands across the arc
    distances = np.concatenate([nearest(noisy[labels == i], arc) for i, arc in enumerate(arcs)])
    assert np.sqrt(np.square(distances).mean()) == pytest.approx(0.5, rel=0.1)


@pytest.mark.parametrize("margin", [0, 0.5, 1])
def test_line(margin: float) -> None:
    points, labels = draw("line", margin=margin)
    distance = (2 * points[:, 1] - points[:, 0]) / np.sqrt(5)
    np.testing.assert_array_equal(labels, (distance >= 0).astype(float))
    assert np.abs(distance).min() >= margin - 1e-9
    assert np.abs(distance).min() < margin + 0.1
    assert np.abs(points).max() < 6
    noisy = draw("line", margin=margin, noise=0.5)
    assert 0.03 < (noisy[1] != (2 * noisy[0][:, 1] >= noisy[0][:, 0])).mean() < 0.5


@pytest.mark.parametrize(
    ("function", "at_two"), [("sine", 2.5 * np.sin(2)), ("cubic", -1.5), ("absolute", -0.5)]
)
def test_curve(function: str, at_two: float) -> None:
    f = CURVES[function]
    assert f(np.array(2.0)) == pytest.approx(at_two)
    points, labels = draw("curve", function=function)
    np.testing.assert_array_equal(labels, (points[:, 1] > f(points[:, 0])).astype(float))
    # each half of the square has its share without any being left out
    even = np.random.default_rng(0).uniform(-5, 5, (20_000, 2))
    assert (even[:, 1] > f(even[:, 0])).mean() == pytest.approx(0.5, abs=0.02)
    noisy, wrong = draw("curve", function=function, noise=0.5)
    assert 0.05 < (wrong != (noisy[:, 1] > f(noisy[:, 0]))).mean() < 0.5


@pytest.mark.parametrize("cells", [2, 3, 4, 8])
def test_checkerboard(cells: int) -> None:
    points, labels = draw("checkerboard", cells=cells)
    column, row = np.minimum((points + 5) // (10 / cells), cells - 1).T
    np.testing.assert_array_equal(labels, (column + row + 1) % 2)
    if cells == 2:
        np.testing.assert_array_equal(labels, (points.prod(axis=1) > 0).astype(float))
    assert set(zip(column.tolist(), row.tolist(), strict=True)) == {
        (i, j) for i in range(cells) for j in range(cells)
    }


def test_quadrants() -> None:
    points, labels = draw("quadrants")
    corners = {0: (1, 1), 1: (-1, 1), 2: (-1, -1), 3: (1, -1)}
    for label, corner in corners.items():
        assert (points[labels == label] * corner >= 0.3).all()
    assert np.abs(points).max() <= 5.3


@pytest.mark.parametrize("classes", [3, 5, 8])
def test_rings(classes: int) -> None:
    points, labels = draw("rings", classes=classes)
    r = np.hypot(*points.T) * classes / 5
    assert (r - labels).min() >= 0.3
    assert (r - labels).max() <= 1
    assert (r - labels).mean() == pytest.approx(0.65, abs=0.02)


@pytest.mark.parametrize("classes", [3, 8])
def test_spirals(classes: int) -> None:
    points, labels = draw("spirals", classes=classes)
    r = np.hypot(*points.T)
    angle = np.arctan2(points[:, 0], points[:, 1])
    expected = 2 * np.pi * (labels + 3.5 * r / 5) / classes
    away = np.abs(np.exp(1j * (angle - expected)) - 1)[r > 0]
    assert away.max() < 1e-9
    assert np.bincount(labels.astype(int)).tolist() == counts(2000, classes, 0.5)


HEIGHTS: dict[str, list[tuple[tuple[float, float], float]]] = {
    "plane": [((6, 6), 1.2), ((-3, 1), -0.2)],
    "multi_gaussian": [
        ((-4, 2.5), 1),
        ((0, 2.5), -1),
        ((4, 3.5), 0.5),
        ((-4, -2.5), -1),
        ((0, -2), 0.75),
        ((4, -2.5), -1),
        ((0, 0), 0),
        # 1.2 from a hollow, 2.8 from a hill
        ((-1.2, 2.5), -0.4),
    ],
    "saddle": [((6, 0), 1), ((0, -6), -1), ((3, 3), 0)],
    "ripple": [((0, 0), 1), ((0, np.pi), -1), ((-np.pi / 2, 0), 0)],
}


@pytest.mark.parametrize("kind", HEIGHTS)
def test_regression_targets(kind: str) -> None:
    z = getattr(regression, kind)
    for point, height in HEIGHTS[kind]:
        assert z(np.array([point], float))[0] == pytest.approx(height, abs=1e-12), point
    points, targets = draw(kind)
    assert np.abs(points).max() <= 6
    assert points.var(axis=0) == pytest.approx([12, 12], rel=0.1)
    np.testing.assert_array_equal(targets, z(points))
    assert np.abs(targets).max() <= 1.2
    noisy, moved = draw(kind, noise=0.5)
    np.testing.assert_array_equal(noisy, points)
    assert 0.05 < np.abs(moved - targets).mean() < 1


@CLASSES
def test_more_noise_makes_neighbours_disagree_more(kind: str) -> None:
    def disagreement(noise: float) -> float:
        """How often a point's nearest neighbour is of another class."""
        wrong = []
        for seed in (1, 2):
            points, labels = draw(kind, noise=noise, seed=seed, points=1000)
            apart = np.square(points[:, None] - points).sum(axis=2)
            np.fill_diagonal(apart, np.inf)
            wrong.append((labels[apart.argmin(axis=1)] != labels).mean())
        return float(np.mean(wrong))

    none, some, most = disagreement(0), disagreement(0.2), disagreement(0.5)
    assert none < 0.09
    assert none < some < most
    assert most > none + 0.03


ROWS: list[list[float]] = [[0, 1, 0], [2.5, -3, 1], [1, 1, 1.0]]


def test_a_persons_own_points() -> None:
    spec = RunSpec.from_dict({"data": {"kind": "custom", "rows": ROWS, "train_share": 0.6}})
    assert (spec.task, spec.classes, spec.points) == ("two_class", 2, 3)
    mine = sample(spec)
    assert mine.train == 2
    found = sorted([*point, label] for point, label in zip(mine.points, mine.labels, strict=True))
    assert found == sorted(ROWS)
    assert spec.to_dict()["data"]["rows"] == ROWS
    again = RunSpec.from_dict(spec.to_dict())
    assert again == spec
    assert hash(again) == hash(spec)
    assert pickle.loads(pickle.dumps(spec)) == spec  # noqa: S301
    three = spec.replace({"data.rows": [*ROWS, [0, 0, 2]]})
    assert (three.task, three.classes, three.points) == ("multi_class", 3, 4)
    assert three.units[-1] == 3
    assert spec.replace({"data.rows.1.0": 7}).to_dict()["data"]["rows"][1] == [7, -3, 1]


@pytest.mark.parametrize(
    ("rows", "path", "allowed"),
    [
        ([], "data.rows", "a list of 2 to 2000 rows [x1, x2, class]"),
        ([[0, 0, 0]], "data.rows", "a list of 2 to 2000 rows"),
        ([[0, 0, i % 2] for i in range(2001)], "data.rows", "a list of 2 to 2000 rows"),
        ("0 0 1", "data.rows", "a list of 2"),
        ({}, "data.rows", "a list of 2"),
        (None, "data.rows", "a list of 2"),
        ([*ROWS, [1, 2]], "data.rows.3", "a row [x1, x2, class]"),
        ([*ROWS, 7], "data.rows.3", "a row"),
        ([*ROWS, [101, 0, 0]], "data.rows.3.0", "a number from −100 to 100"),
        ([*ROWS, [0, float("nan"), 0]], "data.rows.3.1", "a number from"),
        ([*ROWS, [0, "1", 0]], "data.rows.3.1", "a number from"),
        ([*ROWS, [0, 0, 0.5]], "data.rows.3.2", "a whole number from 0 to 9"),
        ([*ROWS, [0, 0, 10]], "data.rows.3.2", "a whole number from 0 to 9"),
        ([*ROWS, [0, 0, True]], "data.rows.3.2", "a whole number"),
        ([*ROWS, [0, 0, 3]], "data.rows", "with none left out from 0 up, not 0, 1, 3"),
        ([[0, 0, 1], [1, 1, 1]], "data.rows", "two classes or more"),
    ],
)
def test_what_is_wrong_with_own_points_is_named(rows: object, path: str, allowed: str) -> None:
    with pytest.raises(SpecError) as caught:
        RunSpec.from_dict({"data": {"kind": "custom", "rows": rows}})
    (problem,) = caught.value.problems
    assert problem.path == path
    assert allowed in problem.allowed


PRICES = [[0, 1, 100], [2.5, -3, 250.5], [1, 1, 400]]


def test_own_values_are_learned_between_minus_1_and_1_and_known_in_their_own_units() -> None:
    spec = RunSpec.from_dict({"data": {"kind": "custom_values", "rows": PRICES, "train_share": 1}})
    assert (spec.task, spec.classes, spec.points, spec.units[-1]) == ("regression", 0, 3, 1)
    assert spec.target_scale == (250, 150)
    mine = sample(spec)
    labels = dict(zip(map(tuple, mine.points), mine.labels, strict=True))
    # (100 − 250) / 150, (250.5 − 250) / 150, (400 − 250) / 150
    assert labels == {(0, 1): -1, (2.5, -3): pytest.approx(1 / 300), (1, 1): 1}
    assert spec.to_dict()["data"]["rows"] == PRICES
    assert RunSpec.from_dict(spec.to_dict()) == spec
    scene = engine.scene(spec)
    assert scene["target_scale"] == [250, 150]
    assert scene["class_names"] == []


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ([-1, 0.2, 1], (0, 1)),
        ([0, 0.5], (0, 1)),
        ([-0.4, 0.1], (0, 1)),
        ([0, 0.4], (0.2, 0.2)),
        ([0.9, 1], (0.95, 0.05)),
        ([0, 1.5], (0.75, 0.75)),
        ([-1e12, 1e12], (0, 1e12)),
        ([7, 8], (7.5, 0.5)),
    ],
)
def test_only_values_that_need_it_are_scaled(values: list[float], scale: Any) -> None:
    rows = [[i, 0, value] for i, value in enumerate(values)]
    spec = RunSpec.from_dict({"data": {"kind": "custom_values", "rows": rows}})
    assert spec.target_scale == pytest.approx(scale)
    middle, half = scale
    found = sorted(label * half + middle for label in sample(spec).labels)
    assert found == pytest.approx(sorted(values))


@pytest.mark.parametrize(
    ("rows", "path", "allowed"),
    [
        ([[0, 0, 3], [1, 1, 3]], "data.rows", "two different values"),
        ([*PRICES, [0, 0, 1e13]], "data.rows.3.2", "a number from −1×10¹² to 1×10¹²"),
        ([*PRICES, [0, 0, "a"]], "data.rows.3.2", "a number from"),
        ([*PRICES, [0, 0]], "data.rows.3", "a row [x1, x2, value]"),
        ([[0, 0, 1]], "data.rows", "rows [x1, x2, value]"),
    ],
)
def test_what_is_wrong_with_own_values_is_named(rows: object, path: str, allowed: str) -> None:
    with pytest.raises(SpecError) as caught:
        RunSpec.from_dict({"data": {"kind": "custom_values", "rows": rows}})
    (problem,) = caught.value.problems
    assert problem.path == path
    assert allowed in problem.allowed


def test_names_travel_with_own_points() -> None:
    names = {
        "class_names": ["grün", "rot", "类"],
        "column_names": ["height (cm)", "x,y;z~%", "team"],
    }
    spec = RunSpec.from_dict({"data": {"kind": "custom", "rows": ROWS, **names}})
    assert spec.class_names == ("grün", "rot"), "as many as there are classes"
    assert spec.column_names == tuple(names["column_names"])
    again = RunSpec.from_dict(spec.to_dict())
    assert again == spec
    assert hash(again) == hash(spec)
    assert spec.to_dict()["data"]["class_names"] == names["class_names"]
    scene = engine.scene(spec)
    assert scene["class_names"] == ["grün", "rot"]
    assert scene["column_names"] == names["column_names"]
    three = spec.replace({"data.rows": [*ROWS, [0, 0, 2], [0, 0, 3]]})
    assert three.class_names == ("grün", "rot", "类")
    assert spec.replace({"data.kind": "circle"}).class_names == ()
    # links from before there were names
    old = RunSpec.from_dict({"data": {"kind": "custom", "rows": ROWS}})
    assert old.class_names == ()
    assert old.column_names == ()


@pytest.mark.parametrize(
    "names",
    [
        "ab",
        ["a", "a"],
        ["a" * 41],
        [""],
        [" a"],
        ["a\nb"],
        ["a\u202eb"],
        ["\x00"],
        ["\ud800"],
        [1],
        [None],
        {"a": 1},
        [str(i) for i in range(11)],
    ],
)
def test_names_that_cannot_be_read_are_refused(names: object) -> None:
    with pytest.raises(SpecError) as caught:
        RunSpec.from_dict({"data": {"kind": "custom", "rows": ROWS, "class_names": names}})
    (problem,) = caught.value.problems
    assert problem.path == "data.class_names"
    assert "a list of 1 to 10 different names" in problem.allowed
    assert "1 to 40 visible characters" in problem.allowed


@pytest.mark.parametrize("names", [["x"], ["x", "y"], ["x", "y", "x"], ["a", "b", "c", "d"]])
def test_all_three_columns_have_names_or_none(names: list[str]) -> None:
    with pytest.raises(SpecError, match=r"data\.column_names"):
        RunSpec.from_dict({"data": {"kind": "custom", "rows": ROWS, "column_names": names}})


def test_every_wrong_part_of_own_points_is_named_at_once() -> None:
    rows = [[0, "a", 0], [1, 1, 1], [1, 2, 3, 4], [500, 0, -1]]
    with pytest.raises(SpecError) as caught:
        RunSpec.from_dict({"data": {"kind": "custom", "rows": rows, "seed": -1}})
    paths = [problem.path for problem in caught.value.problems]
    assert sorted(paths) == [
        "data.rows.0.1",
        "data.rows.2",
        "data.rows.3.0",
        "data.rows.3.2",
        "data.seed",
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_own_points_in_the_order_of_their_classes_are_mixed_before_they_are_split(
    seed: int,
) -> None:
    rows = [[i / 50, 0, i // 50] for i in range(150)]
    data = {"kind": "custom", "rows": rows, "seed": seed}
    mine = sample(RunSpec.from_dict({"data": data}))
    train = np.bincount(mine.labels[: mine.train].astype(int), minlength=3)
    assert train.tolist() == [25, 25, 25]
    again = sample(RunSpec.from_dict({"data": data | {"train_share": 0.2}}))
    np.testing.assert_array_equal(again.points, mine.points)
    other = sample(RunSpec.from_dict({"data": data | {"seed": seed + 1}}))
    assert (other.points != mine.points).any()
    assert sorted(map(tuple, other.points)) == sorted(map(tuple, mine.points))


@pytest.mark.parametrize("each", [2, 6])
@pytest.mark.parametrize("classes", [2, 10])
def test_of_few_own_points_every_class_trains_and_is_tested(classes: int, each: int) -> None:
    rows = [[label, i, label] for label in range(classes) for i in range(each)]
    trained = set()
    for seed in range(20):
        spec = RunSpec.from_dict({"data": {"kind": "custom", "rows": rows, "seed": seed}})
        mine = sample(spec)
        found = np.bincount(mine.labels[: mine.train].astype(int), minlength=classes)
        assert found.tolist() == [each // 2] * classes
        trained |= set(map(tuple, mine.points[: mine.train]))
    assert len(trained) == len(rows), "each point trains with some seed"


def test_a_class_of_one_point_and_uneven_classes_are_dealt_out_too() -> None:
    rows = [[0, 0, 0], *[[1, i, 1] for i in range(90)], *[[2, i, 2] for i in range(9)]]
    for share in (0.2, 0.5, 0.8):
        data = {"kind": "custom", "rows": rows, "train_share": share}
        mine = sample(RunSpec.from_dict({"data": data}))
        found = np.bincount(mine.labels[: mine.train].astype(int), minlength=3)
        np.testing.assert_allclose(found, np.multiply([1, 90, 9], share), atol=2)


def test_generators_keep_their_distribution_over_many_seeds() -> None:
    def points_of(kind: str, label: int, **knobs: object) -> np.ndarray:
        """A class's points under 60 seeds."""
        drawn = [draw(kind, seed=seed, **knobs) for seed in range(60)]
        return np.concatenate([points[labels == label] for points, labels in drawn])

    # 60,000 points each: four standard errors of a mean are 0.016 of the standard deviation
    cloud = points_of("gauss", 1, noise=0.1)
    assert cloud.mean(axis=0) == pytest.approx([2, 2], abs=0.018)
    assert cloud.var(axis=0) == pytest.approx([1.2, 1.2], rel=0.024)
    r = np.hypot(*points_of("circle", 0).T)
    assert r.mean() == pytest.approx(4.25, abs=0.008)  # U(3.5, 5)
    assert r.var() == pytest.approx(1.5**2 / 12, rel=0.02)
    # of uniform coordinates in [−5, 5], each pushed 0.3 outwards
    away = np.abs(points_of("xor", 1))
    assert away.mean(axis=0) == pytest.approx([2.8, 2.8], abs=0.025)
    assert away.var(axis=0) == pytest.approx([25 / 12] * 2, rel=0.02)
