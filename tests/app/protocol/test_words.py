"""Errors on the wire are sentences that can be said in another language."""

import json
import pickle

import pytest

from app import protocol
from app.protocol import MODELS, ProtocolError
from app.session import budget
from engine import RunSpec, SpecError
from tests.app.brackets import BRACKETS, is_marked

WRONG = [
    "nul",
    "[]",
    "{}",
    '{"type": "play", "speed": 3}',
    '{"type": "step", "count": 0}',
    '{"type": "view", "grid": 1, "neurons": 7}',
    '{"type": "study", "what": {"kind": "no"}}',
    '{"type": "speed", "steps_per_second": 1e999}',
    json.dumps({"type": "set", "changes": {f"a{i}": 1 for i in range(100)}}),
]


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:40])
def test_what_is_wrong_with_a_message_can_be_said_in_another_language(text: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse(text)
    travelled = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert travelled.message == caught.value.message
    assert is_marked(travelled.message), BRACKETS.say(travelled.message)
    assert all(is_marked(problem["allowed"]) for problem in travelled.problems)


def test_whole_sentences_stand_beside_each_other() -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse('{"type": "view", "grid": 1, "neurons": 7}')
    assert BRACKETS.say(caught.value.message) == (
        "[grid must be [a whole number from 8 to 200], not 1.] "
        "[neurons must be [0, or a whole number from 8 to 64], not 7.]"
    )


def test_what_a_run_costs_is_one_sentence() -> None:
    costly = RunSpec.from_dict(
        {"layers": [{"units": 128}] * 16, "data": {"points": 5000}, "batch_size": 1000}
    )
    with pytest.raises(SpecError) as caught:
        budget.check([costly] * 8)
    travelled = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    said = protocol.spec_error(travelled).message
    assert BRACKETS.say(said).count("[") >= 5, BRACKETS.say(said)


@pytest.mark.parametrize("name", MODELS)
def test_every_field_says_in_any_language_what_is_allowed(name: str) -> None:
    for key, field in MODELS[name].model_fields.items():
        if key != "type" and field.description:
            assert is_marked(field.description), key
