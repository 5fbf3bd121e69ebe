"""Optimizers on a surface of two variables: descents, outcomes, and what theory says of them."""
