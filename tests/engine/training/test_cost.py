"""What a population costs, told from its specs: bytes as they are, seconds in the right order."""

import tracemalloc
from typing import Any

import numpy as np
import pytest

import engine
from engine.training.kernels import kernels
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


def test_members_share_the_calls_of_a_step() -> None:
    one, eight, many = (engine.cost(specs(members)) for members in (1, 8, 256))
    # as measured: eight in lockstep take little more than one, and of many each takes a small part of it
    assert one.update < eight.update < 2 * one.update
    assert many.update / 256 < one.update / 8
    assert eight.evaluation < 8 * one.evaluation
    assert eight.place == one.place


def test_members_of_other_rules_take_steps_of_their_own() -> None:
    alike = engine.cost(specs(8, optimizer="sgd")).update
    mixed = engine.cost([*specs(4, optimizer="sgd"), *specs(4, optimizer="momentum")]).update
    assert engine.cost(specs(8, optimizer="momentum")).update < mixed
    assert 1.5 * alike < mixed < 3 * alike


class Counted(np.ndarray[Any, Any]):
    """An array on which every call of NumPy is counted, and every number that it makes."""

    calls: int = 0
    numbers: int = 0

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = (), **options: Any
    ) -> Any:
        plain = [np.asarray(each) if isinstance(each, Counted) else each for each in inputs]
        outs = tuple(np.asarray(each) for each in out) or None
        made = getattr(ufunc, method)(*plain, out=outs, **options)
        Counted.calls += 1
        Counted.numbers += np.size(made)
        return made


@pytest.mark.parametrize("kind", engine.catalog.ACTIVATIONS)
def test_the_calls_of_an_activation_do_not_depend_on_how_many_units_there_are(kind: str) -> None:
    record = engine.catalog.ACTIVATIONS[kind]
    z, a, g, t, u = (np.full((3, 5, 7), 0.5).view(Counted) for _ in range(5))
    knobs = {knob.name: knob.default for knob in record.knobs}
    Counted.calls = Counted.numbers = 0
    record.forward(z, a, t, knobs)
    record.backward(z, a, g, t, u, knobs)
    assert Counted.calls == kernels(kind)
    # whole arrays, each as large as the units' answers: so a call is priced by units
    assert Counted.numbers == kernels(kind) * 3 * 5 * 7


@pytest.mark.parametrize("members", [1, 64])
def test_an_activation_of_more_calls_costs_more(members: int) -> None:
    def update(kind: str) -> float:
        layers = [{"units": 8, "activation": kind}] * 4
        return engine.cost(specs(members, layers=layers)).update

    kinds = sorted(engine.catalog.ACTIVATIONS, key=kernels)
    seconds = [update(kind) for kind in kinds]
    assert seconds == sorted(seconds)
    # GELU has 28 calls where tanh has 4: measured, a step of one small network takes four times as long
    assert members > 1 or 2 < update("gelu") / update("tanh") < 5


def test_what_a_call_of_train_takes_grows_with_what_it_copies() -> None:
    small, large = engine.cost(specs()), engine.cost(specs(layers=[{"units": 128}] * 8))
    assert small.call < 0.001
    assert large.call > small.call + 1e-9 * large.state
