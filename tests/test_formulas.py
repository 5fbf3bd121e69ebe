"""Every formula of the catalogue, as the page sets it, against the function that the engine computes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.catalog import FAMILIES
from engine.catalog.clipping import CLIPS
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.surfaces import SURFACES
from engine.core.legend import stands_in
from engine.race import RaceSpec, work_out
from tests.formula_trees import Tree, flat, plain, split, text_of, trees_of, truth, value

RNG_SEED = 20


def _displayed() -> dict[tuple[str, str], list[list[Tree]]]:
    names = [(family, kind) for family in FAMILIES for kind in FAMILIES[family]]
    formulas = [FAMILIES[family][kind].formula for family, kind in names]
    return dict(zip(names, trees_of(formulas), strict=True))


DISPLAYED = _displayed()
"""The equations of each formula, by family and kind, as rows of MathML."""


def _displayed_lines() -> dict[str, list[Tree]]:
    lines = [line for optimizer in OPTIMIZERS.values() for line in optimizer.lines]
    lines += [line for clip in CLIPS.values() for line in clip.lines]
    rules = [f"{line.symbol} ← {line.rule}" for line in lines]
    rules += [record.formula.replace(" = ", " ← ") for record in FAMILIES["schedules"].values()]
    rules.append("g ← ∂f + noise")
    return {rule: rows[0] for rule, rows in zip(rules, trees_of(rules), strict=True)}


LINES = _displayed_lines()
"""Every line that the arithmetic of an update can have."""


def kinds(family: str, *without: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "kind", [kind for kind in FAMILIES[family] if kind not in without]
    )


def sides(equation: list[Tree]) -> tuple[list[Tree], list[Tree]]:
    """What stands on the left and on the right of = or ←."""
    (place,) = (i for i, node in enumerate(equation) if node.get("text") in ("=", "←"))
    return equation[:place], equation[place + 1 :]


def knobs_of(family: str, kind: str, **values: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """A record's knobs, and the same by the letters for them."""
    record = FAMILIES[family][kind]
    knobs = record.defaults | values
    return knobs, {plain(knob.symbol): knobs[knob.name] for knob in record.knobs if knob.symbol}


def elu(x: Any, a: Any) -> Any:
    return np.where(x > 0, x, a * np.expm1(np.minimum(x, 0)))


def sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def same(found: Any, expected: Any, rtol: float = 1e-9, atol: float = 1e-12) -> None:
    np.testing.assert_allclose(found, expected, rtol=rtol, atol=atol)


@kinds("surfaces", "formula")
def test_surfaces(kind: str) -> None:
    record = SURFACES[kind]
    rng = np.random.default_rng(RNG_SEED)
    x_min, x_max, y_min, y_max = record.view
    x, y = rng.uniform(x_min, x_max, 50), rng.uniform(y_min, y_max, 50)
    knobs, names = knobs_of("surfaces", kind)
    names |= {"x": x, "y": y, "r": np.hypot(x, y), "u": x, "v": y}
    if kind == "plateau":
        assert text_of(DISPLAYED["surfaces", kind][1]) == "r^{mrow(2)} = x^{mrow(2)} + y^{mrow(2)}"
    left, right = sides(DISPLAYED["surfaces", kind][0])
    assert text_of(left) == "f"
    same(value(right, names), record.value(x, y, knobs), rtol=1e-6 if kind == "cliff" else 1e-9)


def test_stairs_and_plateau_by_hand() -> None:
    """At (½, 0): √1.25 − 1 + ½, where a fraction inside of the sine gave sin²(π/4) = ½ of nothing else."""
    _, stairs = sides(DISPLAYED["surfaces", "stairs"][0])
    assert value(stairs, {"x": 0.5, "y": 2}) == pytest.approx(1.25**0.5 - 1 + 0.5 + 2)
    assert value(stairs, {"x": 0.25, "y": 0}) == pytest.approx(1.0625**0.5 - 1 + 0.25)
    _, plateau = sides(DISPLAYED["surfaces", "plateau"][0])
    assert value(plateau, {"r": 7}) == pytest.approx(2)


@kinds("activations", "elu")
@pytest.mark.parametrize("turned", [{}, {"slope": 0.3}], ids=["as usual", "turned"])
def test_activations(kind: str, turned: dict[str, float]) -> None:
    record = FAMILIES["activations"][kind]
    own = {name: number for name, number in turned.items() if name in record.defaults}
    knobs, names = knobs_of("activations", kind, **own)
    x = np.linspace(-6, 6, 41)
    a, t = np.empty_like(x), np.empty_like(x)
    record.forward(x, a, t, knobs)
    (equation,) = DISPLAYED["activations", kind]
    left, right = sides(equation)
    assert text_of(left) == "f mrow(( x ))"
    # SELU's constants are shown in five digits
    names |= {"x": x, "ELU": elu, "sigmoid": sigmoid}
    same(value(right, names), a, rtol=5e-5 if kind == "selu" else 1e-9)


