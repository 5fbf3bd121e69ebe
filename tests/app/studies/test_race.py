"""Races, surfaces, arithmetic and maps as studies: the engine's numbers, however they are cut into pieces."""

import pickle
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

import engine
from app.export.race_files import make_race_file
from app.studies import job as jobs
from app.studies.job import Chunk, FilePart, QueuedStudy
from app.studies.pace import together
from app.studies.race import FIRST_STEPS, LONGEST_PART
from tests.app.stream.study_jobs import IMPATIENT, PATIENT, job_of, pieces, shown

RACE: dict[str, Any] = {
    "racers": [
        {"optimizer": {"kind": "momentum", "learning_rate": 0.02}},
        {"optimizer": {"kind": "adam", "learning_rate": 0.1}},
    ],
    "starts": [[1, 1], [-2, 1]],
    "steps": 100,
    "noise": 0.1,
}
SPEC = engine.race.RaceSpec.from_dict(RACE)


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_the_parts_of_a_race_are_its_rows_in_order(budget: float) -> None:
    parts = shown(job_of({"kind": "race", "race": RACE}), budget)
    race, whole = engine.race.advance_race(engine.race.begin_race(SPEC), SPEC.steps)
    assert race.done
    headers = [piece.header or {} for piece in parts]
    lengths = [len(piece.arrays["path"]) for piece in parts]
    assert [header["first"] for header in headers] == [
        sum(lengths[:i]) for i in range(len(lengths))
    ]
    assert sum(lengths) == 101
    for name in ("path", "value", "gradient", "gradient_norm", "rate", "learning_rate", "distance"):
        joined = np.concatenate([piece.arrays[name] for piece in parts])
        np.testing.assert_array_equal(joined, getattr(whole, name), err_msg=name)
    assert headers[-1]["race"] == SPEC.to_dict()
    assert headers[-1]["members"] == 4
    assert headers[-1]["events"] == [outcome.to_dict() for outcome in race.outcomes]
    assert [header["theory"] is None for header in headers] == [True] * (len(parts) - 1) + [False]
    assert headers[-1]["theory"] == engine.race.theory(race).to_dict()  # type: ignore[union-attr]


def test_the_first_part_is_short_and_later_ones_longer() -> None:
    lengths = [
        len(piece.arrays["path"])
        for piece in shown(job_of({"kind": "race", "race": {"steps": 200}}))
    ]
    assert lengths == [FIRST_STEPS, 2 * FIRST_STEPS, 4 * FIRST_STEPS, 201 - 7 * FIRST_STEPS]
    in_a_hurry = shown(job_of({"kind": "race", "race": {"steps": 20}}), IMPATIENT)
    assert {len(piece.arrays["path"]) for piece in in_a_hurry} == {
        1,
        2,
    }  # the last row with the last update


def test_no_part_is_much_longer_than_allowed() -> None:
    race = {"starts": [[x, 1] for x in range(16)], "racers": RACE["racers"], "steps": 3000}
    sizes = [
        sum(array.nbytes for array in piece.arrays.values())
        for piece in shown(job_of({"kind": "race", "race": race}))
    ]
    assert max(sizes) <= LONGEST_PART + 56 * 32


def test_a_surface_is_mapped_over_the_view_that_is_asked_for() -> None:
    what = {"kind": "surface", "surface": {"kind": "formula", "text": "x + 10*y"}, "grid": 16}
    (piece,) = shown(job_of({**what, "view": [0, 15, -15, 0]}))
    values = piece.arrays["values"]
    assert values.dtype == np.float32
    assert (values[0, 0], values[0, 15], values[15, 0]) == (0, 15, -150)
    header: Mapping[str, Any] = piece.header or {}
    assert header["view"] == (0, 15, -15, 0)
    assert header["minimum"] is None
    assert header["formula"] == "x + 10*y"
    (piece,) = shown(job_of({"kind": "surface", "surface": {"kind": "ravine", "condition": 50}}))
    ravine: Mapping[str, Any] = piece.header or {}
    assert piece.arrays["values"].shape == (100, 100)
    assert max(ravine["eigenvalues"]) / min(ravine["eigenvalues"]) == pytest.approx(50)
    assert ravine["view"] == engine.catalog.SURFACES["ravine"].view


def test_where_a_surface_is_no_number_the_map_says_so() -> None:
    what = {"kind": "surface", "surface": {"kind": "formula", "text": "log(x)"}, "grid": 16}
    (piece,) = shown(job_of(what))
    assert np.isnan(piece.arrays["values"][:, 0]).all()
    assert np.isfinite(piece.arrays["values"][:, -1]).all()


