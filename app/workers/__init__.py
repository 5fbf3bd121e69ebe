"""Processes that do the work: a pool that runs any job."""
