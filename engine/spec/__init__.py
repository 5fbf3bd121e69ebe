"""The description of a run: read, checked, changed, addressed by path."""
