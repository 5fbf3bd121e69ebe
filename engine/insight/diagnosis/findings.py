"""What goes wrong in training, and what to try: a few sentences a teacher would say looking at the page.

Every finding is judged by the numbers of one member and by `engine.insight.diagnosis.baselines`: a network
that does as well as its data allows is healthy, whatever its neurons look like inside.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.core.arrays import Array
from engine.core.errors import position
from engine.insight.diagnosis import configuration, generalization, progress, remedies, signals
from engine.insight.diagnosis.case import Case
from engine.insight.diagnosis.finding import Finding
from engine.insight.history import COLUMNS
from engine.training.grid import Population, one_of
from engine.training.state import State
from engine.words import N_

MOST = 3
"""More findings than this are a list that nobody reads."""
_ROOTS = {"over_penalty", "inputs", "symmetry", "small_batches"}
"""Where one of these is found, idle neurons and gradients that vanish are what follows from it."""


def diagnose(state: State | Population, history: Array, member: int = 0) -> tuple[Finding, ...]:
    """What goes wrong with a member, the worst first; nothing where it does well.

    history: what `record` keeps of all M members, (n, M, 7), or of this one alone, (n, 7): COLUMNS from the
    start, in order, possibly thinned; NaN where there is no number. Raises ValueError for another shape,
    PositionError for a member that there is not.
    """
    history = np.asarray(history, np.float64)
    members = len(state.places if isinstance(state, Population) else state.specs)
    if history.ndim == 3 and history.shape[1:] == (members, len(COLUMNS)):
        history = history[:, position("member", member, members)]
    if history.ndim != 2 or history.shape[1] != len(COLUMNS):
        raise ValueError(
            N_(
                "history is {one} of one network or {all} of all, not {shape}",
                one=f"(n, {len(COLUMNS)})",
                all=f"(n, {members}, {len(COLUMNS)})",
                shape=str(history.shape),
            )
        )
    state, member = one_of(state, member)
    case = Case(state, member, history)
    with np.errstate(all="ignore"):
        blown = progress.diverged(case)
        if blown:
            return (replace(blown, fixes=remedies.offered(case.spec, blown.fixes)),)
        if not case.long:
            return ()
        causes = [] if case.good else _causes(case)
        memory = generalization.few_points(case) or generalization.over_fitting(case)
        found = [*causes, *([memory] if memory else [])]
        if not found and not case.good:
            stuck = progress.plateau(case)
            found = [stuck] if stuck else []
    return tuple(
        replace(each, fixes=remedies.offered(case.spec, each.fixes)) for each in found[:MOST]
    )


def _causes(case: Case) -> list[Finding]:
    """What keeps a network from doing well, the worst first; what only follows from another is left out."""
    blind = configuration.blind_inputs(case)
    if blind:
        return [blind]
    roots = (
        configuration.over_penalty,
        configuration.linear,
        configuration.unscaled_inputs,
        configuration.symmetry,
        configuration.small_batches,
    )
    found = [each for look in roots if (each := look(case))]
    if any(each.kind in _ROOTS for each in found):
        return found
    # a dead layer lets no gradient through
    symptoms = [signals.dead_units(case) or signals.gradients(case), signals.saturated_units(case)]
    return [*found, *(each for each in symptoms if each)]
