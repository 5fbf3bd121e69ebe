"""What becomes of signals on their way: idle neurons, and gradients that vanish or explode."""

from __future__ import annotations

import numpy as np

from engine.insight.diagnosis import fixes, remedies
from engine.insight.diagnosis.case import Case
from engine.insight.diagnosis.finding import Finding
from engine.insight.layer_statistics import dead, saturated
from engine.words import N_, NN_, sentences

IDLE = 0.25
"""A layer misses its dead neurons from this share; one in eight it can spare."""
MOSTLY = 0.5
"""A layer is saturated if more than this share of its neurons is."""
VANISHED = 1e-3
"""What the gradient of the first layer is to that of the last: healthy networks of six layers keep 1e-2."""


def dead_units(case: Case) -> Finding | None:
    """Rectifiers that are silent at every training point."""
    counts = [int(dead(layer).sum()) for layer in case.hidden]
    units = [layer.block.n_out for layer in case.hidden]
    if not any(count >= IDLE * n for count, n in zip(counts, units, strict=True)):
        return None
    worst = int(np.argmax(np.array(counts) / units)) + 1
    silent = NN_(
        "{count} of {units} hidden neurons gives 0 at every training point.",
        "{count} of {units} hidden neurons give 0 at every training point.",
        sum(counts),
        units=sum(units),
    )
    parts = [silent]
    if len(units) > 1:
        parts.append(N_("Most of them are in layer {layer}.", layer=worst))
    parts.append(N_("Without a gradient they cannot learn their way back."))
    return Finding(
        "dead_units",
        N_("Dead neurons"),
        sentences(*parts),
        remedies.revival(case.spec),
        restart=True,
    )


def saturated_units(case: Case) -> Finding | None:
    """A layer whose neurons are mostly flat."""
    for number, layer in enumerate(case.hidden, 1):
        count, units = int(saturated(layer).sum()), layer.block.n_out
        if count > MOSTLY * units:
            text = NN_(
                "{count} of {units} neurons of layer {layer} is flat at most points: new weights hardly "
                "change what it gives, so it learns slowly.",
                "{count} of {units} neurons of layer {layer} are flat at most points: new weights hardly "
                "change what they give, so they learn slowly.",
                count,
                units=units,
                layer=number,
            )
            return Finding(
                "saturated",
                N_("Saturated neurons"),
                text,
                remedies.desaturation(case.spec),
                restart=True,
            )
    return None


def gradients(case: Case) -> Finding | None:
    """A first layer that learns far slower, or far faster, than the last."""
    sizes = case.gradient_sizes()
    if len(sizes) < 3 or not (sizes[-1] > 0 and sizes[0] > 0):
        return None
    ratio = sizes[0] / sizes[-1]
    spoilt = fixes.rate_is_high(case.spec)
    if ratio < VANISHED:
        text = N_(
            "In the first layer ∂L/∂z of a neuron is {times} times smaller than in the last: every layer on "
            "the way back shrinks it, so the first hardly learn.",
            times=f"{1 / ratio:,.0f}",
        )
        title = N_("Vanishing gradients")
        return Finding("vanishing", title, text, remedies.flow(case.spec), restart=spoilt)
    if ratio > 1 / VANISHED:
        text = N_(
            "In the first layer ∂L/∂z of a neuron is {times} times larger than in the last: every layer on "
            "the way back makes it grow, so the first jump about.",
            times=f"{ratio:,.0f}",
        )
        title = N_("Exploding gradients")
        return Finding("exploding", title, text, remedies.flow(case.spec), restart=spoilt)
    return None
