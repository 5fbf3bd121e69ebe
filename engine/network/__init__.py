"""The network itself: how its parameters lie in one vector, the pass forward and the pass back."""
