"""What a population costs, told from its specs: bytes as they are, seconds in the right order."""

import tracemalloc
from typing import Any

import pytest

import engine
from engine.training.trainer import trainer_of


def specs(members: int = 1, **values: Any) -> list[engine.RunSpec]:
    return [engine.RunSpec.from_dict(values)] * members


def test_the_state_of_the_default_run() -> None:
    # two inputs, 4 and 2 units, one output: 2·4 + 4 + 4·2 + 2 + 2·1 + 1 = 25 numbers of four bytes
    assert engine.cost(specs()).state == 100
    assert engine.cost(specs(8, dtype="float64")).state == 8 * 25 * 8
    # Adam has two numbers for each besides
    assert engine.cost(specs(optimizer="adam")).state == 300


def test_members_with_other_optimizers_have_the_memory_of_all() -> None:
    mixed = [*specs(optimizer="momentum"), *specs(optimizer="adam")]
    # every member has room for each kind of memory that one of them has
    slots = engine.start(mixed).slots
    assert engine.cost(mixed).state == 2 * 25 * 4 * (1 + len(slots))


@pytest.mark.parametrize("members", [1, 3])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("batch_size", [30, 300, 1000])
def test_training_needs_about_what_is_said(members: int, dtype: str, batch_size: int) -> None:
    layers = [{"units": 40}] * 5
    mine = specs(members, layers=layers, dtype=dtype, batch_size=batch_size, data={"points": 2000})
    state = engine.start(mine)
    engine.train(state, 3)
    tracemalloc.start()
    trainer = trainer_of(state, range(members))
    trainer.advance(4)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # the batches themselves come besides: 1,000 points of two inputs and a target
    batches = 1000 * 4 * 8 * members
    assert most < 1.1 * engine.cost(mine).training + 2 * batches + 2**18
    assert most > 0.3 * engine.cost(mine).training


@pytest.mark.parametrize(
    "more",
    [
        {"layers": [{"units": 64}] * 3},
        {"data": {"points": 5000}},
        {"dtype": "float64"},
        {"batch_size": 100},
    ],
    ids=str,
)
def test_more_costs_more(more: dict[str, Any]) -> None:
    usual, larger = engine.cost(specs()), engine.cost(specs(**more))
    assert larger.update + larger.evaluation > usual.update + usual.evaluation
    assert larger.state + larger.training >= usual.state + usual.training


def test_members_cost_as_many_times_as_much() -> None:
    one, eight = engine.cost(specs()), engine.cost(specs(8))
    assert eight.update == pytest.approx(8 * one.update)
    assert eight.evaluation == pytest.approx(8 * one.evaluation)
    assert eight.place == one.place