def test_the_arithmetic_is_that_of_the_racer_and_start() -> None:
    what = {"kind": "arithmetic", "race": RACE, "racer": 1, "start": 1}
    (piece,) = shown(job_of(what))
    header: Mapping[str, Any] = piece.header or {}
    values = piece.arrays["values"]
    assert values.shape == (100, len(header["names"]), 2)
    assert piece.arrays["results"].shape == (100, len(header["lines"]), 2)
    units = [part["units"] for part in header["parts"]]
    assert units == ["gradient", "gradient", "scaled", "map"]
    _, whole = engine.race.advance_race(engine.race.begin_race(SPEC), SPEC.steps)
    at = header["names"].index("w")
    np.testing.assert_array_equal(values[:, at], whole.path[:100, 3])
    symbols = [line["symbol"] for line in header["lines"]]
    last = len(symbols) - 1 - symbols[::-1].index("w")
    np.testing.assert_allclose(piece.arrays["results"][:, last], whole.path[1:, 3], rtol=1e-12)
    steps = np.diff(whole.path[:, 3], axis=0)
    np.testing.assert_allclose(piece.arrays["arrows"][:, -1], steps, atol=1e-12)


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_the_curvature_is_that_along_the_paths_from_a_start(budget: float) -> None:
    race = {**RACE, "surface": {"kind": "ravine", "condition": 50}}
    parts = shown(job_of({"kind": "curvature", "race": race, "start": 1}), budget)
    spec = engine.race.RaceSpec.from_dict(race)
    _, whole = engine.race.advance_race(engine.race.begin_race(spec), spec.steps)
    wanted = engine.race.curvature(spec, whole, 1)
    joined = {
        name: np.concatenate([piece.arrays[name] for piece in parts])
        for name in ("eigenvalues", "edges", "errors")
    }
    np.testing.assert_allclose(joined["eigenvalues"], wanted.eigenvalues, rtol=1e-6)
    np.testing.assert_allclose(joined["edges"], wanted.edges, rtol=1e-6)
    np.testing.assert_allclose(joined["errors"], wanted.errors, rtol=1e-12)
    header: Mapping[str, Any] = parts[-1].header or {}
    assert (header["rows"], header["edges"]) == (101, ["2(1+μ)/η", None])
    (flat, steep), nothing = header["along"]
    assert nothing is None
    assert (flat["limit"], steep["limit"]) == pytest.approx((2 * 1.9, 2 * 1.9 / 50))
    with pytest.raises(engine.SpecError) as caught:
        job_of({"kind": "curvature", "race": race, "start": 2})
    assert caught.value.problems[0].path == "start"


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_basins_are_where_the_starts_lead_to(budget: float) -> None:
    race = {**RACE, "surface": {"kind": "himmelblau"}, "noise": 0, "starts": []}
    what = {"kind": "basins", "race": race, "racer": 1, "grid": 8}
    (piece,) = shown(job_of(what), budget)
    spec = engine.race.RaceSpec.from_dict(race)
    ends = engine.race.descend(engine.race.begin_basins(spec, 1, 8), spec.steps)
    wanted = engine.race.basins_of(spec, ends)
    np.testing.assert_array_equal(piece.arrays["which"], wanted.which)
    np.testing.assert_array_equal(piece.arrays["value"], wanted.value.astype(np.float32))
    assert piece.header == {"minima": wanted.minima.tolist(), "view": spec.extent, "grid": 8}


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_rates_are_how_low_each_setting_comes(budget: float) -> None:
    what = {"kind": "rates", "race": {**RACE, "noise": 0}, "grid": 8}
    (piece,) = shown(job_of(what), budget)
    spec = engine.race.RaceSpec.from_dict(RACE).replace({"noise": 0})
    ends = engine.race.descend(engine.race.begin_rates(spec, 0, 8), spec.steps)
    wanted = engine.race.rates_of(spec, ends)
    fits = wanted < 1e38
    assert fits.any()
    np.testing.assert_array_equal(piece.arrays["value"][fits], wanted[fits].astype(np.float32))
    assert np.isinf(piece.arrays["value"][~fits]).all()
    rates, momenta = engine.race.rates_axes(spec, 8)
    assert piece.header == {"learning_rates": rates.tolist(), "momenta": momenta.tolist()}


