"""A race reads what is valid, names everything that is not, and survives a round trip."""

import json
import math
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog.sections import FAMILIES
from engine.core.errors import SpecError
from engine.race.sections import RACE_SECTIONS
from engine.race.spec import RaceSpec
from tests.engine.race.strategies import race_dicts
from tests.engine.strategies import knob_values


def problems(values: Any) -> dict[str, tuple[object, str]]:
    """What is wrong with these values, by path."""
    with pytest.raises(SpecError) as caught:
        RaceSpec.from_dict(values)
    return {problem.path: (problem.value, problem.allowed) for problem in caught.value.problems}


def test_nothing_is_the_default_race() -> None:
    none, constant = {"kind": "none"}, {"kind": "constant"}
    spec = RaceSpec.from_dict({})
    assert spec.to_dict() == {
        "surface": {"kind": "ravine", "condition": 20.0, "angle": 0.0},
        "racers": [
            {"optimizer": optimizer, "schedule": constant, "clip": none}
            for optimizer in (
                {"kind": "sgd", "learning_rate": 0.09},
                {"kind": "momentum", "learning_rate": 0.02, "momentum": 0.9},
                {
                    "kind": "adam",
                    "learning_rate": 0.1,
                    "beta1": 0.9,
                    "beta2": 0.999,
                    "epsilon": 1e-8,
                    "bias_correction": True,
                },
            )
        ],
        "starts": [],
        "steps": 200,
        "noise": 0.0,
        "noise_seed": 1,
        "tolerance": 1e-3,
        "view": None,
    }
    assert RaceSpec.from_dict() == spec
    assert spec.points == ((-2.5, 1.0),)
    assert spec.extent == (-3, 3, -3, 3)
    assert spec.diagonal == pytest.approx(6 * math.sqrt(2))


def test_members_are_numbered_racer_by_racer() -> None:
    spec = RaceSpec.from_dict({"starts": [[1, 2], [3, 4]]})
    assert [point for _, point in spec.members] == [(1, 2), (3, 4)] * 3
    assert [racer.optimizer.kind for racer, _ in spec.members] == [
        *["sgd"] * 2,
        *["momentum"] * 2,
        *["adam"] * 2,
    ]


@given(race_dicts())
def test_every_valid_race_survives_a_round_trip(values: dict[str, Any]) -> None:
    spec = RaceSpec.from_dict(values)
    assert RaceSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec
    assert pickle.loads(pickle.dumps(spec)) == spec  # noqa: S301
    assert hash(spec) == hash(RaceSpec.from_dict(values))
    assert spec.replace({}) == spec


def test_every_problem_is_named_with_its_path() -> None:
    found = problems(
        {
            "surface": {"kind": "formula", "text": "x^2 + 2z"},
            "racers": [
                {"optimizer": {"kind": "momentum", "learning_rate": 0, "momentum": "much"}},
                {"optimizer": {"kind": "adm"}, "colour": "red"},
                {"schedule": {"kind": "step", "every": 0}, "clip": {"kind": "norm", "limit": True}},
                7,
            ],
            "starts": [[1, math.nan], [1], "here", [math.inf, 1e300]],
            "steps": 2.5,
            "noise": -1,
            "noise_seed": -1,
            "tolerance": 0,
            "view": [1, 2, math.inf, 4],
            "speed": 3,
        }
    )
    assert set(found) == {
        "surface.text",
        "racers.0.optimizer.learning_rate",
        "racers.0.optimizer.momentum",
        "racers.1.optimizer.kind",
        "racers.1.colour",
        "racers.2.schedule.every",
        "racers.2.clip.limit",
        "racers.3",
        "starts.0.1",
        "starts.1",
        "starts.2",
        "starts.3.0",
        "starts.3.1",
        "steps",
        "noise",
        "noise_seed",
        "tolerance",
        "view.2",
        "speed",
    }
    assert found["racers.0.optimizer.momentum"] == ("much", "a number from 0 to 1")
    assert "did you mean adam" in found["racers.1.optimizer.kind"][1]
    assert found["steps"] == (2.5, "a whole number from 1 to 10000")


@pytest.mark.parametrize(
    ("values", "path", "allowed"),
    [
        (3, "", "an object of settings"),
        ({"racers": []}, "racers", "a list of 1 to 8 racers"),
        ({"racers": [{}] * 9}, "racers", "a list of 1 to 8 racers"),
        ({"racers": "adam"}, "racers", "a list of 1 to 8 racers"),
        ({"starts": [[0, 0]] * 17}, "starts", "a list of 0 to 16 starts [x, y]"),
        ({"surface": "bowel"}, "surface.kind", "did you mean bowl"),
        ({"surface": {"kind": "formula", "text": 3}}, "surface.text", "a formula in x and y"),
        ({"view": [0, 1]}, "view", "a list of 4 numbers [Left, Right, Bottom, Top]"),
        ({"view": [1, 1, 0, 2]}, "view", "each minimum below its maximum"),
        ({"view": [0, 1, 3, 2]}, "view", "each minimum below its maximum"),
        ({"steps": 10_001}, "steps", "a whole number from 1 to 10000"),
        # 8 racers from 16 places are 128 members: 100,000 / 128 = 781.25
        (
            {"racers": [{}] * 8, "starts": [[0, 0]] * 16, "steps": 782},
            "steps",
            "at most 781, as there are 128 paths: racers × starts",
        ),
    ],
)
def test_what_is_allowed_is_said(values: Any, path: str, allowed: str) -> None:
    ((found, (_, said)),) = problems(values).items()
    assert found == path
    assert allowed in said


