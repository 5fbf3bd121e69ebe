"""What a session tells a browser besides frames."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import engine
from app import protocol
from app.session import record
from app.session.history import OF_ALL, OF_EACH
from app.session.session import Session
from engine.words import ENGLISH, Language


def status(session: Session, *, light: bool = False, language: Language = ENGLISH) -> str:
    """The `status` message: the truth about settings. light: whether pictures are coarser for now."""
    state = session.state
    failures = [_failure(state, member) for member in range(len(state.specs))]
    stops = [_stop(state, member) for member in range(len(state.specs))]
    return protocol.dump(
        "status",
        run=session.run.number,
        phase=session.phase,
        step=state.step,
        epoch=state.epoch,
        speed=session.clock.speed,
        spec=protocol.Written(record.text(session.run.present.spec)),
        start_spec=protocol.Written(record.text(session.run.begun.spec)),
        members=session.run.begun.variants,
        specs=_of_members(session, state.specs),
        start_specs=_of_members(session, state.start_specs),
        edits=protocol.Written(record.edits(session.run.edits)),
        planned=len(session.run.planned),
        reached=session.run.reached,
        layout=[
            {"name": name, "offset": offset, "shape": shape}
            for name, offset, shape in engine.layout(state.spec)
        ],
        parameters=engine.parameters(state.spec),
        units=state.spec.units,
        steps_per_epoch=engine.steps_per_epoch(state.spec),
        light=light,
        **language.translated(
            {
                "failure": failures[0],
                "failures": failures,
                "stop": stops[0],
                "stops": stops,
                "findings": [_finding(each, state.spec) for each in session.diagnosis.findings],
            }
        ),
    )


def signature(session: Session) -> tuple[object, ...]:
    """What a browser should be told of at once when it changes."""
    state = session.state
    return (
        session.run.number,
        session.phase,
        session.clock.speed,
        state.specs,
        state.edits,  # of several changes at one step the last is no further edit
        len(session.run.planned),
        state.failures,
        state.stops,
        session.seen.curves,
        session.seen.arrivals,
        session.diagnosis.findings,
    )


def history(session: Session) -> bytes:
    """The `history` frame."""
    columns = np.ascontiguousarray(session.run.history.rows.T)
    members = columns[OF_ALL:].reshape(-1, OF_EACH, columns.shape[1])
    arrays = {
        "steps": columns[0],
        "epochs": columns[1],
        "metrics": members[0, :-1],
        "learning_rates": members[0, -1],
    }
    if len(members) > 1:
        arrays["member_metrics"] = members[:, :-1]
    return protocol.encode({"type": "history", "run": session.run.number}, arrays)


def _of_members(session: Session, specs: Sequence[engine.RunSpec]) -> protocol.Written:
    """The spec of each network of a comparison; none where there is one network, which the run's own is of.

    The data is that of the run for all. It may be long, and is not said again.
    """
    told = (record.text_without_data(spec) for spec in specs) if session.run.begun.variants else ()
    return protocol.Written(f"[{','.join(told)}]")


def _failure(state: engine.State, member: int) -> dict[str, object] | None:
    """The last number that was not finite, if a network trains no further because of it."""
    found = [failure for failure in state.failures if failure.member == member]
    if not found:
        return None
    return {"step": found[-1].step, "cause": found[-1].cause, "advice": found[-1].advice}


def _stop(state: engine.State, member: int) -> dict[str, object] | None:
    """Which rule of its spec ended a network's training, if one did."""
    found = [stop for stop in state.stops if stop.member == member]
    return {"step": found[-1].step, "reason": found[-1].reason} if found else None


def _finding(finding: engine.insight.Finding, spec: engine.RunSpec) -> dict[str, object]:
    fixes = [
        {
            "label": fix.label,
            "changes": dict(fix.changes),
            "restart": finding.restart
            or not engine.spec.live_changes(spec, spec.replace(fix.changes)),
        }
        for fix in finding.fixes
    ]
    return {"kind": finding.kind, "title": finding.title, "text": finding.text, "fixes": fixes}