def test_a_map_whose_racers_have_all_failed_ends_at_once() -> None:
    race = {
        "surface": {"kind": "formula", "text": "sqrt(x - 100)"},
        "racers": [{"optimizer": {"kind": "sgd"}}],
        "steps": 1000,
    }
    found = pieces(job_of({"kind": "basins", "race": race, "grid": 8}))
    assert len(found) == 1
    assert (found[-1].arrays["which"] == -1).all()


@pytest.mark.parametrize(
    ("what", "path"),
    [
        ({"kind": "race", "race": {"racers": [{"optimizer": "foo"}]}}, "racers.0.optimizer.kind"),
        ({"kind": "race", "race": {"steps": 10**9}}, "steps"),
        ({"kind": "race", "race": {"surface": {"kind": "formula", "text": "x^"}}}, "surface.text"),
        ({"kind": "basins", "race": RACE, "racer": 2}, None),
        ({"kind": "basins", "race": {"steps": 5000}, "grid": 128}, "steps"),
        ({"kind": "rates", "race": {"steps": 5000}, "grid": 64}, "steps"),
        ({"kind": "arithmetic", "race": RACE, "racer": 2}, None),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_race_is_named_by_its_path(what: Any, path: str | None) -> None:
    with pytest.raises(engine.SpecError) as caught:
        job_of(what)
    wanted = "racer" if path is None else f"race.{path}"
    assert [problem.path for problem in caught.value.problems] == [wanted]


def test_a_wrong_formula_points_to_its_character() -> None:
    with pytest.raises(engine.SpecError) as caught:
        job_of({"kind": "surface", "surface": {"kind": "formula", "text": "x^2 + 2*z"}})
    (problem,) = caught.value.problems
    assert (problem.path, problem.at) == ("surface.text", (8, 9))


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_a_race_file_is_the_file_of_the_race(budget: float) -> None:
    found = pieces(job_of({"kind": "race_file", "race": RACE, "file": "csv"}), budget)
    assert all(piece.header is None for piece in found)
    assert len(found) == 1 if budget else len(found) > 50
    assert joined(found) == make_race_file(SPEC, "csv").content


def joined(found: list[Chunk]) -> bytes:
    """The file that parts make: section by section, in each the parts in order."""
    parts = [piece.file.sections for piece in found if isinstance(piece.file, FilePart)]
    return b"".join(b"".join(section) for section in zip(*parts, strict=True))


def test_a_script_of_a_race_comes_in_one_part() -> None:
    (piece,) = pieces(job_of({"kind": "race_file", "race": RACE, "file": "numpy"}), IMPATIENT)
    assert piece.file == make_race_file(SPEC, "numpy")


LONG = "+".join(["tan(x)^y"] * 22)
"""A formula that takes as long as any, and nearly as many characters as one may have."""
KINDS: dict[str, dict[str, Any]] = {
    "arithmetic": {"kind": "arithmetic", "racer": 1, "start": 1},
    "basins": {"kind": "basins", "grid": 40},
    "rates": {"kind": "rates", "grid": 40},
}


@pytest.mark.parametrize(
    "surface",
    [{"kind": "rastrigin"}, {"kind": "formula", "text": "x^2 + 2*y^2 + sin(3x)"}],
    ids=["rastrigin", "formula"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_however_a_study_is_cut_the_same_bits_come_out(kind: str, surface: dict[str, Any]) -> None:
    """Cut into single things to do, into a few milliseconds each, and not at all."""
    race = {**RACE, "surface": surface, "steps": 7}
    race["racers"] = [{**racer, "clip": "norm", "schedule": "cosine"} for racer in race["racers"]]
    whole = shown(job_of({**KINDS[kind], "race": race}), PATIENT)
    for budget in (IMPATIENT, 0.002):
        cut = shown(job_of({**KINDS[kind], "race": race}), budget)
        if kind == "arithmetic":
            (all_,) = whole
            for name, wanted in all_.arrays.items():
                found = np.concatenate([piece.arrays[name] for piece in cut])
                np.testing.assert_array_equal(found, wanted)
            continue
        assert len(cut) == len(whole) == 2  # a coarse map, and the one that was asked for
        for piece, other in zip(cut, whole, strict=True):
            assert piece.header == other.header
            for name, wanted in other.arrays.items():
                np.testing.assert_array_equal(piece.arrays[name], wanted)


@pytest.mark.parametrize("text", [LONG, "x^2 + y^2"], ids=["long", "short"])
def test_a_map_made_in_parts_is_that_of_one_descent(text: str) -> None:
    race = {"surface": {"kind": "formula", "text": text}, "steps": 3, "noise": 0.1}
    spec = engine.race.RaceSpec.from_dict(race)
    assert together(spec) < 40**2  # there is more than one part
    *_, basins = shown(job_of({"kind": "basins", "race": race, "grid": 40}))
    wanted = engine.race.basins_of(
        spec, engine.race.descend(engine.race.begin_basins(spec, 0, 40), 3)
    )
    np.testing.assert_array_equal(basins.arrays["which"], wanted.which)
    np.testing.assert_array_equal(basins.arrays["value"], wanted.value.astype(np.float32))
    *_, rates = shown(job_of({"kind": "rates", "race": race, "grid": 40}))
    lows = engine.race.rates_of(spec, engine.race.descend(engine.race.begin_rates(spec, 0, 40), 3))
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(rates.arrays["value"], lows.astype(np.float32))


def test_the_coarse_map_is_the_map_of_its_own_side() -> None:
    race = {**RACE, "surface": "himmelblau", "steps": 30}
    coarse, fine = shown(job_of({"kind": "basins", "race": race, "grid": 64}))
    assert [piece.header and piece.header["grid"] for piece in (coarse, fine)] == [16, 64]
    (alone,) = shown(job_of({"kind": "basins", "race": race, "grid": 16}))
    np.testing.assert_array_equal(coarse.arrays["value"], alone.arrays["value"])


@pytest.mark.parametrize("text", [LONG, "x^2"], ids=["long", "short"])
def test_a_surface_drawn_row_by_row_is_the_same(text: str) -> None:
    what = {"kind": "surface", "surface": {"kind": "formula", "text": text}, "grid": 61}
    (whole,), (cut,) = shown(job_of(what), PATIENT), shown(job_of(what), IMPATIENT)
    np.testing.assert_array_equal(cut.arrays["values"], whole.arrays["values"])
    spec = engine.race.RaceSpec.from_dict({"surface": what["surface"]})
    wanted = engine.race.surface_map(spec.surface, spec.extent, 61)
    with np.errstate(over="ignore"):
        single = wanted.astype(np.float32)
    np.testing.assert_array_equal(
        cut.arrays["values"][np.isfinite(single)], single[np.isfinite(single)]
    )


def largest(text: str | None) -> dict[str, Any]:
    """A race of as many racers, starts and steps as there can be."""
    kinds = ("adam", "amsgrad", "adamw", "nadam", "rmsprop", "adagrad", "momentum", "lion")
    return {
        "surface": {"kind": "formula", "text": text} if text else {"kind": "rastrigin"},
        "racers": [{"optimizer": kind, "clip": "norm"} for kind in kinds],
        "starts": [[0.5 + i / 10, 0.3 + i / 20] for i in range(16)],
        "steps": 781,
        "noise": 0.01,
    }


MOST_BYTES = 2**20
"""No piece of a study carries more, on its way to a worker or back."""


@pytest.mark.parametrize(
    "what",
    [
        {"kind": "race"},
        {"kind": "race_file", "file": "csv"},
        {"kind": "arithmetic"},
        {"kind": "basins", "grid": 128},
        {"kind": "rates", "grid": 64},
    ],
    ids=lambda what: what["kind"],
)
def test_no_piece_carries_much(what: dict[str, Any]) -> None:
    race = largest(None)
    if what["kind"] in ("basins", "rates"):
        race["steps"] = 2
    job: Any = job_of({**what, "race": race})
    count = 0
    while job and count < 80:
        assert len(pickle.dumps(job)) <= MOST_BYTES
        made = jobs.work(QueuedStudy(1, what["kind"], count, job, 0.015))
        assert len(made.frame) <= MOST_BYTES
        job, count = made.rest, count + 1


@pytest.mark.parametrize("kind", ["race", "basins", "rates", "arithmetic", "race_file"])
def test_nothing_is_computed_where_a_study_is_taken_on(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That happens in the web process, which has others to serve."""

    def refuse(*_: Any) -> Any:
        raise AssertionError("this takes time")

    race = largest(LONG)
    monkeypatch.setattr("engine.catalog.surfaces.expression.evaluate", refuse)
    extra = {"file": "csv"} if kind == "race_file" else {}
    steps = {"steps": 100} if kind in ("basins", "rates") else {}
    job_of({"kind": kind, "race": {**race, **steps}, **extra})
