"""A trajectory is what its states were, in order."""

import numpy as np

import engine

SPEC = engine.RunSpec.from_dict({"layers": [{"units": 3, "batch_norm": True}]})


def test_a_trajectory_holds_the_states_it_was_made_of() -> None:
    states = [engine.start([SPEC, SPEC.replace({"weights_seed": 2})])]
    for steps in (4, 9, 1):
        states.append(engine.train(states[-1], steps)[0])
    trajectory = engine.landscape.Trajectory.of(states)
    assert trajectory.steps.tolist() == [0, 4, 13, 14]
    assert trajectory.theta.shape == (4, 2, engine.parameters(SPEC))
    assert trajectory.running.shape == (4, 2, 6)
    middle = trajectory.part(1, 3)
    assert middle.steps.tolist() == [4, 13]
    for i, state in enumerate(states[1:3]):
        np.testing.assert_array_equal(middle.theta[i], state.theta)
        np.testing.assert_array_equal(middle.running[i], state.running)
