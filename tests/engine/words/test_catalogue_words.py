"""Every word of the engine that a person reads is a message: of records, of problems, of findings."""

from collections.abc import Mapping
from gettext import NullTranslations
from typing import Any

import pytest

import engine
from engine.catalog import FAMILIES, SECTIONS, STOPS, Knob, Record
from engine.catalog.schedules import SCHEDULES, STEP_SCHEDULES
from engine.catalog.stop_rules import reason, unimproved
from engine.insight.diagnosis import remedies
from engine.insight.diagnosis.fixes import Fix
from engine.race.sections import RACE_SECTIONS
from engine.training.failures import advice, cause_of
from engine.words import Language, Message

NOT_YET = ("strategies",)
"""Families whose words still have to go through the door."""
RECORDS: dict[str, Record] = {
    f"{name}-{kind}": record
    for name, family in FAMILIES.items()
    if name not in NOT_YET
    for kind, record in family.items()
}
KNOBS: list[Knob] = [
    *(knob for section in (*SECTIONS, *RACE_SECTIONS) for knob in section.knobs),
    *(knob for record in RECORDS.values() for knob in record.knobs),
]
SMALL = {"units": 4}
SPECS: dict[str, dict[str, Any]] = {
    "usual": {},
    "no layers": {"data": "xor", "layers": []},
    "deep": {"layers": [SMALL | {"activation": "sigmoid", "dropout": 0.5}] * 6, "batch_size": 1},
    "rectified": {"layers": [SMALL | {"activation": "relu"}], "initializer": "he"},
    "hot": {"optimizer": {"kind": "sgd", "learning_rate": 50}, "penalty": {"l1": 1, "l2": 1}},
    "cold": {"optimizer": {"kind": "adamw", "learning_rate": 1e-5, "weight_decay": 5}},
    "large": {"initializer": {"kind": "normal", "std": 5}, "layers": [{"units": 16}] * 2},
    "regression": {"data": "plane", "layers": []},
    "own": {"data": {"kind": "custom", "rows": [[30, 60, 0], [31, 61, 1]]}},
}
REMEDIES = (
    remedies.runaway,
    remedies.nonlinearity,
    remedies.freedom,
    remedies.revival,
    remedies.desaturation,
    remedies.decision,
    remedies.flow,
    remedies.asymmetry,
    remedies.progress,
    remedies.generalization,
    remedies.rescaling,
    remedies.steadiness,
    remedies.coverage,
    remedies.insight,
)
TROUBLE: dict[str, dict[str, Any]] = {
    "linear": SPECS["no layers"],
    "over_penalty": {"penalty": {"l2": 3}},
    "symmetry": {"data": "xor", "initializer": "zeros"},
    "blind_inputs": {"data": "line", "features": ["x1_squared"]},
    "diverged": {**SPECS["regression"], "optimizer": {"kind": "sgd", "learning_rate": 100}},
    "small_batches": {"data": "spiral", "batch_size": 3, "layers": [SMALL | {"batch_norm": True}]},
}
WRONG: list[dict[str, Any]] = [
    {"batch_size": 0, "shuffle": 1, "dtype": "float16", "batchsize": 3},
    {"data": {"kind": "circel"}, "features": ["x1", "x1", "x9"], "layers": [{"units": 0}, 3]},
    {"data": {"kind": "custom", "rows": [[1, 2, 3.5], [1]]}, "optimizer": 3, "stop": {"n": 1}},
    {"data": "plane", "loss": "hinge", "frozen": ["nothing"]},
    {"data": {"train_share": 1}, "stop": {"kind": "plateau", "on": "test"}},
    {"batch_size": 1, "layers": [{"batch_norm": True}]},
]