@pytest.mark.parametrize("alpha", [1.0, 2.5])
def test_elu_has_two_sides(alpha: float) -> None:
    (equation,) = DISPLAYED["activations", "elu"]
    _, right = sides(equation)
    above, condition, below = split(right, "if", "else")
    knobs, names = knobs_of("activations", "elu", alpha=alpha)
    for x in (-3.0, -0.2, 0.7, 4.0):
        here = names | {"x": x}
        side = above if truth(condition[:-1], here) else below
        a, t = np.empty(1), np.empty(1)
        FAMILIES["activations"]["elu"].forward(np.array([x]), a, t, knobs)
        same(value(side, here), a[0])


@kinds("features")
def test_features(kind: str) -> None:
    rng = np.random.default_rng(RNG_SEED)
    x1, x2 = rng.uniform(-6, 6, (2, 30))
    (row,) = DISPLAYED["features", kind]
    same(value(row, {"x1": x1, "x2": x2}), FAMILIES["features"][kind].compute(x1, x2))


@kinds("schedules")
@pytest.mark.parametrize("family", ["schedules", "step_schedules"])
def test_schedules(family: str, kind: str) -> None:
    record = FAMILIES[family][kind]
    numbers = {"every": 7, "gamma": 0.8, "half": 9, "length": 40, "final": 0.15, "start": 0.2}
    own = {name: number for name, number in numbers.items() if name in record.defaults}
    knobs, names = knobs_of(family, kind, **own)
    left, right = sides(DISPLAYED[family, kind][0])
    assert text_of(left) == "η mrow(( t ))"
    if kind == "warmup_cosine":
        right, until = split(right, "up")[0], knobs["warmup"]
        assert text_of(DISPLAYED[family, kind][0][-3:]) == "up to W"
        assert text_of(DISPLAYED[family, kind][1]) == "then cosine over T"
    else:
        until = 40
    for t in (0.0, 0.5, 3.0, 6.9, 7.0, 8.5, 22.0, 40.0):
        if t <= until:
            same(value(right, names | {"t": t, "η": 0.3}), 0.3 * record.factor(t, knobs))


@kinds("losses", "hinge", "cross_entropy")
def test_losses(kind: str) -> None:
    rng = np.random.default_rng(RNG_SEED)
    outputs = 3 if kind == "squared_error" else 1
    f, y = rng.normal(0, 2, (1, outputs, 8)), rng.integers(0, 2, (1, outputs, 8)).astype(float)
    _, right = sides(DISPLAYED["losses", kind][0])
    names = {"o": f[0], "f": f[0], "y": y[0]}
    found = value(right, names)
    found = found if kind == "squared_error" else found[0]
    same(found, FAMILIES["losses"][kind].value(f, y, {"smoothing": 0.0})[0])


def test_cross_entropy_of_softmax() -> None:
    rng = np.random.default_rng(RNG_SEED)
    f, y = rng.normal(0, 2, (4, 8)), np.eye(4)[:, rng.integers(0, 4, 8)]
    whole, softmax = DISPLAYED["losses", "cross_entropy"]
    assert text_of(softmax) == "p = softmax mrow(( f ))"
    p = np.exp(f) / np.exp(f).sum(axis=0)
    found = value(sides(whole)[1], {"y": y, "p": p})
    same(found, FAMILIES["losses"]["cross_entropy"].value(f[None], y[None], {"smoothing": 0.0})[0])


def test_the_hinge_sums_over_the_other_classes() -> None:
    rng = np.random.default_rng(RNG_SEED)
    f, true = rng.normal(0, 2, (4, 8)), rng.integers(0, 4, 8)
    (equation,) = DISPLAYED["losses", "hinge"]
    head, tail = split(sides(equation)[1], "over")
    assert text_of(tail) == "j ≠ y"
    others = np.array([[f[j, n] for j in range(4) if j != true[n]] for n in range(8)]).T
    found = value(head, {"fj": others, "fy": f[true, np.arange(8)]})
    same(found, FAMILIES["losses"]["hinge"].value(f[None], np.eye(4)[:, true][None], {})[0])


