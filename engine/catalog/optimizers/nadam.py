"""NAdam: Adam that looks ahead, with a momentum that warms up."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.catalog.optimizers.adam import (
    AVERAGES,
    BETAS,
    IN_TORCH,
    R_HAT,
    V_HAT,
    WRITTEN_AVERAGES,
    R,
    V,
    averages,
    averages_constants,
)
from engine.catalog.optimizers.proximal import divided
from engine.catalog.optimizers.record import (
    Coefficients,
    G,
    N,
    Optimizer,
    Slots,
    W,
    epsilon,
    learning_rate,
)
from engine.catalog.scripts import Torch
from engine.catalog.worked_lines import SCALING, VELOCITY, StepPart, WorkedLine
from engine.core.arrays import Array, Numbers
from engine.core.powers import power
from engine.words import N_

MOMENTUM_DECAY = 0.004
"""ψ: how slowly NAdam's momentum warms up to β₁."""

_WARM = np.cumprod([1 - 0.5 * 0.96 ** (MOMENTUM_DECAY * n) for n in range(1, 201)])
"""Π (1 − ½·0.96^{iψ}) for i = 1 to n, at index n − 1. The last is 1e-58, nothing beside 1."""


def _warming(n: Any) -> Any:
    """1 − ½·0.96^{nψ}: the share of β₁ that is NAdam's momentum at update n."""
    return 1 - 0.5 * power(0.96, MOMENTUM_DECAY * n)


def _product(beta1: Any, n: Any) -> Any:
    """Π = μ₁ ⋯ μₙ."""
    return power(beta1, n) * _WARM[np.minimum(n, len(_WARM)).astype(int) - 1]


def _nadam_coefficients(k: Numbers, rate: Any, n: Any) -> dict[str, Any]:
    """η s (1−μₙ)/(1−Π) for g and η s μₙ₊₁/(1−Π μₙ₊₁) for v, where Π = μ₁ ⋯ μₙ."""
    beta1, s = k["beta1"], power(1 - power(k["beta2"], n), 0.5)
    mu, coming = beta1 * _warming(n), beta1 * _warming(n + 1)
    product = _product(beta1, n)
    return {
        "now": rate * s * (1 - mu) / (1 - product),
        "rate": rate * s * coming / (1 - product * coming),
        "epsilon": s * k["epsilon"],
    }


def _nadam_reach(k: Numbers, rate: Any, n: Any) -> Any:
    c = _nadam_coefficients(k, rate, n)
    return c["now"] + c["rate"] * (1 - k["beta1"] ** n)


def _nadam(theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """Adam with v̂ = μₙ₊₁ v/(1 − μ₁ ⋯ μₙ₊₁) + (1−μₙ) g/(1 − μ₁ ⋯ μₙ), μₙ = β₁(1 − ½·0.96^{nψ}).

    Dozat 2016, Incorporating Nesterov Momentum into Adam: the step looks ahead to the next one's momentum.
    """
    v, r = slots
    averages(g, whole, v, r, t, c)
    np.multiply(g, c["now"], out=g)
    np.multiply(v, c["rate"], out=t)
    np.add(g, t, out=g)
    np.sqrt(r, out=t)
    np.add(t, c["epsilon"], out=t)
    np.divide(g, t, out=g)
    np.subtract(theta, g, out=theta)


_WRITTEN_MOMENTA = (
    WorkedLine(
        name="mu",
        symbol="μ",
        rule="β₁ (1 − ½·0.96^(ψ n))",
        numbers=f"{{beta1}}·(1 − ½·0.96^({MOMENTUM_DECAY}·{{n}}))",
        result=lambda n: n.beta1 * _warming(n.n),
    ),
    WorkedLine(
        name="mu_next",
        symbol="μ′",
        rule="β₁ (1 − ½·0.96^(ψ (n + 1)))",
        numbers=f"{{beta1}}·(1 − ½·0.96^({MOMENTUM_DECAY}·({{n}} + 1)))",
        result=lambda n: n.beta1 * _warming(n.n + 1),
    ),
    WorkedLine(
        name="product",
        symbol="Π",
        rule="μ₁ ⋯ μₙ",
        numbers="μ₁ ⋯ {mu}",
        result=lambda n: _product(n.beta1, n.n),
    ),
    WorkedLine(
        name="v_hat",
        symbol="v̂",
        rule="μ′ v / (1 − Π μ′) + (1−μ) g / (1 − Π)",
        numbers="{mu_next}·{gradient_average_next} / (1 − {product}·{mu_next})"
        " + (1 − {mu})·{g} / (1 − {product})",
        result=lambda n: (
            n.mu_next * n.gradient_average_next / (1 - n.product * n.mu_next)
            + (1 - n.mu) * n.g / (1 - n.product)
        ),
    ),
    WorkedLine(
        name="r_hat",
        symbol="r̂",
        rule="r / (1 − β₂ⁿ)",
        numbers="{square_average_next} / (1 − {beta2}^{n})",
        result=lambda n: n.square_average_next / (1 - n.beta2**n.n),
    ),
    WorkedLine(
        name="w_next",
        symbol="w",
        rule="w − η v̂ / (√r̂ + ε)",
        numbers="{w} − {rate}·{v_hat} / (√{r_hat} + {epsilon})",
        result=lambda n: n.w - n.rate * n.v_hat / (np.sqrt(n.r_hat) + n.epsilon),
    ),
)

NADAM = Optimizer(
    kind="nadam",
    label=N_("NAdam"),
    script_name="NAdam",
    torch=Torch("NAdam", IN_TORCH),
    full_steps=True,
    help=N_("Adam with Nesterov's look-ahead and a momentum that warms up."),
    formula=N_("Adam with v̂ = μ′ v / (1 − Π μ′) + (1−μ) g / (1 − Π)"),
    terms=(
        G,
        V,
        ("μ", N_("momentum of this update")),
        ("μ′", N_("momentum of the next")),
        ("Π", N_("product of all μ so far")),
        V_HAT,
        R,
        R_HAT,
        W,
        N,
        ("ψ", N_("how slowly the momentum warms up")),
    ),
    knobs=(learning_rate(0.01), *BETAS, epsilon(1e-8)),
    slots=AVERAGES,
    constants=averages_constants,
    coefficients=_nadam_coefficients,
    varies=True,
    update=_nadam,
    proximal=divided(_nadam, 1),
    reach=_nadam_reach,
    lines=(*WRITTEN_AVERAGES, *_WRITTEN_MOMENTA),
    parts=(
        StepPart(
            VELOCITY,
            "v̂",
            ("gradient_average_next", "mu", "mu_next", "product", "v_hat"),
            lambda n: n.v_hat,
        ),
        StepPart(
            SCALING,
            "v̂ / (√r̂ + ε)",
            ("square_average_next", "r_hat"),
            lambda n: n.v_hat / (np.sqrt(n.r_hat) + n.epsilon),
        ),
    ),
)
