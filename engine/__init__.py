"""A population engine for multilayer perceptrons, in NumPy.

What to train is a `RunSpec`, what came of it a `State`; both are values that never change.

>>> import engine
>>> spec = engine.RunSpec.from_dict({"data": "circle", "layers": [{"units": 8}]})
>>> state = engine.start(spec)
>>> state, report = engine.train(state, 300)
>>> isinstance(state, engine.State), isinstance(report, engine.Report), report.steps
(True, True, 300)

How well it does, how far it is, and what comes next:

>>> engine.METRICS
('train_loss', 'test_loss', 'train_accuracy', 'test_accuracy', 'penalty')
>>> bool(engine.metrics(state)["train_loss"][0] < 0.5)
True
>>> engine.steps_per_epoch(spec), engine.epochs(state), engine.learning_rate(state)
(25, 12.0, array([0.03]))

What the network says, and the gradient of the next batch. Parameters lie in one row a network, in this order:

>>> engine.predict(state, [[0, 0], [4, 4]]).shape, engine.gradient(state).shape
((1, 2, 2), (1, 33))
>>> engine.layout(spec)[0], engine.parameters(spec)
(('layers.0.W', 0, (2, 8)), 33)

The points, and which of them an epoch takes when, changed by augmentation where the spec has any:

>>> drawn = engine.sample(spec)
>>> isinstance(drawn, engine.Sample), drawn.points.shape, drawn.train
(True, (500, 2), 250)
>>> engine.epoch_order(spec, 0).shape, engine.augmented(spec, 0)[0].shape
((250,), (250, 2))
>>> sorted(engine.scene(spec))[:3]
['class_names', 'classes', 'column_names']

What a person looks at:

>>> sorted(engine.observe(state, engine.View(grid=8, neurons=4)))
['boundary', 'metrics', 'neurons', 'theta']

For few steps at a time, as a picture a frame asks for, trainers that are kept save most of the work:

>>> kept = engine.Trainers(2**20)
>>> a, b = engine.train(state, 3, kept)[0], engine.train(state, 3)[0]
>>> a.theta.tobytes() == b.theta.tobytes()
True

A change on the way is an `Edit`; a run with its edits can be made again, bit for bit:

>>> state = engine.edit(state, {"optimizer.learning_rate": 0.1})
>>> state.edits
(Edit(step=300, changes={'optimizer.learning_rate': 0.1}),)
>>> isinstance(state.edits[0], engine.Edit)
True
>>> engine.edited(state.specs, {"batch_size": 5})[0].batch_size
5
>>> again = engine.replay(spec, state.edits, 310)
>>> again.theta.tobytes() == engine.train(state, 10)[0].theta.tobytes()
True

Several networks train in lockstep: those of a comparison, or every combination of some values:

>>> engine.start(engine.members(spec, [{}, {"optimizer.kind": "adam"}])).theta.shape
(2, 33)
>>> many = engine.start(spec, {"weights_seed": [1, 2], "layers.0.units": [2, 4]})
>>> isinstance(many, engine.Population), len(many.specs), len(many.states)
(True, 4, 2)
>>> isinstance(engine.cost(many.states[0].specs), engine.Cost)
True

All that makes a run, as a link carries it, is a recipe:

>>> recipe = engine.Recipe.from_dict({"members": [{}, {"optimizer.kind": "adam"}]})
>>> recipe = recipe.with_change(100, {"batch_size": 20})
>>> [spec.optimizer.kind for spec in recipe.specs], recipe.specs_at(100)[0].batch_size
(['sgd', 'adam'], 20)

A state as bytes and back:

>>> engine.load(engine.dump(state)).step
300

What is wrong is said with all that is wrong:

>>> try:
...     engine.RunSpec.from_dict({"loss": "hinges", "batch_size": 0})
... except engine.SpecError as error:
...     isinstance(error.problems[0], engine.Problem), [problem.path for problem in error.problems]
(True, ['loss.kind', 'batch_size'])
>>> try:
...     engine.load(b"something else")
... except engine.SnapshotError as error:
...     print(error)
not a snapshot: it begins with b'some', not b'MLPS'
>>> try:
...     engine.insight.evaluate(state, member=7)
... except engine.PositionError as error:
...     print(error)
member must be 0, as there is only one, not 7

A network that leaves the finite numbers is kept as it was before, and reported:

>>> wild = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}], "optimizer": "sgd"}
>>> wild = engine.RunSpec.from_dict(wild).replace({"optimizer.learning_rate": 10})
>>> failures = engine.train(engine.start(wild), 500)[1].failures
>>> isinstance(failures[0], engine.Failure), failures[0].member
(True, 0)

More is in `engine.spec`, `engine.catalog`, `engine.insight`, `engine.landscape`, `engine.race`,
`engine.search` and `engine.words`. These and this module are the engine's face: what they list in `__all__`
is kept; all else may change.
"""

from engine import catalog, insight, landscape, race, search, spec, words
from engine.core.errors import PositionError, Problem, SpecError
from engine.insight.next_step import gradient
from engine.insight.observe import View, observe, scene
from engine.insight.predict import predict
from engine.network.layout import layout, parameters
from engine.spec.edits import Edit, edited
from engine.spec.recipe import Recipe
from engine.spec.run_spec import RunSpec
from engine.spec.variants import members
from engine.training.batches import augmented, epoch_order, steps_per_epoch
from engine.training.cost import Cost, cost
from engine.training.data import Sample, sample
from engine.training.edits import replay
from engine.training.grid import Population, edit, learning_rate, metrics, start, train
from engine.training.metrics import METRICS, epochs
from engine.training.snapshot import SnapshotError, dump, load
from engine.training.state import Failure, Report, State
from engine.training.trainers import Trainers

__all__ = [
    "METRICS",
    "Cost",
    "Edit",
    "Failure",
    "Population",
    "PositionError",
    "Problem",
    "Recipe",
    "Report",
    "RunSpec",
    "Sample",
    "SnapshotError",
    "SpecError",
    "State",
    "Trainers",
    "View",
    "augmented",
    "catalog",
    "cost",
    "dump",
    "edit",
    "edited",
    "epoch_order",
    "epochs",
    "gradient",
    "insight",
    "landscape",
    "layout",
    "learning_rate",
    "load",
    "members",
    "metrics",
    "observe",
    "parameters",
    "predict",
    "race",
    "replay",
    "sample",
    "scene",
    "search",
    "spec",
    "start",
    "steps_per_epoch",
    "train",
    "words",
]
