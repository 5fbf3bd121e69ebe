"""A population engine for multilayer perceptrons, in NumPy.

spec = engine.RunSpec.from_dict({"layers": [{"units": 8}], "optimizer": {"kind": "adam"}})
state = engine.start(spec)
state, report = engine.train(state, 1000)
print(engine.metrics(state))
"""

from engine.catalog.sections import FAMILIES, SECTIONS, Section
from engine.catalog.surfaces import SURFACES, Surface, surface_of
from engine.catalog.surfaces.formula_parser import FormulaError
from engine.core.errors import Problem, SpecError
from engine.core.registry import Family, Knob, Record
from engine.insight.diagnosis import Finding, Fix, diagnose
from engine.insight.evaluation import Evaluation, evaluate
from engine.insight.information import cross_entropy, entropy, kl_divergence
from engine.insight.inspection import Inspection
from engine.insight.layer_statistics import LayerStatistics, layer_statistics
from engine.insight.observe import EXTENT, View, observe, scene
from engine.insight.previews import previews
from engine.insight.probe import Probe, probe
from engine.insight.trace import trace
from engine.insight.trace_records import Trace
from engine.landscape.loss import Landscape, trail_losses
from engine.landscape.planes import Axes, Plane, map_sizes, plane_through
from engine.landscape.trajectory import Trail
from engine.network.layout import layout, parameters
from engine.race.basins import Basins, basins_of, begin_basins
from engine.race.descent import Descent, descend
from engine.race.heights import surface_map
from engine.race.outcomes import Standing, minima_of
from engine.race.quadratic import eigenvalues_of
from engine.race.race import Race, Stretch, advance_race, begin_race
from engine.race.rate_map import begin_rates, rates_axes, rates_of
from engine.race.sections import RACE_SECTIONS
from engine.race.spec import Racer, RaceSpec
from engine.race.theory import Theory, theory
from engine.race.worked_updates import Arithmetic, work_out
from engine.spec.edits import Edit, edited
from engine.spec.live import is_live, keeps_shapes, live_changes
from engine.spec.parameter_names import split
from engine.spec.recipe import Recipe
from engine.spec.run_spec import RunSpec
from engine.spec.variants import members
from engine.training.batches import augmented, steps_per_epoch
from engine.training.cost import Cost, cost
from engine.training.edits import replay
from engine.training.grid import Population, edit, learning_rate, metrics, start, train
from engine.training.metrics import METRICS, epochs
from engine.training.snapshot import SnapshotError, dump, load
from engine.training.state import Best, Failure, Report, State, Stop
from engine.training.trainers import Trainers

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
    "Inspection",
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
    "Recipe",
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
    "Trainers",
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
