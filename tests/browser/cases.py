"""Cases that one page goes through, where opening a page for each of them would cost the most."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def case(name: str) -> Iterator[None]:
    """What goes wrong inside says in which case it did."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"in the case: {name}")
        raise


def at_sizes(*sizes: tuple[int, int]) -> pytest.MarkDecorator:
    """Run a test in windows of these sizes; it is told the `size`."""
    return pytest.mark.parametrize(
        "size", [pytest.param(size, marks=pytest.mark.viewport(*size)) for size in sizes]
    )