class _Marked(NullTranslations):
    """A language in which every sentence stands between brackets, so that what is glued to it shows."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return f"⟦{message}⟧"


MARKED = Language("xx", _Marked())


def whole(text: object) -> bool:
    """Whether a text is nothing but messages, from its first letter to its last."""
    if not isinstance(text, Message) or not text:
        return False
    said = MARKED.say(text)
    return said.startswith("⟦") and said.endswith("⟧")


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_said_in_messages(name: str) -> None:
    record = RECORDS[name]
    assert whole(record.label)
    assert whole(record.help)
    assert all(whole(meaning) for _, meaning in (*record.terms, *record.legend))


def test_knobs_are_said_in_messages() -> None:
    for knob in KNOBS:
        assert whole(knob.label), knob.name
        assert whole(knob.help), knob.name
        assert whole(knob.allowed), knob.name
        # a legend says it without a capital letter
        assert bool(knob.symbol) == whole(knob.meaning), knob.name


def test_sections_and_families_are_said_in_messages() -> None:
    for section in (*SECTIONS, *RACE_SECTIONS):
        assert whole(section.label)
        assert whole(section.help)
    for name, family in FAMILIES.items():
        assert whole(family.allowed(next(iter(family))[:-1]))
        assert name in NOT_YET or whole(family.noun)


def test_schedules_of_steps_do_not_speak_of_epochs() -> None:
    for kind, record in STEP_SCHEDULES.items():
        told = [record.help, *(text for _, text in record.terms)]
        told += [text for knob in record.knobs for text in (knob.help, knob.meaning)]
        assert all(whole(text) for text in told)
        assert not any("epoch" in text for text in told)
        assert record.label == SCHEDULES[kind].label


def test_why_a_run_stops_or_fails_is_a_message() -> None:
    found = {f"{half}_{name}": 0.5 for half in ("train", "test") for name in ("loss", "accuracy")}
    for on in ("train", "test"):
        knobs = {"on": on, "loss": 0.6, "accuracy": 0.4, "steps": 1, "epochs": 7}
        said = [reason(kind, knobs, 7, found) for kind in STOPS if kind not in ("none", "plateau")]
        assert len(said) == 4
        assert all(whole(text) for text in (*said, unimproved(on, 1), unimproved(on, 5)))
    assert whole(cause_of(nan=True, dtype="float32"))
    assert whole(cause_of(nan=False, dtype="float32"))
    for values in SPECS.values():
        tips = advice(engine.RunSpec.from_dict(values))
        assert tips
        assert all(whole(tip) for tip in tips)


@pytest.mark.parametrize("name", SPECS)
def test_what_a_button_says_is_a_message(name: str) -> None:
    spec = engine.RunSpec.from_dict(SPECS[name])
    fixes: list[Fix] = [fix for remedy in REMEDIES if _fits(remedy, spec) for fix in remedy(spec)]
    assert fixes
    assert all(whole(fix.label) for fix in fixes)


def _fits(remedy: Any, spec: engine.RunSpec) -> bool:
    """Whether a remedy is one for this spec: one for what pulls or for layers needs them."""
    pulled = any(spec.penalty.knobs.values()) or "weight_decay" in spec.optimizer.knobs
    return bool(remedy is not remedies.freedom or pulled)


@pytest.mark.parametrize("kind", TROUBLE)
def test_a_finding_is_said_in_messages(kind: str) -> None:
    state = engine.start(engine.RunSpec.from_dict(TROUBLE[kind]))
    history = engine.insight.record(state)
    for _ in range(40):
        state, _ = engine.train(state, 50)
        history = engine.insight.record(state, history)
    found = {finding.kind: finding for finding in engine.insight.diagnose(state, history)}
    assert kind in found
    for finding in found.values():
        assert whole(finding.title)
        assert whole(finding.text)
        assert all(whole(fix.label) for fix in finding.fixes)


@pytest.mark.parametrize("values", WRONG)
def test_a_problem_is_one_whole_sentence(values: Mapping[str, Any]) -> None:
    with pytest.raises(engine.SpecError) as raised:
        engine.RunSpec.from_dict(values)
    assert whole(str(raised.value))
    for problem in raised.value.problems:
        assert whole(problem.allowed)
        assert whole(problem.sentence)


@pytest.mark.parametrize(
    "text", ["x +", "(x", "|x", "foo(x)", "x y2", "2 3", "x^999", "sin x", "1/2x", "x,y", "y)", "§"]
)
def test_what_is_wrong_with_a_formula_is_a_message(text: str) -> None:
    with pytest.raises(engine.SpecError) as raised:
        engine.race.RaceSpec.from_dict({"surface": {"kind": "formula", "text": text}})
    (problem,) = raised.value.problems
    assert whole(problem.allowed)
    assert whole(problem.sentence)
