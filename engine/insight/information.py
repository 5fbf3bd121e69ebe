"""Entropy, cross-entropy and relative entropy: how uncertain probabilities are, and how far apart.

    H(p) = −Σ p ln p        H(p, q) = −Σ p ln q        KL(p‖q) = −Σ p ln(q / p) = H(p, q) − H(p)

They are sums over the classes, in nats unless another base is given (2 gives bits). An outcome with p = 0
counts nothing, whatever q is; one that q rules out and p does not makes cross-entropy and KL infinite.
A network rules nothing out, but e⁻⁵⁰ beside 1 rounds to 0, whose logarithm says it did. So what is said of a
network's answers is worked out from the logarithms themselves (`Loss.log_probabilities`), by the functions
whose names end in `_of_logs`.
Shannon (1948), "A Mathematical Theory of Communication"; Kullback and Leibler (1951).

Shapes: p and q broadcast; `axis` is where their classes are, the last one unless said otherwise. A network's
probabilities (C, N) have them at axis −2. The result lacks that axis.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from engine.core.arrays import Array


def entropy(p: ArrayLike, axis: int = -1, base: float = math.e) -> Array:
    """H(p) = −Σ p ln p: 0 where the outcome is certain, ln C where all C classes are equally likely."""
    return cross_entropy(p, p, axis, base)


def entropy_of_logs(log_p: ArrayLike, axis: int = -1, base: float = math.e) -> Array:
    """H(p) from ln p: a share of e⁻⁵⁰ still counts, where 1 − p would be 0."""
    return cross_entropy_of_logs(np.exp(np.asarray(log_p, np.float64)), log_p, axis, base)


def cross_entropy(p: ArrayLike, q: ArrayLike, axis: int = -1, base: float = math.e) -> Array:
    """H(p, q) = −Σ p ln q: how surprising outcomes drawn from p are to one who believes q.

    For a label p that is one class alone it is −ln q of that class.
    """
    with np.errstate(divide="ignore"):
        return cross_entropy_of_logs(p, np.log(np.asarray(q, np.float64)), axis, base)


def cross_entropy_of_logs(
    p: ArrayLike, log_q: ArrayLike, axis: int = -1, base: float = math.e
) -> Array:
    """H(p, q) from ln q: finite however little q gives to what happens."""
    return _mean(p, -np.asarray(log_q, np.float64), axis) / math.log(base)


def kl_divergence(p: ArrayLike, q: ArrayLike, axis: int = -1, base: float = math.e) -> Array:
    """KL(p‖q) = Σ p ln(p / q) ≥ 0: how much more surprising outcomes are than to one who knows p.

    Zero only where p = q. It is not symmetric, so it is no distance.
    """
    with np.errstate(divide="ignore"):
        return kl_divergence_of_logs(p, np.log(np.asarray(q, np.float64)), axis, base)


def kl_divergence_of_logs(
    p: ArrayLike, log_q: ArrayLike, axis: int = -1, base: float = math.e
) -> Array:
    """KL(p‖q) from ln q: finite however little q gives to what happens."""
    with np.errstate(divide="ignore", invalid="ignore"):
        excess = np.log(np.asarray(p, np.float64)) - np.asarray(log_q, np.float64)
    # rounding can take a sum that should be zero below it
    return np.maximum(_mean(p, excess, axis), 0) / math.log(base)


def _mean(p: ArrayLike, values: Array, axis: int) -> Array:
    """Σ p x over the outcomes: the mean of x under p, to which an outcome with p = 0 adds nothing."""
    p = np.asarray(p, np.float64)
    with np.errstate(invalid="ignore"):
        terms = np.where(p == 0, 0.0, p * values)
    total: Array = np.sum(terms, axis=axis)
    return total
