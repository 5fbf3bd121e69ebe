"""The loss as a surface over two directions in the space of the parameters.

>>> import engine
>>> from engine.landscape import Axes, Landscape, Plane, Trajectory, map_sizes, path_losses, plane_through
>>> states = [engine.start(engine.RunSpec.from_dict({"layers": [{"units": 4}]}))]
>>> for _ in range(5):
...     states.append(engine.train(states[-1], 20)[0])
>>> state, trajectory = states[-1], Trajectory.of(states)
>>> trajectory.theta.shape, path_losses(state.specs, trajectory).shape
((6, 1, 17), (6, 1))
>>> plane = plane_through(state, trajectory, Axes("pca"))
>>> isinstance(plane, Plane), plane.labels[0]
(True, 'First principal direction')

The middle of the landscape is the network itself; maps are drawn from coarse to fine:

>>> ground = Landscape.of(state, plane)
>>> bool(abs(ground.losses([[0, 0]]) - engine.metrics(state)["train_loss"]).max() < 1e-6)
True
>>> map_sizes(49), ground.losses(plane.grid(map_sizes(49)[0])).shape
((13, 25, 49), (169,))

Over two weights alone one sees what a penalty does:

>>> from engine.landscape import WeightPair, weight_pair, weight_pair_seconds
>>> weight_pair_seconds(state.spec) < 0.1
True
>>> pair = weight_pair(state, ("output.W.0.0", "output.W.1.0"))
>>> isinstance(pair, WeightPair), pair.loss.shape
(True, (17, 17))
"""

from engine.landscape.loss import Landscape, path_losses
from engine.landscape.planes import Axes, Plane, map_sizes, plane_through
from engine.landscape.trajectory import Trajectory
from engine.landscape.weight_pair import WeightPair, weight_pair, weight_pair_seconds

__all__ = [
    "Axes",
    "Landscape",
    "Plane",
    "Trajectory",
    "WeightPair",
    "map_sizes",
    "path_losses",
    "plane_through",
    "weight_pair",
    "weight_pair_seconds",
]
