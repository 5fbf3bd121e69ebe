"""What a run can be made of, each a record: activations, losses, optimizers, data sets, surfaces.."""
