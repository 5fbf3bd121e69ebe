"""What goes wrong in training, and what to try."""

from engine.diagnosis.finding import Finding
from engine.diagnosis.findings import diagnose
from engine.diagnosis.fixes import Fix

__all__ = ["Finding", "Fix", "diagnose"]
