"""Looking at a state without changing it: pictures, answers, gradients, diagnoses.

>>> import engine
>>> from engine import insight
>>> spec = engine.RunSpec.from_dict({"data": "xor", "layers": [{"units": 4}]})
>>> state, _ = engine.train(engine.start(spec), 200)

What is drawn: the square from −EXTENT to EXTENT, what stays as it is, and thumbnails of every data set:

>>> insight.observe(state, insight.View(grid=8, neurons=0))["boundary"].shape, insight.EXTENT
((1, 8, 8), 6.0)
>>> insight.scene(spec)["points"].shape, insight.previews({"noise": 0.1})["xor"].shape
((500, 2), (160, 3))

What the network says, at many points or at one:

>>> insight.predict(state, [[3, 3], [-3, 3]]).shape
(1, 2, 2)
>>> asked = insight.probe(state, [3, 3])
>>> isinstance(asked, insight.Probe), asked.probabilities.shape
(True, (2,))

How good its answers are, and how its layers fare:

>>> found = insight.evaluate(state)
>>> isinstance(found, insight.Evaluation), found.confusion.shape
(True, (2, 2, 2))
>>> statistics = insight.layer_statistics(state)
>>> isinstance(statistics, insight.LayerStatistics), statistics.update_ratio.shape
(True, (2,))

One point's way forward and back, and the next update of all:

>>> way = insight.trace(state, (3, 3), label=0)
>>> isinstance(way, insight.Trace), len(way.layers), way.worst < 1e-6
(True, 2, True)
>>> step = insight.next_step(state)
>>> isinstance(step, insight.NextStep), bool((step.gradient == insight.gradient(state)[0]).all())
(True, True)

How the gradient comes down through the layers, and what shrinks it:

>>> flow = insight.gradient_flow(state)
>>> isinstance(flow, insight.GradientFlow), flow.gradients.shape, flow.factors.shape
(True, (2,), (1, 3))

The network as its next update sees it, with the statistics of a batch and masks of dropout:

>>> training = insight.in_training(state)
>>> isinstance(training, insight.InTraining), training.batch
(True, 10)

How sharply the loss curves where the network is, beside the edge of stability:

>>> insight.sharpness_seconds(state.spec) < 0.1
True
>>> sharp = insight.sharpness(state)
>>> isinstance(sharp, insight.Sharpness), sharp.points, sharp.formula, round(sharp.edge, 2), sharp.value > 0
(True, 125, '2/η', 66.67, True)

How signals go forward, at a sample of the points, and how the weights are spread:

>>> signals = insight.activation_flow(insight.Inspection(state))
>>> isinstance(signals, insight.ActivationFlow), signals.points, signals.counts.shape
(True, 125, (2, 32))
>>> spread = insight.weight_spread(state)
>>> isinstance(spread, insight.WeightSpread), spread.weights.tolist()
(True, [8, 4])

Where each layer puts the points and a grid of lines, and how many of them a straight line separates there:

>>> space = insight.hidden_space(insight.Inspection(state))
>>> isinstance(space, insight.HiddenSpace), space.points.shape, space.lines.shape
(True, (2, 125, 2), (2, 13, 13, 2))

What goes wrong, told from the history of the run:

>>> straight = engine.start(engine.RunSpec.from_dict({"data": "xor", "layers": []}))
>>> history = insight.record(straight)
>>> for _ in range(10):
...     straight, _ = engine.train(straight, 50)
...     history = insight.record(straight, history)
>>> insight.COLUMNS[:3], history.shape
(('step', 'epoch', 'train_loss'), (11, 1, 7))
>>> found = insight.diagnose(straight, history)
>>> isinstance(found[0], insight.Finding), found[0].kind, isinstance(found[0].fixes[0], insight.Fix)
(True, 'linear', True)

Who looks at a state more than once shares what that needs:

>>> seen = insight.Inspection(straight)
>>> int(seen.metrics["step"][0]), insight.evaluate(straight, 0, seen).right.shape
(500, (500,))

Information, in nats:

>>> float(insight.entropy([0.5, 0.5]).round(4)), float(insight.cross_entropy([1, 0], [0.5, 0.5]).round(4))
(0.6931, 0.6931)
>>> float(insight.kl_divergence([0.5, 0.5], [0.5, 0.5]))
0.0
"""

from engine.insight.activation_flow import ActivationFlow, activation_flow
from engine.insight.diagnosis import Finding, Fix, diagnose
from engine.insight.evaluation import Evaluation, evaluate
from engine.insight.gradient_flow import GradientFlow, gradient_flow
from engine.insight.hidden_space import HiddenSpace, hidden_space
from engine.insight.history import COLUMNS, record
from engine.insight.in_training import InTraining, in_training
from engine.insight.information import cross_entropy, entropy, kl_divergence
from engine.insight.inspection import Inspection
from engine.insight.layer_statistics import LayerStatistics, layer_statistics
from engine.insight.next_step import NextStep, gradient, next_step
from engine.insight.observe import EXTENT, View, observe, scene
from engine.insight.predict import predict
from engine.insight.previews import previews
from engine.insight.probe import Probe, probe
from engine.insight.sharpness import Sharpness, sharpness, sharpness_seconds
from engine.insight.trace import trace
from engine.insight.trace_records import Trace
from engine.insight.weight_spread import WeightSpread, weight_spread

__all__ = [
    "COLUMNS",
    "EXTENT",
    "ActivationFlow",
    "Evaluation",
    "Finding",
    "Fix",
    "GradientFlow",
    "HiddenSpace",
    "InTraining",
    "Inspection",
    "LayerStatistics",
    "NextStep",
    "Probe",
    "Sharpness",
    "Trace",
    "View",
    "WeightSpread",
    "activation_flow",
    "cross_entropy",
    "diagnose",
    "entropy",
    "evaluate",
    "gradient",
    "gradient_flow",
    "hidden_space",
    "in_training",
    "kl_divergence",
    "layer_statistics",
    "next_step",
    "observe",
    "predict",
    "previews",
    "probe",
    "record",
    "scene",
    "sharpness",
    "sharpness_seconds",
    "trace",
    "weight_spread",
]