def test_the_longest_races_are_allowed() -> None:
    assert RaceSpec.from_dict({"racers": [{}] * 8, "steps": 10_000}).steps == 10_000
    many = {"racers": [{}] * 8, "starts": [[0, 0]] * 16, "steps": 781}
    assert len(RaceSpec.from_dict(many).members) == 128


def test_a_problem_points_into_the_formula() -> None:
    with pytest.raises(SpecError) as caught:
        RaceSpec.from_dict({"surface": {"kind": "formula", "text": "x + sni(y)"}})
    (problem,) = caught.value.problems
    assert problem.at == (4, 7)
    assert str(problem).startswith("surface.text: no variable or function is named sni")
    assert str(problem).endswith("at character 5 of 'x + sni(y)'")


def test_a_changed_kind_keeps_what_a_person_has_set() -> None:
    spec = RaceSpec.from_dict({"racers": [{"optimizer": {"kind": "sgd", "learning_rate": 0.25}}]})
    adam = spec.replace({"racers.0.optimizer.kind": "adam"}).racers[0].optimizer
    assert adam["learning_rate"] == 0.25
    # the default of one kind is no wish
    plain = RaceSpec.from_dict({"racers": [{"optimizer": "momentum"}]})
    assert plain.replace({"racers.0.optimizer.kind": "adam"}).racers[0].optimizer == (
        RaceSpec.from_dict({"racers": [{"optimizer": "adam"}]}).racers[0].optimizer
    )
    both = spec.replace(
        {"racers.0.clip.limit": 3, "racers.0.clip.kind": "norm", "racers.0.schedule.kind": "cosine"}
    )
    assert both.racers[0].clip["limit"] == 3


def test_another_surface_comes_with_its_own_start_and_view() -> None:
    spec = RaceSpec.from_dict({"starts": [[1, 1]], "view": [0, 2, 0, 2]})
    other = spec.replace({"surface.kind": "himmelblau"})
    assert (other.starts, other.view) == ((), None)
    assert other.points == ((0, 0),)
    kept = spec.replace({"surface.kind": "himmelblau", "starts": [[2, 2]]})
    assert (kept.starts, kept.view) == (((2, 2),), None)
    steeper = spec.replace({"surface.condition": 50})
    assert (steeper.starts, steeper.view) == (spec.starts, spec.view)
    typed = spec.replace({"surface.kind": "formula", "surface.text": "x^4 + y^2"})
    assert typed.surface.to_dict() == {"kind": "formula", "text": "x^4 + y^2"}
    assert spec.replace({"starts.0.1": 0.5}).starts == ((1, 0.5),)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"racers.3.optimizer.kind": "adam"}, "racers.3.optimizer.kind"),
        ({"racers.0.optimizer.momentum": 0.9}, "racers.0.optimizer.momentum"),
        ({"starts.0.0": 1}, "starts.0.0"),
        ({"view.0": 1}, "view.0"),
        ({"colour": 1}, "colour"),
        ({"steps": "long", "surface.kind": "hill"}, "steps"),
    ],
)
def test_a_wrong_change_is_named(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(SpecError) as caught:
        RaceSpec.from_dict({}).replace(changes)
    assert path in [problem.path for problem in caught.value.problems]


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = ("surface", "racers", "starts", "steps", "noise", "noise_seed", "tolerance", "view")


@given(race_dicts(), st.dictionaries(st.sampled_from(NAMES), JUNK))
def test_anything_is_a_race_or_a_spec_error(values: dict[str, Any], junk: dict[str, Any]) -> None:
    wrong: set[str] = set()
    try:
        spec = RaceSpec.from_dict(values | junk)
    except SpecError as error:
        wrong = {problem.path.partition(".")[0] for problem in error.problems}
    else:
        assert RaceSpec.from_dict(spec.to_dict()) == spec
    assert wrong <= junk.keys()


@given(race_dicts(), st.data())
def test_any_knob_can_be_replaced(values: dict[str, Any], data: st.DataObject) -> None:
    spec = RaceSpec.from_dict(values)
    part = data.draw(st.sampled_from(("surface", "racers.0.optimizer", "racers.0.schedule")))
    (section,) = (s for s in RACE_SECTIONS if s.path == part.replace(".0.", ".*."))
    kind = data.draw(st.sampled_from(list(FAMILIES[section.family or ""])))
    changes = {f"{part}.kind": kind}
    for knob in section.knobs_of(kind):
        changes[f"{part}.{knob.name}"] = data.draw(knob_values(knob))
    changed: Any = spec.replace(changes).to_dict()
    for key in part.split("."):
        changed = changed[int(key) if key.isdecimal() else key]
    assert changed == {path.rpartition(".")[2]: value for path, value in changes.items()}
