"""What a session tells a browser besides frames."""

from __future__ import annotations

import numpy as np

import engine
from app import protocol
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
        speed=session.speed,
        spec=state.spec.to_dict(),
        start_spec=state.start_spec.to_dict(),
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
        failure=_failure(session.failure),
        stop=_stop(session.stop),
        findings=[_finding(finding, state.spec) for finding in session.findings],
    )


def signature(session: Session) -> tuple[object, ...]:
    """What a browser should be told of at once when it changes."""
    state = session.state
    return (
        session.run,
        session.phase,
        session.speed,
        state.spec,
        len(state.edits),
        len(session.planned),
        session.failure,
        session.stop,
        session.curves,
        session.arrivals,
        session.findings,
    )


def history(session: Session) -> bytes:
    """The `history` frame."""
    columns = np.ascontiguousarray(session.history.rows.T)
    arrays = {
        "steps": columns[0],
        "epochs": columns[1],
        "metrics": columns[2:-1],
        "learning_rates": columns[-1],
    }
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
