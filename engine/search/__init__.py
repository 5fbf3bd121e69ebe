"""The search for good settings: which knobs, how they are tried, and how good the best one really is.

A search varies one to six knobs of a base run; the budget is in optimizer updates, of all networks together:

>>> import engine
>>> from engine import search
>>> spec = search.SearchSpec.from_dict(
...     {
...         "base": {"data": {"kind": "moons", "noise": 0.3}, "layers": [{"units": 4}]},
...         "knobs": [
...             {"path": "optimizer.learning_rate", "low": 0.01, "high": 1},
...             {"path": "layers.0.activation.kind", "values": ["tanh", "relu"]},
...         ],
...         "strategy": "random",
...         "budget": 4800,
...         "updates": 200,
...     }
... )
>>> spec.trials, spec.seconds < 1
(24, True)
>>> [isinstance(axis.over, search.Range) for axis in spec.axes if isinstance(axis, search.Axis)]
[True, False]
>>> spec.space.changes([0.5, 0.9])
{'optimizer.learning_rate': 0.1, 'layers.0.activation.kind': 'relu'}
>>> isinstance(spec.axes[1].over, search.Values), isinstance(spec.space, search.Space)
(True, True)

It is run in pieces, and where it is cut changes nothing:

>>> run, piece = search.advance_search(search.begin_search(spec), 1000)
>>> isinstance(run, search.Search), isinstance(piece, search.Piece), len(piece.proposed), run.done
(True, True, 24, False)
>>> while not run.done:
...     run, piece = search.advance_search(run, 1000)
>>> isinstance(run.best, search.Trial), run.best is search.ranked(run.trials)[0], run.spent
(True, True, 4800)

Which knob mattered, what had been found when, and which settings starts alone cannot tell apart:

>>> shares = search.importance(run)
>>> isinstance(shares[0], search.Importance), [0 <= each.share <= 1 for each in shares]
(True, [True, True])
>>> spent, lowest = search.best_so_far(run)
>>> spent.tolist()[:3], bool(lowest[-1] == run.best.median)
([200, 400, 600], True)
>>> band = search.seed_band(run, starts=16)
>>> isinstance(band, search.Band), band.low <= band.middle <= band.high
(True, True)

Trials are judged by validation points. The others are sealed, and looked at once:

>>> spec.split
Split(train=slice(0, 250, None), validation=slice(250, 375, None), test=slice(375, 500, None))
>>> isinstance(spec.split, search.Split), isinstance(search.open_seal(run), search.Verdict)
(True, True)

Both can be had in pieces as well, from the networks of one trial before their first update:

>>> state = search.same_starts(spec, run.best.changes)
>>> trained, _ = engine.train(state, spec.updates)
>>> search.verdict_of(spec, trained) == search.open_seal(run)
True
>>> search.start_scores(spec, trained) == run.best.scores
True
>>> state = search.other_starts(spec, run.best.changes, starts=16)
>>> search.band_of(spec, engine.train(state, spec.updates)[0]) == band
True

Is one strategy better than another? Two searches side by side are a throw of the dice, sixty are evidence:

>>> values = {"search": spec.to_dict(), "against": "latin_hypercube", "duels": 2}
>>> duels = search.begin_duels(search.DuelSpec.from_dict(values))
>>> while not duels.done:
...     duels, ended = search.advance_duels(duels, 4800)
>>> isinstance(duels, search.Duels), isinstance(ended[0], search.Duel), ended[0].number
(True, True, 1)
>>> isinstance(duels.tally, search.Tally), duels.tally.duels, duels.tally.tells
(True, 2, False)
>>> [round(share, 2) for share in search.wilson(41, 60)]
[0.56, 0.79]

The ground behind two knobs, every cell of it trained as a trial is:

>>> ground = search.TruthSpec.from_dict({"search": spec.to_dict(), "axes": [0, 1]})
>>> ground.sides, ground.changes(0)["layers.0.activation.kind"], ground.seconds < 1
((16, 2), 'tanh', True)
>>> truth, cells = search.advance_truth(search.begin_truth(ground), 1000)
>>> isinstance(truth, search.Truth), truth.done, cells
(True, False, ())
>>> truth, cells = search.advance_truth(truth, ground.updates)
>>> truth.done, len(cells), truth.spent <= ground.updates
(True, 32, True)

This is how large a search may be, and how near to an edge of its box the best lies at it:

>>> search.MAX_KNOBS, search.MAX_TRIALS, search.MAX_SHAPES, search.SEEDS
(6, 2000, 4, (1, 3, 5, 10))
>>> search.EDGE
0.1
>>> [section.path for section in search.SEARCH_SECTIONS]
['strategy', '']
"""

from engine.catalog.strategies.adaptive import EDGE
from engine.search.axes import Axis, Range, Values
from engine.search.duel import Duel, Duels, Tally, advance_duels, begin_duels
from engine.search.duel_spec import DuelSpec
from engine.search.importance import Importance, importance
from engine.search.progress import best_so_far
from engine.search.seal import (
    Band,
    Verdict,
    band_of,
    open_seal,
    other_starts,
    same_starts,
    seed_band,
    start_scores,
    verdict_of,
)
from engine.search.search import Piece, Search, advance_search, begin_search
from engine.search.sections import MAX_KNOBS, MAX_SHAPES, MAX_TRIALS, SEARCH_SECTIONS, SEEDS
from engine.search.space import Space
from engine.search.spec import SearchSpec
from engine.search.split import Split
from engine.search.trials import Trial, ranked
from engine.search.truth import Truth, advance_truth, begin_truth
from engine.search.truth_spec import TruthSpec
from engine.search.wilson import wilson

__all__ = [
    "EDGE",
    "MAX_KNOBS",
    "MAX_SHAPES",
    "MAX_TRIALS",
    "SEARCH_SECTIONS",
    "SEEDS",
    "Axis",
    "Band",
    "Duel",
    "DuelSpec",
    "Duels",
    "Importance",
    "Piece",
    "Range",
    "Search",
    "SearchSpec",
    "Space",
    "Split",
    "Tally",
    "Trial",
    "Truth",
    "TruthSpec",
    "Values",
    "Verdict",
    "advance_duels",
    "advance_search",
    "advance_truth",
    "band_of",
    "begin_duels",
    "begin_search",
    "begin_truth",
    "best_so_far",
    "importance",
    "open_seal",
    "other_starts",
    "ranked",
    "same_starts",
    "seed_band",
    "start_scores",
    "verdict_of",
    "wilson",
]
