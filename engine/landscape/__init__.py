"""The loss as a surface over two directions in the space of the parameters."""
