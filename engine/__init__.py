"""A population engine for multilayer perceptrons, in NumPy.

spec = engine.RunSpec.from_dict({"layers": [{"units": 8}], "optimizer": {"kind": "adam"}})
state = engine.start(spec)
state, report = engine.train(state, 1000)
print(engine.metrics(state))
"""

from engine.batches import augmented, steps_per_epoch
from engine.catalog import FAMILIES, SECTIONS, Section
from engine.formula import FormulaError, surface_of
from engine.network import layout, parameters
from engine.observe import EXTENT, METRICS, View, epochs, observe, scene
from engine.population import Population, edit, learning_rate, metrics, start, train
from engine.previews import previews
from engine.registry import Family, Knob, Record
from engine.run import replay
from engine.spec import Problem, RunSpec, SpecError, is_live, live_changes
from engine.state import Best, Edit, Failure, Report, State, Stop
from engine.surfaces import SURFACES, Surface

__all__ = [
    "EXTENT",
    "FAMILIES",
    "METRICS",
    "SECTIONS",
    "SURFACES",
    "Best",
    "Edit",
    "Failure",
    "Family",
    "FormulaError",
    "Knob",
    "Population",
    "Problem",
    "Record",
    "Report",
    "RunSpec",
    "Section",
    "SpecError",
    "State",
    "Stop",
    "Surface",
    "View",
    "augmented",
    "edit",
    "epochs",
    "is_live",
    "layout",
    "learning_rate",
    "live_changes",
    "metrics",
    "observe",
    "parameters",
    "previews",
    "replay",
    "scene",
    "start",
    "steps_per_epoch",
    "surface_of",
    "train",
]
