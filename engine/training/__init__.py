"""Training: a state goes in, with a number of steps; the state after them comes out."""