@kinds("penalties")
def test_penalties(kind: str) -> None:
    w = np.array([0.5, -2.0, 3.0])
    left, right = sides(DISPLAYED["penalties", kind][0])
    assert text_of(left) == "R"
    # λ₁ = 0.1 and λ₂ = 0.2: 0.1 · 5.5 and ½ · 0.2 · 13.25
    expected = {"l1": 0.55, "l2": 1.325, "elastic_net": 1.875}[kind]
    same(value(right, {"w": w, "λ1": 0.1, "λ2": 0.2}), expected)


@kinds("initializers", "orthogonal")
def test_initializers(kind: str) -> None:
    """The displayed variance or limit is that of many weights."""
    n_in, n_out = 400, 500
    knobs, _ = knobs_of("initializers", kind)
    drawn = FAMILIES["initializers"][kind].draw(np.random.default_rng(RNG_SEED), n_in, n_out, knobs)
    names: dict[str, Any] = {"nin": n_in, "nout": n_out, "s": knobs.get("std")}
    names |= {"c": knobs.get("value"), "a": knobs.get("limit")}
    law, *definitions = DISPLAYED["initializers", kind]
    for definition in definitions:
        left, right = sides(definition)
        assert text_of(left) == "a^{mrow(2)}"
        names["a"] = np.sqrt(value(right, names))
    if law[1]["text"] == "=":
        same(drawn, value(law[2:], names))
        return
    letter, group = law[2], law[3]["children"][1:-1]
    first, second = (value(part, names) for part in split(group, ","))
    if letter["text"] == "N":
        assert first == 0
        assert drawn.var() == pytest.approx(second, rel=0.02)
        assert abs(drawn.mean()) < 4 * (second / drawn.size) ** 0.5
    else:
        assert letter["text"] == "U"
        assert (drawn.min(), drawn.max()) == pytest.approx((first, second), rel=1e-3)


def test_orthogonal_weights() -> None:
    (equation,) = DISPLAYED["initializers", "orthogonal"]
    assert text_of(equation) == "W^{mrow(T)} W = g^{mrow(2)} I"
    drawn = FAMILIES["initializers"]["orthogonal"].draw(
        np.random.default_rng(RNG_SEED), 6, 4, {"gain": 1.5}
    )
    same(drawn.T @ drawn, 2.25 * np.eye(4), atol=1e-9)


RULES = {"circle", "xor", "line"}
HEIGHTS = {"plane", "saddle", "ripple"}


@pytest.mark.parametrize("kind", sorted(RULES | HEIGHTS))
def test_data_sets(kind: str) -> None:
    record = FAMILIES["datasets"][kind]
    points, labels = record.generate(np.random.default_rng(RNG_SEED), 60, 0.0, 0.5, record.defaults)
    names = {"x1": points[:, 0], "x2": points[:, 1], "p": points.T}
    (row,) = DISPLAYED["datasets", kind]
    if kind in HEIGHTS:
        same(value(sides(row)[1], names), labels)
    else:
        _, condition = split(row, "where")
        np.testing.assert_array_equal(truth(condition, names), labels == 1)


def test_the_checkerboard() -> None:
    record = FAMILIES["datasets"]["checkerboard"]
    points, labels = record.generate(np.random.default_rng(RNG_SEED), 60, 0.0, 0.5, record.defaults)
    (row,) = DISPLAYED["datasets", "checkerboard"]
    _, rule = split(row, "where")
    head, tail = split(rule, "is")
    side = value(
        tail[tail.index({"tag": "mo", "text": "="}) + 1 :], {"cells": record.defaults["cells"]}
    )
    counted = value(head, {"x1": points[:, 0], "x2": points[:, 1], "s": side})
    np.testing.assert_array_equal(counted % 2 == 0, labels == 1)


def test_clips() -> None:
    g, c = np.array([3.0, -4.0]), 1.5
    names = {"g": g, "gi": g, "c": c}
    (by_value,), (by_norm,) = DISPLAYED["clips", "value"], DISPLAYED["clips", "norm"]
    same(value(sides(by_value)[1], names), [1.5, -1.5])
    same(value(sides(by_norm)[1], names), [0.9, -1.2])
    same(value(sides(by_norm)[1], names | {"c": 10}), g)
    for kind, row in (("value", by_value), ("norm", by_norm)):
        for number in (1.5, 4.5, 10.0):
            line = CLIPS[kind].lines
            names_of = SimpleNamespace(raw=g, raw_x=g[:1], raw_y=g[1:], limit=number)
            for each in line:
                setattr(names_of, each.name, each.result(names_of))
            same(value(sides(row)[1], names | {"c": number}), names_of.g)


