"""What goes wrong in training, and what to try."""

from engine.diagnosis.findings import Finding, diagnose
from engine.diagnosis.fixes import Fix

__all__ = ["Finding", "Fix", "diagnose"]
