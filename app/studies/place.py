"""From a place on a landscape back to the weights of the network."""

from __future__ import annotations

import numpy as np

import engine
from app.protocol import Place, ProtocolError, Set
from app.studies.job import PlacedPlane
from engine.spec import WHOLE, pack
from engine.words import N_

MOST = 2000
"""So many parameters can be set at once: they become part of the run's edits, which every link carries."""


def setting(control: Place, placed: PlacedPlane | None, spec: engine.RunSpec) -> Set:
    """The change of settings that a place stands for. Raises ProtocolError where it stands for none."""
    if placed is None:
        raise _refusal(control, N_("There is no landscape yet to find this place on."))
    if placed.layout != engine.layout(spec):
        said = N_("The network has changed its shape since the landscape was drawn.")
        raise _refusal(control, said)
    count = engine.parameters(spec)
    if count > MOST:
        said = N_(
            "This network has {count} parameters; at most {most} can be set at once.",
            count=count,
            most=MOST,
        )
        raise _refusal(control, said)
    theta = placed.plane.at(np.array(control.at)).astype(spec.dtype)
    return Set(type="set", id=control.id, changes={WHOLE: pack(theta)})


def _refusal(control: Place, said: str) -> ProtocolError:
    return ProtocolError("bad_message", said, reply_to=control.id)
