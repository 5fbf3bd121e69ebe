"""How stop rules act on a state: when they have to look, and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.catalog.stop_rules import STOPS, Moment, reason, unimproved
from engine.core.arrays import read_only
from engine.core.numerals import numeral
from engine.training.batches import batches_of
from engine.training.data import train_points
from engine.training.metrics import metrics
from engine.training.state import Best, State, Stop
from engine.words import N_


def active(state: State) -> list[int]:
    """The members that still train: neither failed nor stopped."""
    done = {failure.member for failure in state.failures} | {stop.member for stop in state.stops}
    return [member for member in range(len(state.specs)) if member not in done]


def next_look(state: State) -> int | None:
    """The first step after this state at which an active member's rule has to look."""
    moments = []
    for member in active(state):
        rule = state.specs[member].stop
        looks = STOPS[rule.kind].looks
        if looks == "epoch":
            left = train_points(state.spec) - state.cursor
            moments.append(state.step + batches_of(state.spec, left))
        elif looks == "step" and rule["steps"] > state.step:
            moments.append(rule["steps"])
    return min(moments, default=None)


def look(state: State, moments: Sequence[Moment] = ("step", "epoch")) -> State:
    """Stop the members whose rule looks at one of these moments and says so at this step."""
    due = [
        member
        for member in active(state)
        if STOPS[state.specs[member].stop.kind].looks in moments and _due(state, member)
    ]
    if not due:
        return state
    watched = any(STOPS[state.specs[member].stop.kind].watches for member in due)
    found = metrics(state) if watched else {}
    for member in due:
        rule = state.specs[member].stop
        mine = {name: float(values[member]) for name, values in found.items()}
        if rule.kind == "plateau":
            state = _look_for_plateau(state, member, mine[STOPS["plateau"].metric(rule.knobs)])
            continue
        why = reason(rule.kind, rule.knobs, state.epoch, mine)
        if why:
            state = replace(state, stops=(*state.stops, Stop(member, state.step, why)))
    return state


def _due(state: State, member: int) -> bool:
    rule = state.specs[member].stop
    looks = STOPS[rule.kind].looks
    if looks == "step":
        return bool(rule["steps"] == state.step)
    return looks == "epoch" and state.cursor == 0


def _look_for_plateau(state: State, member: int, loss: float) -> State:
    """Remember the member's best weights, or stop it where they are too long ago."""
    rule = state.specs[member].stop
    best = state.best or Best.none(state)
    if loss < best.loss[member] - rule["improvement"]:
        return replace(state, best=best.with_member(state, member, loss))
    waited = state.epoch - best.epoch[member]
    if waited < rule["patience"]:
        return state
    why = unimproved(rule["on"], int(waited))
    if not rule["keep_best"]:
        return replace(state, stops=(*state.stops, Stop(member, state.step, why)))
    why = N_(
        "{why}; back to the weights of epoch {epoch}, where it was {loss}",
        why=why,
        epoch=int(best.epoch[member]),
        loss=numeral(best.loss[member], 4),
    )
    theta, running = state.theta.copy(), state.running.copy()
    theta[member], running[member] = best.theta[member], best.running[member]
    stops = (*state.stops, Stop(member, state.step, why))
    return replace(state, theta=read_only(theta), running=read_only(running), stops=stops)
