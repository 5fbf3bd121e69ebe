"""The description of a run: read, checked, changed, addressed by path.

>>> from engine.spec import RunSpec, SpecError, Problem, Choice, Layer
>>> spec = RunSpec.from_dict({"layers": [{"units": 3}], "optimizer": "adam"})
>>> isinstance(spec.optimizer, Choice), spec.optimizer["learning_rate"], isinstance(spec.layers[0], Layer)
(True, 0.01, True)
>>> try:
...     spec.replace({"layers.0.units": 0})
... except SpecError as error:
...     isinstance(error.problems[0], Problem), str(error)
(True, 'layers.0.units: 0 is not allowed; expected a whole number from 1 to 128')

What can change under way, and the networks of a comparison:

>>> from engine.spec import is_live, keeps_shapes, live_changes, members
>>> is_live("optimizer.learning_rate"), is_live("layers.0.units")
(True, False)
>>> other = spec.replace({"batch_size": 5})
>>> live_changes(spec, other), keeps_shapes(spec, spec.replace({"layers.0.units": 4}))
(True, False)
>>> [each.weights_seed for each in members(spec, [{"weights_seed": 1}, {"weights_seed": 2}])]
[1, 2]

Single parameters by their names, and what an edit sets them to. `WHOLE` is all of them, as a list or as text:

>>> from engine.spec import PREFIX, WHOLE, names, pack, split, whole, with_values
>>> names(spec.arrays)[:2], PREFIX, WHOLE
(['layers.0.W.0.0', 'layers.0.W.0.1'], 'theta.', 'theta')
>>> parts = split({"batch_size": 5, PREFIX + "output.b.0": 0.25})
>>> parts.settings, parts.values
({'batch_size': 5}, {'theta.output.b.0': 0.25})
>>> import numpy as np
>>> with_values(np.zeros((1, 13)), spec, parts.values)[0, -1]
np.float64(0.25)
>>> text = pack(np.array([1.0, -2.0]))
>>> text, whole(text).tolist()
('f8.AAAAAAAA8D8AAAAAAAAAwA', [1.0, -2.0])

Changes: two made one after the other as one, as short as they can be said, and what they make of specs:

>>> from engine.spec import combined, compact, says
>>> combined({"optimizer.learning_rate": 0.1}, {"optimizer.kind": "sgd"})
{'optimizer.kind': 'sgd'}
>>> compact({"batch_size": 5}, "float32")
{'batch_size': 5}
>>> says((spec,), {"batch_size": 5}, (other,))
True

Numbers that are known to be allowed are put in without another look:

>>> from engine.spec import with_numbers
>>> with_numbers(spec, {"batch_size": 5}) == spec.replace({"batch_size": 5})
True

What a seed's random numbers are for, how long a wrong value is shown at most, and how numbers are written:

>>> from engine.spec import LONGEST, Purpose, numeral
>>> Purpose.WEIGHTS.value, LONGEST
(2, 200)
>>> numeral(0.00000042), numeral(-0.5)
('4.2×10⁻⁷', '−0.5')
"""

from engine.core.errors import LONGEST, Problem, SpecError
from engine.core.numerals import numeral
from engine.core.random import Purpose
from engine.spec.edits import compact
from engine.spec.live import is_live, keeps_shapes, live_changes
from engine.spec.numbers import with_numbers
from engine.spec.parameter_names import PREFIX, WHOLE, names, pack, split
from engine.spec.parameter_values import whole, with_values
from engine.spec.parts import Layer
from engine.spec.paths import combined
from engine.spec.reader import Choice
from engine.spec.recipe import says
from engine.spec.run_spec import RunSpec
from engine.spec.variants import members

__all__ = [
    "LONGEST",
    "PREFIX",
    "WHOLE",
    "Choice",
    "Layer",
    "Problem",
    "Purpose",
    "RunSpec",
    "SpecError",
    "combined",
    "compact",
    "is_live",
    "keeps_shapes",
    "live_changes",
    "members",
    "names",
    "numeral",
    "pack",
    "says",
    "split",
    "whole",
    "with_numbers",
    "with_values",
]
