"""What a run may cost: ordinary ones are taken, large ones too; what would take the machine is refused."""

from typing import Any

import pytest

import engine
from app.presets import PRESETS
from app.protocol import spec_error
from app.protocol.fields import MAX_MEMBERS
from app.session import budget


def spec(units: list[int], **values: Any) -> engine.RunSpec:
    return engine.RunSpec.from_dict({"layers": [{"units": each} for each in units], **values})


LEGAL = {
    "the default run": (1, spec([4, 2])),
    "8 members of 8×32": (8, spec([32] * 8, data={"points": 500})),
    "8 members of 8×16 at 5,000 points": (8, spec([16] * 8, data={"points": 5000})),
    "8 layers of 16 at 5,000 points": (1, spec([16] * 8, data={"points": 5000}, dtype="float64")),
    "16 layers of 32": (1, spec([32] * 16, data={"points": 5000}, batch_size=1000)),
    "16 layers of 128": (1, spec([128] * 16, data={"points": 500}, optimizer="adam")),
    "16 layers of 128 in float64": (1, spec([128] * 16, optimizer="amsgrad", dtype="float64")),
}
ILLEGAL = {
    "8 members of 16×128": (
        8,
        spec([128] * 16, data={"points": 5000}, dtype="float64", batch_size=1000),
        (
            "8 networks of 248,193 parameters",
            "5,000 points",
            "seconds",
            "fewer networks",
            "float32",
        ),
    ),
    "16×128 with all its points": (
        1,
        spec([128] * 16, data={"points": 5000}, dtype="float64", batch_size=1000),
        ("a network of", "fewer or narrower layers", "fewer points", "float32"),
    ),
    "large batches of 8 members": (
        8,
        spec([32] * 16, data={"points": 5000}, batch_size=1000),
        ("MB for training", "128 MB is the most", "smaller batches, fewer networks"),
    ),
    "the memory of an optimizer": (
        8,
        spec([128] * 5, optimizer="amsgrad", dtype="float64"),
        ("MB for weights and the optimizer's memory", "8 MB is the most"),
    ),
}


@pytest.mark.parametrize("name", LEGAL)
def test_ordinary_runs_are_taken(name: str) -> None:
    members, mine = LEGAL[name]
    budget.check([mine] * members)


@pytest.mark.parametrize("name", ILLEGAL)
def test_what_takes_the_machine_is_refused_in_a_sentence(name: str) -> None:
    members, mine, words = ILLEGAL[name]
    with pytest.raises(engine.SpecError) as caught:
        budget.check([mine] * members)
    (problem,) = caught.value.problems
    assert problem.path == "layers"
    said = spec_error(caught.value).message
    for each in words:
        assert each in said, said


def test_the_setting_that_was_changed_is_named() -> None:
    mine = spec([128] * 16, data={"points": 5000}, batch_size=1000, dtype="float64")
    with pytest.raises(engine.SpecError) as caught:
        budget.check([mine], ["clip.kind", "batch_size"])
    assert [(p.path, p.value) for p in caught.value.problems] == [("batch_size", 1000)]
    budget.check([mine], ["optimizer.learning_rate"])  # does not cost a thing


@pytest.mark.parametrize("name", LEGAL)
def test_a_picture_comes_in_time_however_fine_it_is_wanted(name: str) -> None:
    members, mine = LEGAL[name]
    wanted = engine.View(grid=200, neurons=64, members=64)
    made = budget.fitting(wanted, [mine] * members)
    places = made.grid**2 + made.neurons**2 + members * made.members**2
    assert places * engine.cost([mine]).place <= 1.1 * budget.PICTURE_SECONDS
    assert sum(mine.units) * made.neurons**2 <= budget.UNIT_BYTES
    assert min(made.grid, made.neurons, made.members) >= budget.SMALLEST
    assert budget.fitting(engine.View(), [mine]).grid >= 32


def test_small_networks_are_seen_as_finely_as_wanted() -> None:
    for view in (engine.View(grid=200, neurons=64, members=64), engine.View(neurons=0)):
        assert budget.fitting(view, [spec([4, 2])]) is view
    assert budget.fitting(engine.View(neurons=0, grid=200), [spec([128] * 16)]).neurons == 0


def test_every_preset_is_taken_with_as_many_members_as_there_can_be() -> None:
    for preset in PRESETS.values():
        budget.check([engine.RunSpec.from_dict(preset.spec)] * MAX_MEMBERS)


def test_what_is_told_once_of_a_run_is_what_is_told_each_time() -> None:
    view = engine.View(grid=200, neurons=64)
    for members, each in LEGAL.values():
        specs = (each,) * members
        bounds = budget.Bounds(specs)
        assert bounds.slow == budget.is_slow(specs)
        assert bounds.may_be_diagnosed == budget.may_be_diagnosed(each)
        assert bounds.fitting(view) == budget.fitting(view, specs) == bounds.fitting(view)
        assert bounds.fitting(engine.View()) == budget.fitting(engine.View(), specs)
        assert not (bounds.short and bounds.slow)
    assert budget.Bounds((spec([4, 2]),)).short
    assert not budget.Bounds((spec([128] * 4),)).short


def test_pictures_of_wide_layers_are_coarsest_while_many_play() -> None:
    small, wide = (
        budget.Bounds((spec([units] * 2),)).coarse(engine.View(grid=48, neurons=16))
        for units in (8, 128)
    )
    assert (small.grid, small.neurons) == (32, 16)
    assert budget.SMALLEST <= wide.neurons < small.neurons < wide.grid < small.grid