LETTERS = {
    "velocity": "v",
    "square_sum": "r",
    "square_average": "r",
    "step_average": "s",
    "gradient_average": "v",
    "square_maximum": "m",
}
"""The letter for each slot; RMSProp, which has both, calls its velocity v and its average r."""

SETTINGS: dict[str, dict[str, float]] = {
    "rmsprop": {"momentum": 0.7},
    "adamw": {"weight_decay": 0.4},
    "lion": {"weight_decay": 0.3},
}


def state_of(kind: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Knobs, slots and letters in the middle of a descent."""
    rng = np.random.default_rng(RNG_SEED)
    knobs, letters = knobs_of("optimizers", kind, **SETTINGS.get(kind, {}))
    slots = {name: rng.uniform(0.1, 2, (1, 5)) for name in OPTIMIZERS[kind].slots}
    letters |= {LETTERS[name]: slot.copy() for name, slot in slots.items()}
    return knobs, slots, letters | {"w": rng.normal(0, 1, (1, 5)), "g": rng.normal(0, 1, (1, 5))}


def updated(kind: str, knobs: dict[str, Any], slots: dict[str, Any], names: dict[str, Any]) -> Any:
    """What the engine makes of it in update 6: w, and the slots in place."""
    record = OPTIMIZERS[kind]
    numbers = record.constants(knobs) | record.coefficients(knobs, knobs["learning_rate"], 6.0)
    coefficients = {name: np.array(number) for name, number in numbers.items()}
    theta, g = names["w"].copy(), names["g"].copy()
    whole = g.copy()
    record.update(theta, g, whole, tuple(slots.values()), np.empty_like(theta), coefficients)
    return theta


@kinds("optimizers")
def test_optimizers(kind: str) -> None:
    """The displayed lines, worked out in turn, come to the engine's update."""
    knobs, slots, names = state_of(kind)
    expected = updated(kind, knobs, slots, names)
    rows = list(DISPLAYED["optimizers", kind])
    adam = DISPLAYED["optimizers", "adam"]
    if kind == "adamw":
        assert text_of(rows[1]) == "then Adam"
        rows[1:] = adam
    elif kind in ("amsgrad", "nadam"):
        assert text_of(rows[0][:2]) == "Adam with"
        rows[0] = rows[0][2:]
        rows = [*adam[:2], *rows] if kind == "amsgrad" else [*adam[:2], *rows, adam[2]]
    if "β1" in names:
        names |= _warm(names["β1"])
    for row in rows:
        left, right = sides(row)
        names[flat(left[0])] = value(right, names)
        if "β2" in names and kind != "lion":
            # what the legend says of the hats
            corrected = {"r\u0302": ("r", "β2"), "m\u0302": ("m", "β2")}
            if kind != "nadam":
                corrected["v\u0302"] = ("v", "β1")
            for hat, (letter, beta) in corrected.items():
                if letter in names:
                    names[hat] = names[letter] / (1 - names[beta] ** 6)
    same(names["w"], expected)
    for name, slot in slots.items():
        same(names[LETTERS[name]], slot)


def _warm(beta: float) -> dict[str, float]:
    """NAdam's momenta at update 6, and the product of all so far (Dozat 2016)."""
    momenta = [beta * (1 - 0.5 * 0.96 ** (0.004 * n)) for n in range(1, 8)]
    return {"μ": momenta[5], "μ′": momenta[6], "Π": float(np.prod(momenta[:6]))}


@kinds("optimizers")
@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("schedule", ["constant", "step", "cosine"])
def test_the_lines_of_the_arithmetic(kind: str, clip: str, schedule: str) -> None:
    """Every displayed line of an update comes to its result from what stands in the lines before it."""
    racer = {
        "optimizer": {"kind": kind, **SETTINGS.get(kind, {})},
        "clip": {"kind": clip},
        "schedule": {"kind": schedule},
    }
    spec = RaceSpec.from_dict({"racers": [racer], "steps": 8, "noise": 0.2, "surface": "booth"})
    found = work_out(spec, 0, 0)
    shown = [LINES[f"{line.symbol} ← {line.rule}"] for line in found.lines]
    update = 5
    given = {name: found.values[update, i] for i, name in enumerate(found.names)}
    names: dict[str, Any] = {"w": given["w"], "∂f": given["slope"], "noise": given["noise"]}
    for family, choice in (
        ("optimizers", spec.racers[0].optimizer),
        ("clips", spec.racers[0].clip),
        ("step_schedules", spec.racers[0].schedule),
    ):
        symbols = {knob.name: plain(knob.symbol) for knob in FAMILIES[family][choice.kind].knobs}
        names |= {symbols[name]: number for name, number in choice.knobs.items() if symbols[name]}
    names |= {LETTERS[slot]: given[slot] for slot in OPTIMIZERS[kind].slots if slot in given}
    names |= {"t": float(update), "n": update + 1.0, "ψ": 0.004}
    for place, (equation, line) in enumerate(zip(shown, found.lines, strict=True)):
        left, right = sides(equation)
        result = found.results[update, place]
        if line.name == "product":
            assert text_of(right) == "μ_{mrow(1)} ⋯ μ_{mrow(n)}"
        elif line.name == "norm":
            names |= {"g1": given["raw_x"], "g2": given["raw_y"]}
            same(value(right, names), result)
        elif line.symbol == "g" and "noise" in line.rule:
            assert text_of(right) == "∂ f + noise"
            same(names["∂f"] + names["noise"], result)
        else:
            same(value(right, names), result)
        if line.symbol == "η(t)":
            names["η"] = result
        elif line.symbol != "‖g‖":
            names[flat(left[0])] = result


@pytest.mark.parametrize("family", ["optimizers", "schedules", "clips", "penalties"])
def test_the_legend_names_every_letter(family: str) -> None:
    for kind, record in FAMILIES[family].items():
        rows = DISPLAYED[family, kind]
        said = {symbol for symbol, _ in record.legend}
        assert all(stands_in(symbol, record.formula) for symbol in said)
        named = {flat(symbol[0][0]) for symbol in trees_of(sorted(said))}
        letters = {letter for row in rows for letter in _letters(row)}
        assert letters - named <= {"e", "π", "Σ"}, (kind, letters - named)


def _letters(nodes: list[Tree]) -> set[str]:
    """The letters of a row: with what is lowered at them, without names of functions."""
    found: set[str] = set()
    for node in nodes:
        if node["tag"] in ("msub", "mover"):
            found.add(flat(node))
        elif node["tag"] == "mi" and len(node["text"].rstrip("′")) == 1:
            found.add(node["text"])
        else:
            found |= _letters(node.get("children", []))
    return found


STRUCTURE = {
    (
        "datasets",
        "gauss",
    ): "N mrow(( mrow(( − 2 , − 2 )) , s^{mrow(2)} )) and N mrow(( mrow(( 2 , 2 )) , s^{mrow(2)} ))",
    ("datasets", "spiral"): "r = 5 mfrac(i n)",
    ("datasets", "rings"): "r = 5 mfrac(mrow(j + U mrow(( 0.3 , 1 ))) C)",
    (
        "datasets",
        "multi_gaussian",
    ): "z = ± max mrow(( 0 , 1 − mfrac(d 2) )) , d to the nearest of six bumps",
    ("augmentations", "jitter"): "p ← p + N mrow(( 0 , σ^{mrow(2)} ))",
    (
        "augmentations",
        "mixup",
    ): "p ← λ p + mrow(( 1 − λ )) q , y ← λ y + mrow(( 1 − λ )) y_{q} , λ ~ Beta mrow(( α , α ))",
    ("stops", "target_loss"): "L ≤ target",
    ("stops", "plateau"): "L ≥ L * − δ for p epochs",
}


@pytest.mark.parametrize("name", STRUCTURE, ids="-".join)
def test_what_is_no_function_is_set_as_it_is_meant(name: tuple[str, str]) -> None:
    assert text_of(DISPLAYED[name][0]) == STRUCTURE[name]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("sin²(πx)/2", np.sin(np.pi * 0.3) ** 2 / 2),
        ("max(0, x − y)²/8", 0.49 / 8),
        ("cos x / 3 + y", np.cos(0.3) / 3 - 0.4),
        ("ln(1 + eˣ) y / 4", np.log(1 + np.exp(0.3)) * -0.4 / 4),
        ("1 / tanh x", 1 / np.tanh(0.3)),
        ("1 / sin(x)²", 1 / np.sin(0.3) ** 2),
        ("x / −y", 0.75),
        ("2 / x / y", 2 / 0.3 / -0.4),
        ("e^−x", np.exp(-0.3)),
        ("2^x^2", 2 ** (0.3**2)),
        ("√(x)² + 1", 1.3),
        ("(x + 1)(y + 2)/2", 1.3 * 1.6 / 2),
        ("xyx/2", 0.3 * -0.4 * 0.3 / 2),
        ("|x| / |y|", 0.75),
        ("√(x² + y²)/2", 0.25),
        ("−x²/2", -0.045),
    ],
)
def test_neighbours(formula: str, expected: float) -> None:
    ((row,),) = trees_of([formula])
    assert value(row, {"x": 0.3, "y": -0.4}) == pytest.approx(expected)
