"""Powers that are the same to the last bit for one number and for one among many."""

from __future__ import annotations

from typing import Any

import numpy as np

_POWERS = np.frompyfunc(pow, 2, 1)


def power(base: Any, exponent: Any) -> Any:
    """base ** exponent, of numbers or arrays that broadcast.

    NumPy raises whole arrays by an algorithm of its own, whose last bit is not that of one number raised by
    itself; then an optimizer beside others with other knobs would go another way than alone.
    """
    if isinstance(base, np.ndarray) or isinstance(exponent, np.ndarray):
        return np.asarray(_POWERS(base, exponent), np.float64)
    return base**exponent
