"""What a run can be made of, each a record: activations, losses, optimizers, data sets, surfaces.

Every family is a table of records by kind, and every record has knobs:

>>> from engine.catalog import FAMILIES, OPTIMIZERS, Family, Knob, Record
>>> isinstance(OPTIMIZERS, Family), OPTIMIZERS is FAMILIES["optimizers"]
(True, True)
>>> momentum = OPTIMIZERS["momentum"]
>>> isinstance(momentum, Record), momentum.formula
(True, 'v ← μ v + g,  w ← w − η v')
>>> isinstance(momentum.knobs[0], Knob), momentum.defaults
(True, {'learning_rate': 0.01, 'momentum': 0.9})

Records know what exported scripts call them, and what PyTorch does, if it has the same:

>>> from engine.catalog import Torch
>>> momentum.script_name, isinstance(momentum.torch, Torch), momentum.torch.named(momentum.defaults)
('Momentum', True, {'lr': 0.01, 'momentum': 0.9})

The other families:

>>> from engine.catalog import ACTIVATIONS, AUGMENTATIONS, CLIPS, DATASETS, FEATURES
>>> [next(iter(family)) for family in (ACTIVATIONS, AUGMENTATIONS, CLIPS, DATASETS, FEATURES)]
['linear', 'flip', 'none', 'circle', 'x1']
>>> from engine.catalog import INITIALIZERS, LOSSES, SCHEDULES, STOPS, STRATEGIES, SURFACES
>>> [next(iter(family)) for family in (INITIALIZERS, LOSSES, SCHEDULES, STOPS, STRATEGIES, SURFACES)]
['zeros', 'squared_error', 'constant', 'none', 'grid', 'bowl']

A section is a part of a spec, which chooses from a family or has knobs of its own:

>>> from engine.catalog import SECTIONS, Section
>>> [section.path for section in SECTIONS if isinstance(section, Section)][:3]
['data', 'augmentation', 'layers.*']

Surfaces have a height and a gradient; a person's own is a formula, read into a tree of `Node`s:

>>> from engine.catalog import FormulaError, Node, Operation, Surface, parse_formula, surface_of
>>> isinstance(SURFACES["bowl"], Surface), surface_of("x^2 + 2*y^2").minima
(True, ((0.0, 0.0),))
>>> root = parse_formula("x + 1").root
>>> isinstance(root, Operation), issubclass(Operation, Node)
(True, True)
>>> try:
...     parse_formula("x +")
... except FormulaError as error:
...     print(error.message)
expected a number, x, y, a function or (, found the end

Own points have so many rows at most, no further from 0 than this, with classes up to the last one or a value
that `VALUE` reads, and names no longer than that:

>>> from engine.catalog import FARTHEST, LAST_CLASS, LONGEST_NAME, MOST_ROWS, VALUE
>>> MOST_ROWS, FARTHEST, LAST_CLASS, VALUE.read(3), LONGEST_NAME
(2000, 100, 9, 3.0, 40)

So many hidden layers, and letters of a formula, there may be:

>>> from engine.catalog import LONGEST_FORMULA, MAX_LAYERS
>>> MAX_LAYERS, LONGEST_FORMULA
(16, 200)
"""

from engine.catalog.activations import ACTIVATIONS
from engine.catalog.augmentations import AUGMENTATIONS
from engine.catalog.clipping import CLIPS
from engine.catalog.datasets import DATASETS
from engine.catalog.datasets.custom import FARTHEST, LAST_CLASS, LONGEST_NAME, MOST_ROWS, VALUE
from engine.catalog.features import FEATURES
from engine.catalog.initializers import INITIALIZERS
from engine.catalog.losses import LOSSES
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.schedules import SCHEDULES
from engine.catalog.scripts import Torch
from engine.catalog.sections import FAMILIES, MAX_LAYERS, SECTIONS, Section
from engine.catalog.stop_rules import STOPS
from engine.catalog.strategies import STRATEGIES
from engine.catalog.surfaces import SURFACES, Surface, surface_of
from engine.catalog.surfaces.expression import Node, Operation
from engine.catalog.surfaces.formula_parser import MAX_LENGTH as LONGEST_FORMULA
from engine.catalog.surfaces.formula_parser import FormulaError
from engine.catalog.surfaces.formula_parser import parse as parse_formula
from engine.core.registry import Family, Knob, Record

__all__ = [
    "ACTIVATIONS",
    "AUGMENTATIONS",
    "CLIPS",
    "DATASETS",
    "FAMILIES",
    "FARTHEST",
    "FEATURES",
    "INITIALIZERS",
    "LAST_CLASS",
    "LONGEST_FORMULA",
    "LONGEST_NAME",
    "LOSSES",
    "MAX_LAYERS",
    "MOST_ROWS",
    "OPTIMIZERS",
    "SCHEDULES",
    "SECTIONS",
    "STOPS",
    "STRATEGIES",
    "SURFACES",
    "VALUE",
    "Family",
    "FormulaError",
    "Knob",
    "Node",
    "Operation",
    "Record",
    "Section",
    "Surface",
    "Torch",
    "parse_formula",
    "surface_of",
]
