"""Looking at a state without changing it: metrics, maps, gradients, diagnoses."""
