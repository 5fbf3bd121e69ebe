"""At the speed it plays by itself a run can be followed: its loss falls by half in half a second or more."""

import numpy as np
import pytest

import engine
from app.presets import PRESETS
from app.session.clock import PlayClock

LOSSES = (0.4, 0.2, 0.1, 0.05)
SEEDS = range(5)
STEPS = 3000
EVERY = 5


def crossings(spec: engine.RunSpec) -> np.ndarray:
    """The first steps at which each network's training loss is below LOSSES, (seeds, 4)."""
    state = engine.start([spec.replace({"weights_seed": seed}) for seed in SEEDS])
    found = np.full((len(SEEDS), len(LOSSES)), -1)
    while state.step < STEPS:
        state, _ = engine.train(state, EVERY)
        below = engine.metrics(state)["train_loss"][:, None] < np.array(LOSSES)
        found[below & (found < 0)] = state.step
    assert (found > 0).all()
    return found


@pytest.mark.parametrize("preset", ["playground", "spiral"])
def test_the_loss_falls_where_one_can_watch_it(preset: str) -> None:
    spec = PRESETS[preset].recipe.spec
    tempo = PlayClock("rising")
    tempo.set_epoch(engine.steps_per_epoch(spec), 0, 0)
    for steps in crossings(spec):
        times = [tempo.due(int(step)) for step in steps]
        assert min(np.diff(times)) >= 0.5
        assert times[-1] < 15, "and it is not long until it is learned"
