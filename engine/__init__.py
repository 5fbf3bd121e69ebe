"""A population engine for multilayer perceptrons, in NumPy.

spec = engine.RunSpec.from_dict({"layers": [{"units": 8}], "optimizer": {"kind": "adam"}})
state = engine.start(spec)
state, report = engine.train(state, 1000)
print(engine.metrics(state))
"""

from engine.arithmetic import Arithmetic, work_out
from engine.basins import Basins, basins_of, begin_basins
from engine.batches import augmented, steps_per_epoch
from engine.catalog import FAMILIES, SECTIONS, Section
from engine.cost import Cost, cost
from engine.descent import Descent, descend
from engine.diagnosis import Finding, Fix, diagnose
from engine.edits import edited, replay
from engine.evaluation import Evaluation, evaluate
from engine.formula import FormulaError
from engine.information import cross_entropy, entropy, kl_divergence
from engine.landscape import Landscape, trail_losses
from engine.layer_statistics import LayerStatistics, layer_statistics
from engine.live import is_live, keeps_shapes, live_changes
from engine.members import members
from engine.network import layout, parameters
from engine.observe import EXTENT, METRICS, View, epochs, observe, scene
from engine.parameters import split
from engine.planes import Axes, Plane, map_sizes, plane_through
from engine.population import Population, edit, learning_rate, metrics, start, train
from engine.previews import previews
from engine.probe import Probe, probe
from engine.problems import Problem, SpecError
from engine.race import Race, Stretch, advance_race, begin_race
from engine.race_sections import RACE_SECTIONS
from engine.race_spec import Racer, RaceSpec
from engine.rates import begin_rates, rates_axes, rates_of
from engine.registry import Family, Knob, Record
from engine.snapshot import SnapshotError, dump, load
from engine.spec import RunSpec
from engine.standing import Standing, minima_of
from engine.state import Best, Edit, Failure, Report, State, Stop
from engine.surface_map import surface_map
from engine.surfaces import SURFACES, Surface, surface_of
from engine.theory import Theory, eigenvalues_of, theory
from engine.trace import trace
from engine.trace_parts import Trace
from engine.trail import Trail

__all__ = [
    "EXTENT",
    "FAMILIES",
    "METRICS",
    "RACE_SECTIONS",
    "SECTIONS",
    "SURFACES",
    "Arithmetic",
    "Axes",
    "Basins",
    "Best",
    "Cost",
    "Descent",
    "Edit",
    "Evaluation",
    "Failure",
    "Family",
    "Finding",
    "Fix",
    "FormulaError",
    "Knob",
    "Landscape",
    "LayerStatistics",
    "Plane",
    "Population",
    "Probe",
    "Problem",
    "Race",
    "RaceSpec",
    "Racer",
    "Record",
    "Report",
    "RunSpec",
    "Section",
    "SnapshotError",
    "SpecError",
    "Standing",
    "State",
    "Stop",
    "Stretch",
    "Surface",
    "Theory",
    "Trace",
    "Trail",
    "View",
    "advance_race",
    "augmented",
    "basins_of",
    "begin_basins",
    "begin_race",
    "begin_rates",
    "cost",
    "cross_entropy",
    "descend",
    "diagnose",
    "dump",
    "edit",
    "edited",
    "eigenvalues_of",
    "entropy",
    "epochs",
    "evaluate",
    "is_live",
    "keeps_shapes",
    "kl_divergence",
    "layer_statistics",
    "layout",
    "learning_rate",
    "live_changes",
    "load",
    "map_sizes",
    "members",
    "metrics",
    "minima_of",
    "observe",
    "parameters",
    "plane_through",
    "previews",
    "probe",
    "rates_axes",
    "rates_of",
    "replay",
    "scene",
    "split",
    "start",
    "steps_per_epoch",
    "surface_map",
    "surface_of",
    "theory",
    "trace",
    "trail_losses",
    "train",
    "work_out",
]
