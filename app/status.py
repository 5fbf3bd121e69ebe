"""What a session tells a browser besides frames."""

from __future__ import annotations

import numpy as np

import engine
from app import protocol
from app.history import OF_ALL, OF_EACH
from app.session import Session


def status(session: Session) -> str:
    """The `status` message: the truth about settings."""
    state = session.state
    return protocol.dump(
        "status",
        run=session.run,
        phase=session.phase,
        step=state.step,
        epoch=state.epoch,
        speed=session.tempo.speed,
        spec=session.present.spec.to_dict(),
        start_spec=session.cast.spec.to_dict(),
        members=session.cast.members,
        edits=[{"step": edit.step, "changes": dict(edit.changes)} for edit in session.edits],
        planned=len(session.planned),
        reached=session.reached,
        layout=[
            {"name": name, "offset": offset, "shape": shape}
            for name, offset, shape in engine.layout(state.spec)
        ],
        parameters=engine.parameters(state.spec),
        units=state.spec.units,
        steps_per_epoch=engine.steps_per_epoch(state.spec),
        failure=_failure(session.failures[0]),
        failures=[_failure(failure) for failure in session.failures],
        stop=_stop(session.stops[0]),
        stops=[_stop(stop) for stop in session.stops],
        findings=[_finding(finding, state.spec) for finding in session.findings],
    )


def signature(session: Session) -> tuple[object, ...]:
    """What a browser should be told of at once when it changes."""
    state = session.state
    return (
        session.run,
        session.phase,
        session.tempo.speed,
        state.specs,
        len(state.edits),
        len(session.planned),
        session.failures,
        session.stops,
        session.curves,
        session.arrivals,
        session.findings,
    )


def history(session: Session) -> bytes:
    """The `history` frame."""
    columns = np.ascontiguousarray(session.history.rows.T)
    members = columns[OF_ALL:].reshape(-1, OF_EACH, columns.shape[1])
    arrays = {
        "steps": columns[0],
        "epochs": columns[1],
        "metrics": members[0, :-1],
        "learning_rates": members[0, -1],
    }
    if len(members) > 1:
        arrays["member_metrics"] = members[:, :-1]
    return protocol.encode({"type": "history", "run": session.run}, arrays)


def _failure(failure: engine.Failure | None) -> dict[str, object] | None:
    if failure is None:
        return None
    return {"step": failure.step, "cause": failure.cause, "advice": failure.advice}


def _stop(stop: engine.Stop | None) -> dict[str, object] | None:
    return None if stop is None else {"step": stop.step, "reason": stop.reason}


def _finding(finding: engine.Finding, spec: engine.RunSpec) -> dict[str, object]:
    fixes = [
        {
            "label": fix.label,
            "changes": dict(fix.changes),
            "restart": not engine.live_changes(spec, spec.replace(fix.changes)),
        }
        for fix in finding.fixes
    ]
    return {"kind": finding.kind, "title": finding.title, "text": finding.text, "fixes": fixes}
